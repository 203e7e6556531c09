"""A client's own data: typed, kept as a draft, closed with what hangs on it said beforehand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import client_form, clients, consents, drafts, tasks
from cmdesk.casework.client_form import Agreement
from cmdesk.rules.codes import ClientStatus, EndReason
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.client import ClientDialog, open_client
from cmdesk.ui.dialogs.merge import MergeDialog
from cmdesk.ui.widgets.choice import Choice
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone, press, stops_of, type_
from tests.ui.dialogs.practice import Case


def bind(desk: Desk, case: Case, qtbot: QtBot) -> None:
    """Let Diane's consent end with the engagement."""
    form = desk.ask(consents.draft, case.consent)
    bound = replace(form, expires_on=None, expires_with_engagement=True)
    desk.do(desk, "Bind", consents.save, bound, case.consent)
    qtbot.waitUntil(lambda: bool(desk.ask(client_form.bound, case.maya)))


def choose(dialog: ClientDialog, name: str, value: object) -> None:
    box = dialog.field(name).editor
    assert isinstance(box, Choice)
    box.choose(value)
    box.chosen.emit(value)


def test_closing_says_what_ends_and_asks_why(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    bind(desk, case, qtbot)
    dialog = open_client(desk, window, case.maya)
    assert not dialog.effect.isVisible()
    assert not dialog.ending.isVisible()
    choose(dialog, "status", ClientStatus.CLOSED)
    assert dialog.effect.isVisible()
    words = dialog._meaning(dialog.draft)
    assert "With it end the consents for Diane Brenner." in words
    assert dialog.draft.ended_on == desk.today()
    day = timedelta(days=1)
    began, ended = desk.today() - 30 * day, desk.today() - day
    dialog.load(replace(dialog.draft, began_on=began, ended_on=ended))
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert dialog.field("end_reason").fault == "Why did it end?"
    choose(dialog, "end_reason", EndReason.GOALS_MET)
    dialog.save()
    qtbot.waitUntil(gone(dialog))
    assert said.toasts[-1][0] == "Maya closed"
    assert desk.ask(clients.find, "closed") == [case.maya]
    assert desk.undo_label == "Change a client"
    again = open_client(desk, window, case.maya)
    choose(again, "status", ClientStatus.ACTIVE)
    assert again._meaning(again.draft).startswith("A new engagement begins today.")
    again.save()
    qtbot.waitUntil(gone(again))
    assert desk.ask(client_form.read, case.maya).began_on == desk.today()
    assert desk.ask(client_form.bound, case.maya) == []


def test_typing_is_kept_and_comes_back(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    dialog = open_client(desk, window, case.maya)
    assert open_client(desk, window, case.maya) is dialog
    dialog.field("my_role").editor.setFocus()
    type_("I keep the threads together.")
    dialog.field("after_hours").editor.setFocus()
    type_("Call 988")
    press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"client:{case.maya}") is not None)
    again = open_client(desk, window, case.maya)
    assert again.came_back.label.isVisible()
    assert again.draft.my_role == "I keep the threads together."
    again.save()
    qtbot.waitUntil(gone(again))
    assert said.toasts[-1][0] == "Maya saved"
    assert desk.ask(client_form.read, case.maya).after_hours == "Call 988"
    assert desk.ask(client_form.agreement, case.maya) == Agreement(
        "I keep the threads together.", after_hours="Call 988"
    )
    assert desk.ask(drafts.find, f"client:{case.maya}") is None


def test_start_over_and_change_made_elsewhere(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = open_client(desk, window, case.maya)
    dialog.field("code").editor.setFocus()
    type_("MB")
    other = replace(desk.ask(client_form.read, case.maya), allergies="Nuts")
    desk.do(desk, "Elsewhere", client_form.save, case.maya, other)
    dialog.save()
    qtbot.waitUntil(dialog.trouble.isVisible)
    dialog.close_dialog()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"client:{case.maya}") is not None)
    again = open_client(desk, window, case.maya)
    assert again.trouble.isVisible()  # it says that the client was changed since
    assert again.draft.code == "MB"
    again.came_back.button.click()
    assert (again.draft.code, again.draft.allergies) == ("", "Nuts")
    qtbot.waitUntil(lambda: desk.ask(drafts.find, f"client:{case.maya}") is None)


@pytest.mark.parametrize(
    ("status", "begins"),
    [("on_hold", "Under Paused."), ("monitoring", "Stays under"), ("prospective", "Under Inq")],
)
def test_each_status_says_what_it_means(
    desk: Desk, window: QMainWindow, case: Case, status: str, begins: str
) -> None:
    dialog = open_client(desk, window, case.owen)
    choose(dialog, "status", status)
    assert dialog._meaning(dialog.draft).startswith(begins)
    choose(dialog, "status", "declined")
    assert dialog._meaning(dialog.draft).endswith("No consent hangs on it.")
    assert "leaves Today" not in dialog._meaning(dialog.draft)
    dialog.close_dialog()
    desk.do(desk, "Add", tasks.add, case.owen, "Call the school")
    again = open_client(desk, window, case.owen)
    choose(again, "status", "closed")
    assert "1 next step leaves Today." in again._meaning(again.draft)


def test_every_stop_has_a_name_and_merge_lies_near(
    desk: Desk, window: QMainWindow, case: Case
) -> None:
    dialog = open_client(desk, window, case.maya)
    assert len(stops_of(dialog)) > 30
    dialog.merge.click()
    assert window.findChildren(MergeDialog)
