"""What has to be known of a letter is said above it; a letter is never in two languages."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.models.update import UpdateCopy, UpdatePlan
from cmdesk.store.store import Store
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.parts.letter_rows import bare_line
from tests.ui.conftest import bring_up
from tests.ui.pages.test_composer import (
    INSURER,
    Open,
    entry_of,
    finish,
    opened,
    person,
    texts,
    to_folder,
)

__all__ = ["opened"]  # the fixture


def agree_on_spanish(store: Store) -> None:
    def work(session: Session) -> None:
        for plan in session.scalars(select(UpdatePlan)):
            plan.language = "es"

    store.do("Agree on Spanish", work)


def headings(page: ComposerPage) -> list[str]:
    letter = page.letter.letter
    return [letter.title, *(part.title for part in letter.parts), *(g.label for g in letter.glance)]


def test_a_letter_nobody_typed_in_turns_to_the_language_that_is_agreed(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    english = headings(page)
    agree_on_spanish(store)
    qtbot.waitUntil(lambda: page.letter.letter.language == "es")
    assert not set(filter(None, english)) & set(headings(page))
    assert page.letter.editor.greeting.text() == "Hola, Diane:"
    assert page.letter.notice.isHidden()
    told = page.letter.cards.cards[entry_of(store, "doctor-to-doctor")]
    assert told.accessibleName().endswith(" In Qué pasó.")  # as the section is called there


def test_a_card_names_the_section_of_its_kind_of_letter(opened: Open, store: Store) -> None:
    page = opened(f"p{person(store, 'Diane')}:2026-03-02:2026-03-08:decision")
    told = page.letter.cards.cards[entry_of(store, "doctor-to-doctor")]
    assert told.used == "What we know"


def test_what_is_too_long_for_a_line_is_read_from_its_first_word(qtbot: QtBot) -> None:
    edit = bare_line("When", "viernes, 20 de marzo de 2026", 60)
    qtbot.addWidget(edit)
    assert edit.cursorPosition() == 0


def test_a_letter_somebody_typed_in_keeps_its_language_and_says_so(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    page.letter.editor.headline.setPlainText("A steady week")
    english = headings(page)
    agree_on_spanish(store)
    said = "Begun in English; Spanish is agreed now. Throw it away to begin in Spanish."
    qtbot.waitUntil(lambda: page.letter.notice.said == said)
    assert headings(page) == english
    assert texts(page)[1] == INSURER
    page.keeper.keep_now()
    again = opened()
    assert (headings(again), again.letter.notice.said) == (english, said)


def test_a_letter_that_left_and_cannot_be_read_is_said_to_be_begun_anew(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    to_folder(monkeypatch, tmp_path / "one.pdf")
    page = opened()
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    spoiled: Any = ["x"]

    def spoil(session: Session) -> None:
        newest = select(UpdateCopy).order_by(UpdateCopy.id.desc()).limit(1)
        session.scalars(newest).one().sections = spoiled

    store.do("Spoil", spoil)
    again = opened(f"p{person(store, 'Diane')}:2026-03-02:2026-03-08")
    assert (
        again.letter.notice.said == "The letter of Mar 9 can’t be read any more; this one is new."
    )
    assert not again.letter.notice.isHidden()


def test_the_keyboard_goes_on_at_what_is_to_be_done_with_the_letter(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    to_folder(monkeypatch, tmp_path / "one.pdf")
    page = opened()
    bring_up(qtbot, page)
    page.letter.editor.headline.setFocus(Qt.FocusReason.OtherFocusReason)
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    done, now = page.letter.finishing.done, QApplication.focusWidget()
    assert done is not None
    assert now is not None
    assert done.isAncestorOf(now)
    QTest.keyClick(now, Qt.Key.Key_Tab)
    assert done.isAncestorOf(QApplication.focusWidget() or page)
