"""Steps against a denial and reviews, from the list of coverage: days proposed, kept, told."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from cmdesk.casework import appeals, authorizations, coverage, review_calls
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.appeal import AppealDialog
from cmdesk.ui.dialogs.coverage import APPROVAL, CoverageDialog, open_coverage
from cmdesk.ui.dialogs.review_call import ReviewDialog
from cmdesk.ui.dialogs.sheet import Sheet
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.date_field import DateField
from cmdesk.ui.widgets.label import Label
from tests.ui.dialogs.hands import press, type_
from tests.ui.dialogs.practice import Case
from tests.ui.dialogs.test_coverage import click, said_in

DENIED = AuthorizationDraft(
    decision="partial",
    decided_on=date(2026, 3, 2),
    units_requested=18,
    units_authorized=9,
    from_on=date(2026, 3, 3),
    last_covered_on=date(2026, 3, 11),
    next_review_on=date(2026, 3, 11),
    policy_id=1,
)
TITLE = "First approval · Approved in part · Meridian"


def opened(desk: Desk, window: QMainWindow, case: Case) -> CoverageDialog:
    desk._store.do("Insure", coverage.save_policy, case.maya, PolicyDraft("Meridian", "ppo"))
    desk._store.do("Give", authorizations.save, case.maya, DENIED)
    return open_coverage(desk, window, case.maya)


def write(dialog: Sheet, name: str, words: str) -> None:
    dialog.field(name).editor.setFocus()  # type: ignore[attr-defined] - of a record sheet
    type_(words)
    press(Qt.Key.Key_Tab)


def button(sheet: Sheet, name: str) -> QPushButton:
    return [each for each in sheet.findChildren(QPushButton) if each.accessibleName() == name][-1]


def gone(dialog: Sheet) -> bool:
    return not isValid(dialog) or not dialog.isVisible()


def test_a_step_has_its_days_proposed(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    sheet = opened(desk, window, case)
    assert "18 days asked for · answered Mar 2" in said_in(sheet)
    button(sheet, f"Appeal: {TITLE}").setFocus()
    press(Qt.Key.Key_Return)
    (dialog,) = window.findChildren(AppealDialog)
    assert dialog.draft.denied_on == date(2026, 3, 2)
    assert dialog.clock.text() == "The plan sets these days: take them from its letter."
    level = dialog.field("level").editor
    assert isinstance(level, Choice)
    level.choose("expedited_internal")
    level.chosen.emit("expedited_internal")
    assert dialog.draft.due_on == date(2026, 8, 29)
    assert dialog.clock.text().startswith("To file: 180 days, 29 CFR 2560.503-1(h)(3)(i)")
    assert dialog.clock.text().endswith(
        "They run from the hour they got it. No hour is kept: count on the end of the day."
    )
    write(dialog, "filed_on", "3/1")
    dialog.save()
    assert dialog.field("filed_on").fault == "This is before the denial."
    filed = dialog.field("filed_on").editor
    assert isinstance(filed, DateField)
    filed.set_day(date(2026, 3, 8))
    filed.picked.emit(filed.day)
    assert dialog.draft.answer_due_on == date(2026, 3, 11)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: gone(dialog))
    told = "Expedited appeal · filed Mar 8 · answer due by the end of Mar 11"
    qtbot.waitUntil(lambda: any(each.text() == told for each in sheet.findChildren(Label)))
    qtbot.waitUntil(button(sheet, f"Appeal: {TITLE}").hasFocus)  # where one was
    (row,) = desk.ask(appeals.rows, case.maya)
    button(sheet, f"Open: {told}").setFocus()
    press(Qt.Key.Key_Return)
    (again,) = [each for each in window.findChildren(AppealDialog) if each.isVisible()]
    assert again.draft.filed_on == date(2026, 3, 8)
    again.away.click()
    qtbot.waitUntil(lambda: not desk.ask(appeals.rows, case.maya))
    qtbot.waitUntil(sheet.add_approval.hasFocus)  # what one was at is gone
    assert row.form.level == "expedited_internal"


def test_a_review_that_is_held_proposes_the_next(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    sheet = opened(desk, window, case)
    click(sheet, f"Review: {TITLE}")
    (dialog,) = window.findChildren(ReviewDialog)
    assert dialog.draft.due_on == date(2026, 3, 11)
    assert dialog.held.isHidden()
    held = dialog.field("held_on").editor
    assert isinstance(held, DateField)
    held.set_day(date(2026, 3, 9))
    held.picked.emit(held.day)
    assert dialog.held.isVisible()
    assert dialog.draft.next_on == date(2026, 3, 10)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: gone(dialog))
    assert [row.form.held_on for row in desk.ask(review_calls.rows, case.maya)] == [
        None,
        date(2026, 3, 9),
    ]
    assert desk.ask(authorizations.rows, case.maya)[0].draft.next_review_on == date(2026, 3, 10)


def test_what_is_odd_about_an_approval_is_asked_once(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    sheet = opened(desk, window, case)
    sheet.go_on(APPROVAL, 1)
    form = sheet._form
    assert form is not None
    assert form.field("rate").isHidden()
    form.bound("units_authorized").set(20)
    sheet.save.click()
    assert form.field("units_authorized").fault == "March 3 to March 11 is 9 days, not 20."
    assert desk.ask(authorizations.rows, case.maya)[0].draft.units_authorized == 9
    sheet.save.click()
    qtbot.waitUntil(
        lambda: desk.ask(authorizations.rows, case.maya)[0].draft.units_authorized == 20
    )
