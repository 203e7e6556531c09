"""What a person was told follows them through a merge, and goes back with it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda_letters,
    clients,
    clock,
    composing,
    letters_sent,
    merging,
    merging_charts,
    next_updates,
    parties,
    update_list,
)
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.store.store import Store
from tests.records import MONDAY, MONDAY_NOON, WEEK, Maya, state

DAYS = st.none() | st.integers(1, 60)


def twin(store: Store, maya: Maya) -> int:
    add = clients.add_to_circle
    return store.do("Add", add, maya.client, "Dianne", "Brennan", "other")


def second_chart(store: Store) -> int:
    return store.do("Make", clients.add, ClientDraft("Maja", "Brenner", born=date(2003, 7, 14)))


def letter(store: Store, client_id: int, person_id: int, ago: int, status: str = "sent") -> None:
    at: datetime = MONDAY_NOON - timedelta(days=ago)

    def send(session: Session) -> None:
        first, last = WEEK
        update = Update(
            client_id=client_id, number=ago, status=status, period_from=first, period_until=last
        )
        session.add(update)
        session.flush()
        session.add(UpdateCopy(update_id=update.id, person_id=person_id, sent_at=at))

    store.do("Send", send)


def plan(store: Store, maya: Maya) -> None:
    """Let one weekly plan be all there is: the example's own is not asked here."""

    def agree(session: Session) -> None:
        session.query(UpdatePlan).delete()
        session.add(UpdatePlan(client_id=maya.client, recipient_id=maya.diane.person_id or 0))

    store.do("Plan", agree)


def told(store: Store, maya: Maya) -> tuple[date | None, ...]:
    """Give every answer the program has to when the last letter left; the due days must agree."""

    def look(session: Session) -> tuple[date | None, ...]:
        kept = maya.diane.person_id or 0
        (due,) = update_list.due(session, maya.client)
        _, began = update_list.so_far(session, maya.client, kept)
        since = {maya.client: began} if began else {}
        upcoming = next_updates.next_updates(session, [maya.client], since, MONDAY)
        assert upcoming[maya.client].due == due.due
        refs = {maya.client: "c-maya"}
        of_today = agenda_letters.plans(session, refs, date(2027, 1, 1), clock.zone(session))
        (planned,) = (each.last_sent for each in of_today)
        return due.sent_on, planned, letters_sent.last_sent(session, maya.client, kept)

    return store.ask(look)


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(before=st.tuples(DAYS, DAYS), withdrawn=st.booleans(), charts=st.booleans())
def test_the_last_letter_follows_and_goes_back(
    store: Store,
    maya: Maya,
    before: tuple[int | None, int | None],
    *,
    withdrawn: bool,
    charts: bool,
) -> None:
    plan(store, maya)
    kept = maya.diane.person_id or 0
    gone, chart = (kept, second_chart(store)) if charts else (twin(store, maya), maya.client)
    own, other = before
    if own is not None:
        letter(store, maya.client, kept, own)
    if other is not None:
        letter(store, chart, gone, other, "withdrawn" if withdrawn else "sent")
    alone, whole = told(store, maya), state(store)
    assert set(alone) == {day(own)}
    merge(store, maya, gone, chart)
    counted = [each for each in (own, None if withdrawn else other) if each is not None]
    assert set(told(store, maya)) == {day(min(counted, default=None))}
    store.undo()
    assert (told(store, maya), state(store)) == (alone, whole)
    for _ in range(2 + (own is not None) + (other is not None)):
        store.undo()


def day(ago: int | None) -> date | None:
    return None if ago is None else MONDAY - timedelta(days=ago)


def merge(store: Store, maya: Maya, gone: int, chart: int) -> None:
    if chart != maya.client:
        store.do("Merge", merging_charts.merge_clients, chart, maya.client)
    else:
        store.do("Merge", merging.merge_people, gone, maya.diane.person_id or 0)


@pytest.mark.parametrize("charts", [False, True])
def test_a_letter_of_the_one_gone_is_gone_on_with_and_counted(
    store: Store, maya: Maya, *, charts: bool
) -> None:
    kept = maya.diane.person_id or 0
    gone, chart = (kept, second_chart(store)) if charts else (twin(store, maya), maya.client)
    letter(store, chart, gone, 3)
    merge(store, maya, gone, chart)
    work = store.ask(composing.workplace, maya.client, maya.diane.key, *WEEK)
    assert work
    assert work.sent_on == day(3)
    assert store.ask(letters_sent._next_number, maya.client) == 4
    (row,) = store.ask(update_list.sent, maya.client)
    assert row.party.key == maya.diane.key
    assert store.ask(letters_sent.copies, maya.client, maya.tess) == []


def test_a_letter_to_a_house_is_found_by_the_house_alone(store: Store, maya: Maya) -> None:
    letter(store, maya.client, maya.diane.person_id or 0, 3)
    still = store.ask(parties.of_organisation, maya.still)
    assert store.ask(letters_sent.copies, maya.client, still) == []
