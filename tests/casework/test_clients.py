"""Clients: found by group and name, added, and shown at the head of their chart."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import clients
from cmdesk.casework.clients import CirclePerson, ClientDraft, Place
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Engagement
from cmdesk.rules.codes import ClientStatus
from cmdesk.rules.people import Name
from cmdesk.store.store import Store
from tests.records import MONDAY, Change, Clock, Maya, settle


def other_clients(*rows: dict[str, Any]) -> Change:
    def change(practice: dict[str, Any]) -> None:
        practice["clients"] += [{"ref": f"c-{n}", **row} for n, row in enumerate(rows)]

    return change


def names(store: Store, ids: list[int]) -> list[str]:
    return [head.name.full for head in store.ask(clients.heads, ids)]


def test_groups_and_their_counts(store: Store) -> None:
    statuses = [status.value for status in ClientStatus]
    settle(store, other_clients(*({"given_name": s, "status": s} for s in statuses)))
    assert store.ask(clients.counts) == {"active": 3, "inquiries": 1, "paused": 1, "closed": 3}
    for group, number in store.ask(clients.counts).items():
        found = store.ask(clients.find, group)
        assert len(found) == number
        assert {h.status for h in store.ask(clients.heads, found)} <= set(clients.GROUPS[group])


def test_find_by_every_word_in_the_order_of_family_names(store: Store) -> None:
    rows = [
        {"given_name": "Ana", "family_name": "Ortiz"},
        {"given_name": "Zoe", "family_name": "Abbot", "preferred_name": "Ana"},
    ]
    settle(store, other_clients(*rows))
    assert names(store, store.ask(clients.find)) == ["Ana Abbot", "Maya Brenner", "Ana Ortiz"]
    assert names(store, store.ask(clients.find, text="ana ORT")) == ["Ana Ortiz"]
    assert store.ask(clients.find, text="ana %") == []
    assert store.ask(clients.find, text="_na") == []


def test_head(store: Store, maya: Maya) -> None:
    head = store.ask(clients.head, maya.client)
    assert (head.ref, head.pronouns, head.status) == ("c-maya", "she/her", "active")
    assert head.name == Name("Maya", "Brenner", "Maya")
    assert (head.age, head.born, head.since) == (22, date(2003, 7, 14), date(2026, 1, 5))
    assert head.place == Place(
        "Residential 3.5",
        "Stillwater Ridge",
        date(2026, 2, 2),
        date(2026, 3, 20),
    )
    assert (head.where_things_stand, head.where_things_stand_at) == ("", None)


def test_head_of_a_bare_client(store: Store) -> None:
    number = store.do("Add", clients.add, ClientDraft("Ana", status=ClientStatus.PROSPECTIVE))
    head = store.ask(clients.head, number)
    assert (head.age, head.since, head.place) == (None, None, None)
    with pytest.raises(Problem, match="client is no longer there"):
        store.ask(clients.head, 99)
    assert store.ask(clients.heads, [99, number]) == [head]


def test_where_things_stand(store: Store, maya: Maya, clock: Clock) -> None:
    store.do("Say", clients.say_where_things_stand, maya.client, " Steady. ")
    head = store.ask(clients.head, maya.client)
    assert (head.where_things_stand, head.where_things_stand_at) == ("Steady.", clock.now)


def test_adding_a_client_begins_an_engagement(store: Store) -> None:
    typed = ClientDraft(" Ana ", " Ortiz ", pronouns="she/her", born=date(2000, 1, 1))
    number = store.do("Add", clients.add, typed)
    head = store.ask(clients.head, number)
    assert (head.name.full, head.age, head.since) == ("Ana Ortiz", 26, MONDAY)
    inquiry = ClientDraft(preferred_name="Bo", status=ClientStatus.PROSPECTIVE)
    store.do("Add", clients.add, inquiry)
    assert store.ask(lambda session: session.query(Engagement).count()) == 1


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (ClientDraft(" ", "Ortiz"), "needs a first name"),
        (ClientDraft("Ana", born=date(2026, 3, 10)), "still to come"),
    ],
)
def test_adding_is_refused(store: Store, typed: ClientDraft, said: str) -> None:
    with pytest.raises(Problem, match=said):
        store.do("Add", clients.add, typed)


def test_circle(store: Store, maya: Maya) -> None:
    number = store.do("Add", clients.add_to_circle, maya.client, "Rob ", "", "sibling")
    diane, tess, rob = store.ask(clients.circle, maya.client)
    assert (diane.name.full, diane.relationship) == ("Diane Brenner", "mother")
    assert diane.roles == ("primary_update_recipient", "payer")
    assert (tess.credentials, tess.organisation) == ("LMFT", "Stillwater Ridge")
    assert rob == CirclePerson(rob.member_id, number, Name("Rob", "", ""), "", "", "sibling", ())


def test_circle_leaves_out_those_who_left(store: Store, maya: Maya) -> None:
    def leave(session: Session) -> None:
        session.query(CircleMember).filter_by(person_id=maya.diane.person_id).one().until = MONDAY

    store.do("Leave", leave)
    assert [each.name.full for each in store.ask(clients.circle, maya.client)] == ["Tess Holloway"]


def test_circle_needs_a_name(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="A person needs a name"):
        store.do("Add", clients.add_to_circle, maya.client, " ", "", "sibling")


STAYS: list[tuple[dict[str, date | None], bool]] = [
    ({}, True),
    ({"admitted": MONDAY}, True),
    ({"admitted": date(2026, 3, 10)}, False),
    ({"discharged": MONDAY}, True),
    ({"discharged": date(2026, 3, 8)}, False),
]


@pytest.mark.parametrize(("days", "inside"), STAYS)
def test_a_day_falls_into_a_stay(store: Store, days: dict[str, date | None], inside: bool) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(episodes=[]))
    store.do("Add", lambda session: session.add(Episode(client_id=maya.client, **days)))
    found = store.ask(clients.place, maya.client, MONDAY)
    expected = Place("", "", days.get("admitted"), None)
    assert found == (expected if inside else None)


def test_of_two_stays_the_one_begun_last_counts(store: Store, maya: Maya) -> None:
    later = Episode(client_id=maya.client, admitted=date(2026, 3, 1))
    store.do("Add", lambda session: session.add(later))
    found = store.ask(clients.place, maya.client, MONDAY)
    assert found == Place("", "", date(2026, 3, 1), None)
