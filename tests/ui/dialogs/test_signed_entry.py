"""A signed entry: verified to the letter, hidden from the wrong chart, and never rewritten."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.casework import contacts, entries
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.log_contact import open_log
from cmdesk.ui.dialogs.signed_entry import SignedEntry
from tests.ui.dialogs.hands import gone, press, type_
from tests.ui.dialogs.practice import Case

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


def signed(desk: Desk, window: QMainWindow, case: Case) -> SignedEntry:
    made = open_log(desk, window, entry_id=case.entry)
    assert isinstance(made, SignedEntry)
    return made


@pytest.fixture(autouse=True)
def sign(desk: Desk, case: Case) -> None:
    desk._store.do("Sign", entries.sign_entry, case.entry)


def tamper(session: Session, entry_id: int) -> None:
    session.execute(text("DROP TRIGGER IF EXISTS entry_signed_is_final"))
    for name in session.scalars(
        text("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'entry'")
    ).all():
        session.execute(text(f'DROP TRIGGER "{name}"'))
    words = text("UPDATE entry SET narrative = 'Other words' WHERE id = :id")
    session.execute(words, {"id": entry_id})


def test_its_text_is_verified(desk: Desk, window: QMainWindow, case: Case) -> None:
    assert signed(desk, window, case).signed_part.verdict == "Text verified as signed"


def test_a_changed_text_is_said_plainly(desk: Desk, window: QMainWindow, case: Case) -> None:
    desk._store.do("Tamper", tamper, case.entry)
    assert signed(desk, window, case).signed_part.verdict.startswith("This text is not what")


def test_the_wrong_chart_is_marked_with_a_reason_and_taken_back(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = signed(desk, window, case)
    dialog.wrong.click()
    assert not dialog.wrong_chart.run.isEnabled()
    type_("About Owen")
    dialog.wrong_chart.run.click()
    qtbot.waitUntil(gone(dialog))
    assert desk.ask(contacts.opened, case.entry).wrong_chart == "About Owen"
    again = signed(desk, window, case)
    assert again.wrong.isHidden()
    again.wrong_chart.take_back.click()
    type_("It was Maya")
    again.wrong_chart.run.click()
    qtbot.waitUntil(gone(again))
    assert desk.ask(contacts.opened, case.entry).wrong_chart == ""


def test_an_addendum_shows_when_it_was_written_and_what_day_it_is_about(
    desk: Desk, window: QMainWindow, case: Case, qtbot: QtBot
) -> None:
    dialog = signed(desk, window, case)
    dialog.kind.choose("late_entry")
    dialog.addition.setFocus()
    type_("Diane called back.")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(gone(dialog))
    again = signed(desk, window, case)
    said = [each.accessibleName() for each in again.signed_part.findChildren(type(again.title))]
    lead = "Late entry, written Mar 9, 2026, 10:30 AM, to the contact of Mar 6, 2026."
    assert f"{lead} Diane called back." in said
