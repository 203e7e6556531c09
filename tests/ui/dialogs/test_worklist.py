"""What waits for a signature: listed with what it lacks, signed here or one after the other."""

import pytest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from cmdesk.casework import contacts, entries, worklist
from cmdesk.rules.log import LogDraft
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import LogDialog, open_log
from cmdesk.ui.dialogs.worklist import open_worklist
from tests.ui.conftest import Said
from tests.ui.dialogs.hands import gone
from tests.ui.dialogs.practice import TODAY, Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def test_what_lacks_nothing_is_signed_from_the_list(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot, said: Said
) -> None:
    bare = LogDraft(client_id=case.owen, day=TODAY)
    number = desk._store.do("Log", entries.log, bare, sign=False)
    dialog = open_worklist(desk, window)
    assert [row.entry.entry_id for row in dialog.rows] == [case.entry, number]
    assert [row.sign.isEnabled() for row in dialog.rows] == [True, False]
    assert "What happened?" in dialog.rows[1].entry.missing
    dialog.rows[0].sign.click()
    qtbot.waitUntil(lambda: len(dialog.rows) == 1)
    assert desk.ask(contacts.opened, case.entry).signed
    assert said.toasts[-1][0] == "1 entry signed"
    opened: list[int] = []
    dialog.opened.connect(opened.append)
    dialog.first_open.click()
    assert opened == [number]


def test_sign_and_next_goes_down_the_list(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    whole = LogDraft(client_id=case.owen, day=TODAY, minutes=5, narrative="Owen called.")
    number = desk._store.do("Log", entries.log, whole, sign=False)
    dialog = open_log(desk, window, entry_id=case.entry)
    assert isinstance(dialog, LogDialog)
    dialog.lead_on(lambda entry: desk.ask(worklist.next_unsigned, entry))
    dialog.foot_bar.next.click()
    qtbot.waitUntil(lambda: dialog.narrative.text() == "Owen called.")
    assert desk.ask(contacts.opened, case.entry).signed
    assert dialog.contact.client_id == case.owen
    dialog.foot_bar.next.click()
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(contacts.opened, number).signed
    assert desk.ask(worklist.count) == 0
