import re
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui import look, theme
from cmdesk.ui.theme import Theme
from cmdesk.ui.tokens import DARK, DARK_CONTRAST, LIGHT, LIGHT_CONTRAST
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import grounded
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.room import SideRoom

SOURCES = Path(theme.__file__).parent


def test_the_sheet_leaves_no_token_unfilled() -> None:
    for tokens in (LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST):
        sheet = theme.style_sheet(tokens, 150)
        assert "@" not in re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
        assert not re.search(r"\ddp", sheet)


def test_text_size_reaches_the_sheet() -> None:
    assert "min-height: 60px" in theme.style_sheet(LIGHT, 200)


def test_a_change_of_scheme_reaches_what_is_on_the_screen(dress: Theme, qtbot: QtBot) -> None:
    page = grounded("bg")
    page.resize(40, 40)
    qtbot.addWidget(page)
    page.show()
    assert page.grab().toImage().pixelColor(20, 20).name() == LIGHT.bg.lower()
    dress.choose("dark")
    assert page.grab().toImage().pixelColor(20, 20).name() == DARK.bg.lower()


def test_larger_text_makes_larger_things(dress: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    button, label = Button("Save", parent=page), Label("Save", "title", parent=page)
    before = button.sizeHint(), label.sizeHint()
    assert dress.zoom(1) == 110
    assert button.sizeHint().height() == 35
    assert button.sizeHint().width() > before[0].width()
    assert label.sizeHint().height() > before[1].height()
    for _ in range(20):
        dress.zoom(1)
    assert dress.scale == 200
    for _ in range(20):
        dress.zoom(-1)
    assert dress.scale == 80
    assert dress.zoom(0) == 100


def test_several_presses_make_one_change(dress: Theme) -> None:
    changes: list[int] = []
    dress.changed.connect(lambda: changes.append(dress.scale))
    assert dress.zoom(3) == 150
    assert dress.zoom(1, usual=True) == 110
    assert dress.zoom(0) == 100
    assert dress.zoom(0) == 100
    assert changes == [150, 110, 100]


def test_what_was_given_a_width_or_height_keeps_its_share(dress: Theme, qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    look.hold_width(page, 100)
    look.hold_height(page, 40)
    dress.zoom(3)
    assert (page.width(), page.height()) == (150, 60)


def test_a_column_s_frame_follows_the_column(dress: Theme, qtbot: QtBot) -> None:
    column = QWidget()
    frame = SideRoom(column)
    qtbot.addWidget(frame)
    look.hold_width(column, 200)
    frame.show()
    dress.zoom(3)
    assert frame.width() == column.width() == 300
    dress.zoom(0)
    assert frame.width() == column.width() == 200


def test_who_asked_for_contrast_gets_it_in_light_and_dark(dress: Theme, qtbot: QtBot) -> None:
    page = grounded("bg")
    qtbot.addWidget(page)
    page.show()
    dress.prefer_contrast("more")
    assert look.tokens() is LIGHT_CONTRAST
    dress.choose("dark")
    assert look.tokens() is DARK_CONTRAST
    assert page.grab().toImage().pixelColor(5, 5).name() == DARK_CONTRAST.bg.lower()
    dress.prefer_contrast("system")
    assert look.tokens() is DARK


class Restyled(QWidget):
    """Counts how often it is told of another style."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.told = 0

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        super().changeEvent(event)
        self.told += event.type() == QEvent.Type.StyleChange


def test_a_widget_deep_inside_is_restyled_no_oftener_than_one_on_top(
    dress: Theme, qtbot: QtBot
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    top, inside = Restyled(page), page
    for _ in range(8):
        inside = QWidget(inside)
    deep = Restyled(inside)
    page.show()
    top.told = deep.told = 0
    dress.zoom(1)
    assert 1 <= deep.told == top.told <= 2


def test_inter_is_the_face_on_every_system(dress: Theme) -> None:
    assert QFontInfo(look.font("body")).family() == "Inter"
    assert QFontInfo(look.font("title")).exactMatch()


def test_system_palette_follows(dress: Theme, qapp: QApplication) -> None:
    dress.choose("dark")
    assert qapp.palette().window().color().name() == DARK.bg.lower()


def test_nothing_else_sets_a_style_sheet() -> None:
    offenders = [
        path.name
        for path in SOURCES.rglob("*.py")
        if path.name != "theme.py" and "setStyleSheet" in path.read_text(encoding="utf-8")
    ]
    assert offenders == []
