"""Goals by the keyboard: set, noted that one moved, taken back and taken away."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import drafts, goals
from cmdesk.casework.goals import GoalRow
from cmdesk.rules.goal_codes import GoalStatus
from cmdesk.rules.goal_draft import GoalForm, MoveForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.goal import GoalDialog, open_goal
from cmdesk.ui.dialogs.goal_move import GoalMoveDialog, open_goal_move
from cmdesk.ui.parts.goal_rows import GoalWords
from cmdesk.ui.widgets.choice import Choice
from tests.ui.conftest import Said
from tests.ui.dialogs import practice
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case

SLEEP = GoalForm("Sleep through the night", "I want to wake up rested.", agreed_on=practice.TODAY)
SAVE = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def goal(desk: Desk, case: Case, qtbot: QtBot) -> int:
    told: list[int] = []
    desk.do(desk, "Set", goals.save, case.maya, SLEEP).then(told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def pick(dialog: GoalDialog | GoalMoveDialog, name: str, value: object) -> None:
    box = dialog.field(name).editor
    assert isinstance(box, Choice)
    box.choose(value)
    box.chosen.emit(value)


def test_a_goal_is_set_by_the_keyboard(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, said: Said
) -> None:
    dialog = open_goal(desk, window, case.maya)
    assert open_goal(desk, window, case.maya) is dialog
    press(*SAVE)
    assert dialog.field("name").fault
    dialog.field("name").editor.setFocus()
    type_("Lift her mood")
    press(Qt.Key.Key_Tab)
    type_("I want to want things again.")
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    (row,) = desk.ask(goals.rows, case.maya)
    wanted = GoalForm("Lift her mood", "I want to want things again.", agreed_on=practice.TODAY)
    assert row.form == replace(wanted, version=1)
    assert said.toasts[-1][0] == "Goal saved"
    assert desk.ask(drafts.find, dialog.keeper.key) is None


def test_what_was_typed_is_back_and_every_field_has_a_name(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, goal: int
) -> None:
    dialog = open_goal(desk, window, case.maya, goal)
    assert stops_of(dialog)
    dialog.field("target").editor.setFocus()
    type_("7")
    dialog.close_dialog()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"goal:{goal}") is not None)
    again = open_goal(desk, window, case.maya, goal)
    assert again.draft.target == "7"
    assert again.draft.agreed_on == practice.TODAY
    assert again.draft.topics == ("progress",)


def test_that_it_moved_is_one_line(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, goal: int, said: Said
) -> None:
    dialog = open_goal_move(desk, window, case.maya, goal)
    assert open_goal_move(desk, window, case.maya, goal) is dialog
    press(*SAVE)
    assert dialog.field("note").fault
    dialog.field("note").editor.setFocus()
    type_("Seven hours, five nights of seven")
    pick(dialog, "quarters", 3)
    pick(dialog, "entry_id", case.entry)
    press(*SAVE)
    qtbot.waitUntil(gone(dialog))
    row = desk.ask(goals.one, goal)
    words = "Seven hours, five nights of seven"
    assert row.last == MoveForm(practice.TODAY, 3, note=words, entry_id=case.entry)
    assert said.toasts[-1][0] == "Noted that it moved"


def test_a_day_to_come_is_refused_and_the_draft_has_its_day(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, goal: int
) -> None:
    dialog = open_goal_move(desk, window, case.maya, goal)
    pick(dialog, "status", "met")
    field = dialog.field("moved_on").editor
    QTest.keyClicks(field, "Mar 12")
    press(*SAVE)
    assert dialog.isVisible()
    assert desk.ask(goals.one, goal).form.status == "active"
    dialog.close_dialog()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"goal:{goal}:move") is not None)
    again = open_goal_move(desk, window, case.maya, goal)
    assert isinstance(again.draft.moved_on, date | None)
    assert (again.draft.status, again.draft.quarters) == ("met", None)


def test_a_goal_is_taken_away(
    qtbot: QtBot, desk: Desk, window: QMainWindow, case: Case, goal: int, said: Said
) -> None:
    dialog = open_goal(desk, window, case.maya, goal)
    dialog.away.click()
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(goals.rows, case.maya) == []
    assert said.toasts[-1][0] == "Goal taken away"


def test_what_is_done_and_what_is_met_read_apart(desk: Desk) -> None:
    words = GoalWords(desk)
    met, done = (
        GoalRow(1, replace(SLEEP, status=status), 4, ())
        for status in (GoalStatus.MET, GoalStatus.ACTIVE)
    )
    assert (words.standing(met), words.standing(done)) == ("Met", "Done, not closed yet")
    assert words.sentence(met) != words.sentence(done)
