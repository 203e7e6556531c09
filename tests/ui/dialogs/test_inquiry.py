"""A family calls: what is urgent is said, who is known is noticed, a chart is a button away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import clients, drafts, inquiries
from cmdesk.rules.family_codes import InquiryStatus, Urgency
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.inquiry import InquiryDialog, open_inquiry
from cmdesk.ui.page import Route
from cmdesk.ui.parts.alike_note import AlikeNote
from cmdesk.ui.widgets.choice import Choice
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case


def fill(dialog: InquiryDialog, **typed: str) -> None:
    for name, text in typed.items():
        dialog.field(name).editor.setFocus()
        type_(text)


def choose(dialog: InquiryDialog, name: str, value: object) -> None:
    box = dialog.field(name).editor
    assert isinstance(box, Choice)
    box.choose(value)
    box.chosen.emit(value)


def test_emergency_says_whom_to_call_and_asks_whether_it_was_said(
    desk: Desk, window: QMainWindow, qtbot: QtBot, said: Said
) -> None:
    dialog = open_inquiry(desk, window)
    assert open_inquiry(desk, window) is dialog
    assert not dialog.emergency.isVisible()
    choose(dialog, "urgency", Urgency.EMERGENCY)
    assert dialog.emergency.isVisible()
    tick = dialog.field("safety_screen_done").editor
    assert tick.accessibleName() == "I advised 911 or 988"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.field("caller_name").fault == "Who called?"
    fill(dialog, caller_name="Rosa Duarte", next_step="Call back")
    dialog.save()
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == "Inquiry saved"
    assert desk.undo_label == "Save an inquiry"
    assert len(desk.ask(inquiries.find, "inquiries")) == 1


def test_declined_and_referred_ask_for_a_reason(
    desk: Desk, window: QMainWindow, qtbot: QtBot
) -> None:
    dialog = open_inquiry(desk, window)
    fill(dialog, caller_name="Rosa Duarte", given_name="Ana")
    choose(dialog, "status", InquiryStatus.REFERRED_ON)
    assert dialog.referred.isVisible()
    assert not dialog.declined.isVisible()
    dialog.save()
    assert dialog.field("referred_on_to").fault == "Whom were they sent to?"
    dialog.make_client()
    assert dialog.field("status").fault == "This inquiry is over. Open it again first."
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.ask(drafts.find, "inquiry:new") is not None)
    again = open_inquiry(desk, window)
    assert again.draft.caller_name == "Rosa Duarte"
    assert len(stops_of(again)) > 15


def test_caller_who_is_known_is_taken_and_the_chart_opens(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    went: list[Route] = []
    desk.went.connect(went.append)
    dialog = open_inquiry(desk, window)
    fill(dialog, caller_name="Diane Brener", given_name="Lucy", family_name="Brenner")
    qtbot.waitUntil(lambda: bool(dialog.known.found))
    dialog.known.same.emit(dialog.known.found[0])
    assert dialog.draft.caller_name == "Diane Brenner"
    dialog.known.look()
    qtbot.waitUntil(lambda: not dialog.known.isVisible())
    dialog.make.click()
    qtbot.waitUntil(gone(dialog))
    qtbot.waitUntil(lambda: bool(went))
    lucy = went[0].record or 0
    circle = desk.ask(clients.circle, lucy)
    assert [each.person_id for each in circle] == [case.diane]
    assert desk.ask(clients.head, lucy).status == "prospective"


def test_who_it_may_be_is_looked_for_while_one_types_on(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    typed = ["Diane", "Brener"]
    note = AlikeNote(desk, lambda: (typed[0], typed[1], None, (), ()))
    qtbot.addWidget(note)
    note.look()
    assert note.found == ()  # the window waits for no list of 25,000 names
    typed[0] = "Maya"
    note.look()
    qtbot.waitUntil(lambda: bool(note.found))
    assert [who.name.full for who in note.found] == ["Maya Brenner"]


def test_same_client_is_linked_and_its_chart_opens(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    went: list[Route] = []
    desk.went.connect(went.append)
    dialog = open_inquiry(desk, window)
    fill(dialog, caller_name="Somebody", given_name="Maya", family_name="Brenner")
    qtbot.waitUntil(lambda: bool(dialog.namesake.found))
    dialog.namesake.same.emit(dialog.namesake.found[0])
    assert dialog.make.text() == "Open chart"
    dialog.make.click()
    assert went == [Route("chart", case.maya)]
