"""The card before a call: read at a glance, and the ways on from it."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import call_timer, consents, entries, people, tasks
from cmdesk.casework.may_hear import Covered, Held, MayHear
from cmdesk.casework.pre_call import Promise, Told
from cmdesk.rules.codes import CaseRole
from cmdesk.rules.log import LogDraft
from cmdesk.rules.people_draft import PersonDraft, PointDraft
from cmdesk.rules.topics import CONSENT_TOPICS, Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog
from cmdesk.ui.dialogs.person import PersonDialog
from cmdesk.ui.dialogs.pre_call import PreCallDialog, open_pre_call
from cmdesk.ui.parts import call_words
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.words import Words
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of
from tests.ui.dialogs.practice import TODAY, Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
NUMBER = PointDraft(
    value="718 555 0110",
    preferred=True,
    voicemail="voicemail_no_identify",
    may_text=True,
    best_times="After five",
)
WORDS = Words()


def change(desk: Desk, window: QMainWindow, case: Case, **changes: object) -> None:
    found: PersonDraft = desk.ask(people.draft, case.maya, case.diane)
    desk.do(window, "Save", people.save, replace(found, **changes))  # type: ignore[arg-type]  # of many kinds


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> PreCallDialog:
    change(desk, window, case, points=(NUMBER,), language="es", interpreter=True)
    return open_pre_call(desk, window, case.maya, case.diane)


def said_in(dialog: PreCallDialog) -> list[str]:
    return [each.text() for each in dialog._inside.findChildren(Label)]


def test_it_is_read_from_top_to_bottom(dialog: PreCallDialog, desk: Desk, case: Case) -> None:
    assert dialog.title.text() == "Before you call Diane Brenner"
    assert said_in(dialog) == [
        "(718) 555-0110",
        "Mother",
        "Mobile · After five",
        "Voicemail without saying who calls",
        "Texts are allowed",
        "Speaks Spanish, needs an interpreter",
        "Diane may hear today",
        "Attendance and plans, progress, safety, substance use and insurance and money",
        "until Jun 30",
        "Last contact",
        "Call · 15 min",
        "Fri",
    ]
    assert open_pre_call(desk, dialog, case.maya, case.david) is dialog
    assert dialog.log in stops_of(dialog)


def test_the_number_is_copied_as_a_secret(dialog: PreCallDialog, said: Said) -> None:
    assert QApplication.focusWidget() is dialog.copy
    press(Qt.Key.Key_Return)
    copied = QGuiApplication.clipboard().mimeData()
    assert copied.text() == "(718) 555-0110"
    assert bytes(copied.data("x-kde-passwordManagerHint").data()) == b"secret"
    assert said.toasts[-1][0] == "Number copied"


def test_the_timer_knows_whom_one_calls(
    dialog: PreCallDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    dialog.start.click()
    qtbot.waitUntil(lambda: desk.ask(call_timer.running) is not None)
    call = desk.ask(call_timer.running)
    assert call is not None
    assert (call.client_id, call.person_id) == (case.maya, case.diane)
    assert dialog.isVisible()
    assert not dialog.start.isEnabled()


def test_the_log_begins_with_this_call(
    dialog: PreCallDialog, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: any(each.isVisible() for each in window.findChildren(LogDialog)))
    (log,) = window.findChildren(LogDialog)
    assert log.about == (case.maya, None)
    qtbot.waitUntil(lambda: log.draft.participants == (case.diane,))
    assert log.draft.method == "phone"


def test_the_log_can_be_opened_elsewhere(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    asked: list[tuple[int, int]] = []
    dialog = open_pre_call(
        desk, window, case.maya, case.tess, lambda client, who: asked.append((client, who))
    )
    assert not dialog.copy.isEnabled()
    assert QApplication.focusWidget() is dialog.log
    assert said_in(dialog)[0] == "No number to call"
    dialog.log.click()
    qtbot.waitUntil(gone(dialog))
    assert asked == [(case.maya, case.tess)]


def test_what_is_on_record_is_one_press_away(dialog: PreCallDialog, window: QMainWindow) -> None:
    dialog.edit.click()
    (person,) = (each for each in window.findChildren(PersonDialog) if each.isVisible())
    assert person.draft.given_name == "Diane"


def test_what_warns_comes_first(desk: Desk, window: QMainWindow, case: Case) -> None:
    found = desk.ask(people.draft, case.maya, case.diane)
    roles = (CaseRole.DO_NOT_CONTACT, CaseRole.DO_NOT_INFORM_OF)
    tie = replace(found.ties[0], roles=roles, note="The relapse.")
    blocked = replace(NUMBER, may_call=False)
    change(desk, window, case, ties=(tie,), points=(blocked,))
    reader = [f"p{case.diane}"]
    wish = "Maya wants to tell Diane herself"
    desk.do(window, "Hold", consents.hold_back, case.maya, [], reader, date(2026, 3, 14), wish)
    desk.do(window, "Task", tasks.add, case.maya, "Nothing about her", None)
    missed = LogDraft(
        client_id=case.maya, day=TODAY, minutes=1, participants=(case.diane,), outcome="no_answer",
        narrative="No answer.",
    )  # fmt: skip
    desk.do(window, "Log", entries.log, missed, sign=False)
    dialog = open_pre_call(desk, window, case.maya, case.diane)
    assert [each._words.text() for each in dialog._inside.findChildren(Note)] == [
        "Do not contact this person. The relapse.",
        "The relapse.",
        "Maya wants to tell Diane herself: everything, until Mar 14.",
    ]
    said = said_in(dialog)
    assert "Calls to the numbers on record are not allowed." in said
    assert "Nothing. Maya wants to tell Diane herself." in said
    assert "Tried once since: call, no answer" in said


def test_names_and_the_number_are_hidden(dialog: PreCallDialog, desk: Desk) -> None:
    desk.privacy.toggle()
    assert dialog.title.text() == "Before you call D. B."
    assert dialog.number.text() == "•••"
    assert "D. may hear today" in said_in(dialog)
    desk.privacy.toggle()
    assert dialog.number.text() == "(718) 555-0110"


def test_limits_of_a_consent_are_said() -> None:
    ordinary = Covered(("progress",), date(2027, 1, 5), part2=False, by_phone=False)
    whole = Covered(tuple(CONSENT_TOPICS), date(2026, 3, 20), part2=True, by_phone=True)
    lines = call_words.may_hear(WORDS, MayHear((ordinary, whole)), TODAY)
    assert [(each.words, each.end, each.end_ink) for each in lines] == [
        ("Progress", "until Jan 5, 2027", "text2"),
        ("Nothing that comes from a program under 42 CFR Part 2.", "", "text2"),
        ("The consent does not allow the phone.", "", "text2"),
        ("All topics", "until Mar 20", "warn"),
    ]
    last_day = Covered(("progress",), TODAY, part2=True, by_phone=True)
    assert [each.end for each in call_words.may_hear(WORDS, MayHear((last_day,)), TODAY)] == [
        "ends today"
    ]
    (own,) = call_words.may_hear(WORDS, MayHear(own=True), TODAY)
    assert own.words == "Everything: it is their own record."


def test_wishes_promises_and_disclosures_in_words() -> None:
    held = Held("Later.", (Topic.LEGAL,), None, some_entries=True)
    assert call_words.held(WORDS, held) == "Later: legal and what some entries say."
    own = Held("She tells her herself.", (), TODAY, some_entries=False)
    assert call_words.held(WORDS, own, TODAY) == "She tells her herself: everything, through today."
    before = call_words.held(WORDS, own, date(2026, 3, 8))
    assert before == "She tells her herself: everything, until Mar 9."
    (late,) = call_words.mine(WORDS, [Promise("Send it", date(2026, 3, 6))], TODAY)
    assert (late.end, late.end_ink) == ("3 days late", "crit")
    waits = call_words.theirs(WORDS, [Promise("Card", since=TODAY), Promise("Form")], TODAY)
    assert [each.end for each in waits] == ["since Today", ""]
    told = [Told(TODAY, "Update 5", (), "encrypted_pdf"), Told(TODAY, "A call", (), "fax")]
    assert [each.words for each in call_words.told(WORDS, told, TODAY)] == [
        "Update 5 · Locked PDF",
        "A call",
    ]
