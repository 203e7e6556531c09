"""What became of a letter: each state is a row more, and the accounting follows."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    accounting,
    disclosures,
    letter_events,
    letter_periods,
    letters_sent,
    next_updates,
    relied,
    update_list,
)
from cmdesk.casework.letter_events import Became
from cmdesk.errors import Problem
from cmdesk.exchange import accounting_csv
from cmdesk.models.update import LetterEvent, UpdateCopy
from cmdesk.rules.letter_state import LetterState
from cmdesk.store.store import Store
from tests.casework.test_disclosures import DRAFT, leave
from tests.records import MONDAY, WEEK, Clock, Maya


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


def in_the_accounting(store: Store, maya: Maya) -> tuple[tuple[str, ...], list[str], int]:
    """Return what asks for the letter, what its rows say in "Counts", and whether it is relied."""
    (told,) = store.ask(accounting.rows, maya.client)
    table = store.ask(accounting_csv.make, maya.client).decode("utf-8-sig")
    counts = [row["Counts"] for row in csv.DictReader(io.StringIO(table))]
    return told.owed, counts, len(store.ask(relied.on, maya.consent).told)


@pytest.mark.parametrize("read", [False, True])
def test_what_was_sent_stays_told_when_it_is_withdrawn(
    store: Store, maya: Maya, clock: Clock, read: bool
) -> None:
    """42 CFR 2.25: a letter that reached its reader is owed, whatever is said of it later."""
    leave(store, maya)
    copy = store.ask(newest_copy)
    clock.forward(days=1)
    store.do("Sent", letter_events.confirm_sent, copy, MONDAY)
    if read:
        store.do("Read", letter_events.acknowledged, copy, MONDAY)
    store.do("Withdraw", letter_events.withdrawn, copy, MONDAY, "Wrong week")
    assert in_the_accounting(store, maya) == (("42 CFR 2.25",), ["no", "yes"], 1)
    (told,) = store.ask(accounting.rows, maya.client)
    (noted,) = told.corrections
    assert (noted.why, noted.what, noted.at) == (
        "Withdrawn March 9, after it was sent: Wrong week",
        "Family update, March 2 to 8, 2026",
        told.at,
    )
    assert store.ask(relied.on, maya.consent).told[0].what == noted.what


@pytest.mark.parametrize("back", [False, True])
def test_what_never_reached_its_reader_is_not_owed(store: Store, maya: Maya, back: bool) -> None:
    leave(store, maya)
    copy = store.ask(newest_copy)
    if back:
        store.do("Sent", letter_events.confirm_sent, copy, MONDAY)
        store.do("Back", letter_events.bounced, copy, MONDAY, "")
    store.do("Withdraw", letter_events.withdrawn, copy, MONDAY, "Wrong week")
    assert in_the_accounting(store, maya) == ((), ["no"] * (3 if back else 2), 0)
    after = "after it came back" if back else "before it was known to be sent"
    assert whats(store)[-1] == f"Withdrawn March 9, {after}: Wrong week"


def test_whether_a_withdrawn_letter_left_is_asked_where_nobody_said(
    store: Store, maya: Maya
) -> None:
    leave(store, maya)
    copy = store.ask(newest_copy)
    become = (letter_events.become, copy, LetterState.WITHDRAWN)
    with pytest.raises(Problem, match="Say whether the letter left"):
        store.do("Withdraw", *become, Became(MONDAY, "Wrong week"))
    store.do("Withdraw", *become, Became(MONDAY, "Wrong week", letter_events.LEFT))
    assert in_the_accounting(store, maya) == (("42 CFR 2.25",), ["no", "yes"], 1)
    (told,) = store.ask(accounting.rows, maya.client)
    assert told.corrections[0].why == "Withdrawn March 9, after it was sent: Wrong week"


def test_what_came_back_is_owed_again_until_it_is_handed_over_once_more(
    store: Store, maya: Maya, letter: int
) -> None:
    diane = maya.diane.person_id or 0

    def due(session: Session) -> list[Any]:
        first = next_updates.next_updates(session, [maya.client], {}, MONDAY)[maya.client].due
        sent = letters_sent.last_sent(session, maya.client, diane)
        begins = letter_periods.period_of(session, maya.client, maya.diane)[0]
        return [first, sent, begins, [row.sent_on for row in update_list.due(session)]]

    before = store.ask(due)
    store.do("Back", letter_events.bounced, letter, MONDAY, "")
    back = store.ask(due)
    assert back[:2] == [MONDAY, None]
    assert back[2] <= WEEK[0] < before[2]
    assert back[3] == [None]
    assert store.ask(letters_sent.copies, maya.client, maya.diane)  # it is gone on with
    store.do("Again", letter_events.handed_again, letter)
    assert store.ask(due) == before


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
