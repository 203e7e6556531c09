"""The worklist: what waits for a signature, what it lacks, and which comes next."""

from datetime import date, time

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from cmdesk.casework import contacts, entries, signing, worklist
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.entry import Addendum, Entry
from cmdesk.models.merge import ClientMerge
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.store.store import Store
from tests.records import Clock, Maya, contact, log, settle


def keep(store: Store, maya: Maya, day: int, **changes: object) -> int:
    typed = contact(maya, day=date(2026, 3, day), **changes)
    return store.do("Log", entries.log, typed, sign=False)


def test_the_oldest_first_with_what_is_missing(store: Store) -> None:
    maya = settle(
        store, lambda p: p["clients"].append({"ref": "c-1", "given_name": "Bo", "status": "active"})
    )
    assert store.ask(worklist.unsigned) == []
    assert store.ask(worklist.next_unsigned) is None
    third = keep(store, maya, 7, minutes=None, purposes=(), narrative="x" * 200)
    first = keep(store, maya, 4, at=None)
    second = keep(store, maya, 6)
    wrong = keep(store, maya, 3)
    store.do("Wrong", entries.mark_wrong_chart, wrong, "This was Ana.")

    def merge(session: Session) -> int:
        other = session.scalars(select(Client.id).where(Client.ref == "c-1")).one()
        session.add(ClientMerge(client_id=maya.client, kept_id=other))
        return other

    assert store.ask(worklist.count) == 3
    rows = store.ask(worklist.unsigned)
    assert [row.entry_id for row in rows] == [first, second, third]
    assert [row.missing for row in rows] == [
        (), (), ("How many minutes did it take?", "What was it for?"),
    ]  # fmt: skip
    assert [row.time_recorded for row in rows] == [False, True, True]
    assert (rows[1].client, rows[1].client_id, rows[1].at.time()) == (
        "Maya Brenner", maya.client, time(15, 30),
    )  # fmt: skip
    assert len(rows[2].opening) == worklist.OPENING
    other = store.do("Merge", merge)
    assert {row.client_id for row in store.ask(worklist.unsigned)} == {other}


def test_one_after_the_other(store: Store, maya: Maya) -> None:
    first, twin = keep(store, maya, 4), keep(store, maya, 4)
    last = keep(store, maya, 6)

    def after(number: int | None) -> int | None:
        return store.ask(worklist.next_unsigned, number)

    assert [after(number) for number in (None, first, twin, last, 99)] == [
        first, twin, last, first, first,
    ]  # fmt: skip
    store.do("Sign", worklist.sign, [twin])
    assert (after(twin), after(first)) == (last, last)
    store.do("Sign", worklist.sign, [first, last])
    assert after(last) is None


def test_none_is_signed_if_one_lacks_something(store: Store, maya: Maya) -> None:
    sound, lacking = keep(store, maya, 4), keep(store, maya, 5, minutes=None)
    with pytest.raises(Problem, match="How many minutes"):
        store.do("Sign", worklist.sign, [sound, lacking])
    assert store.ask(worklist.count) == 2


def test_signed_text_is_read_again(store: Store, maya: Maya, clock: Clock) -> None:
    number, unsigned = log(store, maya), keep(store, maya, 6)
    several = [maya.entry, number, unsigned]
    assert store.ask(entries.verified, several) == {maya.entry: True, number: True}
    assert store.ask(contacts.opened, number).stands

    def tamper(session: Session) -> None:
        # As somebody with the key and another program would.
        names = session.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))
        for name in list(names):
            session.execute(text(f'DROP TRIGGER "{name}"'))
        session.get_one(Entry, number).minutes = 240

    store.do("Tamper", tamper)
    assert store.ask(entries.verified, several) == {maya.entry: True, number: False}
    assert store.ask(signing.verified, []) == {}
    assert not store.ask(contacts.opened, number).stands


def test_late_and_wrong_are_told(store: Store, maya: Maya) -> None:
    late = store.ask(contacts.opened, log(store, maya))
    assert late.late
    assert late.entered_at
    assert late.entered_at.date() > (late.draft.day or date.max)
    number = keep(store, maya, 8)
    assert not store.ask(contacts.opened, number).late
    for reason, wrong in (("This was Ana.", True), ("", False)):
        assert store.ask(contacts.opened, number).wrong_chart == ("" if wrong else "This was Ana.")
        with pytest.raises(Problem, match="needs a reason"):
            store.do("Mark", entries.mark_wrong_chart, number, " ", wrong=wrong)
        store.do("Mark", entries.mark_wrong_chart, number, reason or "Hers.", wrong=wrong)
    assert store.ask(contacts.opened, number).wrong_chart == ""


def test_an_addendum_belongs_to_a_signed_entry(store: Store, maya: Maya) -> None:
    number = keep(store, maya, 5)
    with pytest.raises(Problem, match="not signed yet"):
        store.do("Add", entries.add_addendum, number, "addendum", "More.")
    added = store.ask(lambda session: session.query(Addendum).filter_by(entry_id=number).count())
    assert added == 0
    status = store.ask(lambda session: session.get_one(Entry, number).status)
    assert status == EntryStatus.READY_TO_SIGN
