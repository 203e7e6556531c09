"""From a row of Today to the log and back: it is filled in, and its step is done once reached."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.casework import entries, placement_writes, placements, tasks
from cmdesk.casework.row_log import DayRow
from cmdesk.models.entry import FollowUp
from cmdesk.models.placement import CandidateMove
from cmdesk.rules.log import LogDraft
from cmdesk.rules.placement_draft import CandidateForm, SearchForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from tests.ui.conftest import Said
from tests.ui.dialogs import practice
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")
CONTROL = Qt.KeyboardModifier.ControlModifier
STEP = "Call Diane about the ride"


def promised(desk: Desk, case: Case) -> DayRow:
    """Promise something in a contact with Tess; give its row of Today."""

    def add(session: Session) -> int:
        contact = LogDraft(case.maya, practice.TODAY, participants=(case.tess,), follow_up=STEP)
        entry = entries.log(session, contact, sign=False)
        return session.query(FollowUp).filter_by(entry_id=entry).one().id

    return DayRow("follow_up", desk._store.do("Promise", add))


def opened(desk: Desk, window: QMainWindow, case: Case, row: DayRow | None) -> LogDialog:
    made = open_log(desk, window, case.maya, row=row)
    assert isinstance(made, LogDialog)
    return made


def open_steps(desk: Desk, case: Case) -> list[str]:
    return [step.text for step in desk.ask(tasks.next_steps, case.maya)]


def test_reaching_whom_the_row_is_about_finishes_its_step(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    dialog = opened(desk, window, case, promised(desk, case))
    assert (dialog.draft.client_id, dialog.draft.participants) == (case.maya, (case.diane,))
    assert dialog.draft.method == "phone"
    assert dialog.finishes.box.text() == f"Finishes: {STEP}"
    assert dialog.finishes.box.isChecked()
    type_("12m she drives")
    dialog.narrative.setFocus()
    type_("Diane drives.")
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(gone(dialog))
    qtbot.waitUntil(lambda: bool(said.toasts))
    assert STEP not in open_steps(desk, case)
    words, undo = said.toasts[-1]
    assert words == f"Signed for Maya Brenner. No topic, so nobody may read it yet. Done: {STEP}"
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: STEP in open_steps(desk, case))
    assert desk.undo_label is None  # what was signed stays


def test_a_call_to_a_program_does_what_is_next_there(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    def add(session: Session) -> tuple[int, int]:
        search = placement_writes.begin(session, case.maya, SearchForm("A school"))
        made = placement_writes.add(session, search, case.ridge)
        step = CandidateForm(next_step="Call", next_on=practice.TODAY, version=1)
        placement_writes.save_candidate(session, made, step)
        return search, made

    def entries_tied() -> list[int | None]:
        return desk.ask(lambda session: [row.entry_id for row in session.query(CandidateMove)])

    def steps() -> list[str]:
        return [each.form.next_step for each in desk.ask(placements.board, search).candidates]

    search, candidate = desk._store.do("Add", add)
    dialog = opened(desk, window, case, DayRow("candidate", candidate))
    assert dialog.finishes.box.text() == "Finishes: Call Stillwater Ridge"
    type_("12m one bed is free")
    dialog.line.read_now()
    press(Qt.Key.Key_Return, CONTROL)
    qtbot.waitUntil(gone(dialog))
    qtbot.waitUntil(lambda: steps() == [""])
    qtbot.waitUntil(lambda: bool(said.toasts))
    words, undo = said.toasts[-1]
    assert words.endswith("Done: Call Stillwater Ridge")
    assert len([each for each in entries_tied() if each]) == 1
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: steps() == ["Call"])
    assert entries_tied() == [None]


def test_an_attempt_leaves_the_step_open(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = opened(desk, window, case, promised(desk, case))
    type_("vm 1m")
    dialog.line.read_now()
    qtbot.waitUntil(lambda: not dialog._judging.isActive())
    assert dialog.finishes.box.text() == f"Stays open, nobody reached: {STEP}"
    assert not dialog.finishes.box.isChecked()
    dialog.unsigned.click() if dialog.unsigned.isVisible() else dialog.sign.click()
    qtbot.waitUntil(gone(dialog))
    assert STEP in open_steps(desk, case)


def test_reaching_somebody_else_finishes_it_only_if_that_is_said(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    row = promised(desk, case)
    dialog = opened(desk, window, case, row)
    type_("tess 5m told her")
    dialog.line.read_now()
    qtbot.waitUntil(lambda: not dialog._judging.isActive())
    assert dialog.draft.participants == (case.tess,)
    assert dialog.finishes.box.text() == f"Finishes: {STEP}"
    assert not dialog.finishes.box.isChecked()
    assert dialog.finishes.step(dialog.draft) is None
    dialog.finishes.box.click()
    assert dialog.finishes.step(dialog.draft) is not None
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    again = opened(desk, window, case, row)
    assert again.finishes.box.isChecked()


def test_the_step_and_what_was_decided_on_it_outlast_a_lock(
    unlock: Callable[[], Desk], window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    desk = unlock()
    row = promised(desk, case)
    dialog = opened(desk, window, case, row)
    dialog.finishes.box.click()
    dialog.narrative.setFocus()
    type_("Half a sen")
    desk.close()
    desk._store.close()
    dialog.close_dialog()
    qtbot.waitUntil(gone(dialog))
    desk = unlock()
    again = opened(desk, window, case, None)  # the draft itself knows the row
    assert again.row == row
    assert again.finishes.box.text() == f"Finishes: {STEP}"
    assert not again.finishes.box.isChecked()
    again.finishes.box.click()
    again.another.click()
    qtbot.waitUntil(lambda: STEP not in open_steps(desk, case))
    assert again.finishes.isHidden()
    assert again.row is None


def test_a_draft_of_something_else_finishes_nothing_unasked(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    first = opened(desk, window, case, None)
    type_("tess half a line")
    first.line.read_now()
    first.close_dialog()
    qtbot.waitUntil(gone(first))
    again = opened(desk, window, case, promised(desk, case))
    assert again.draft.participants == (case.tess,)
    assert not again.finishes.box.isChecked()
    again.start_over.click()
    assert again.draft.participants == (case.diane,)
    assert again.finishes.box.isChecked()
    other = next(each for each in again.contact._clients if each.key == f"c{case.owen}")
    again.contact.client.choose([other])
    again.contact.client.picked.emit()
    qtbot.waitUntil(again.finishes.isHidden)
