"""Reviews with an insurer: set, held, tied to the log, and leading to the next."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.casework import agenda, authorizations, review_calls
from cmdesk.errors import Problem
from cmdesk.rules.review_draft import ReviewForm
from cmdesk.store.store import Store
from tests.casework.undo_coverage import WEDNESDAY, given, kept
from tests.records import MONDAY, Maya


def next_review(store: Store, maya: Maya) -> date | None:
    return store.ask(authorizations.rows, maya.client)[0].draft.next_review_on


def due(store: Store) -> list[date]:
    return [row.due for row in store.ask(agenda.on) if row.kind == "insurance_review"]


def test_one_that_was_held_leads_to_the_next(store: Store, maya: Maya) -> None:
    number = given(store, maya, reviewer_contact="Kevin Park, (800) 555-0130")
    first = store.ask(review_calls.begin, number)
    assert first == ReviewForm(WEDNESDAY, reviewer="Kevin Park, (800) 555-0130")
    assert due(store) == [WEDNESDAY]
    review = store.do("Set", review_calls.save, number, first)
    assert due(store) == [WEDNESDAY]  # one day, told once
    assert store.ask(review_calls.begin, number).due_on is None
    given(store, maya, extends_id=number, from_on=date(2026, 3, 12), units_authorized=9,
          last_covered_on=date(2026, 3, 20), next_review_on=None)  # fmt: skip
    assert store.ask(review_calls.next_day, number, MONDAY) == date(2026, 3, 19)  # of the chain
    (line,) = store.ask(review_calls.entries, maya.client)
    assert (line.id, line.people) == (maya.entry, ("Tess",))
    form = store.ask(review_calls.read_form, review)
    form = replace(form, held_on=MONDAY, outcome="9 days", entry_id=line.id,
                   next_on=date(2026, 3, 19))  # fmt: skip
    store.do("Hold", review_calls.save, number, form, review)
    rows = store.ask(review_calls.rows, maya.client)
    assert [(row.form.due_on, row.form.held_on) for row in rows] == [
        (date(2026, 3, 19), None),
        (WEDNESDAY, MONDAY),
    ]
    assert store.ask(authorizations.rows, maya.client)[1].draft.next_review_on == date(2026, 3, 19)
    store.do("Away", review_calls.take_away, rows[0].id)
    assert store.ask(authorizations.rows, maya.client)[1].draft.next_review_on is None


def test_a_day_typed_with_the_approval_moves_the_review_that_waits(
    store: Store, maya: Maya
) -> None:
    number = given(store, maya)
    store.do("Set", review_calls.save, number, ReviewForm(WEDNESDAY))
    moved = replace(kept(store, maya, number), next_review_on=date(2026, 3, 10))
    store.do("Move", authorizations.save, maya.client, moved, number)
    (row,) = store.ask(review_calls.rows, maya.client)
    assert row.form.due_on == date(2026, 3, 10)
    none = replace(kept(store, maya, number), next_review_on=None)
    store.do("None", authorizations.save, maya.client, none, number)
    (row,) = store.ask(review_calls.rows, maya.client)
    assert (row.form.due_on, next_review(store, maya)) == (None, None)


def test_a_review_of_before_leaves_the_day_that_is_set(store: Store, maya: Maya) -> None:
    number = given(store, maya)
    before = ReviewForm(date(2026, 3, 2), date(2026, 3, 2))
    store.do("Note", review_calls.save, number, before)
    assert next_review(store, maya) == WEDNESDAY
    with pytest.raises(Problem, match="still to come"):
        store.do("Note", review_calls.save, number, ReviewForm(None, date(2026, 3, 10)))


def test_what_was_changed_meanwhile_is_not_written_over(store: Store, maya: Maya) -> None:
    number = given(store, maya)
    review = store.do("Set", review_calls.save, number, ReviewForm(WEDNESDAY))
    form = store.ask(review_calls.read_form, review)
    store.do("Change", review_calls.save, number, replace(form, asked="More"), review)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Change", review_calls.save, number, form, review)


def test_a_review_set_meanwhile_is_not_written_over(store: Store, maya: Maya) -> None:
    number = given(store, maya)
    before = kept(store, maya, number)
    sooner = ReviewForm(date(2026, 3, 10))
    store.do("Set", review_calls.save, number, sooner)
    with pytest.raises(Problem, match=r"^This approval was changed elsewhere\."):
        store.do("Save", authorizations.save, maya.client, replace(before, reason="x"), number)
    (row,) = store.ask(review_calls.rows, maya.client)
    assert (row.form.due_on, next_review(store, maya)) == (sooner.due_on, sooner.due_on)
    opened = replace(kept(store, maya, number), reason="x")
    store.do("Save", authorizations.save, maya.client, opened, number)
    assert kept(store, maya, number).reason == "x"


def test_an_entry_tied_long_ago_is_among_those_to_choose(
    store: Store, maya: Maya, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(review_calls, "MOST_ENTRIES", 0)
    assert store.ask(review_calls.entries, maya.client) == []
    (line,) = store.ask(review_calls.entries, maya.client, maya.entry)
    assert line.id == maya.entry
