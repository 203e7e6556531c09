"""What the log dialog reads and writes: whom to pick, what is proposed, and going on."""

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import contacts, drafts, entries, verdicts
from cmdesk.casework.contacts import Addition, Someone
from cmdesk.errors import Problem
from cmdesk.models.entry import Addendum, Entry, EntryMark, EntryWording
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.records import MONDAY, MONDAY_NOON, Clock, Maya, contact, log, settle


def test_all_clients_those_worked_for_first(store: Store) -> None:
    rows = [
        {"ref": "c-0", "given_name": "Ana", "family_name": "Abbot", "status": "closed"},
        {"ref": "c-1", "given_name": "Bo", "family_name": "Ziegler"},
    ]
    settle(store, lambda p: p["clients"].extend(rows))
    names = [someone.name for someone in store.ask(contacts.all_clients)]
    assert names == ["Maya Brenner", "Bo Ziegler", "Ana Abbot"]


def test_around_the_client(store: Store, maya: Maya) -> None:
    own, diane, tess = store.ask(contacts.around, maya.client)
    assert own.name == "Maya Brenner"
    assert diane == Someone(maya.diane.key, "Diane Brenner", "Mother")
    assert tess == Someone(maya.tess.key, "Tess Holloway, LMFT", "Therapist, Stillwater Ridge")


def test_someone_of_the_circle_without_a_relationship(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(circle=[{"person": "p-tess"}]))
    assert store.ask(contacts.around, maya.client)[1].detail == "Stillwater Ridge"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("hol te", ["Tess Holloway, LMFT"]), ("olloway", []), ("%", []), ("dia x", [])],
)
def test_people_by_the_words_of_their_names(
    store: Store, maya: Maya, typed: str, found: list[str]
) -> None:
    assert [someone.name for someone in store.ask(contacts.people, typed)] == found


def test_pick_lists_are_short(store: Store, maya: Maya) -> None:
    store.do("Add", lambda s: s.add_all(Person(given_name=f"Pat {n}") for n in range(20)))
    store.do("Add", lambda s: s.add_all(Organisation(name=f"Hill {n}") for n in range(20)))
    assert len(store.ask(contacts.people, "pat")) == contacts.SHOWN
    assert len(store.ask(contacts.organisations, "hill")) == contacts.SHOWN
    assert store.ask(contacts.organisations, "ridge")[0] == Someone(
        f"o{maya.still}", "Stillwater Ridge", "Program"
    )


def test_named_in_the_order_given(store: Store, maya: Maya) -> None:
    keys = [maya.tess.key, f"o{maya.still}", maya.diane.key]
    names = [someone.name for someone in store.ask(contacts.named, keys)]
    assert names == ["Tess Holloway, LMFT", "Stillwater Ridge", "Diane Brenner"]


def test_usual_topics_first(store: Store, maya: Maya) -> None:
    for _ in range(2):
        log(store, maya, topics=("legal",))
    assert store.ask(contacts.usual_topics, maya.client)[:3] == [
        "legal",
        "progress",
        "substance_use",
    ]
    assert store.ask(contacts.usual_topics, None)[0] == "legal"
    assert store.ask(contacts.usual_topics, 99)[0] == "attendance"


def no_program(practice: dict[str, Any]) -> None:
    practice["organisations"][0]["sud_program"] = False


PROPOSED: list[tuple[dict[str, Any], bool, str]] = [
    ({"topics": ("substance_use",)}, True, "yes"),
    ({"topics": ("progress",)}, True, "unknown"),
    ({"topics": ("substance_use",), "client_id": None}, True, "unknown"),
    ({"topics": ("substance_use",), "participants": ()}, True, "yes"),
    ({"topics": ("substance_use",), "participants": (), "day": None}, True, "unknown"),
    ({"topics": ("substance_use",), "participants": (), "day": date(2026, 1, 9)}, True, "unknown"),
    ({"topics": ("substance_use",)}, False, "unknown"),
]


@pytest.mark.parametrize(("typed", "program", "mark"), PROPOSED)
def test_part2_is_proposed_with_a_program(
    store: Store, typed: dict[str, Any], program: bool, mark: str
) -> None:
    maya = settle(store) if program else settle(store, no_program)
    assert store.ask(contacts.proposed_part2, contact(maya, **typed)) == mark


def test_part2_is_proposed_by_the_mark_of_the_stay(store: Store) -> None:
    def protect(practice: dict[str, Any]) -> None:
        practice["clients"][0]["episodes"][0] |= {"organisation": None, "part2": "yes"}

    maya = settle(store, protect, no_program)
    typed = contact(maya, topics=("substance_use",), participants=())
    assert store.ask(contacts.proposed_part2, typed) == "yes"


def test_stay_without_a_program_proposes_nothing(store: Store) -> None:
    bare = {"organisation": None}
    maya = settle(store, lambda p: p["clients"][0]["episodes"][0].update(bare))
    typed = contact(maya, topics=("substance_use",), participants=())
    assert store.ask(contacts.proposed_part2, typed) == "unknown"


def test_opened_as_it_was_logged(store: Store, maya: Maya) -> None:
    typed = contact(
        maya,
        marks=((maya.diane.key, "short"),),
        follow_up="Call",
        follow_up_on=MONDAY,
        short_line="Good.",
        short_topics=("progress",),
    )
    number = store.do("Log", entries.log, typed, sign=False)
    opened = store.ask(contacts.opened, number)
    assert opened.draft == typed
    assert (opened.signed, opened.signed_at, opened.signed_by, opened.added) == (
        False,
        None,
        "",
        (),
    )


def test_opened_signed_with_what_was_added(store: Store, maya: Maya) -> None:
    store.do("Add", entries.add_addendum, maya.entry, "late_entry", "More.")
    opened = store.ask(contacts.opened, maya.entry)
    assert (opened.signed, opened.draft.at) == (True, time(11))
    (added,) = opened.added
    assert (added.kind, added.text, added.author) == ("late_entry", "More.", "Nora Whitlock")
    with pytest.raises(Problem, match="no longer there"):
        store.ask(contacts.opened, 99)


def test_opened_without_a_time_or_words(store: Store, maya: Maya) -> None:
    number = log(store, maya, at=None)
    assert store.ask(contacts.opened, number).draft.at is None

    def bare(session: Session) -> int:
        entry = Entry(client_id=maya.client, occurred_at=MONDAY_NOON, occurred_zone="UTC")
        session.add(entry)
        session.flush()
        return entry.id

    number = store.do("Add", bare)
    assert store.ask(contacts.opened, number).draft.topics == ()


def count(store: Store, number: int) -> tuple[int, int, int]:
    def read(session: Session) -> tuple[int, int, int]:
        kinds = (EntryWording, EntryMark, Addendum)
        found = [session.query(kind).filter_by(entry_id=number).count() for kind in kinds]
        return found[0], found[1], found[2]

    return store.ask(read)


def test_kept_without_saying_anything_twice(store: Store, maya: Maya) -> None:
    typed = contact(maya, marks=((maya.diane.key, "short"),))
    store.do("Type", drafts.keep, "log/new", {"x": 1})
    number = store.do("Keep", contacts.keep, typed, None, "log/new", sign=False)
    assert store.ask(drafts.find, "log/new") is None
    again = replace(typed, marks=(*typed.marks, (maya.tess.key, "share")))
    store.do("Keep", contacts.keep, again, number, "log/new", sign=True)
    assert count(store, number) == (1, 2, 0)
    assert store.ask(contacts.opened, number).signed


def test_worded_anew_answers_its_own_correction(store: Store, maya: Maya, clock: Clock) -> None:
    clock.forward(minutes=1)
    opened = store.ask(contacts.opened, maya.entry).draft
    changed = replace(opened, family_line="Other words.", marks=((maya.diane.key, "share"),))
    correction = Addition("correction", "It was Thursday.")
    store.do("Word", contacts.word_anew, maya.entry, changed, "log/1", correction)
    assert count(store, maya.entry) == (2, 2, 1)
    ((_, _, entry),) = store.ask(verdicts.for_rules, [maya.entry])
    assert entry.family_line == "Other words."


def test_nothing_changed_adds_nothing(store: Store, maya: Maya) -> None:
    opened = store.ask(contacts.opened, maya.entry).draft
    store.do("Word", contacts.word_anew, maya.entry, opened, "log/1", Addition("addendum", " "))
    assert count(store, maya.entry) == (1, 1, 0)


def test_now_is_local(store: Store, maya: Maya, clock: Clock) -> None:
    assert store.ask(contacts.now).hour == 12
    assert store.ask(contacts.now) == clock.now
