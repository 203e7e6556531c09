"""What is typed is kept while one types, and comes back where one was, said to be back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import contacts, drafts
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.keeping import PAUSE
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import Case


@pytest.fixture
def signed(desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot) -> SignedEntry:
    dialog = open_log(desk, window, entry_id=case.entry)
    assert isinstance(dialog, LogDialog)
    dialog.sign.click()
    qtbot.waitUntil(gone(dialog))
    return reopened(desk, window, case)


def reopened(desk: Desk, window: QMainWindow, case: Case) -> SignedEntry:
    assert desk.ask(contacts.opened, case.entry).signed
    dialog = open_log(desk, window, entry_id=case.entry)
    assert isinstance(dialog, SignedEntry)
    return dialog


def test_who_types_without_a_pause_is_kept_within_two_seconds(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = open_log(desk, window, case.maya)
    assert isinstance(dialog, LogDialog)
    dialog.narrative.setFocus()
    assert PAUSE < 2000

    def kept_meanwhile() -> bool:
        type_("a")  # at every look, some hundred times a second: there is never a pause
        return desk.ask(drafts.find, dialog.keeper.key) is not None

    qtbot.waitUntil(kept_meanwhile, timeout=4 * PAUSE)
    kept = desk.ask(drafts.find, dialog.keeper.key)
    assert kept is not None
    assert kept.body["narrative"].startswith("aaaa")
    dialog.keeper.keep_now()
    kept = desk.ask(drafts.find, dialog.keeper.key)
    assert kept is not None
    assert kept.body["narrative"] == dialog.narrative.text()  # the last key, too


def test_a_signed_entry_says_that_its_draft_is_back(
    signed: SignedEntry, desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    assert not signed._back.label.isVisible()
    signed.addition.setFocus()
    type_("She rang back.")
    press(Qt.Key.Key_Left)
    signed.close_dialog()
    qtbot.waitUntil(gone(signed))
    again = reopened(desk, window, case)
    assert again._back.label.isVisible()
    assert again.addition.text() == "She rang back."
    assert QApplication.focusWidget() is again.addition
    type_(" at noon")
    assert again.addition.text() == "She rang back at noon."
    again._back.button.click()
    assert again.addition.text() == ""
    assert again.draft == desk.ask(contacts.opened, case.entry).draft
    assert not again._back.label.isVisible()
    qtbot.waitUntil(lambda: desk.ask(drafts.find, again.keeper.key) is None)


def test_saved_it_leaves_no_draft(
    signed: SignedEntry, desk: Desk, case: Case, qtbot: QtBot
) -> None:
    signed.addition.setFocus()
    type_("She rang back.")
    signed.keeper.keep_now()
    signed.save_button.click()
    qtbot.waitUntil(gone(signed))
    assert desk.ask(drafts.find, signed.keeper.key) is None
    assert [each.text for each in desk.ask(contacts.opened, case.entry).added] == ["She rang back."]
