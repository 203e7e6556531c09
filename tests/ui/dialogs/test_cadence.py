"""How often to reach whom: rules are added, changed and removed; typing is kept."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import drafts, people, rhythm
from cmdesk.casework.reached import NEVER, Contacted
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.rules.codes import CaseRole
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.cadence import CadenceDialog, open_cadence
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import press, stops_of, type_
from tests.ui.dialogs.practice import TODAY, Case


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> CadenceDialog:
    return open_cadence(desk, window, case.maya)


def kept(desk: Desk, case: Case) -> list[CadenceDraft]:
    return desk.ask(rhythm.rules_of, case.maya)


def test_mother_mondays_client_twice_a_week(
    dialog: CadenceDialog, desk: Desk, case: Case, said: Said, qtbot: QtBot
) -> None:
    dialog.whom.choose(case.diane)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(said.toasts))
    (mother,) = kept(desk, case)
    assert (mother.person_id, mother.weekday, mother.method) == (case.diane, "monday", "phone")
    assert mother.since == TODAY
    dialog.how.choose("times")
    dialog.how.chosen.emit("times")
    assert not dialog.fields["weekday"].isVisible()
    dialog.save()
    assert dialog.fields["number"].fault == "How often? Give days, times a week or a weekday."
    dialog.number.setText("2")
    dialog.grace.setText("x")
    dialog.save()
    assert dialog.fields["grace"].fault == "Give a number of days, or 0."
    dialog.grace.setText("1")
    dialog.save()
    qtbot.waitUntil(lambda: len(kept(desk, case)) == 2)
    client = kept(desk, case)[0]
    assert (client.person_id, client.times_a_week, client.grace_days) == (None, 2, 1)
    assert said.toasts[-1][0] == "Today says when it is time"
    assert desk.undo_label == "Say how often to reach someone"


def test_a_rule_is_changed_and_removed(
    dialog: CadenceDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    def links(words: str) -> list[Button]:
        found = dialog.findChildren(Button)
        return [each for each in found if each.text() == words and each.isVisible()]

    dialog.save()
    qtbot.waitUntil(lambda: bool(links("Change")))
    links("Change")[0].click()
    assert dialog.save_button.text() == "Save"
    dialog.pause.setText("Mar 20")
    dialog.how.choose("days")
    dialog.number.setText("30")
    dialog.save()
    qtbot.waitUntil(lambda: kept(desk, case)[0].every_days == 30)
    (changed,) = kept(desk, case)
    assert dialog.often(changed) == "every 30 days, paused until Mar 20"
    links("Remove")[0].click()
    qtbot.waitUntil(lambda: kept(desk, case) == [])


def test_typing_is_kept_until_one_starts_over(
    dialog: CadenceDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.how.choose("days")
    dialog.number.show()
    dialog.fields["number"].show()
    dialog.number.setFocus()
    type_("45")
    dialog.pause.set_day(TODAY)
    dialog.keeper.keep_now()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, dialog.keeper.key) is not None)
    dialog.close_dialog()
    again = CadenceDialog(desk, case.maya)
    assert (again.number.text(), again.pause.day) == ("45", TODAY)
    again.back.start_over.emit()
    assert again.number.text() == ""
    qtbot.waitUntil(lambda: desk.ask(drafts.find, again.keeper.key) is None)
    again.deleteLater()


def test_no_rule_is_about_someone_not_to_be_contacted(
    desk: Desk, window: QMainWindow, case: Case
) -> None:
    mothers = CadenceDraft(case.maya, case.diane, every_days=7)
    desk._store.do("Rule", rhythm.save, mothers)
    found = desk.ask(people.draft, case.maya, case.diane)
    tie = replace(found.ties[0], roles=(CaseRole.DO_NOT_CONTACT,))
    desk._store.do("Bar", people.save, replace(found, ties=(tie,)))
    dialog = open_cadence(desk, window, case.maya)
    said = [each.text() for each in dialog.findChildren(Label) if each.isVisible()]
    assert "Do not contact" in said
    assert "Not reached yet" not in said
    dialog.whom.choose(case.diane)
    dialog.save()
    assert dialog.fields["whom"].fault == "Marked do not contact in the circle."
    assert [each.every_days for each in kept(desk, case)] == [7]


def test_what_is_said_of_contacts(dialog: CadenceDialog, case: Case) -> None:
    assert dialog.told(NEVER) == "Not reached yet"
    found = Contacted(TODAY, TODAY, 1)
    assert dialog.told(found) == "Last reached Today. Last tried Today"
    rule = CadenceDraft(case.maya, times_a_week=1)
    assert dialog.often(rule) == "once a week"
    assert dialog.often(CadenceDraft(case.maya, every_days=1)) == "every day"
    assert dialog.save_button in stops_of(dialog)


def test_a_rule_stays_that_of_somebody_who_left_the_circle(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk.do(desk, "Rule", rhythm.save, CadenceDraft(case.maya, case.diane, "phone", 7))
    desk.do(desk, "Leave", people.remove_from_circle, case.maya, case.diane)
    if not kept(desk, case):  # went with the place
        desk.do(desk, "Rule", rhythm.save, CadenceDraft(case.maya, case.diane, "phone", 7))
    dialog = open_cadence(desk, window, case.maya)
    change = next(each for each in dialog.findChildren(Button) if each.text() == "Change")
    change.click()
    dialog.number.setText("30")
    dialog.save()
    qtbot.waitUntil(lambda: kept(desk, case)[0].every_days == 30)
    assert [each.person_id for each in kept(desk, case)] == [case.diane]
