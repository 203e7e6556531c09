"""Holding something back: the wish is kept, and the verdict answers with its words."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import audience, drafts, holds
from cmdesk.rules.log import LogDraft
from cmdesk.rules.topics import Topic
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.hold import HoldDialog, open_hold
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> HoldDialog:
    return open_hold(desk, window, case.maya)


def why(desk: Desk, case: Case, *topics: str) -> dict[str, str]:
    about = LogDraft(client_id=case.maya, topics=topics, part2="no")
    return {each.key: each.why for each in desk.ask(audience.preview, about)}


def test_the_wish_is_said_in_its_own_words(
    dialog: HoldDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    dialog.readers[f"p{case.diane}"].click()
    assert dialog.reason.text() == "Maya wants to tell Diane herself"
    dialog.topics.chip(Topic.ATTENDANCE).click()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(gone(dialog))
    found = why(desk, case, Topic.ATTENDANCE)
    assert found[f"p{case.diane}"] == "Maya wants to tell Diane herself"
    assert found[f"p{case.david}"] == "Covered: attendance and plans"
    assert why(desk, case, Topic.PROGRESS)[f"p{case.diane}"] == "Covered: progress"
    assert desk.undo_label == "Keep something back"


def test_words_typed_are_not_typed_over(dialog: HoldDialog, case: Case) -> None:
    dialog.reason.setFocus()
    type_("Her news to tell")
    dialog.readers[f"p{case.diane}"].click()
    assert dialog.reason.text() == "Her news to tell"


def test_it_asks_from_whom_and_for_a_day_to_come(dialog: HoldDialog, case: Case) -> None:
    dialog.hold.click()
    assert dialog.nobody.text == "From whom? Choose at least one person."
    dialog.readers[f"p{case.diane}"].click()
    dialog.until.setFocus()
    type_("Mar 1")
    dialog.hold.click()
    assert dialog.until_field.fault == "This day has passed."
    assert dialog.isVisible()


def test_every_control_has_a_name(dialog: HoldDialog) -> None:
    assert dialog.hold in stops_of(dialog)


def test_a_wish_is_changed_and_ended(
    dialog: HoldDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.readers[f"p{case.diane}"].click()
    dialog.hold.click()
    qtbot.waitUntil(gone(dialog))
    (held,) = desk.ask(holds.rows, case.maya)
    again = open_hold(desk, window, case.maya, hold_id=held.id)
    assert again.readers[f"p{case.diane}"].isChecked()
    again.entries.button.click()
    again.entries.boxes[case.entry].click()
    again.until.setFocus()
    type_("Mar 15")
    again.hold.click()
    qtbot.waitUntil(gone(again))
    kept = desk.ask(holds.draft, held.id)
    assert (kept.entries, kept.until) == ((case.entry,), date(2026, 3, 15))
    assert desk.undo_label == "Keep something back"
    last = open_hold(desk, window, case.maya, hold_id=held.id)
    assert last.entries.ids == (case.entry,)
    last.end.click()
    qtbot.waitUntil(gone(last))
    assert desk.ask(holds.rows, case.maya)[0].over
    assert desk.undo_label == "End a wish"


def test_typing_comes_back_with_its_words_and_place(
    dialog: HoldDialog, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog.readers[f"p{case.diane}"].click()
    dialog.reason.setFocus()
    type_(", on Sunday")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(gone(dialog))
    again = open_hold(desk, window, case.maya)
    assert again.back.label.isVisible()
    assert again.reason.text() == "Maya wants to tell Diane herself, on Sunday"
    assert QApplication.focusWidget() is again.reason
    again.back.button.click()
    assert (again.reason.text(), again.keys) == ("", [])
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"hold:new:{case.maya}") is None)
