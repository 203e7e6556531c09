"""What became of a letter: each state is a row more, and the accounting follows."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import disclosures, letter_events, letters_sent, next_updates, update_list
from cmdesk.errors import Problem
from cmdesk.models.update import LetterEvent, UpdateCopy
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.store import Store
from tests.casework.test_disclosures import DRAFT, leave
from tests.records import MONDAY, Clock, Maya


def newest_copy(session: Session) -> int:
    return session.scalars(select(UpdateCopy.id).order_by(UpdateCopy.id.desc())).first() or 0


@pytest.fixture
def letter(store: Store, maya: Maya) -> int:
    """Hand a letter to Diane over; return her copy."""
    leave(store, maya, DRAFT)
    return store.ask(newest_copy)


def state(store: Store, letter: int) -> LetterState:
    return store.ask(letter_events.state_of, letter).state


def whats(store: Store) -> list[str]:
    return [row["what"] for row in store.ask(disclosures.accounting)]


def test_a_letter_is_sent_and_read(store: Store, letter: int) -> None:
    assert state(store, letter) is LetterState.HANDED_OVER
    store.do("Sent", letter_events.confirm_sent, letter, MONDAY)
    assert state(store, letter) is LetterState.SENT
    store.undo()
    assert state(store, letter) is LetterState.HANDED_OVER
    store.do("Sent", letter_events.confirm_sent, letter, MONDAY)
    store.do("Read", letter_events.acknowledged, letter, MONDAY, " She wrote back ")
    stand = store.ask(letter_events.state_of, letter)
    assert (stand.state, stand.on, stand.note) == ("acknowledged", MONDAY, "She wrote back")
    assert len(whats(store)) == 1  # it was told once


def test_what_came_back_or_was_withdrawn_is_a_row_more_of_the_accounting(
    store: Store, letter: int
) -> None:
    store.do("Back", letter_events.bounced, letter, MONDAY, "The mailbox is full")
    assert state(store, letter) is LetterState.CAME_BACK
    store.do("Again", letter_events.handed_again, letter)
    assert state(store, letter) is LetterState.HANDED_OVER
    store.do("Withdraw", letter_events.withdrawn, letter, MONDAY, "Wrong week")
    first, *added = store.ask(disclosures.accounting)
    assert [row["what"] for row in added] == [
        "Came back March 9, not delivered: The mailbox is full",
        "Withdrawn March 9, before it was known to be sent: Wrong week",
    ]
    assert {row["correction_of"] for row in added} == {first["id"]}
    rows = store.ask(lambda session: session.scalars(select(LetterEvent.kind)).all())
    assert list(rows) == ["came_back", "handed_over", "withdrawn"]


def test_a_withdrawn_letter_counts_as_written_no_longer(
    store: Store, maya: Maya, letter: int
) -> None:
    diane = maya.diane.person_id or 0

    def due(session: Session) -> list[Any]:
        plans = [row.sent_on for row in update_list.due(session)]
        first = next_updates.next_updates(session, [maya.client], {}, MONDAY)[maya.client].due
        return [plans, first, letters_sent.last_sent(session, maya.client, diane)]

    assert store.ask(due) == [[MONDAY], date(2026, 3, 16), MONDAY]
    store.do("Withdraw", letter_events.withdrawn, letter, MONDAY, "Wrong week")
    assert store.ask(due) == [[None], MONDAY, None]
    assert store.ask(letters_sent.copies, maya.client, maya.diane) == []
    shown = store.ask(update_list.sent)
    assert [row.stand.state for row in shown] == [LetterState.WITHDRAWN]  # still to be looked at


def test_nothing_follows_the_end(store: Store, maya: Maya, letter: int) -> None:
    leave(store, maya, DRAFT)
    new = store.ask(newest_copy)
    store.do("Replace", letter_events.reissued, letter, new)
    stand = store.ask(letter_events.state_of, letter)
    assert (stand.state, stand.other, stand.closed) == (LetterState.REPLACED, new, True)
    with pytest.raises(Problem, match="This letter was replaced"):
        store.do("Sent", letter_events.confirm_sent, letter, MONDAY)
    assert state(store, new) is LetterState.HANDED_OVER


def test_days_and_reasons_that_will_not_do(store: Store, clock: Clock, letter: int) -> None:
    clock.forward(days=3)
    for day, said in ((5, "has not come yet"), (-1, "not handed over yet")):
        with pytest.raises(Problem, match=said):
            store.do("Sent", letter_events.confirm_sent, letter, MONDAY + timedelta(days=day))
    with pytest.raises(Problem, match="Say why"):
        store.do("Withdraw", letter_events.withdrawn, letter, MONDAY, "  ")
    with pytest.raises(Problem, match="no longer there"):
        store.do("Sent", letter_events.confirm_sent, letter + 1, MONDAY)
    assert state(store, letter) is LetterState.HANDED_OVER
