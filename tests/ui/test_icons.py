import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from cmdesk.ui import icons
from cmdesk.ui.icons import FOLDER, Icon
from cmdesk.ui.theme import Theme
from cmdesk.ui.tokens import DARK, LIGHT


def inks(image: QImage) -> set[str]:
    found: set[str] = set()
    for x in range(image.width()):
        for y in range(image.height()):
            colour = image.pixelColor(x, y)
            if colour.alpha() == 255:
                found.add(colour.name())
    return found


def test_every_member_has_a_file_and_every_file_a_member() -> None:
    files = {entry.name.removesuffix(".svg") for entry in FOLDER.iterdir() if ".svg" in entry.name}
    assert files == {str(icon) for icon in Icon}


@pytest.mark.parametrize("icon", list(Icon))
def test_every_icon_draws_something_in_its_colour(icon: Icon, dress: Theme) -> None:
    drawn = icons.pixmap(icon, "#1b5e82", 32, 2.0).toImage()
    assert (drawn.width(), drawn.devicePixelRatio()) == (64, 2.0)
    found = inks(drawn)
    assert found
    for name in found:
        colour = QColor(name)
        assert abs(colour.red() - 0x1B) < 3
        assert abs(colour.blue() - 0x82) < 3


def test_a_button_takes_the_new_colour_by_itself(dress: Theme, qtbot: QtBot) -> None:
    button = QToolButton()
    qtbot.addWidget(button)
    button.setIcon(icons.icon(Icon.SQUARE_CHECK_BIG, "crit"))
    assert LIGHT.crit.lower() in inks(button.icon().pixmap(64).toImage())
    dress.choose("dark")
    assert DARK.crit.lower() in inks(button.icon().pixmap(64).toImage())


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_an_icon_of_a_button_is_as_sharp_as_the_screen(dress: Theme, ratio: float) -> None:
    drawn = icons.icon(Icon.STAR).pixmap(QSize(18, 18), ratio)
    assert (drawn.width(), drawn.devicePixelRatio()) == (round(18 * ratio), ratio)


def test_drawn_icons_are_kept_and_forgotten(dress: Theme) -> None:
    icons.forget()
    icons.pixmap(Icon.LOCK, "#000000", 16, 1.0)
    icons.pixmap(Icon.LOCK, "#000000", 16, 1.0)
    assert icons.pixmap.cache_info().hits == 1
    dress.choose("dark")
    assert icons.pixmap.cache_info().currsize == 0
