"""Whom the rules make due, by what the log says; what is put off; where nobody was reached."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, entries, people, rhythm
from cmdesk.casework.reached import Contacted
from cmdesk.casework.rhythm import CadenceDraft
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.entry import EntryParticipant, EntryWrongChart
from cmdesk.models.merge import ClientMerge, PersonMerge
from cmdesk.models.person import Person
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.store.store import Store
from tests.records import MONDAY, Clock, Maya, contact, log, settle


@pytest.fixture
def maya(store: Store) -> Maya:
    """Make Maya's case with nobody reached yet: its one entry is a note."""
    return settle(
        store,
        lambda practice: practice["clients"][0]["entries"][0].update(
            kind="internal_note", participants=[]
        ),
    )


def own(store: Store, maya: Maya) -> int:
    return store.ask(lambda session: session.get_one(Client, maya.client).person_id)


def rule(store: Store, maya: Maya, person: int | None = None, **fields: Any) -> int:
    return store.do("Add", rhythm.save, CadenceDraft(maya.client, person, **fields))


def due(store: Store, on: date = MONDAY) -> list[tuple[Group, str, str]]:
    rows = [row for row in store.ask(agenda.on, on) if row.kind == "cadence"]
    return [(row.group, row.title, row.why) for row in rows]


def call(store: Store, maya: Maya, day: date, **changes: Any) -> int:
    people = (maya.diane.person_id or 0,)
    fields = {"day": day, "at": time(15), "participants": people, **changes}
    return log(store, maya, **fields)


def test_last_reached_and_tried_since(store: Store, maya: Maya) -> None:
    diane = maya.diane.person_id
    rule(store, maya, diane, every_days=7, method="phone", grace_days=1)
    assert due(store) == [(Group.TODAY, "Call Diane Brenner", "Not reached yet")]
    call(store, maya, date(2026, 2, 26))
    call(store, maya, date(2026, 3, 2), outcome="left_voicemail")
    call(store, maya, date(2026, 3, 4), kind="attempted_contact")
    because = "Last reached Feb 26, tried twice since"
    assert due(store) == [(Group.OVERDUE, "Call Diane Brenner", because)]
    found = store.ask(rhythm.last_contacts, maya.client)
    assert found[diane or 0] == Contacted(date(2026, 2, 26), date(2026, 3, 4), 2)
    call(store, maya, date(2026, 3, 6))
    assert due(store) == []


def test_what_was_logged_by_mistake_reached_nobody(store: Store, maya: Maya) -> None:
    rule(store, maya, maya.diane.person_id, every_days=7)
    entry = call(store, maya, date(2026, 3, 6))
    assert due(store) == []

    def mark(session: Session, *, wrong: bool) -> None:
        at = session.info["clock"]()
        session.add(EntryWrongChart(entry_id=entry, at=at, wrong=wrong))

    store.do("Wrong", mark, wrong=True)
    assert due(store)[0][2] == "Not reached yet"
    store.do("Right", mark, wrong=False)
    assert due(store) == []


def test_one_of_several_was_not_reached(store: Store, maya: Maya) -> None:
    people = (maya.diane.person_id or 0, maya.tess.person_id or 0)
    for person in people:
        rule(store, maya, person, every_days=2, method="letter")
    call(store, maya, date(2026, 3, 7), participants=people)
    assert {title for _, title, _ in due(store)} == {"Reach Diane Brenner", "Reach Tess Holloway"}
    people_of = contact(maya, day=date(2026, 3, 8), participants=people)
    second = store.do("Log", entries.log, people_of, sign=False)

    def miss(session: Session) -> None:
        part = session.query(EntryParticipant).filter_by(entry_id=second, person_id=people[0])
        part.one().reached = False

    store.do("Miss", miss)
    assert due(store) == [
        (Group.TODAY, "Reach Diane Brenner", "Last reached Mar 7, tried once since")
    ]


def test_the_client_twice_a_week(store: Store, maya: Maya) -> None:
    """Contacts that name nobody were with the client."""
    rule(store, maya, times_a_week=2)
    call(store, maya, date(2026, 3, 6), participants=())
    assert due(store) == [(Group.TODAY, "Call Maya", "Last reached Mar 6")]
    call(store, maya, MONDAY, at=time(9), participants=(own(store, maya),))
    assert due(store, MONDAY + timedelta(days=3)) != []
    (contacted,) = [store.ask(rhythm.last_contacts, maya.client)[own(store, maya)]]
    assert contacted.reached == MONDAY


def test_enough_for_one_week(store: Store, maya: Maya, clock: Clock) -> None:
    rule(store, maya, times_a_week=1)
    call(store, maya, MONDAY, at=time(9), participants=())
    clock.forward(days=6)
    assert due(store, date(2026, 3, 15)) == []
    assert due(store, date(2026, 3, 16)) != []


def test_a_merged_chart_counts_too(store: Store, maya: Maya) -> None:
    rule(store, maya, maya.diane.person_id, every_days=7)

    def merge(session: Session) -> int:
        person = Person(given_name="Maya")
        session.add(person)
        session.flush()
        other = Client(person_id=person.id)
        session.add(other)
        session.flush()
        session.add(ClientMerge(client_id=other.id, kept_id=maya.client))
        return other.id

    other = store.do("Merge", merge)
    call(store, replace(maya, client=other), date(2026, 3, 6))
    assert due(store) == []
    assert [row.client for row in store.ask(agenda.on) if row.kind == "stalled"] == []


def test_nobody_is_to_be_reached_who_left_or_is_not_to_be_contacted(
    store: Store, maya: Maya, clock: Clock
) -> None:
    """A merged person and a merged chart count too; what was agreed stands in the list."""
    diane, tess = maya.diane.person_id or 0, maya.tess.person_id or 0
    for person in (None, diane, tess):
        rule(store, maya, person, every_days=7)
    assert len(due(store)) == 3

    def bar(session: Session) -> list[int]:
        old, other = Person(given_name="Diane"), Person(given_name="Maya")
        session.add_all([old, other])
        session.flush()
        gone = Client(person_id=other.id)
        session.add(gone)
        session.flush()
        session.add(PersonMerge(person_id=old.id, kept_id=diane))
        session.add(ClientMerge(client_id=gone.id, kept_id=maya.client))
        barred = {"roles": ["do_not_contact"], "until": date(2025, 1, 1)}
        session.add(CircleMember(client_id=gone.id, person_id=old.id, **barred))
        return [old.id]

    (old,) = store.do("Bar", bar)
    assert {title for _, title, _ in due(store)} == {"Call Maya", "Call Tess Holloway"}
    store.do("Leave", people.remove_from_circle, maya.client, tess)
    clock.forward(days=1)
    tuesday = MONDAY + timedelta(days=1)
    assert [title for _, title, _ in due(store, tuesday)] == ["Call Maya"]
    assert store.ask(agenda.urgent)[1] == sum(
        row.group == Group.TODAY for row in store.ask(agenda.on)
    )
    for person in (diane, old):
        with pytest.raises(Problem, match="Marked do not contact in the circle"):
            rule(store, maya, person, every_days=7)
    assert len(store.ask(rhythm.rules_of, maya.client)) == 3


def test_a_rule_is_changed_and_removed(store: Store, maya: Maya) -> None:
    number = rule(store, maya, maya.diane.person_id, weekday="monday")
    rule(store, maya, every_days=30)
    kept = store.ask(rhythm.rules_of, maya.client)
    assert [each.person_id for each in kept] == [None, maya.diane.person_id]
    store.do("Rest", rhythm.save, replace(kept[1], paused_until=MONDAY))
    assert [title for _, title, _ in due(store)] == ["Call Maya"]
    store.do("Remove", rhythm.remove, number)
    store.do("Remove", rhythm.remove, number)
    assert len(store.ask(rhythm.rules_of, maya.client)) == 1
    names = [(each.name.full, each.tie) for each in store.ask(rhythm.whom, maya.client)]
    assert names[0] == ("Maya Brenner", "")
    assert ("Diane Brenner", "Mother") in names


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({}, "every_days"),
        ({"every_days": 400}, "every_days"),
        ({"times_a_week": 8}, "times_a_week"),
        ({"every_days": 7, "grace_days": -1}, "grace_days"),
        ({"every_days": 7, "since": MONDAY, "until": date(2026, 3, 8)}, "until"),
    ],
)
def test_a_rule_that_makes_no_sense(
    store: Store, maya: Maya, fields: dict[str, Any], field: str
) -> None:
    assert list(rhythm.faults(CadenceDraft(maya.client, **fields))) == [field]
    with pytest.raises(Problem):
        rule(store, maya, **fields)


def shown(store: Store, day: date = MONDAY) -> list[AgendaRow]:
    return list(store.ask(agenda.on, day))


def test_any_row_can_be_put_off_and_taken_back(store: Store, maya: Maya) -> None:
    for row in shown(store):
        store.do("Put off", rhythm.snooze, row.kind, row.record, date(2026, 3, 12))
    assert shown(store) == []
    assert store.ask(agenda.urgent) == (0, 0)
    assert shown(store, date(2026, 3, 12)) != []
    store.undo()
    (back,) = shown(store)
    store.do("Again", rhythm.snooze, back.kind, back.record, date(2026, 3, 10))
    store.do("Longer", rhythm.snooze, back.kind, back.record, date(2026, 3, 11))
    assert back.record not in {row.record for row in shown(store, date(2026, 3, 10))}
    with pytest.raises(Problem):
        store.do("Late", rhythm.snooze, back.kind, back.record, MONDAY)
    again = {(row.kind, row.record): row for row in store.ask(agenda.on, MONDAY, 7)}
    coming = again[back.kind, back.record]
    assert (coming.group, coming.due) == (Group.COMING, date(2026, 3, 11))
    assert coming.why.startswith("Snoozed until Wednesday")


def stalled(store: Store, on: date) -> list[str]:
    return [row.why for row in store.ask(agenda.on, on) if row.kind == "stalled"]


def test_where_nobody_was_reached(store: Store, maya: Maya, clock: Clock) -> None:
    call(store, maya, date(2026, 3, 6))
    assert stalled(store, MONDAY) == []
    clock.forward(days=11)
    call(store, maya, date(2026, 3, 18), outcome="no_answer")
    assert stalled(store, date(2026, 3, 20)) == ["Nobody reached for 14 days"]
    store.do("Set", rhythm.set_silence_days, 30)
    store.do("Set", rhythm.set_silence_days, 20)
    assert stalled(store, date(2026, 3, 20)) == []
    with pytest.raises(Problem):
        store.do("Set", rhythm.set_silence_days, 0)


def test_a_client_new_and_never_reached(store: Store, maya: Maya) -> None:
    def begin(session: Session) -> None:
        session.query(Engagement).one().began_on = date(2026, 2, 1)

    store.do("Begin", begin)
    assert stalled(store, MONDAY) == ["Nobody reached yet, 36 days in"]
