"""When someone is to be reached again, as agreed on Monday, March 9, 2026."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.cadence import Rhythm, reach_due
from cmdesk.rules.codes import Weekday

MONDAY = date(2026, 3, 9)
MOTHER = Rhythm(weekday=Weekday.MONDAY)
PSYCHIATRIST = Rhythm(every_days=30)
CLIENT = Rhythm(times_a_week=2)


def day(offset: int) -> date:
    return MONDAY + timedelta(days=offset)


@pytest.mark.parametrize(
    ("rhythm", "last", "this_week", "due"),
    [
        # Mondays: reached last Monday, on another day, today, two weeks ago, never.
        (MOTHER, day(-7), 0, day(0)),
        (MOTHER, day(-1), 0, day(0)),
        (MOTHER, day(0), 1, day(7)),
        (MOTHER, day(-14), 0, day(-7)),
        (MOTHER, None, 0, day(0)),
        (Rhythm(weekday=Weekday.FRIDAY), None, 0, day(-3)),
        (Rhythm(weekday=Weekday.FRIDAY, since=day(0)), None, 0, day(4)),
        # Every so many days.
        (PSYCHIATRIST, day(-30), 0, day(0)),
        (PSYCHIATRIST, None, 0, day(0)),
        (Rhythm(every_days=30, since=day(-2)), None, 0, day(-2)),
        (Rhythm(every_days=14, weekday=Weekday.TUESDAY), day(-6), 0, day(8)),
        (Rhythm(every_days=1, weekday=Weekday.TUESDAY), day(-6), 0, day(1)),
        (Rhythm(every_days=0), day(-3), 0, day(4)),
        (Rhythm(every_days=-2), day(-3), 0, day(-2)),
        (Rhythm(), day(-7), 0, day(0)),
        # Twice a week: three days on, and no more once it was twice.
        (CLIENT, day(-3), 0, day(0)),
        (CLIENT, day(0), 1, day(3)),
        (CLIENT, day(0), 2, day(7)),
        (Rhythm(times_a_week=9), day(-1), 0, day(0)),
        # It begins, rests and ends.
        (Rhythm(every_days=7, since=day(3)), day(-9), 0, day(3)),
        (Rhythm(every_days=7, until=day(0)), day(-7), 0, day(0)),
        (Rhythm(every_days=7, until=day(-1)), day(-7), 0, None),
        (Rhythm(every_days=7, paused_until=day(0)), day(-7), 0, None),
        (Rhythm(every_days=7, paused_until=day(-1)), day(-30), 0, day(0)),
    ],
)
def test_the_day_to_reach_someone(
    rhythm: Rhythm, last: date | None, this_week: int, due: date | None
) -> None:
    assert reach_due(rhythm, last, this_week, MONDAY) == due


@given(
    st.builds(
        Rhythm,
        every_days=st.none() | st.integers(0, 400),
        times_a_week=st.none() | st.integers(0, 9),
        weekday=st.none() | st.sampled_from(Weekday),
    ),
    st.dates(),
    st.integers(0, 7),
    st.dates(),
)
def test_nobody_is_due_again_on_the_day_they_were_reached(
    rhythm: Rhythm, last: date, this_week: int, today: date
) -> None:
    due = reach_due(rhythm, last, this_week, today)
    assert due is not None
    assert due > last or last == date.max
