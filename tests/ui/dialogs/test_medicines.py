"""The medicines of a client: listed, added by keyboard, changed, stopped."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cmdesk.casework import drafts, medicines
from cmdesk.rules.medicine_draft import MedicineForm
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.medicine import MedicineDialog, open_medicine
from cmdesk.ui.dialogs.medicines import open_medicines
from cmdesk.ui.widgets.label import Label
from tests.ui.dialogs.hands import press, type_
from tests.ui.dialogs.practice import Case


def test_one_is_added_by_the_keyboard_and_listed(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    shelf = open_medicines(desk, window, case.maya)
    assert open_medicines(desk, window, case.maya) is shelf
    assert (shelf.title.text(), shelf.changes) == ("Medicines of Maya", {})
    shelf.add.click()
    (dialog,) = window.findChildren(MedicineDialog)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.field("name").fault == "What is it called?"
    type_("Sertraline")
    dialog.field("supply_ends_on").editor.setFocus()
    type_("3/20")
    assert dialog.reason.isHidden()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not isValid(dialog) or not dialog.isVisible())
    (kept,) = desk.ask(medicines.rows, case.maya)
    assert (kept.name, kept.supply_ends_on) == ("Sertraline", date(2026, 3, 20))
    assert list(shelf.changes) == [kept.id]
    assert shelf.told(kept) == ("Supply ends Mar 20, 2026", "warn")
    assert shelf.told(replace(kept, supply_ends_on=date(2026, 3, 8)))[1] == "crit"
    assert shelf.told(replace(kept, stopped_on=date(2026, 3, 8))) == (
        "Stopped Mar 8, 2026",
        "text2",
    )
    shelf.changes[kept.id].click()
    (again,) = [each for each in window.findChildren(MedicineDialog) if each.isVisible()]
    assert again.draft.name == "Sertraline"


def test_no_dose_is_cut(desk: Desk, window: QMainWindow, case: Case) -> None:
    edited = MedicineForm("Amphetamine and dextroamphetamine " * 3, dose="5 mg")
    desk._store.do("Keep", medicines.save, case.maya, edited)
    shelf = open_medicines(desk, window, case.maya)
    whole = f"{edited.name.strip()} \u00b7 5 mg"
    (named,) = [each for each in shelf.findChildren(Label) if each.text() == whole]
    assert named.height() >= 2 * named.fontMetrics().height()
    assert named.fontMetrics().horizontalAdvance(whole) > named.width()


def test_what_was_typed_comes_back(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    number = desk.do(desk, "Keep", medicines.save, case.maya, MedicineForm("Aspirin"))
    assert number is not None
    (kept,) = desk.ask(medicines.rows, case.maya)
    dialog = open_medicine(desk, window, case.maya, kept.id)
    dialog.field("dose").editor.setFocus()
    type_("100 mg")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"medicine:{kept.id}") is not None)
    again = open_medicine(desk, window, case.maya, kept.id)
    assert again.came_back.label.isVisible()
    assert again.draft.dose == "100 mg"
