"""What may be said of a contact, and who may see it: judged while it is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import contacts, entries
from cmdesk.rules.codes import Mark
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import Case
from tests.ui.dialogs.test_log_contact import only_new, opened

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> LogDialog:
    return opened(desk, window, case.maya)


def test_a_topic_changes_who_may_see_it_at_once(
    dialog: LogDialog, case: Case, qtbot: QtBot
) -> None:
    diane, ridge = dialog.wording.audience.row(f"p{case.diane}"), f"o{case.ridge}"
    assert diane.is_locked
    assert diane.words == "No topic yet"
    dialog.wording.topics.chip(Topic.PROGRESS).click()
    qtbot.waitUntil(lambda: not diane.is_locked)
    assert diane.words == "Covered: progress"
    assert dialog.wording.audience.row(f"p{case.david}").words == (
        "Not in David's consent: progress"
    )
    dialog.wording.topics.chip(Topic.MEDICATION).click()
    qtbot.waitUntil(lambda: diane.is_locked)
    assert diane.words == "Not in Diane's consent: medication"
    assert not dialog.wording.audience.row(ridge).is_locked


def test_a_short_version_reaches_whom_the_whole_does_not(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    david = dialog.wording.audience.row(f"p{case.david}")
    dialog.wording.topics.chip(Topic.PROGRESS).click()
    dialog.wording.unfold.click()
    type_("Travel is being arranged.")
    dialog.wording.short_topics.chip(Topic.ATTENDANCE).click()
    qtbot.waitUntil(lambda: david.words == "“Travel is being arranged.”")
    assert david.choice.current == Mark.SHORT
    assert not david.choice._choices[Mark.SHARE].isEnabled()


def test_keeping_back_is_a_choice_that_is_stored(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    diane = dialog.wording.audience.row(f"p{case.diane}")
    dialog.wording.topics.chip(Topic.PROGRESS).click()
    qtbot.waitUntil(lambda: not diane.is_locked)
    diane.choice._choices[Mark.KEEP_BACK].click()
    qtbot.waitUntil(lambda: diane.words == "Your choice: kept back")
    dialog.unsigned.click()
    qtbot.waitUntil(gone(dialog))
    kept = only_new(desk, case)
    assert not kept.signed
    assert kept.draft.marks == ((f"p{case.diane}", Mark.KEEP_BACK),)
    assert desk.undo_label == "Log a contact"


def test_substance_use_with_someone_of_a_part_2_program_proposes_yes(
    dialog: LogDialog, qtbot: QtBot
) -> None:
    box = dialog.contact.choices["part2"]
    assert box.value == Part2.UNKNOWN
    dialog.wording.topics._on_more()
    dialog.wording.topics.chip(Topic.SUBSTANCE_USE).click()
    qtbot.waitUntil(lambda: box.value == Part2.YES)
    box.choose(Part2.NO)
    box.activated.emit(box.currentIndex())
    dialog.wording.topics.chip(Topic.PROGRESS).click()
    qtbot.waitUntil(lambda: not dialog._judging.isActive())
    assert box.value == Part2.NO


def test_a_signed_entry_takes_new_wording_and_an_addendum(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk._store.do("Sign", entries.sign_entry, case.entry)
    dialog = open_log(desk, window, entry_id=case.entry)
    assert isinstance(dialog, SignedEntry)
    assert dialog.accessibleName() == "Maya Brenner, phone, Mar 6, 2026"
    type_("All is well.")
    dialog.addition.setFocus()
    type_("Diane called back.")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: desk.ask(contacts.opened, case.entry).added != ())
    kept = desk.ask(contacts.opened, case.entry)
    assert kept.signed
    assert kept.draft.narrative == "Diane asked about the ride home."
    assert kept.draft.family_line == "All is well."
    assert [(added.kind, added.text) for added in kept.added] == [
        ("addendum", "Diane called back.")
    ]
