"""The crisis plan: read with its numbers, written in six steps, printed, and never lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import drafts, people, safety_plan
from cmdesk.casework.safety_plan import PlanDraft, PlanLine
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.safety_fields import FIRST, body_of, draft_of
from cmdesk.ui.dialogs.safety_plan import open_safety_plan
from cmdesk.ui.dialogs.safety_versions import OldPlan, PlanVersions
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs import practice
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case

REVIEWED = practice.TODAY.replace(day=2)


def plan(case: Case) -> PlanDraft:
    lines = (
        PlanLine(1, "Two nights without sleep"),
        PlanLine(4, "My mother", case.diane, "7185550142"),
        PlanLine(5, "", case.tess, "5185550117"),
    )
    return PlanDraft("moderate", REVIEWED, None, "My brother", "Diane", lines)


@pytest.fixture
def made(desk: Desk, case: Case, qtbot: QtBot) -> PlanDraft:
    told: list[int] = []
    desk.do(desk, "Plan", safety_plan.save, case.maya, plan(case)).then(told.append)
    qtbot.waitUntil(lambda: bool(told))
    return plan(case)


def said_in(widget: QWidget) -> str:
    shown = [label for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return "\n".join(label.accessibleName() for label in shown)


def test_it_opens_to_be_read_with_large_numbers(
    desk: Desk, window: QMainWindow, case: Case, made: PlanDraft, qtbot: QtBot
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    assert open_safety_plan(desk, window, case.maya) is dialog
    assert not dialog.writing
    qtbot.waitUntil(lambda: "(718) 555-0142" in said_in(dialog))
    said = said_in(dialog)
    assert "Moderate · plan reviewed March 2" in said
    assert "Diane Brenner: My mother" in said
    assert "Tess Holloway" in said
    assert "988" in said
    assert "Copies: Diane" in said
    assert stops_of(dialog)


def test_without_a_plan_it_opens_to_be_written(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    assert dialog.writing
    assert dialog.fields.draft == FIRST
    type_("Stops answering texts")
    press(Qt.Key.Key_Return)
    type_("No sleep")
    helper = dialog.fields.rows(4)[0]
    helper.person.setCurrentIndex(1)
    helper.person.activated.emit(1)
    helper.phone.setFocus()
    helper.phone.clear()
    type_("718 555 0142")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not dialog.writing)
    kept = desk.ask(safety_plan.newest, case.maya)
    assert kept is not None
    assert kept.draft.lines == (
        PlanLine(1, "Stops answering texts"),
        PlanLine(1, "No sleep"),
        PlanLine(4, "", case.diane, "718 555 0142"),
        *FIRST.lines,
    )
    assert [text for text, _ in said.toasts] == ["Safety plan saved"]
    assert desk.ask(drafts.find, dialog.keeper.key) is None


def test_what_was_typed_is_back_and_can_be_let_go(
    desk: Desk, window: QMainWindow, case: Case, made: PlanDraft, qtbot: QtBot
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    dialog.edit.click()
    dialog.fields.rows(1)[0].text.setFocus()
    type_(" and more")
    dialog.cancel.click()
    assert not dialog.writing
    qtbot.waitUntil(lambda: desk.ask(drafts.find, dialog.keeper.key) is not None)
    dialog.edit.click()
    assert dialog.back.label.isVisibleTo(dialog)
    assert dialog.fields.draft.lines[0].text == "Two nights without sleep and more"
    dialog.back.button.click()
    assert dialog.fields.draft == made
    qtbot.waitUntil(lambda: desk.ask(drafts.find, dialog.keeper.key) is None)


def test_a_line_is_taken_out_and_a_bad_date_is_said(
    desk: Desk, window: QMainWindow, case: Case, made: PlanDraft
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    dialog.edit.click()
    dialog.fields.rows(5)[0].remove.click()
    assert [line.step for line in dialog.fields.draft.lines] == [1, 4]
    dialog.fields.review.setFocus()
    type_("Feb 31")
    dialog.save.click()
    assert dialog.writing
    assert dialog.fields.review.fault


def test_what_casework_refuses_is_said_inside(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    dialog.fields.load(PlanDraft())
    dialog.save.click()
    qtbot.waitUntil(lambda: "at least one line" in said_in(dialog))
    assert dialog.save.isEnabled()
    dialog.cancel.click()
    qtbot.waitUntil(gone(dialog))


def test_a_review_is_noted(
    desk: Desk, window: QMainWindow, case: Case, made: PlanDraft, qtbot: QtBot, said: Said
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    dialog.reviewed.click()
    qtbot.waitUntil(lambda: "plan reviewed March 9" in said_in(dialog))
    assert [text for text, _ in said.toasts] == ["Gone through today"]


def test_the_page_is_saved_and_printed(
    desk: Desk,
    window: QMainWindow,
    case: Case,
    made: PlanDraft,
    qtbot: QtBot,
    said: Said,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place, printed = tmp_path / "plan.pdf", list[bytes]()

    def choose(_parent: QWidget, _title: str, name: str, _kinds: str) -> Path:
        assert "Maya" not in name
        return place

    def print_it(_parent: QWidget, content: bytes) -> bool:
        printed.append(content)
        return True

    monkeypatch.setattr(handing, "choose_save", choose)
    monkeypatch.setattr(handing, "print_pdf", print_it)
    dialog = open_safety_plan(desk, window, case.maya)
    dialog.save_pdf.click()
    qtbot.waitUntil(place.exists)
    dialog.print.click()
    qtbot.waitUntil(lambda: bool(printed))
    assert place.read_bytes() == printed[0]
    qtbot.waitUntil(lambda: len(said.toasts) == 2)
    assert [text for text, _ in said.toasts] == ["Saved as plan.pdf", "Sent to the printer"]


def test_a_draft_is_read_back_as_it_was_kept(case: Case) -> None:
    whole = replace(plan(case), review_on=practice.TODAY)
    assert draft_of(body_of(whole)) == whole
    assert draft_of({}) == PlanDraft()


def test_an_earlier_version_is_read_and_no_more(
    desk: Desk, window: QMainWindow, case: Case, made: PlanDraft, qtbot: QtBot
) -> None:
    dialog = open_safety_plan(desk, window, case.maya)
    assert not dialog.findChildren(PlanVersions)
    told: list[int] = []
    anew = replace(made, reasons="My brother, and Maine")
    desk.do(desk, "Plan", safety_plan.save, case.maya, anew).then(told.append)
    qtbot.waitUntil(lambda: bool(told))
    dialog.show_plan()
    (versions,) = dialog.findChildren(PlanVersions)
    (read,) = versions.findChildren(Button)
    assert read.accessibleName() == "Read the version of Mar 9, 2026 to Mar 9, 2026"
    read.click()
    qtbot.waitUntil(lambda: "It counts no longer" in said_in(dialog))
    assert "Maine" not in said_in(dialog)
    foot = dialog.edit.parentWidget()
    assert foot is not None
    assert not foot.isVisible()
    (old,) = dialog.findChildren(OldPlan)
    old.back.click()
    assert foot.isVisible()
    assert dialog.edit.isVisible()
    qtbot.waitUntil(lambda: "Maine" in said_in(dialog))


def test_who_left_the_circle_stays_in_a_plan_that_is_written_again(
    desk: Desk, window: QMainWindow, case: Case, made: PlanDraft
) -> None:
    desk.do(desk, "Leave", people.remove_from_circle, case.maya, case.diane)
    fields = open_safety_plan(desk, window, case.maya).fields
    fields.load(made)
    assert [line.person_id for line in fields.draft.lines] == [None, case.diane, case.tess]
