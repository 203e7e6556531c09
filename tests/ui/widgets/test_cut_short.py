"""Words that are cut short are said where they are pointed at: those of now alone."""

from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import agenda_rows
from cmdesk.ui.parts.care_team import Member, MemberRow
from cmdesk.ui.parts.two_lines import Cell, RowList, TwoLines
from cmdesk.ui.side_item import SideItem
from cmdesk.ui.table import ROW
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.chip import Chip, ToggleChip
from cmdesk.ui.widgets.text_edit import TextEdit
from cmdesk.words import Words

LONG = "Maximiliane Konstantinopolski-Featherstonehaugh"


def test_a_button_tells_what_it_says_now(dress: Theme, qtbot: QtBot) -> None:
    button = Button("See as: Diane Brenner")
    qtbot.addWidget(button)
    button.setFixedWidth(40)
    button.show()
    assert button.toolTip() == "See as: Diane Brenner"
    button.setText("See as: D. B.")
    assert button.toolTip() == "See as: D. B."
    button.setText("Me")
    button.setFixedWidth(200)
    assert button.toolTip() == ""


def test_a_chip_tells_what_it_says_now(dress: Theme, qtbot: QtBot) -> None:
    chip = Chip("Diane Brenner, all topics")
    qtbot.addWidget(chip)
    chip.setFixedWidth(40)
    chip.show()
    chip.show_as("D. B., all topics")
    assert chip.toolTip() == "D. B., all topics"


def test_a_name_too_long_for_its_line_goes_on_in_the_next(dress: Theme, qtbot: QtBot) -> None:
    for scale in (0, 5):
        dress.zoom(scale)
        short, long = SideItem("Maya Brenner", "client"), SideItem(LONG, "client")
        assert long.sizeHint().height() > short.sizeHint().height()
        alone = long.sizeHint().height()
        long.set_detail("born 2004, at Cedar Hollow since March 2026")
        assert long.sizeHint().height() > alone
        short, long = (
            MemberRow(Member(name, "Mother", None, "Mar 18", Icon.CHECK, "text2"), Words())
            for name in ("Diane Brenner", LONG)
        )
        assert long.heightForWidth(240) > short.heightForWidth(240)


def test_what_else_a_row_says_gives_way_to_the_name(dress: Theme) -> None:
    for name in ("Maya Brenner", LONG):
        _, start, after = agenda_rows.columns(600, name)
        assert after - start > paint.text_width(name, "body")


def test_a_topic_tells_what_is_cut(dress: Theme, qtbot: QtBot) -> None:
    chip = ToggleChip("Substance use")
    qtbot.addWidget(chip)
    chip.setFixedWidth(40)
    chip.show()
    assert chip.toolTip() == "Substance use"


def test_a_placeholder_is_as_large_as_what_is_typed(dress: Theme, qtbot: QtBot) -> None:
    edit = TextEdit("Paragraph", placeholder="Left out while empty")
    qtbot.addWidget(edit)
    edit.show()
    dress.zoom(3)
    assert edit.viewport().font().pixelSize() == edit.font().pixelSize() == 21


def test_a_list_gives_its_first_column_the_room_a_name_needs(dress: Theme, qtbot: QtBot) -> None:
    view = RowList("Clients", (30, 70))
    model = QStandardItemModel(1, 2)
    model.setData(model.index(0, 0), "anybody", ROW)
    view.setModel(model)
    cell = Cell(LONG, "22", letters="MK")
    view.setItemDelegate(TwoLines(lambda _, column: Cell("") if column else cell, view))
    qtbot.addWidget(view)
    view.resize(640, 200)
    view.show()
    wide = paint.text_width(LONG, "body")
    qtbot.waitUntil(lambda: view.columnWidth(0) > wide)
    dress.zoom(3)
    qtbot.waitUntil(lambda: view.columnWidth(0) > paint.text_width(LONG, "body"))
