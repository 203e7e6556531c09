"""Log a contact as a practitioner does: by keyboard, interrupted, corrected, signed."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import activity, contacts, drafts, entries, timeline
from cmdesk.casework.activity import Filter, Group
from cmdesk.rules.contact_codes import EntryKind, Method
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from tests.ui.conftest import Said
from tests.ui.dialogs import practice
from tests.ui.dialogs.hands import gone, press, stops_of, tab_to, type_
from tests.ui.dialogs.practice import Case

# A pick list is a window of its own; without a screen it can neither be raised nor grab keys.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot) -> LogDialog:
    return opened(desk, window, case.maya)


def opened(
    desk: Desk, window: QMainWindow, client: int | None = None, entry: int | None = None
) -> LogDialog:
    made = open_log(desk, window, client, entry)
    assert isinstance(made, LogDialog)
    return made


def unfold(dialog: LogDialog, qtbot: QtBot) -> None:
    """Open the fields under the line, as Alt+D does."""
    press(Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.contact.client.edit)


def only_new(desk: Desk, case: Case) -> contacts.Opened:
    newest = next(n for n in desk.ask(timeline.find, case.maya) if n != case.entry)
    return desk.ask(contacts.opened, newest)


def test_a_call_is_logged_and_signed_by_keyboard_alone(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot, said: Said
) -> None:
    assert QApplication.focusWidget() is dialog.line.edit
    unfold(dialog, qtbot)
    tab_to(dialog.contact.people.edit)
    type_("tess")
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    type_("1h10")
    tab_to(dialog.narrative)
    type_("Tess sends the summary by Friday.")
    tab_to(dialog.wording.topics.chip(Topic.ATTENDANCE))
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Space)
    tab_to(dialog.wording.family_line)
    type_("Maya is well.")
    tab_to(dialog.follow_up.what)
    type_("Ride home")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(gone(dialog))
    kept = only_new(desk, case)
    assert kept.signed
    assert kept.signed_by == "Ana Whitlock"
    assert kept.draft.participants == (case.tess,)
    assert kept.draft.minutes == 70
    assert kept.draft.method == Method.PHONE
    assert kept.draft.topics == (Topic.PROGRESS,)
    assert kept.draft.family_line == "Maya is well."
    assert kept.draft.follow_up == "Ride home"
    assert str(kept.draft.follow_up_on) == "2026-03-10"
    assert str(kept.draft.at) == "10:30:00"
    assert desk.undo_label is None
    assert desk.ask(activity.count, Filter(Group.SIGNED)) == 1
    assert said.toasts[-1][0] == "Signed for Maya Brenner"
    assert desk.ask(drafts.find, f"entry:new:{case.maya}") is None


def test_escape_keeps_the_draft_and_it_comes_back_at_the_caret(
    dialog: LogDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.narrative.setFocus()
    type_("Maya called about")
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    again = opened(desk, window, case.maya)
    assert again.narrative.text() == "Maya called about"
    assert QApplication.focusWidget() is again.narrative
    type_("x")
    assert again.narrative.text() == "Maya called abouxt"


def test_typing_survives_a_lock(
    unlock: Callable[[], Desk], window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk = unlock()
    dialog = opened(desk, window, case.maya)
    dialog.narrative.setFocus()
    type_("Half a sen")
    desk.close()
    desk._store.close()
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    again = opened(unlock(), window, case.maya)
    assert again.narrative.text() == "Half a sen"
    assert QApplication.focusWidget() is again.narrative


def test_a_pause_keeps_the_draft(dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot) -> None:
    dialog.keeper._pause.setInterval(1)
    dialog.narrative.setFocus()
    type_("Kept")
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"entry:new:{case.maya}") is not None)
    assert desk.undo_label != "Keep draft"


def test_nothing_typed_keeps_no_draft(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(drafts.find, f"entry:new:{case.maya}") is None


def test_starting_over_throws_the_draft_away(
    dialog: LogDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.narrative.setFocus()
    type_("Never mind")
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    again = opened(desk, window, case.maya)
    again.start_over.click()
    assert again.narrative.text() == ""
    assert desk.ask(drafts.find, f"entry:new:{case.maya}") is None


def test_what_is_missing_is_said_under_its_field_and_nothing_is_lost(
    desk: Desk, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = opened(desk, window)
    dialog.narrative.setFocus()
    type_("About nobody")
    dialog.sign.click()
    assert dialog.contact.fields["client"].fault == "Whom is this about?"
    assert dialog.contact.fields["minutes"].fault == "How many minutes did it take?"
    assert QApplication.focusWidget() is dialog.contact.client.edit
    assert dialog.narrative.text() == "About nobody"
    type_("maya")
    press(Qt.Key.Key_Return)
    assert dialog.contact.fields["client"].fault == ""
    assert dialog.contact.fields["minutes"].fault != ""


@pytest.mark.parametrize(
    ("field", "typed", "fault"),
    [
        ("minutes", "a lot", "Write minutes like 24 or 1h10."),
        ("at", "noonish", "Write a time like 4pm or 10:30."),
        ("day", "Feb 30", "February has 28 days this year."),
        ("day", "Mar 20", "This is still to come. Plan or typo?"),
        ("participants", "zzz", "Nobody of this name is here. Choose from the list, or clear it."),
    ],
)
def test_what_cannot_be_read_is_said_in_plain_words(
    dialog: LogDialog, field: str, typed: str, fault: str
) -> None:
    editor = dialog.contact.editor(field)
    editor.setFocus()
    if field == "day":
        dialog.contact.day.clear()
    if field == "at":
        dialog.contact.at.clear()
    type_(typed)
    dialog.unsigned.click()
    assert dialog.contact.fields[field].fault == fault
    assert dialog.isVisible()


def test_saving_one_leads_to_the_next(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    dialog.narrative.setFocus()
    type_("The first")
    dialog.another.click()
    qtbot.waitUntil(lambda: dialog.narrative.text() == "")
    assert dialog.isVisible()
    assert dialog.contact.client_id == case.maya
    assert QApplication.focusWidget() is dialog.line.edit
    assert only_new(desk, case).draft.narrative == "The first"


def test_a_failed_save_says_so_and_loses_nothing(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = opened(desk, window, entry=case.entry)
    dialog.narrative.setFocus()
    type_("More. ")
    desk._store.do("Sign elsewhere", entries.sign_entry, case.entry)
    dialog.unsigned.click()
    qtbot.waitUntil(dialog.trouble.isVisible)
    assert "A signed entry is final." in dialog.trouble._words.text()
    assert dialog.narrative.text().startswith("More. ")
    assert dialog.unsigned.isEnabled()


def test_an_entry_not_signed_yet_is_gone_on_with(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = opened(desk, window, entry=case.entry)
    assert dialog.contact.minutes.text() == "15"
    assert dialog.contact.people.keys == (f"p{case.diane}",)
    assert dialog.draft == desk.ask(contacts.opened, case.entry).draft
    dialog.sign.click()
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(contacts.opened, case.entry).signed


def test_an_entry_opens_at_what_it_lacks_for_a_signature(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    bare = LogDraft(case.maya, practice.TODAY, participants=(case.tess,), narrative="We spoke.")
    number = desk._store.do("Log", entries.log, bare, sign=False)
    dialog = opened(desk, window, entry=number)
    assert QApplication.focusWidget() is dialog.contact.minutes
    type_("12")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(contacts.opened, number).signed


def test_a_note_is_no_contact_and_nobody_reached_is_an_attempt(dialog: LogDialog) -> None:
    dialog.contact.method.choose("note")
    assert dialog.draft.kind == EntryKind.INTERNAL_NOTE
    dialog.contact.method.choose(Method.PHONE)
    dialog.contact.choices["outcome"].choose("no_answer")
    assert dialog.draft.kind == EntryKind.ATTEMPTED_CONTACT


def test_the_log_is_opened_once(dialog: LogDialog, desk: Desk, window: QMainWindow) -> None:
    assert open_log(desk, window) is dialog


def test_every_control_has_a_name_and_tab_goes_down_the_page(
    dialog: LogDialog, qtbot: QtBot
) -> None:
    unfold(dialog, qtbot)
    dialog.line.edit.setFocus()
    seen = stops_of(dialog)
    order = [
        dialog.line.edit,
        dialog.contact.client.edit,
        dialog.contact.people.edit,
        dialog.contact.minutes,
        dialog.contact.day,
        dialog.contact.at,
        dialog.contact.choices["direction"],
        dialog.narrative,
        dialog.wording.family_line,
        dialog.follow_up.what,
        dialog.cancel,
        dialog.sign,
    ]
    assert [each for each in seen if each in order] == order
    assert dialog.contact.client.edit in seen


def test_a_draft_that_wandered_to_another_client_says_so(
    dialog: LogDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.contact.client.edit.setFocus()
    type_("owen")
    press(Qt.Key.Key_Return)
    assert dialog.contact.client_id == case.owen
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    again = opened(desk, window, case.maya)
    assert again.contact.fields["client"].remark.text == "Your draft was about Owen Castellano."
