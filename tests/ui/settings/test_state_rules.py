"""The rules for minors: what is half filled is refused in words, what is kept counts."""

from datetime import date

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from cmdesk.casework import state_rules
from cmdesk.ui.desk import Desk
from tests.ui.settings.conftest import Open


def write(edit: QLineEdit, text: str) -> None:
    edit.setFocus()
    edit.selectAll()
    QTest.keyClicks(edit, text)


def test_a_row_is_asked_for_its_state_source_and_day(
    desk: Desk, opened: Open, qtbot: QtBot
) -> None:
    minors = opened("practice").letterhead_section.minors
    write(minors.state, " ")
    write(minors.ages["mental_health"], "sixteen")
    minors.save_button.click()
    assert minors.fields["state"].fault == "Of which state are these rules?"
    assert minors.fields["mental_health.age"].fault == "An age from 0 to 18."
    assert minors.fields["mental_health.source"].fault
    assert QApplication.focusWidget() is minors.state
    assert desk.ask(state_rules.ages) == {}
    write(minors.checked["mental_health"], "Feb 30")
    minors.save_button.click()
    assert minors.fields["mental_health.checked_on"].fault.startswith("February has 28 days")
    write(minors.state, "ny")
    write(minors.ages["mental_health"], "16")
    write(minors.sources["mental_health"], "Mental Hygiene Law 33.21")
    write(minors.checked["mental_health"], "Mar 2")
    minors.save_button.click()
    qtbot.waitUntil(lambda: minors.state.text() == "NY")
    assert desk.ask(state_rules.ages) == {"mental_health": 16}
    (kept, blank) = desk.ask(state_rules.table).rows
    assert kept.checked_on == date(2026, 3, 2)
    assert blank.blank
    assert desk.undo_label == "Change the rules for minors"


def test_typing_is_not_lost_when_the_page_asks_anew(opened: Open) -> None:
    page = opened("practice")
    minors = page.letterhead_section.minors
    write(minors.sources["substance_use"], "Half a sec")
    page.refresh()
    assert minors.sources["substance_use"].text() == "Half a sec"
    assert minors.matches("birthday minors")
