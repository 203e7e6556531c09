"""Goals: set, moved, taken back and taken away; when a client's last moved."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.casework import (
    agenda,
    compose,
    drafts,
    entries,
    goals,
    merging_charts,
    rhythm,
    updates,
)
from cmdesk.casework import clients as charts
from cmdesk.casework.clients import ClientDraft
from cmdesk.errors import Problem
from cmdesk.rules.goal_draft import GoalForm, MoveForm
from cmdesk.rules.letter import Goal
from cmdesk.store.store import Store
from tests.records import MONDAY, WEEK, Maya, contact, state

AGREED = date(2026, 2, 20)
SLEEP = GoalForm(
    " Sleep through the night ",
    "I just want to wake up not dreading it.",
    "mental_health",
    measure="hours a night",
    baseline="5",
    target="7",
    agreed_on=AGREED,
)


def made(store: Store, maya: Maya, **changes: object) -> int:
    form = replace(SLEEP, **changes)  # pyright: ignore[reportArgumentType] - any field
    return store.do("Set", goals.save, maya.client, form)


def moved(store: Store, goal: int, day: date, **more: object) -> int:
    form = replace(MoveForm(day), **more)  # pyright: ignore[reportArgumentType] - any field
    return store.do("Move", goals.move, goal, form)


def test_a_goal_begins_on_the_day_it_was_agreed(store: Store, maya: Maya) -> None:
    assert store.ask(goals.rows, maya.client) == []
    store.do("Draft", drafts.keep, "goal:new", {"name": "Sleep"}, maya.client)
    number = store.do("Set", goals.save, maya.client, SLEEP, draft_key="goal:new")
    (row,) = store.ask(goals.rows, maya.client)
    assert row == store.ask(goals.one, number)
    assert row.form == replace(SLEEP, name="Sleep through the night", version=1)
    assert (row.quarters, row.last) == (None, MoveForm(AGREED, status="active"))
    assert store.ask(drafts.find, "goal:new") is None
    assert store.ask(goals.last_moved) == {maya.client: AGREED}


def test_it_stands_where_the_newest_move_says(store: Store, maya: Maya) -> None:
    number = made(store, maya)
    moved(store, number, date(2026, 3, 6), quarters=3, note=" Seven hours, twice ")
    late = moved(store, number, date(2026, 3, 2), status="deferred", entry_id=maya.entry)
    row = store.ask(goals.one, number)
    assert (row.form.status, row.quarters) == ("deferred", 3)
    assert row.last == MoveForm(date(2026, 3, 6), 3, note="Seven hours, twice")
    met = moved(store, number, MONDAY, status="met", quarters=4)
    moved(store, number, date(2026, 3, 1), status="not_met")  # entered late, of an earlier day
    assert store.ask(goals.one, number).form.status == "met"
    store.do("Back", goals.take_back, met)
    store.do("Back", goals.take_back, late)
    store.do("Back", goals.take_back, late)
    assert store.ask(goals.one, number).form.status == "not_met"
    assert store.ask(goals.one, number).quarters == 3


def test_only_who_works_on_a_goal_can_stand_still(store: Store, maya: Maya) -> None:
    number = made(store, maya)
    moved(store, number, MONDAY, status="met")
    assert store.ask(goals.last_moved) == {}
    made(store, maya, name="Lift her mood")
    assert store.ask(goals.last_moved) == {maya.client: MONDAY}


def test_what_is_worked_on_comes_first(store: Store, maya: Maya) -> None:
    for name, status in (("Done", "met"), ("Asked", "proposed"), ("One", "active"), ("Two", "")):
        made(store, maya, name=name, status=status or "partly_met")
    names = [row.form.name for row in store.ask(goals.rows, maya.client)]
    assert names == ["One", "Two", "Asked", "Done"]


def test_an_edit_leaves_status_and_place_and_notices_another(store: Store, maya: Maya) -> None:
    number = made(store, maya)
    form = store.ask(goals.one, number).form
    changed = replace(form, target="8", status="met")
    store.do("Edit", goals.save, maya.client, changed, number)
    row = store.ask(goals.one, number)
    assert (row.form.target, row.form.status, len(row.moves)) == ("8", "active", 1)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Edit", goals.save, maya.client, changed, number)
    with pytest.raises(Problem, match="Name the goal"):
        store.do("Edit", goals.save, maya.client, GoalForm())
    with pytest.raises(Problem, match="still to come"):
        moved(store, number, date(2026, 3, 10), status="met")


def test_taken_away_it_comes_back_with_its_moves(store: Store, maya: Maya) -> None:
    number = made(store, maya)
    moved(store, number, MONDAY, note="Better", entry_id=maya.entry)
    before = state(store)
    store.do("Away", goals.take_away, number)
    assert store.ask(goals.rows, maya.client) == []
    with pytest.raises(Problem, match="no longer there"):
        store.ask(goals.one, number)
    store.undo()
    assert state(store) == before


def test_a_move_can_be_linked_to_a_contact(store: Store, maya: Maya) -> None:
    (contact,) = store.ask(goals.contacts, maya.client)
    assert (contact.entry_id, contact.day) == (maya.entry, date(2026, 3, 6))
    assert contact.text
    store.do("Mark", entries.mark_wrong_chart, maya.entry, "Another Maya")
    assert store.ask(goals.contacts, maya.client) == []


def test_a_merged_chart_brings_its_goals(store: Store, maya: Maya) -> None:
    gone = store.do("Add", charts.add, ClientDraft("Maya", "Brener"))
    number = store.do("Set", goals.save, gone, SLEEP)
    store.do("Merge", merging_charts.merge_clients, gone, maya.client)
    assert [row.id for row in store.ask(goals.rows, maya.client)] == [number]
    assert store.ask(goals.last_moved) == {maya.client: AGREED}


def test_the_day_says_where_no_goal_moved(store: Store, maya: Maya) -> None:
    def told(day: date) -> list[tuple[str, int, str]]:
        found = store.ask(agenda.on, day)
        return [(row.why, row.record, row.title) for row in found if row.kind == "goal_stalled"]

    number = made(store, maya)
    assert told(MONDAY) == []
    assert told(date(2026, 3, 22)) == [("No goal moved for 30 days", maya.client, "Maya's goals")]
    store.do("Set", rhythm.set_standstill_days, 60)
    assert told(date(2026, 3, 22)) == []
    assert told(date(2026, 4, 21))[0][0] == "No goal moved for 60 days"
    store.undo()
    moved(store, number, MONDAY, note="Slept seven hours")
    assert told(date(2026, 3, 22)) == []


def proposed(store: Store, maya: Maya) -> tuple[Goal, ...]:
    return store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1].goals


def test_a_letter_tells_of_a_goal_what_was_written_for_the_family(store: Store, maya: Maya) -> None:
    number = made(store, maya, name="Sleep", words="Zq", measure="Zq", baseline="Zq", target="Zq")
    moved(store, number, date(2026, 3, 1), quarters=1, note="Zq")
    assert proposed(store, maya) == ()  # nothing was written for the family
    moved(store, number, date(2026, 3, 6), quarters=3, note="Zq", family_line="Seven hours")
    assert proposed(store, maya) == (Goal("Sleep", 3, 4, "Seven hours"),)
    moved(store, number, MONDAY, status="deferred")
    assert proposed(store, maya)  # it moved in this very week
    moved(store, number, MONDAY, status="proposed")
    assert proposed(store, maya) == ()


def test_a_move_is_told_of_as_far_as_its_entry(store: Store, maya: Maya) -> None:
    """An entry that is kept back takes along the line, and how far the goal has come."""
    held = store.do("Log", entries.log, contact(maya, topics=("medication",)), sign=True)
    number = made(store, maya, name="Sleep", family_line="Better than it was")
    moved(store, number, date(2026, 3, 6), quarters=3, family_line="New pills", entry_id=held)
    assert proposed(store, maya) == (Goal("Sleep", 0, 4, "Better than it was"),)
    made(store, maya, name="Court", topics=("legal",), family_line="A hearing is set")
    assert len(proposed(store, maya)) == 1


def test_a_goal_in_a_letter_is_judged_again_as_it_leaves(store: Store, maya: Maya) -> None:
    draft = store.ask(compose.propose, maya.client, maya.diane, *WEEK)[1]
    made(store, maya, name="Court", topics=("legal",), family_line="A hearing is set")
    for row in (Goal("Court", 1, 4, "My words"), Goal("Mine", 1, 4, "A hearing is set")):
        with pytest.raises(Problem, match="may no longer be shared"):
            store.ask(updates.release, maya.client, maya.diane, *WEEK, replace(draft, goals=(row,)))
    own = replace(draft, goals=(Goal("Mine", 1, 4, "My words"),))
    assert store.ask(updates.release, maya.client, maya.diane, *WEEK, own).letter.goals
