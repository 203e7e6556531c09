"""A letter that left is read and not typed in; a corrected copy says that it is one."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.pages.composer import ComposerPage
from cmdesk.ui.pages.updates import UpdatesPage
from cmdesk.ui.parts import letter_desk
from cmdesk.ui.parts.verdict_card import Act, Group
from tests.ui.conftest import bring_up
from tests.ui.pages.test_composer import (
    HOUSING,
    INSURER,
    Open,
    entry_of,
    finish,
    opened,
    person,
    texts,
    to_folder,
)
from tests.ui.pages.test_composer import press as press_card
from tests.ui.pages.test_composer_kinds import answers, promised

__all__ = ["opened"]  # the fixture


def seen(page: ComposerPage) -> list[str]:
    """Give the words of the pane in which a letter that left is read."""
    return [each.text() for each in page.letter.read.findChildren(QLabel)]


def shows(page: ComposerPage) -> int:
    return page.letter._middle.currentIndex()


def test_a_letter_that_left_is_read_and_corrected_in_a_copy(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    to_folder(monkeypatch, tmp_path / "one.pdf")
    page = opened()
    bring_up(qtbot, page)
    assert shows(page) == letter_desk.TYPED
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    assert shows(page) == letter_desk.READ
    assert INSURER in seen(page)
    assert "Handed over to Diane on Mar 9. These are its words." in seen(page)
    assert {act for card in page.letter.cards.cards.values() for act in card.buttons} <= {Act.ASK}
    again = opened(f"p{person(store, 'Diane')}:2026-03-02:2026-03-08")
    bring_up(qtbot, again)
    assert (shows(again), again.head.finish.isEnabled()) == (letter_desk.READ, False)
    assert QApplication.focusWidget() is again.letter.read.correct
    assert not again.may_throw()  # what was handed over is no draft
    assert again.head.corrects.isHidden()
    again.letter.read.correct.click()
    qtbot.waitUntil(lambda: shows(again) == letter_desk.TYPED)
    qtbot.waitUntil(lambda: again.letter.watching.ready)
    assert INSURER in texts(again)
    assert again.head.corrects.accessibleName() == "Corrects the letter of Mar 9"
    assert not again.head.corrects.isHidden()
    assert again.head.finish.isEnabled()
    assert again.may_throw()  # the corrected copy is one
    qtbot.waitUntil(lambda: again.letter.preview.pages is not None)


def test_promises_to_answer_are_counted_at_the_head_and_led_to(
    opened: Open, store: Store, maya: int, qtbot: QtBot
) -> None:
    promised(store, maya, ["Call the insurer", "Send the forms"])
    page = opened()
    bring_up(qtbot, page)
    assert page.head.to_answer.accessibleName() == "2 to answer"
    page.head.to_answer.click()
    assert QApplication.focusWidget() is answers(page).waiting[0]
    for count in ("1 to answer", ""):
        answers(page).waiting[0].settled.emit("done", None)
        qtbot.waitUntil(lambda count=count: page.head.to_answer.text() == count or not count)
    qtbot.waitUntil(page.head.to_answer.isHidden)


def test_choices_are_counted_until_they_are_made(opened: Open, store: Store, qtbot: QtBot) -> None:
    page = opened()

    def beside(title: str) -> str:
        labels = [each.text() for each in page.letter.cards.findChildren(QLabel)]
        return labels[labels.index(title) + 1]

    assert beside("Your choice") == "1"
    press_card(page, entry_of(store, "prevention plan"), Act.KEEP_BACK)
    qtbot.waitUntil(lambda: beside("Your choice") == "All chosen")
    groups = [card.group for card in page.letter.cards.cards.values()]
    assert groups.count(Group.CHOICE) == 1


def test_a_draft_that_was_kept_stands_in_the_list_at_once(
    opened: Open, desk: Desk, qtbot: QtBot
) -> None:
    lists = UpdatesPage(desk)
    qtbot.addWidget(lists)
    lists.resize(1200, 800)
    lists.show()
    lists.lists.choose("begun")
    lists.lists.chosen.emit("begun")
    lists.hide()
    page = opened()
    page.letter.editor.headline.setPlainText("A steady week")
    page.keeper.keep_now()  # as a pause in typing does
    page.leave()
    lists.show()
    model = lists.list.model()
    qtbot.waitUntil(lambda: model.rowCount() == 1)


def test_what_can_be_shared_and_is_left_for_the_next_letter_comes_again(
    opened: Open, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    to_folder(monkeypatch, tmp_path / "one.pdf")
    page = opened()
    bring_up(qtbot, page)
    spare = page.letter.finishing.spare
    assert spare.isHidden()
    for row in page.letter.editor.passages[1:]:
        row.removed.emit()
    assert texts(page) == [HOUSING]
    assert spare.later.accessibleDescription() == (
        "2 entries can be shared and are not in this letter."
    )
    assert (spare.isHidden(), page.head.finish.isEnabled()) == (False, True)  # never in the way
    spare.look.click()
    now = QApplication.focusWidget()
    cards = page.letter.cards.cards
    assert now in (cards[entry_of(store, "doctor-to-doctor")], cards[entry_of(store, "ride home")])
    cards[entry_of(store, "ride home")].buttons[Act.ADD].click()
    assert not spare.isHidden()
    spare.later.click()
    assert spare.isHidden()
    finish(page)
    qtbot.waitUntil(lambda: page.letter.finishing.done is not None)
    again = opened(f"p{person(store, 'Diane')}:2026-03-09:2026-03-15")
    assert texts(again) == [INSURER]


def test_a_card_with_three_acts_is_no_wider_than_a_folded_pane(
    opened: Open, store: Store, qtbot: QtBot
) -> None:
    page = opened()
    page.letter.editor.passages[1].removed.emit()
    page.fold(roomy=False)
    cards = page.letter.cards
    card = cards.cards[entry_of(store, "doctor-to-doctor")]
    assert Act.ADD in card.buttons
    qtbot.waitUntil(lambda: card.width() <= cards.viewport().width())
    assert card.minimumSizeHint().width() <= cards.viewport().width() - 24
