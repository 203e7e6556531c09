"""Letters are agreed on by the keyboard, changed, and ended."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import update_list, update_plans
from cmdesk.rules.plan_draft import PlanForm
from cmdesk.ui.desk import Desk
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
    assert dialog.standing.text()  # why nothing could be told to her
    whom.choose(case.diane)
    whom.chosen.emit(case.diane)
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
