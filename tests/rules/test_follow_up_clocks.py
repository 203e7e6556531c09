"""The days of follow-up after leaving: which visits count, and when it is late."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.follow_up_clocks import Clock, ClockState, Visit, clocks
from cmdesk.rules.transition_codes import MoveKind

LEFT = date(2026, 3, 20)
DAY = timedelta(1)


def states(today: date, *visits: Visit, same_day: bool = False) -> list[ClockState]:
    found = clocks(MoveKind.BOTH, LEFT, today, visits=visits, same_day=same_day)
    return [clock.state for clock in found[1:]]


def test_nothing_is_watched_where_neither_was_treated() -> None:
    assert clocks(MoveKind.OTHER, LEFT, LEFT) == ()
    assert clocks("", LEFT, LEFT) == ()


def test_a_visit_on_the_day_of_leaving_counts_after_an_emergency_room_alone() -> None:
    seen = Visit(LEFT, kept=True)
    assert states(LEFT + 8 * DAY, seen) == [ClockState.MISSED, ClockState.OPEN]
    assert states(LEFT + 8 * DAY, seen, same_day=True) == [ClockState.MET, ClockState.MET]


@pytest.mark.parametrize(
    ("after", "kept", "today", "wanted"),
    [
        (5, None, 0, ["booked", "booked"]),
        (5, True, 5, ["met", "met"]),
        (5, False, 5, ["open", "open"]),
        (5, None, 6, ["open", "open"]),  # nobody said yet whether it was kept
        (7, True, 8, ["met", "met"]),
        (8, True, 8, ["missed", "met"]),
        (30, None, 8, ["missed", "booked"]),
        (31, None, 31, ["missed", "missed"]),
    ],
)
def test_the_days_of_a_visit(after: int, kept: bool | None, today: int, wanted: list[str]) -> None:
    visit = Visit(LEFT + after * DAY, kept)
    assert states(LEFT + today * DAY, visit) == wanted


def test_a_talk_by_day_two() -> None:
    day = LEFT + 2 * DAY
    call = clocks(MoveKind.PSYCHIATRIC, LEFT, day, talks=[LEFT, LEFT + DAY])[0]
    assert call == Clock(2, day, ClockState.MET, LEFT + DAY)
    assert clocks(MoveKind.PSYCHIATRIC, LEFT, day, talks=[LEFT])[0].state == ClockState.OPEN


@given(st.lists(st.integers(-5, 40), max_size=5), st.integers(-5, 40))
def test_later_days_never_undo_what_was_met(offsets: list[int], today: int) -> None:
    visits = [Visit(LEFT + each * DAY, kept=True) for each in offsets]
    now, then = (LEFT + n * DAY for n in (today, today + 1))
    for before, after in zip(
        clocks(MoveKind.BOTH, LEFT, now, visits=visits),
        clocks(MoveKind.BOTH, LEFT, then, visits=visits),
        strict=True,
    ):
        if before.state == ClockState.MET:
            assert after == before


left_days = st.dates(date(2027, 12, 1), date(2028, 3, 31))  # a leap day lies within
kept = st.none() | st.booleans()


@given(left_days, st.lists(st.tuples(st.integers(-5, 40), kept), max_size=5), st.integers(-5, 45))
def test_a_clock_is_met_by_a_visit_kept_within_its_days_and_by_nothing_else(
    left: date, offsets: list[tuple[int, bool | None]], today: int
) -> None:
    visits = [Visit(left + each * DAY, said) for each, said in offsets]
    on = left + today * DAY
    for clock in clocks(MoveKind.BOTH, left, on, visits=visits)[1:]:
        assert clock.due == left + clock.day * DAY
        met = [n for n, said in offsets if said and 1 <= n <= clock.day and n <= today]
        if met:
            assert clock == Clock(clock.day, clock.due, ClockState.MET, left + min(met) * DAY)
        else:
            assert clock.state != ClockState.MET
            assert (clock.state == ClockState.MISSED) == (today > clock.day)
