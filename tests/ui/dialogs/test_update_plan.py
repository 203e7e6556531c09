"""Letters are agreed on by the keyboard, changed, and ended."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import update_list, update_plans
from cmdesk.models.consent import Consent
from cmdesk.models.entry import Entry
from cmdesk.rules.codes import ConsentKind
from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.plan_draft import PlanForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.consent import ConsentDialog
from cmdesk.ui.dialogs.update_plan import open_update_plan
from cmdesk.ui.widgets.choice import Choice
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case

SAVE = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


def test_a_plan_is_agreed_changed_and_ended(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_update_plan(desk, window, case.maya)
    assert open_update_plan(desk, window, case.maya) is dialog
    assert stops_of(dialog)
    assert dialog.draft == PlanForm(case.diane)  # the first who may be told something
    assert not dialog.standing.isVisible()
    whom = dialog.field("recipient_id").editor
    assert isinstance(whom, Choice)
    whom.choose(case.tess)
    whom.chosen.emit(case.tess)
    assert dialog.standing.isVisible()  # why nothing could be told to her
    whom.choose(case.diane)
    whom.chosen.emit(case.diane)
    assert not dialog.standing.isVisible()
    dialog.field("tone_notes").editor.setFocus()
    type_("Short. She reads it on her phone.")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == "Plan for letters saved"
    (row,) = desk.ask(update_list.due, case.maya)
    assert row.party.called == "Diane"

    again = open_update_plan(desk, window, case.maya)
    again.load(PlanForm(case.diane))
    press(*SAVE)
    qtbot.waitUntil(lambda: "agreed with this reader already" in again.trouble._words.text())
    again.close_dialog()

    change = open_update_plan(desk, window, case.maya, row.id)
    assert change.draft.tone_notes == "Short. She reads it on her phone."
    change.load(desk.ask(update_plans.one, row.id))
    change.field("paused_until").editor.setFocus()
    type_("2026-03-20")
    press(*SAVE)
    qtbot.waitUntil(gone(change))
    assert desk.ask(update_plans.one, row.id).paused_until == date(2026, 3, 20)

    last = open_update_plan(desk, window, case.maya, row.id)
    last.end_button.click()
    qtbot.waitUntil(gone(last))
    assert not any(each.agreed for each in desk.ask(update_plans.readers, case.maya))


def test_a_reader_without_a_part_2_consent_is_said_at_once(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_update_plan(desk, window, case.maya)
    assert dialog.draft.recipient_id == case.diane
    desk.do(dialog, "Plain", _kind, case, ConsentKind.HIPAA)
    qtbot.waitUntil(dialog.standing.isVisible)
    said = "No Part 2 consent names Diane: Part 2 entries stay out."
    assert dialog.standing._words.text() == said
    dialog.consent.click()
    (over,) = window.findChildren(ConsentDialog)
    over.close_dialog()
    desk.do(dialog, "Part 2", _kind, case, ConsentKind.PART2_SPECIFIC)
    qtbot.waitUntil(dialog.standing.isHidden)


def _kind(session: Session, case: Case, kind: ConsentKind) -> None:
    """Let her consent be of a kind, and the entry one that may be under Part 2."""
    session.get_one(Consent, case.consent).kind = kind
    session.get_one(Entry, case.entry).part2 = Part2.UNKNOWN
