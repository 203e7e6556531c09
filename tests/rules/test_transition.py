"""The days of a move that nobody covers: none is hidden, whatever the date it moves to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.follow_up_clocks import Visit
from cmdesk.rules.transition import (
    ALLOWED,
    Begins,
    Gap,
    Leaving,
    Span,
    Step,
    due,
    ends,
    gaps,
    horizon,
    joined,
    moved,
    next_prescriber,
    supply_ends,
    uncovered,
    without,
)
from cmdesk.rules.transition_codes import Lane

FRIDAY = date(2026, 3, 20)
DAY = timedelta(1)
# Leap days, and both changes of clocks, lie within.
days = st.dates(date(2027, 10, 1), date(2028, 4, 30))
spans = st.builds(
    Span, st.sampled_from(Lane), st.just(""), st.none() | days, st.none() | days, st.booleans()
)
visits = st.builds(Visit, days, st.none() | st.booleans())
moves = st.builds(
    Leaving,
    days,
    st.lists(spans, max_size=8).map(tuple),
    st.none() | st.integers(0, 60),
    st.lists(st.none() | days, max_size=3).map(tuple),
    st.lists(visits, max_size=2).map(tuple),
)
DAILY = (Lane.HOME, Lane.PROGRAM, Lane.MEDICINE)


def maya() -> Leaving:
    """Give the move of the picture."""
    bridge, april = date(2026, 3, 24), date(2026, 4, 6)
    return Leaving(
        FRIDAY,
        (
            Span(Lane.HOME, "Stillwater Ridge"),
            Span(Lane.HOME, "Juniper Court or home", bridge, settled=False),
            Span(Lane.PROGRAM, "Residential 3.5"),
            Span(Lane.PROGRAM, "Bridge Street", bridge),
            Span(Lane.THERAPIST, "Tess Holloway"),
            Span(Lane.THERAPIST, "Dr. Levin", date(2026, 3, 25)),
            Span(Lane.PSYCHIATRIST, "Dr. Okonedo"),
            Span(Lane.PSYCHIATRIST, "Dr. Nwosu", april),
            Span(Lane.MEDICINE, "Given at Stillwater"),
        ),
        medicine_days=12,
        supplies=(date(2026, 4, 1),),
        prescriber_visits=(Visit(april),),
    )


def test_the_three_gaps_of_the_picture() -> None:
    program, medicine, home = gaps(maya())
    assert program == Gap(Lane.PROGRAM, date(2026, 3, 21), date(2026, 3, 23))
    assert program.days == 3
    assert medicine == Gap(Lane.MEDICINE, date(2026, 4, 2), date(2026, 4, 6))
    assert medicine.days == 5
    assert home == Gap(Lane.HOME, FRIDAY, date(2026, 4, 19), open_ended=True)


def test_days_of_medicine_nobody_knows_count_as_a_gap() -> None:
    move = replace(maya(), medicine_days=None, supplies=(date(2026, 4, 1), None))
    gap = gaps(move)[1]
    assert gap == Gap(Lane.MEDICINE, date(2026, 3, 21), date(2026, 4, 6), unknown=True)
    assert supply_ends(replace(move, supplies=())) is None


def test_of_several_supplies_the_earliest_holds_and_an_old_one_does_not() -> None:
    move = replace(maya(), supplies=(date(2026, 3, 1), date(2026, 3, 28), date(2026, 5, 1)))
    assert supply_ends(move) == date(2026, 3, 28)
    assert supply_ends(replace(move, medicine_days=None)) == date(2026, 3, 1)


def test_a_first_visit_that_was_missed_counts_no_longer() -> None:
    april = date(2026, 4, 6)
    move = replace(maya(), prescriber_visits=(Visit(april, kept=False),))
    assert next_prescriber(move) is None
    assert gaps(move)[1].open_ended
    again = replace(move, prescriber_visits=(*move.prescriber_visits, Visit(date(2026, 4, 9))))
    assert next_prescriber(again) == date(2026, 4, 9)


def test_a_first_visit_begins_its_lane_unless_it_was_missed() -> None:
    april = date(2026, 4, 6)
    spans = (Span(Lane.PSYCHIATRIST, "Dr. Nwosu", april), Span(Lane.PSYCHIATRIST, "Dr. Okonedo"))
    sooner = Begins(Lane.PSYCHIATRIST, "Dr. Iyer", date(2026, 4, 1), record=-3)
    same = Begins(Lane.PSYCHIATRIST, "Dr. Nwosu", april)
    made = Span(Lane.PSYCHIATRIST, "Dr. Iyer", sooner.on, date(2026, 4, 5), record=-3)
    assert joined(spans, [same, sooner]) == (*spans, made)
    assert joined((), [sooner]) == (replace(made, until=None),)
    missed = joined(spans, [replace(same, kept=False)])
    assert [span.settled for span in missed] == [False, True]


def test_a_therapist_within_a_week_is_no_gap_and_none_at_all_is() -> None:
    near = Leaving(FRIDAY, (Span(Lane.THERAPIST, since=date(2026, 3, 28)),))
    far = Leaving(FRIDAY, (Span(Lane.THERAPIST, since=date(2026, 3, 29)),))
    assert Lane.THERAPIST not in {gap.lane for gap in gaps(near)}
    assert {gap.days for gap in gaps(far) if gap.lane == Lane.THERAPIST} == {8}
    assert {gap.lane for gap in gaps(Leaving(FRIDAY))} == set(Lane)


def test_what_ends_beyond_a_month_is_seen_to_its_end_and_what_follows_is_told() -> None:
    move = Leaving(FRIDAY, medicine_days=40)
    over = FRIDAY + 41 * DAY
    assert horizon(move) == over
    assert Gap(Lane.MEDICINE, over, over, open_ended=True) in gaps(move)
    april = Span(Lane.PROGRAM, since=FRIDAY, until=date(2026, 4, 15))
    for leaves_on in (FRIDAY, FRIDAY - 20 * DAY):
        program = [gap for gap in gaps(Leaving(leaves_on, (april,))) if gap.lane == Lane.PROGRAM]
        assert program[-1].first == date(2026, 4, 16)
        assert program[-1].open_ended


def test_a_visit_far_off_closes_the_gap_before_it() -> None:
    far = FRIDAY + 45 * DAY
    gap = gaps(Leaving(FRIDAY, medicine_days=12, prescriber_visits=(Visit(far),)))[1]
    assert gap == Gap(Lane.MEDICINE, date(2026, 4, 2), far)


def test_what_begins_after_the_days_looked_at_takes_nothing_out_of_them() -> None:
    whole = (FRIDAY, FRIDAY + 2 * DAY)
    assert without(whole, [(FRIDAY + 3 * DAY, FRIDAY + 4 * DAY)]) == [whole]


def test_the_calendar_has_an_end() -> None:
    move = Leaving(date.max, (Span(Lane.HOME, since=date.min, until=date.min),), medicine_days=9)
    assert horizon(move) == date.max
    assert next(iter(gaps(move))).lane == Lane.PROGRAM


def _covers(move: Leaving, lane: Lane, day: date) -> bool:
    """Say it again, day by day and the long way."""
    for span in move.spans:
        if span.lane == lane and span.settled:
            over = ends(span, move.leaves_on)
            within = day < over or over == date.max if lane == Lane.HOME else day <= over
            if (span.since is None or span.since <= day) and within:
                return True
    supply, seen = supply_ends(move), next_prescriber(move)
    return lane == Lane.MEDICINE and bool((supply and day <= supply) or (seen and seen < day))


@given(moves)
def test_every_uncovered_day_is_in_exactly_one_gap(move: Leaving) -> None:
    found = gaps(move)
    for lane in DAILY:
        day = move.leaves_on if lane == Lane.HOME else move.leaves_on + DAY
        while day <= horizon(move):
            inside = [gap for gap in found if gap.lane == lane and gap.first <= day <= gap.last]
            assert len(inside) == (0 if _covers(move, lane, day) else 1)
            day += DAY


@given(moves, days)
def test_moving_the_date_hides_no_gap(move: Leaving, to: date) -> None:
    """Whatever the day, all it leaves open is told: nothing is carried over from the day before."""
    later = replace(move, leaves_on=to)
    for lane in Lane:
        told = [gap for gap in gaps(later) if gap.lane == lane]
        allowed = ALLOWED.get(lane, 0)
        runs = [
            (first, last)
            for first, last in uncovered(later, lane)
            if (last - first).days >= allowed or last == horizon(later)
        ]
        assert [(gap.first, gap.last) for gap in told] == runs
        assert all(not _covers(later, lane, gap.first) for gap in told)
    unsaid = later.medicine_days is None and None in later.supplies
    given_there = any(
        s.lane == Lane.MEDICINE and s.settled and ends(s, to) > to for s in later.spans
    )
    if unsaid and not given_there:
        assert any(gap.unknown for gap in gaps(later))


@given(moves, days)
def test_no_day_however_far_is_hidden_by_a_date_that_moves(move: Leaving, to: date) -> None:
    """Looked at from the old day of leaving or the new one, a day is open or is not."""
    later = replace(move, leaves_on=to)
    found = gaps(later)
    for lane in DAILY:
        day = to if lane == Lane.HOME else to + DAY
        while day <= max(horizon(move), horizon(later)) + 2 * DAY:
            told = [
                gap
                for gap in found
                if gap.lane == lane and gap.first <= day and (day <= gap.last or gap.open_ended)
            ]
            assert bool(told) != _covers(later, lane, day)
            day += DAY


@given(days, st.lists(st.tuples(days, days), max_size=6))
def test_what_is_taken_out_of_days_leaves_the_rest(
    first: date, covered: list[tuple[date, date]]
) -> None:
    last = first + 60 * DAY
    left = without((first, last), covered)
    for number in range(61):
        day = first + number * DAY
        held = any(begin <= day <= over for begin, over in covered)
        assert sum(begin <= day <= over for begin, over in left) == (0 if held else 1)
    assert left == sorted(left)


steps = st.lists(st.tuples(st.none() | st.integers(-60, 60), st.none() | days), max_size=6)


@given(st.none() | days, days, steps)
def test_steps_move_with_the_day_and_fixed_ones_are_listed(
    leaves_on: date | None, to: date, lines: list[tuple[int | None, date | None]]
) -> None:
    made = [Step(number, offset, fixed) for number, (offset, fixed) in enumerate(lines)]
    moving, fixed = moved(made, leaves_on, to)
    for step in made:
        assert (step.record in fixed) == (step.fixed_on is not None)
        if step.record in moving:
            was, becomes = moving[step.record]
            assert (was, becomes) == (due(step, leaves_on), due(step, to))
            assert leaves_on is None or was is None or becomes - was == to - leaves_on
        else:
            assert leaves_on == to or due(step, to) == step.fixed_on


@pytest.mark.parametrize(
    ("leaves_on", "offset", "wanted"),
    [
        (date(2028, 2, 28), 1, date(2028, 2, 29)),  # a leap day
        (date(2026, 3, 7), 1, date(2026, 3, 8)),  # clocks go forward
        (date(2026, 11, 1), -1, date(2026, 10, 31)),  # clocks go back
    ],
)
def test_days_are_counted_whatever_the_clock_does(
    leaves_on: date, offset: int, wanted: date
) -> None:
    assert due(Step(1, offset), leaves_on) == wanted


def test_a_step_without_a_day_has_none() -> None:
    assert due(Step(1), FRIDAY) is None
    assert due(Step(1, 3), None) is None
    assert due(Step(1, 3, FRIDAY), None) == FRIDAY
