"""A letter that has to be out by an hour stands on Today from the moment it is begun."""

from datetime import timedelta
from typing import Any

import pytest

from cmdesk.casework import drafts, letter_drafts, letter_templates, today
from cmdesk.casework.today import TodayRow
from cmdesk.errors import Problem
from cmdesk.rules.agenda import Group
from cmdesk.store.store import Store
from tests.records import MONDAY, MONDAY_NOON, Clock, Maya


def begin(store: Store, maya: Maya, kind: str, **body: Any) -> None:
    key = letter_drafts.key_of(maya.client, maya.diane.key, MONDAY, MONDAY, kind)
    store.do("Keep", drafts.keep, key, body, maya.client)


def rows(store: Store) -> list[TodayRow]:
    return [row for row in store.ask(today.rows) if row.kind == "letter_hours"]


def test_a_notice_of_a_crisis_is_due_within_its_hours(
    store: Store, maya: Maya, clock: Clock
) -> None:
    begin(store, maya, "crisis_notice", since=(MONDAY_NOON - timedelta(hours=1)).isoformat())
    begin(store, maya, "decision")  # it has no hour
    begin(store, maya, "gone")  # nobody knows this kind
    (row,) = rows(store)
    assert (row.title, row.why, row.group) == (
        "Crisis notice to Diane", "Due by 3:00 PM", Group.TODAY
    )  # fmt: skip
    assert (row.letter, row.begun, row.client_id) == (
        f"{maya.diane.key}:2026-03-09:2026-03-09:crisis_notice", True, maya.client
    )  # fmt: skip
    assert store.ask(today.urgent)[1] >= 1
    clock.forward(hours=4)
    assert rows(store)[0].why == "Was due by 3:00 PM"
    clock.forward(hours=24)
    (late,) = rows(store)
    assert (late.why, late.group) == ("Was due by 3:00 PM, Mar 9", Group.OVERDUE)


def test_begun_before_midnight_it_stands_there_at_once(
    store: Store, maya: Maya, clock: Clock
) -> None:
    clock.forward(hours=11)  # eleven at night
    begin(store, maya, "crisis_notice")
    (row,) = rows(store)
    assert (row.why, row.group, row.due) == ("Due by 3:00 AM, Mar 10", Group.TODAY, MONDAY)


def test_a_draft_that_names_nobody_is_left_alone(store: Store, maya: Maya) -> None:
    store.do("Keep", drafts.keep, f"update:{maya.client}:p99:{MONDAY}:{MONDAY}:crisis_notice", {})
    store.do("Keep", drafts.keep, "update:a:b:c:d:e", {})
    assert rows(store) == []


def test_a_letter_due_by_an_hour_is_gone_on_with_after_midnight(
    store: Store, maya: Maya, clock: Clock
) -> None:
    kinds = {code: store.ask(letter_templates.of, code) for code in ("crisis_notice", "weekly")}
    asked = maya.client, maya.diane.key
    clock.forward(hours=11)  # eleven at night
    begin(store, maya, "crisis_notice", since=clock().isoformat())
    begin(store, maya, "")
    clock.forward(hours=2)
    found = store.ask(letter_drafts.still_open, *asked, kinds["crisis_notice"])
    assert found is not None
    assert (found.first, found.last) == (MONDAY, MONDAY)
    assert store.ask(letter_drafts.still_open, *asked, kinds["weekly"]) is None
    clock.forward(hours=23)
    assert store.ask(letter_drafts.still_open, *asked, kinds["crisis_notice"]) is None


def test_what_is_thrown_away_is_put_back_unless_another_was_begun(store: Store, maya: Maya) -> None:
    begin(store, maya, "crisis_notice", words="kept")
    key = letter_drafts.key_of(maya.client, maya.diane.key, MONDAY, MONDAY, "crisis_notice")
    thrown = store.do("Throw away", letter_drafts.throw_away, key)
    assert rows(store) == []
    store.do("Put back", letter_drafts.put_back, thrown)
    kept = store.ask(letter_drafts.find, key)
    assert kept is not None
    assert kept.body == {"words": "kept"}
    with pytest.raises(Problem, match="Another such letter"):
        store.do("Put back", letter_drafts.put_back, thrown)
