"""One line logs a contact: read as it is typed, asked back when in doubt, never a word lost."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, contacts, drafts, snippets, tasks
from cmdesk.casework.clients import ClientDraft
from cmdesk.rules.contact_codes import EntryKind, Method, Outcome
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import Case
from tests.ui.dialogs.test_log_contact import only_new, opened

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier
LINE = "maya call tess 24m fu mon ride home"


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot) -> LogDialog:
    return opened(desk, window)


def say(dialog: LogDialog, line: str) -> None:
    """Type a line from the start and let it be read."""
    dialog.line.edit.setFocus()
    dialog.line.edit.clear()
    type_(line)
    dialog.line.read_now()


def chips(dialog: LogDialog, qtbot: QtBot) -> list[str]:
    qtbot.waitUntil(lambda: not dialog._judging.isActive())
    return [each.text for each in dialog.line.chips.said]


def test_a_line_alone_is_kept_with_one_more_key(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot, said: Said
) -> None:
    type_(LINE)
    press(Qt.Key.Key_Return, CONTROL)  # at once: nothing waits for what is read a moment later
    qtbot.waitUntil(gone(dialog))
    kept = only_new(desk, case)
    assert not kept.signed
    assert (kept.draft.client_id, kept.draft.participants) == (case.maya, (case.tess,))
    assert (kept.draft.minutes, kept.draft.method) == (24, Method.PHONE)
    assert kept.draft.follow_up == "Ride home"
    assert str(kept.draft.follow_up_on) == "2026-03-16"
    assert said.toasts[-1][0] == "Kept unsigned for Maya Brenner. To sign it: What happened?"
    assert desk.undo_label == "Log a contact"


def test_chips_say_what_was_read_and_the_fields_follow(
    dialog: LogDialog, case: Case, qtbot: QtBot
) -> None:
    say(dialog, LINE)
    assert chips(dialog, qtbot) == [
        "Maya Brenner", "Call", "Tess Holloway, LMFT", "24 min", "Today, 10:30 AM",
        "Follow up Mon, Mar 16",
    ]  # fmt: skip
    assert dialog.contact.client_id == case.maya
    assert dialog.contact.minutes.text() == "24"
    assert dialog.follow_up.when.current == "week"
    assert not dialog.parts.unfolded
    assert dialog.sign.text() == "Save"
    assert [doubt for _, doubt in dialog.line.edit.lines()] == [False] * 5


def test_why_it_is_only_saved_stands_beside_the_button_and_leads_there(
    dialog: LogDialog, qtbot: QtBot
) -> None:
    say(dialog, "maya call tess she drives")
    chips(dialog, qtbot)
    assert (dialog.sign.text(), dialog.foot_bar.why.text()) == ("Save", "To sign it, add minutes")
    assert dialog.foot_bar.why.isVisible()
    dialog.foot_bar.why.click()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is dialog.contact.minutes)
    type_("24")
    qtbot.waitUntil(lambda: dialog.sign.text() == "Sign and save")
    assert dialog.foot_bar.why.isHidden()
    say(dialog, "maya call tess")
    qtbot.waitUntil(lambda: dialog.foot_bar.why.text() == "To sign it, add what happened")
    dialog.narrative.setFocus()
    type_("x")
    qtbot.waitUntil(lambda: dialog.sign.text() == "Sign and save")
    press(Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: dialog.sign.text() == "Save")


def test_underlines_stand_under_their_words(dialog: LogDialog) -> None:
    say(dialog, "maya call tess 24m")
    edit = dialog.line.edit
    for stretch, (place, _) in zip(edit.stretches, edit.lines(), strict=True):
        middle = place.center()
        middle.setY(edit.height() // 2)
        assert stretch.start <= edit.cursorPositionAt(middle) <= stretch.end


def test_what_was_changed_by_hand_is_left_alone(dialog: LogDialog, case: Case) -> None:
    say(dialog, "maya call tess 24m")
    dialog.parts.fold(away=False)
    dialog.contact.minutes.setFocus()
    dialog.contact.minutes.clear()
    type_("30")
    dialog.contact.method.choose(Method.VIDEO)
    dialog.contact.method.chosen.emit(Method.VIDEO)
    say(dialog, "maya call diane 24m")
    assert dialog.draft.minutes == 30
    assert dialog.draft.method == Method.VIDEO
    assert dialog.draft.participants == (case.diane,)


def test_a_word_taken_back_takes_its_field_back(dialog: LogDialog, case: Case) -> None:
    say(dialog, "maya call tess 24m #progress")
    assert dialog.draft.topics == (Topic.PROGRESS,)
    say(dialog, "maya")
    assert dialog.draft.client_id == case.maya
    assert (dialog.draft.minutes, dialog.draft.topics) == (None, ())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "She slept well"),
        ("Tess called.", "Tess called.\nShe slept well"),
        ("Today she slept well, again.", "Today she slept well, again."),
    ],
)
def test_no_word_is_lost(dialog: LogDialog, written: str, told: str) -> None:
    dialog.narrative.setFocus()
    type_(written)
    say(dialog, "maya call tess 5m she slept well")
    assert dialog.draft.narrative == told


def test_with_words_enough_it_is_signed(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    say(dialog, "maya call tess 5m she slept well")
    chips(dialog, qtbot)
    assert dialog.sign.text() == "Sign and save"
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(gone(dialog))
    assert only_new(desk, case).signed


def test_without_a_client_the_field_asks_and_the_line_stays(
    dialog: LogDialog, qtbot: QtBot
) -> None:
    say(dialog, "call 24m")
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.contact.fields["client"].fault == "Whom is this about?"
    assert dialog.parts.unfolded
    assert QApplication.focusWidget() is dialog.contact.client.edit
    assert dialog.line.text == "call 24m"


@pytest.fixture
def annas(desk: Desk, case: Case) -> list[int]:
    """Two clients of one name, the elder first."""
    born = [date(2004, 1, 1), date(2009, 1, 1)]
    return [
        desk._store.do("Add", clients.add, ClientDraft("Anna", "Lee", born=day)) for day in born
    ]


def test_namesakes_are_told_apart_once_chosen(
    annas: list[int], dialog: LogDialog, qtbot: QtBot, said: Said
) -> None:
    say(dialog, "anna")
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert dialog.draft.client_id == annas[1]
    assert chips(dialog, qtbot)[0] == "Anna Lee, born 2009"
    assert dialog.contact.client.names == ("Anna Lee, born 2009",)
    type_("call 5m she may come back")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == (
        "Signed for Anna Lee, born 2009. No topic, so nobody may read it yet"
    )


def test_the_client_field_marks_its_first_offer_and_goes_down_to_the_second(
    annas: list[int], dialog: LogDialog
) -> None:
    dialog.parts.fold(away=False)
    pick = dialog.contact.client
    for downs, chosen in ((0, annas[0]), (1, annas[1])):
        pick.choose([])
        pick.setFocus()
        QTest.keyClicks(pick.edit, "anna")
        listed = pick._list
        assert listed.currentIndex().row() == 0
        for _ in range(downs):
            QTest.keyClick(listed, Qt.Key.Key_Down)
        QTest.keyClick(listed, Qt.Key.Key_Return)
        assert dialog.contact.client_id == chosen


def test_a_name_refused_is_asked_about_again_when_typed_anew(
    annas: list[int], dialog: LogDialog
) -> None:
    say(dialog, "anna")
    press(Qt.Key.Key_Escape)
    assert not dialog.line.offers.isVisible()
    type_(" call")
    dialog.line.read_now()
    assert dialog.line.fault == ""
    say(dialog, "ann")
    type_("a")
    dialog.line.read_now()
    assert dialog.line.fault == "Which anna?"
    assert len(dialog.line.offers.offered) == 2
    assert dialog.line.offers.isVisible()


def test_it_says_at_once_whom_it_is_about(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = opened(desk, window, case.maya)
    assert chips(dialog, qtbot) == ["Maya Brenner", "Call", "Today, 10:30 AM"]
    assert dialog.line.chips.isVisible()
    dialog.contact.people.choose(desk.ask(contacts.named, [f"p{case.tess}"]))
    dialog.contact.people.picked.emit()
    assert chips(dialog, qtbot)[2] == "Tess Holloway, LMFT"


def test_without_a_client_an_empty_line_says_nothing(dialog: LogDialog) -> None:
    assert not dialog.line.chips.isVisible()


def test_two_of_one_name_are_asked_about(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk._store.do("Add", clients.add_to_circle, case.maya, "Tess", "Wong", "sibling")
    dialog = opened(desk, window, case.maya)
    say(dialog, "call tess 10m")
    assert "Which tess?" in chips(dialog, qtbot)
    assert dialog.line.offers.isVisible()
    press(Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()
    assert dialog.line.remark.text == "Which tess?"
    names = [offer.name for offer in dialog.line.offers.offered]
    assert sorted(names) == ["Tess Holloway", "Tess Wong"]
    while dialog.line.offers.current and dialog.line.offers.current.name != "Tess Holloway":
        press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert dialog.line.text == "call Tess Holloway 10m"
    assert dialog.draft.participants == (case.tess,)
    assert dialog.line.fault == ""


def test_names_are_offered_and_taken_with_tab(dialog: LogDialog, case: Case) -> None:
    say(dialog, "ma")
    assert [offer.name for offer in dialog.line.offers.offered] == ["Maya Brenner"]
    press(Qt.Key.Key_Tab)
    assert dialog.line.text == "Maya Brenner "
    assert dialog.draft.client_id == case.maya
    assert not dialog.line.offers.isVisible()
    type_("te")
    dialog.line.read_now()
    press(Qt.Key.Key_Escape)
    assert not dialog.line.offers.isVisible()
    assert dialog.isVisible()


def test_a_long_call_is_asked_back(dialog: LogDialog, qtbot: QtBot) -> None:
    say(dialog, "maya call tess 240m")
    assert "4 hours?" in chips(dialog, qtbot)


def test_what_is_to_come_becomes_a_plan(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = opened(desk, window, case.maya)
    say(dialog, "call tess mar 20 4pm")
    chips(dialog, qtbot)
    assert not dialog.parts.plan.isHidden()
    dialog.parts.make_plan.click()
    qtbot.waitUntil(gone(dialog))
    planned = desk.ask(tasks.next_steps, case.maya)
    assert [(each.text, str(each.due)) for each in planned] == [
        ("Call Tess Holloway", "2026-03-20")
    ]
    assert desk.ask(drafts.find, dialog.keeper.key) is None


def test_a_late_entry_says_so_by_itself(dialog: LogDialog, qtbot: QtBot) -> None:
    say(dialog, "maya call tess mar 2 5m")
    chips(dialog, qtbot)
    assert not dialog.parts.late.isHidden()
    say(dialog, "maya call tess 5m")
    chips(dialog, qtbot)
    assert dialog.parts.late.isHidden()


def test_the_line_comes_back_with_what_was_changed(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = opened(desk, window, case.maya)
    say(dialog, "call tess 24m")
    dialog.contact.minutes.setText("30")
    dialog.contact.edited.emit()
    dialog.line.edit.setFocus()
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    again = opened(desk, window, case.maya)
    assert again.line.text == "call tess 24m"
    assert QApplication.focusWidget() is again.line.edit
    say(again, "call diane 24m")
    assert (again.draft.minutes, again.draft.participants) == (30, (case.diane,))


def test_work_done_alone_has_no_method(dialog: LogDialog) -> None:
    say(dialog, "maya research 40m 12mi $14.50 two programs near home")
    draft = dialog.draft
    assert (draft.kind, draft.method) == (EntryKind.RESEARCH, "")
    assert (draft.miles, draft.expense_cents) == (12, 1450)
    assert dialog.contact.typed["expense"].text() == "14.50"


def test_of_two_one_was_not_reached(
    dialog: LogDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    say(dialog, "maya call tess and diane 10m both about the ride")
    dialog.contact.reached.chip(f"p{case.diane}").click()
    assert dialog.draft.not_reached == (case.diane,)
    assert dialog.draft.kind == EntryKind.CONTACT
    dialog.unsigned.click()
    qtbot.waitUntil(gone(dialog))
    kept = only_new(desk, case).draft
    assert (kept.participants, kept.not_reached) == ((case.tess, case.diane), (case.diane,))


def test_a_snippet_becomes_its_words(dialog: LogDialog, desk: Desk, case: Case) -> None:
    desk._store.do("Keep", snippets.add, "vm", "Left a message to call back.", [Topic.PROGRESS])
    dialog.narrative.setFocus()
    type_("Noon. ;vm ")
    assert dialog.narrative.text() == "Noon. Left a message to call back. "
    assert dialog.draft.topics == (Topic.PROGRESS,)
    type_(";zz ")
    assert dialog.narrative.text().endswith(" ;zz ")


def test_words_suggest_topics_but_pick_none(dialog: LogDialog, qtbot: QtBot) -> None:
    dialog.narrative.setFocus()
    type_("Her new medication helps.")
    dialog.parts.suggest()
    assert Topic.MEDICATION in dialog.wording.topics.suggested
    assert not dialog.wording.topics.chip(Topic.MEDICATION).isHidden()
    assert dialog.draft.topics == ()


def test_the_last_contact_again(desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot) -> None:
    dialog = opened(desk, window, case.maya)
    dialog.narrative.setFocus()
    type_("Mine.")
    press(Qt.Key.Key_R, CONTROL)
    draft = dialog.draft
    assert (draft.participants, draft.minutes, draft.narrative) == ((case.diane,), 15, "Mine.")
    assert str(draft.day) == "2026-03-09"
    assert draft.outcome == Outcome.REACHED


def test_one_open_with_a_line_takes_no_second(dialog: LogDialog, desk: Desk) -> None:
    assert open_log(desk, dialog) is dialog
    assert desk.ask(contacts.now).hour == 10
