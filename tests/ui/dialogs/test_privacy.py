"""What was told, asked for or went wrong, by the keyboard; the accounting is handed out."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import accounting, drafts, incidents, rights, told_by_hand
from cmdesk.rules.codes import DisclosureBasis
from cmdesk.rules.disclosure_bases import DisclosureForm
from cmdesk.rules.incidents import FACTORS, Finding
from cmdesk.rules.rights import Decision, RequestForm, Right
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.accounting import AccountingDialog
from cmdesk.ui.dialogs.hold import HoldDialog
from cmdesk.ui.dialogs.incident import IncidentDialog
from cmdesk.ui.dialogs.record_sheet import RecordSheet
from cmdesk.ui.dialogs.rights_request import open_request
from cmdesk.ui.dialogs.sheet import standing_open
from cmdesk.ui.dialogs.told import open_told
from cmdesk.ui.overlay import open_over
from cmdesk.ui.parts.sharing_log import OWED, RIGHTED, PrivacyCard, SharingLog
from cmdesk.ui.widgets.checks import CheckBox
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs import practice
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case

SAVE = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
REPORT = DisclosureForm(
    basis=DisclosureBasis.REQUIRED_REPORT,
    day=practice.TODAY,
    recipient_name="Protective services",
    what="What a neighbor saw",
    purpose="Report",
    only_needed=True,
    report="child",
    report_number="7",
    informed="Yes.",
)


def pick(dialog: RecordSheet[Any], name: str, value: object) -> None:
    box = dialog.field(name).editor
    assert isinstance(box, Choice)
    box.choose(value)
    box.chosen.emit(value)


def write(dialog: RecordSheet[Any], name: str, text: str) -> None:
    dialog.field(name).editor.setFocus()
    type_(text)


def tick(dialog: RecordSheet[Any], name: str) -> None:
    box = dialog.field(name).editor
    assert isinstance(box, CheckBox)
    box.click()


def said_in(part: QWidget) -> str:
    return " | ".join(label.text() for label in part.findChildren(Label) if not label.isHidden())


def test_a_call_is_recorded_and_put_right(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_told(desk, window, case.maya)
    assert open_told(desk, window, case.maya) is dialog
    assert stops_of(dialog)
    press(*SAVE)
    assert {name for name in ("recipient_name", "what", "purpose", "consent_id", "only_needed")
            if dialog.field(name).fault} == {
        "recipient_name", "what", "purpose", "consent_id", "only_needed"
    }  # fmt: skip
    assert dialog.field("nature").isHidden()
    pick(dialog, "recipient", f"p{case.tess}")
    assert dialog.draft.recipient_name == "Tess Holloway"
    write(dialog, "what", "That group went well")
    write(dialog, "purpose", "Treatment")
    write(dialog, "at", "4:30 oclock")
    pick(dialog, "consent_id", case.consent)
    assert "does not name them" in dialog.doubts.findChildren(Label)[0].text()
    tick(dialog, "under_part2")
    assert not dialog.field("notice").isHidden()
    pick(dialog, "basis", DisclosureBasis.TREATMENT)
    assert dialog.field("notice").isHidden()
    assert "Part 2 does not allow" in dialog.doubts.findChildren(Label)[0].text()
    tick(dialog, "only_needed")
    press(*SAVE)
    assert dialog.field("at").fault == "Write a time like 4pm or 10:30."
    dialog.close_dialog()
    dialog = open_told(desk, window, case.maya)  # what was typed is back
    assert (dialog.draft.what, dialog.draft.only_needed) == ("That group went well", True)
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (row,) = desk.ask(accounting.rows, case.maya)
    assert (row.recipient_name, row.basis, row.part2) == ("Tess Holloway", "treatment", True)
    assert desk.undo_label is None  # it is final
    again = open_told(desk, window, case.maya, row.uid)
    press(*SAVE)
    assert again.field("why_corrected").fault
    write(again, "why_corrected", "It was another group.")
    press(*SAVE)
    qtbot.waitUntil(gone(again))
    (row,) = desk.ask(accounting.rows, case.maya)
    assert [each.why for each in row.corrections] == ["It was another group."]
    back = open_told(desk, window, case.maya, row.corrections[-1].uid)
    back.back.click()
    assert back.field("why_corrected").fault == "Say why it was not told after all."
    write(back, "why_corrected", "She did not pick up.")
    back.back.click()
    qtbot.waitUntil(gone(back))
    (row,) = desk.ask(accounting.rows, case.maya)
    assert (row.counts, row.corrections[-1].what) == (None, "She did not pick up.")
    assert said.toasts[-1][0] == "Recorded in the sharing log"


def test_an_agreed_restriction_leads_to_what_is_kept_back(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_request(desk, window, case.maya)
    assert "Answer by April 8, 2026." in said_in(dialog)
    dialog.field("fee_cents").editor.setFocus()
    type_("six")
    press(*SAVE)
    assert dialog.field("fee_cents").fault == "Write an amount like 14.50."
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_("$6.50")
    assert dialog.draft.fee_cents == 650
    pick(dialog, "kind", Right.ACCOUNTING)
    assert "It is free" in said_in(dialog)
    pick(dialog, "kind", Right.RESTRICTION_PAID)
    assert dialog.field("extended_on").isHidden()
    assert dialog.field("fee_cents").isHidden()
    write(dialog, "what", "Nothing to Meridian")
    pick(dialog, "decision", Decision.DENIED)
    dialog.field("decided_on").editor.setFocus()
    type_("today")
    press(*SAVE)
    assert dialog.field("decision").fault == "Paid in full out of pocket: you must agree."
    pick(dialog, "decision", Decision.GRANTED)
    press(*SAVE)
    qtbot.waitUntil(lambda: standing_open(window, HoldDialog) is not None)
    held = standing_open(window, HoldDialog)
    assert held is not None
    held.close_dialog()
    qtbot.waitUntil(gone(held))
    (row,) = desk.ask(rights.rows, case.maya)
    assert (row.form.kind, row.form.decided_on) == ("restriction_paid", practice.TODAY)
    assert desk.ask(drafts.find, "request:new:1") is None
    again = open_request(desk, window, case.maya, row.id)
    again.close_dialog()
    card = PrivacyCard(desk)
    qtbot.addWidget(card)
    card.show_client(case.maya)
    assert "Not to tell a health plan, paid in full | Came in Mar 9, 2026 · Granted" in said_in(
        card
    )


def test_an_incident_is_a_breach_until_four_factors_say_otherwise(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    uid = record(desk, qtbot, case.maya)
    open_told(desk, window, case.maya, uid).wrong.click()
    dialog = standing_open(window, IncidentDialog)
    assert dialog is not None
    assert dialog.draft.what.startswith("What a neighbor saw, meant for Protective services")
    assert "presumed a breach" in said_in(dialog)
    assert "Tell the people by May 8, 2026 and HHS by March 1, 2027." in said_in(dialog)
    dialog.field("affected_count").editor.setFocus()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_("many")
    press(*SAVE)
    assert dialog.field("affected_count").fault == "Write a number."
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_("501")
    assert "HHS by May 8, 2026" in said_in(dialog)
    assert not dialog.field("media_told_on").isHidden()
    pick(dialog, "determination", Finding.LOW_PROBABILITY)
    press(*SAVE)
    assert [name for name in FACTORS if dialog.field(name).fault] == [*FACTORS[1:]]
    for name in (*FACTORS, "reason"):
        write(dialog, name, "It stayed locked.")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (row,) = desk.ask(incidents.rows, case.maya)
    assert (row.form.determination, row.form.affected_count) == ("low_probability", 501)
    card = PrivacyCard(desk)
    qtbot.addWidget(card)
    card.show_client(case.maya)
    opened: list[object] = []
    card.incident_asked.connect(opened.append)
    next(each for each in card.findChildren(QPushButton) if each.text() == "Open").click()
    assert opened == [row.id]


def record(desk: Desk, qtbot: QtBot, client: int, form: DisclosureForm = REPORT) -> str:
    told: list[str] = []
    desk.do(desk, "Record", told_by_hand.record, client, form).then(told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def test_the_log_says_who_was_told_what_and_what_was_put_right(
    qtbot: QtBot, desk: Desk, case: Case
) -> None:
    log = SharingLog(desk)
    qtbot.addWidget(log)
    log.show_client(case.maya)
    assert "Nothing was told yet" in said_in(log)
    uid = record(desk, qtbot, case.maya)
    call = replace(
        REPORT,
        basis=DisclosureBasis.CONSENT,
        day=date(2026, 3, 2),
        recipient_name="Diane Brenner",
        consent_id=case.consent,
    )
    for _ in range(13):
        record(desk, qtbot, case.maya, call)
    righted = replace(REPORT, why_corrected="Another number.", report_number="8")
    desk.do(desk, "Correct", told_by_hand.correct, uid, righted)
    log.show_client(case.maya)
    words = said_in(log)
    assert "Mar 9, 2026 · Protective services | What a neighbor saw · Required report" in words
    assert "Put right: Another number." in words
    assert "Mar 2, 2026 · Diane Brenner | What a neighbor saw · Consent of " in words
    assert words.count("Diane Brenner") == 11
    log.more.click()
    assert said_in(log).count("Diane Brenner") == 13
    for kind in (OWED, RIGHTED):
        log.kinds.choose(kind)
        log.kinds.chosen.emit(kind)
        assert "Diane" not in said_in(log)
        assert "Protective services" in said_in(log)
    log.kinds.choose("")
    log.text.setText("diane")
    assert "Protective" not in said_in(log)
    log.text.setText("nobody")
    assert "Nothing matches." in said_in(log)
    log.text.clear()
    asked: list[str] = []
    log.told_asked.connect(asked.append)
    buttons = {each.text(): each for each in reversed(log.findChildren(QPushButton))}
    buttons["Correct"].click()
    buttons["Record a disclosure"].click()
    assert asked[1] == ""
    assert asked[0] in {row.corrections[-1].uid for row in desk.ask(accounting.rows, case.maya)
                        if row.corrections}  # fmt: skip


@pytest.fixture
def choose(tmp_path: Path) -> Callable[..., Path | None]:
    def place(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path | None:
        return tmp_path / name

    return place


def test_the_accounting_is_handed_out_and_is_a_row_itself(
    qtbot: QtBot,
    desk: Desk,
    window: QMainWindow,
    case: Case,
    choose: Callable[..., Path | None],
    tmp_path: Path,
    said: Said,
) -> None:
    record(desk, qtbot, case.maya)
    asked = RequestForm(Right.ACCOUNTING, date(2026, 3, 2))
    desk.do(desk, "Ask", rights.save, case.maya, asked)
    dialog = AccountingDialog(desk, case.maya, choose)
    open_over(window, dialog, dialog.field("identified").editor)
    press(*SAVE)
    assert dialog.field("identified").fault
    write(dialog, "identified", "She came by")
    assert (dialog.draft.asked_on, dialog.draft.first) == (date(2026, 3, 2), date(2020, 3, 9))
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (target,) = tmp_path.glob("Accounting*.pdf")
    assert target.name == "Accounting 2026-03-09.pdf"
    rows = desk.ask(accounting.rows, case.maya)
    (handed,) = (row for row in rows if row.basis == "to_the_client")
    assert handed.said["identified"] == "She came by"
    (request,) = desk.ask(rights.rows, case.maya)
    assert (request.form.decision, request.form.document_id is None) == ("granted", False)
    assert said.toasts[-1][0] == f"Saved to {target}"
