"""Words that are cut short are said where they are pointed at: those of now alone."""

from pytestqt.qtbot import QtBot

from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.chip import Chip


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
