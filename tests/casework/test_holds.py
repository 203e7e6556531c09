"""Wishes that something is not told yet: changed, narrowed to one entry, and ended."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.casework import consents, holds, verdicts
from cmdesk.casework.holds import HoldDraft
from cmdesk.errors import Problem
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

FRIDAY = date(2026, 3, 13)


def test_a_wish_comes_back_as_typed_and_changes(store: Store, maya: Maya) -> None:
    before = len(store.ask(holds.rows, maya.client))
    typed = HoldDraft(maya.client, (maya.diane.key,), ("legal",), (maya.entry,), FRIDAY, "Her news")
    number = store.do("Hold", holds.save, typed)
    read = store.ask(holds.draft, number)
    assert read == replace(typed, version=read.version)
    assert len(store.ask(holds.rows, maya.client)) == before + 1
    other = replace(read, keys=(maya.tess.key,), entries=(), topics=(), until=None, reason=" So ")
    store.do("Change", holds.save, other, number)
    kept = store.ask(holds.draft, number)
    assert (kept.keys, kept.entries, kept.until, kept.reason) == ((maya.tess.key,), (), None, "So")
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Change", holds.save, other, number)
    store.do("Change", holds.save, replace(kept, reason="Now"), number)
    with pytest.raises(Problem, match="from whom"):
        store.do("Hold", holds.save, HoldDraft(maya.client))
    with pytest.raises(Problem, match="no longer there"):
        store.ask(holds.draft, 99)


def test_one_entry_alone_is_held_and_told_as_its_family_hears_it(store: Store, maya: Maya) -> None:
    (entry,) = store.ask(holds.latest, maya.client, (maya.entry,))
    assert (entry.id, entry.on, entry.method) == (maya.entry, date(2026, 3, 6), "Phone")
    assert entry.what.startswith("Maya finished her prevention plan")
    store.do("Hold", holds.save, HoldDraft(maya.client, (maya.diane.key,), (), (maya.entry,)))
    held = store.ask(verdicts.restrictions, maya.client)[-1]
    assert (held.entries, held.topics) == ({"e-1"}, frozenset())


def test_ending_a_wish_lets_it_go_today_and_keeps_it_on_record(store: Store, maya: Maya) -> None:
    for until in (None, FRIDAY, date(2026, 3, 2)):
        number = store.do(
            "Hold", consents.hold_back, maya.client, [], [maya.diane.key], until, "Later"
        )
        store.do("End", holds.end, number)
        row = next(each for each in store.ask(holds.rows, maya.client) if each.id == number)
        assert row.over
        assert row.until == min(date(2026, 3, 8), until or MONDAY)
    assert [row.over for row in store.ask(holds.rows, maya.client)][-3:] == [True] * 3
