"""What moves ahead say on a day's page: their gaps in short, and what is late about them."""

from datetime import date, timedelta

import pytest

from cmdesk.rules.agenda import Group, agenda
from cmdesk.rules.agenda_items import Move, MovePart

MONDAY = date(2026, 3, 9)


def day(away: int) -> date:
    return MONDAY + timedelta(days=away)


@pytest.mark.parametrize(
    ("move", "why"),
    [
        (
            Move("x", "c", "Home", day(11), gaps=("3 days uncovered",), told=True),
            "3 days uncovered",
        ),
        (Move("x", "c", "Home", day(11), told=True), None),
        (Move("x", "c", "Home", day(-2), told=True), "Planned for Mar 7, not noted as left"),
        (Move("x", "c", "Home", day(-2)), "Planned for Mar 7, not closed yet"),
        (
            Move("x", "c", "Home", day(-2), gaps=("no therapist",), told=True, left=True),
            "No therapist",
        ),
        (Move("x", "c", "Home", day(-2), told=True, left=True), None),
    ],
)
def test_a_planned_move_says_what_it_was_told(move: Move, why: str | None) -> None:
    assert [row.why for row in agenda(MONDAY, moves=[move])] == ([why] if why else [])


@pytest.mark.parametrize(
    ("part", "why"),
    [
        (MovePart("move_step", "s", "c", "Ride", day(-3), record=7), "3 days late"),
        (MovePart("move_step", "s", "c", "Ride", day(0)), "Due today"),
        (MovePart("move_step", "s", "c", "Ride", day(1)), None),
        (
            MovePart("handoff", "h", "c", "A to B", day(2), "not confirmed", 3),
            "Not confirmed, due Wednesday",
        ),
        (
            MovePart("stay_end", "e", "c", "Home", day(-2), "still open", undated=True),
            "Still open",
        ),
    ],
)
def test_a_part_of_a_move_is_told_when_it_is_due_or_near(part: MovePart, why: str | None) -> None:
    rows = agenda(MONDAY, move_parts=[part])
    assert [(row.group, row.kind, row.why) for row in rows] == (
        [(Group.MOVES, part.kind, why)] if why else []
    )


def test_a_part_that_was_put_off_is_hidden_until_its_day() -> None:
    part = MovePart("move_step", "s", "c", "Ride", day(-3), record=7)
    assert agenda(MONDAY, move_parts=[part], snoozed={("move_step", 7): day(1)}) == ()
