"""Coverage: policies and approvals listed, written, ended; what is typed is kept."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.casework import authorizations, coverage, drafts
from cmdesk.casework.coverage import PolicyDraft
from cmdesk.rules.authorization_draft import AuthorizationDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.coverage import CoverageDialog, open_coverage
from cmdesk.ui.dialogs.coverage_forms import body_of, draft_of
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import press, stops_of, type_
from tests.ui.dialogs.practice import Case


@pytest.fixture
def dialog(desk: Desk, window: QMainWindow, case: Case) -> CoverageDialog:
    return open_coverage(desk, window, case.maya)


def said_in(widget: QWidget) -> str:
    shown = [label for label in widget.findChildren(Label) if label.isVisibleTo(widget)]
    return "\n".join(label.accessibleName() for label in shown)


def click(dialog: CoverageDialog, name: str) -> None:
    named = [each for each in dialog.findChildren(QPushButton) if each.accessibleName() == name]
    named[-1].click()


def add(dialog: CoverageDialog, qtbot: QtBot) -> None:
    """Write Meridian's policy, and an approval of 37 days."""
    dialog.add_policy.click()
    type_("Meridian")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "Meridian" in said_in(dialog))
    dialog.add_approval.click()
    form = dialog._form
    assert form is not None
    for name, value in (("units_authorized", "37"), ("decision", "approved")):
        editor = form.field(name).editor
        if isinstance(editor, QLineEdit):
            editor.setText(value)
        elif isinstance(editor, Choice):
            editor.choose(value)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "First approval · Approved · Meridian" in said_in(dialog))


def test_a_policy_and_an_approval_are_written_and_told(
    dialog: CoverageDialog, desk: Desk, case: Case, qtbot: QtBot, said: Said
) -> None:
    assert open_coverage(desk, dialog, case.maya) is dialog
    assert "Who pays stands here." in said_in(dialog)
    assert stops_of(dialog)
    add(dialog, qtbot)
    assert "35 of 37 approved days used · 2 days left" in said_in(dialog)
    assert [text for text, _ in said.toasts] == ["Coverage saved"] * 2
    standing = desk.ask(coverage.standing, case.maya)
    assert standing is not None
    assert standing.ends_early


def test_an_approval_past_its_stay_is_said_where_it_is_typed(
    dialog: CoverageDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    dialog.add_approval.click()
    form = dialog._form
    assert form is not None
    stay, last = form.field("episode_id").editor, form.bound("last_covered_on")
    assert isinstance(stay, Choice)
    assert "Stillwater Ridge, Feb 3, 2026 to Mar 20, 2026" in [
        stay.itemText(number) for number in range(stay.count())
    ]
    form.bound("decision").set("approved")
    last.set(date(2026, 3, 25))
    dialog.save.click()
    assert form.field("last_covered_on").fault == "They leave March 20. This goes past the stay."
    dialog.keeper.touch()
    dialog.keeper.keep_now()
    qtbot.waitUntil(lambda: dialog.keeper.kept() is not None)
    qtbot.wait(50)
    assert "Save again if that is right." in said_in(dialog)  # keeping the draft does not wipe it
    form.bound("episode_id").set(None)  # of no stay that is known, nothing is odd
    dialog.save.click()
    qtbot.waitUntil(lambda: bool(desk.ask(authorizations.rows, case.maya)))
    assert desk.ask(authorizations.rows, case.maya)[0].draft.episode_id is None


def test_an_approval_is_closed_and_a_policy_ended(
    dialog: CoverageDialog, desk: Desk, case: Case, qtbot: QtBot, said: Said
) -> None:
    add(dialog, qtbot)
    click(dialog, "Close: First approval · Approved · Meridian")
    qtbot.waitUntil(lambda: "closed Mar 9, 2026" in said_in(dialog))
    click(dialog, "End: Meridian")
    qtbot.waitUntil(lambda: "until Mar 8, 2026" in said_in(dialog))
    paid = desk.ask(coverage.standing, case.maya)
    assert paid is not None
    assert paid.payer == ""
    assert len(said.toasts) == 4


def test_tab_goes_through_the_lists_as_they_are_read(dialog: CoverageDialog, qtbot: QtBot) -> None:
    add(dialog, qtbot)
    dialog.add_policy.setFocus()
    named = [each.accessibleName() for each in stops_of(dialog)]
    approval = "First approval · Approved · Meridian"
    assert named[:7] == [
        "Add policy",
        "End: Meridian",
        "Edit: Meridian",
        "Add approval",
        f"Review: {approval}",
        f"Close: {approval}",
        f"Edit: {approval}",
    ]


def test_of_two_policies_the_list_says_which_counts(
    dialog: CoverageDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    def save(draft: PolicyDraft) -> None:
        desk._store.do("Insure", coverage.save_policy, case.maya, draft)
        dialog.show_lists()
        qtbot.waitUntil(lambda: draft.payer in said_in(dialog))

    save(PolicyDraft("Meridian", "ppo", pays="70%"))
    assert "counts" not in said_in(dialog)
    save(PolicyDraft("Marlow"))
    save(PolicyDraft("Harbor", effective_on=date(2026, 4, 1)))
    told = said_in(dialog)
    assert "Marlow\nThis one counts: the newest in force" in told
    assert "Meridian PPO\nIn force too, not counted · 70%" in told
    assert "Harbor\nfrom Apr 1, 2026" in told


def test_what_is_typed_is_kept_until_the_form_is_opened_again(
    dialog: CoverageDialog, desk: Desk, qtbot: QtBot
) -> None:
    dialog.add_policy.click()
    type_("Merid")
    key = dialog.keeper.key
    dialog.cancel.click()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is not None)
    dialog.add_policy.click()
    assert isinstance(dialog._form, QWidget)
    assert dialog._form.draft == PolicyDraft("Merid")
    assert dialog.back.label.isVisibleTo(dialog)
    dialog.back.button.click()
    assert dialog._form.draft == PolicyDraft()
    assert dialog.keeper.key == key
    qtbot.waitUntil(lambda: desk.ask(drafts.find, key) is None)


def test_what_does_not_hold_is_said_at_its_field(dialog: CoverageDialog) -> None:
    dialog.add_policy.click()
    dialog.save.click()
    assert dialog._form is not None
    assert dialog._form.field("payer").fault == "Who pays? Type the name of the plan."


@pytest.mark.parametrize("typed", ["fourteen", "-3", "2.5", "12345"])
def test_a_count_that_is_no_number_is_said_where_it_is_typed(
    dialog: CoverageDialog, desk: Desk, case: Case, typed: str, qtbot: QtBot
) -> None:
    dialog.add_approval.click()
    form = dialog._form
    assert form is not None
    field = form.field("units_requested")
    field.editor.setFocus()
    type_(typed)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert field.fault == "Type a whole number, like 14."
    assert isinstance(field.editor, QLineEdit)
    assert field.editor.text() == typed
    field.editor.selectAll()
    type_("14")
    assert not field.fault
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: bool(desk.ask(authorizations.rows, case.maya)))
    assert desk.ask(authorizations.rows, case.maya)[0].draft.units_requested == 14


def test_what_was_asked_for_and_sessions_are_told_in_their_units(
    dialog: CoverageDialog, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    asked = AuthorizationDraft(units_requested=14)
    given = AuthorizationDraft(decision="approved", unit="sessions", units_authorized=1)
    for draft in (asked, given):
        desk.do(desk, "Approval", authorizations.save, case.maya, draft)
    qtbot.waitUntil(lambda: len(desk.ask(authorizations.rows, case.maya)) == 2)
    dialog.show_lists()
    qtbot.waitUntil(lambda: "14 days asked for" in said_in(dialog))
    assert "1 session approved" in said_in(dialog)
    click(dialog, "Edit: First approval · Pending")
    assert dialog._form is not None
    assert dialog._form.draft == replace(asked, version=1)


def test_a_draft_is_read_back_as_it_was_kept() -> None:
    whole = AuthorizationDraft(1, 2, units_requested=3, from_on=date(2026, 3, 9))
    assert draft_of(body_of(whole), AuthorizationDraft()) == whole
