"""A letter that left, from the keyboard: read, confirmed, come back, handed over again."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from cmdesk import handover
from cmdesk.casework import consents, correspondence, drafts, letter_events, parties, rights
from cmdesk.exchange import email_draft
from cmdesk.handover import Handover, Request
from cmdesk.rules.letter_state import LetterState
from cmdesk.rules.rights import Decision, RequestForm, Right
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from cmdesk.ui import handing, outbox
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs.incident import IncidentDialog
from cmdesk.ui.dialogs.letter_became import LetterBecame
from cmdesk.ui.dialogs.sent_letter import SentDialog, open_sent_letter
from cmdesk.ui.page import Route
from cmdesk.ui.pages.today import TodayPage
from cmdesk.ui.pages.updates import UpdatesPage
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.handed_over import HandedOver
from cmdesk.ui.widgets.button import Button
from cmdesk.words import Words
from tests.ui.dialogs.hands import press, type_
from tests.ui.pages.practice import TODAY
from tests.ui.pages.test_composer import give_address, person, to_folder

WEEK = (date(2026, 3, 2), date(2026, 3, 8))
PASSWORD = "six words that nobody guesses"
Made = Callable[[], Handover]


@pytest.fixture
def window(qtbot: QtBot, desk: Desk) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is made)
    return made


@pytest.fixture
def left(store: Store, maya: int, tmp_path: Path) -> Handover:
    """Hand this week's letter to Diane over; she has an address."""
    give_address(store)
    party = store.ask(parties.of_person, person(store, "Diane"))
    asked = Request(maya, party, *WEEK, target=tmp_path / "first.pdf", password=PASSWORD)
    return handover.hand_over(store, Label("Hand over", undoable=False), asked)


def state(store: Store, made: Handover) -> LetterState:
    return store.ask(letter_events.state_of, made.copy_id).state


def test_it_is_confirmed_and_comes_back_by_keyboard(
    desk: Desk, window: QMainWindow, store: Store, left: Handover, qtbot: QtBot
) -> None:
    dialog = open_sent_letter(desk, window, left.copy_id)
    assert open_sent_letter(desk, window, left.copy_id) is dialog
    assert dialog.title.text() == "Letter to Diane, March 2 to 8, 2026"
    shown = " ".join(each.text() for each in dialog.facts.findChildren(type(dialog.title)))
    assert left.sha256[:12] in shown
    assert "diane@brenner.example" in shown
    press(Qt.Key.Key_Return)  # "It was sent" has the focus
    qtbot.waitUntil(lambda: bool(window.findChildren(LetterBecame)))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: state(store, left) is LetterState.SENT)
    qtbot.waitUntil(lambda: not dialog.sent.isEnabled())
    QTest.keyClick(dialog, Qt.Key.Key_B)
    qtbot.waitUntil(window.findChildren(LetterBecame)[-1].isVisible)
    type_("The mailbox is full")
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: state(store, left) is LetterState.CAME_BACK)
    qtbot.waitUntil(dialog.sent.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_I)  # it reached the wrong person
    qtbot.waitUntil(lambda: bool(window.findChildren(IncidentDialog)))


def test_the_same_bytes_are_saved_while_the_consent_holds(
    desk: Desk,
    window: QMainWindow,
    store: Store,
    left: Handover,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    (tmp_path / "Update 2026-03-09.pdf").touch()
    offered = to_folder(monkeypatch, tmp_path / "again")
    monkeypatch.setattr(handing, "_documents", lambda: str(tmp_path))
    dialog = open_sent_letter(desk, window, left.copy_id)
    QTest.keyClick(dialog, Qt.Key.Key_P)
    again = tmp_path / "again.pdf"
    qtbot.waitUntil(again.exists)
    assert hashlib.sha256(again.read_bytes()).hexdigest() == left.sha256
    assert offered == ["Update 2026-03-09 2.pdf"]  # of its day, beside the other
    for form in store.ask(consents.rows, dialog.letter.client_id):
        store.do("End", consents.end, form.id)
    qtbot.waitUntil(lambda: not dialog.acts["P"].isEnabled())
    assert not dialog.acts["E"].isEnabled()
    assert dialog.acts["R"].isEnabled()
    dialog.save_again()  # and were it asked for all the same
    to_folder(monkeypatch, tmp_path / "no.pdf")
    dialog.save_again()
    assert not (tmp_path / "no.pdf").exists()
    qtbot.waitUntil(lambda: "may be shared" in dialog.trouble._words.text())


def test_a_draft_is_opened_in_the_mail_program_and_gone_with_the_lock(
    desk: Desk,
    window: QMainWindow,
    left: Handover,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    opened: list[Path] = []

    def take(url: QUrl) -> bool:
        opened.append(Path(url.toLocalFile()))
        return len(opened) == 1

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    dialog = open_sent_letter(desk, window, left.copy_id)
    QTest.keyClick(dialog, Qt.Key.Key_E)
    qtbot.waitUntil(lambda: opened != [])
    draft = opened[0]
    assert draft.name == "Update 2026-03-09.eml"
    assert draft.parent.stat().st_mode & 0o777 == 0o700
    assert b"diane@brenner.example" in draft.read_bytes()
    qtbot.waitUntil(lambda: dialog.mail.hint.text().startswith("Your mail program has it"))
    dialog.mail.address.click()
    assert QApplication.clipboard().text() == "diane@brenner.example"
    dialog.mail.subject.click()
    assert QApplication.clipboard().text() == "Update"
    dialog.mail.open.click()  # and no program takes it
    qtbot.waitUntil(lambda: dialog.mail.hint.text().startswith("No mail program took it"))
    outbox.empty()
    assert not draft.exists()


def test_a_corrected_copy_is_begun_with_its_words(
    desk: Desk, window: QMainWindow, store: Store, maya: int, left: Handover, qtbot: QtBot
) -> None:
    went: list[Route] = []
    desk.went.connect(went.append)
    dialog = open_sent_letter(desk, window, left.copy_id)
    QTest.keyClick(dialog, Qt.Key.Key_W)
    qtbot.waitUntil(lambda: went != [])
    tab = f"p{person(store, 'Diane')}:2026-03-02:2026-03-08"
    assert went == [Route("composer", maya, tab)]
    kept = store.ask(drafts.find, f"update:{maya}:{tab}")
    assert kept is not None
    assert kept.body["letter"]["replaces"] == left.copy_id
    assert kept.body["letter"]["passages"]


def test_its_pages_are_read_unless_they_open_with_older_words(
    desk: Desk, window: QMainWindow, store: Store, left: Handover, qtbot: QtBot
) -> None:
    dialog = open_sent_letter(desk, window, left.copy_id)
    shown = len(window.findChildren(QWidget))
    QTest.keyClick(dialog, Qt.Key.Key_R)
    qtbot.waitUntil(lambda: len(window.findChildren(QWidget)) > shown)
    party = left.released.recipient
    store.do("Change", correspondence.keep_password, party, "other words that nobody has")
    dialog.look()
    qtbot.waitUntil(lambda: "older words" in dialog.trouble._words.text())


def test_the_list_of_letters_leads_to_it_and_b_says_that_nothing_changed(
    desk: Desk, store: Store, maya: int, left: Handover, qtbot: QtBot
) -> None:
    store.do("Back", letter_events.bounced, left.copy_id, TODAY, "Full")
    page = UpdatesPage(desk)
    qtbot.addWidget(page)
    page.show()
    went: list[Route] = []
    seen: list[int] = []
    desk.went.connect(went.append)
    page.see_letter.connect(seen.append)
    page.write_brief()
    tab = f"p{person(store, 'Diane')}:2026-03-02:2026-03-08:brief"  # it came back: owed again
    assert went == [Route("composer", maya, tab)]
    page.lists.choose("sent")
    page.lists.chosen.emit("sent")
    QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert seen == [left.copy_id]
    assert "Came back Mar 9: Full" in page._sentence(page._rows[left.copy_id])
    page.write_brief()  # of one that left, nothing is written
    assert len(went) == 1


def test_what_comes_next_stands_beside_a_letter_just_handed_over(
    desk: Desk, store: Store, left: Handover, qtbot: QtBot
) -> None:
    done = HandedOver(desk, left, PASSWORD, fresh=False)
    qtbot.addWidget(done)
    assert not done.mail.isVisibleTo(done)  # no e-mail was drafted
    done.sent.click()
    qtbot.waitUntil(lambda: state(store, left) is LetterState.SENT)


def test_a_draft_is_thrown_away_once_its_consent_ended(
    desk: Desk,
    store: Store,
    maya: int,
    left: Handover,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
) -> None:
    """Between the export and the mail program, the consents are asked once more."""
    draft = outbox.place("Update 2026-03-09.eml")
    words = email_draft.draft("diane@brenner.example", b"%PDF-", "Update 2026-03-09.pdf")
    draft.write_bytes(words)
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    done = HandedOver(desk, replace(left, email=draft), PASSWORD, fresh=False)
    qtbot.addWidget(done)
    for form in store.ask(consents.rows, maya):
        store.do("End", consents.end, form.id)
    done.mail.open.click()
    qtbot.waitUntil(lambda: not draft.exists())
    assert done.mail.hint.text().startswith("It may not go any more. Nothing of this period")
    assert not done.mail.address.isEnabled()
    assert opened == []
    outbox.empty()


def test_today_leads_to_a_letter_that_came_back(
    desk: Desk, store: Store, left: Handover, qtbot: QtBot
) -> None:
    store.do("Back", letter_events.bounced, left.copy_id, TODAY, "Full")
    page = TodayPage(desk)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(lambda: any(row.kind == "letter_back" for row in page.shown))
    row = next(row for row in page.shown if row.kind == "letter_back")
    seen: list[int] = []
    page.see_letter.connect(seen.append)
    page.do_row(row)
    assert seen == [left.copy_id]
    assert page.delegate.verb(row) == "See letter"
    assert page.delegate.cells(row)[0] == "Diane's letter came back"


def test_a_statement_of_disagreement_is_brought_up_as_a_letter_leaves(
    desk: Desk, store: Store, left: Handover, qtbot: QtBot
) -> None:
    """45 CFR 164.526(d)(5)."""
    before = HandedOver(desk, left, "", fresh=False)
    qtbot.addWidget(before)
    assert before.disagreement is None
    refused = RequestForm(
        Right.AMENDMENT,
        date(2026, 3, 2),
        what="“She left early”",
        decision=Decision.DENIED,
        decided_on=date(2026, 3, 9),
        reason="It is right as it stands.",
        disagreement="I was sent home.",
        rebuttal="The log says so.",
    )
    store.do("Ask", rights.save, left.released.client_id, refused)
    made = HandedOver(desk, left, "", fresh=False)
    qtbot.addWidget(made)
    assert made.disagreement is not None
    (copy,) = made.disagreement.findChildren(Button)
    copy.click()
    whole = "“She left early”", "It is right as it stands.", "I was sent home.", "The log says so."
    assert QApplication.clipboard().text() == "\n\n".join(whole)
    again = SentDialog(desk, left.copy_id)
    qtbot.addWidget(again)
    assert again.disagreement is not None


def test_topics_are_called_as_consents_call_them() -> None:
    told = phrases.topics(Words(), ("attendance", "financial", "from_elsewhere"))
    assert told == "attendance and plans, insurance and money and from elsewhere"
