"""Each day is told once: a letter begins where the last one ended (decision 0020)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.cadence import next_due
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.letter_period import keeps_rhythm, of_span, running

SUNDAY, MONDAY = date(2026, 3, 8), date(2026, 3, 9)  # the last day told, and the day after


@pytest.mark.parametrize(
    ("today", "last"),
    [
        (MONDAY, MONDAY),  # it grows
        (date(2026, 3, 11), date(2026, 3, 11)),
        (date(2026, 3, 15), date(2026, 3, 15)),
        (date(2026, 3, 16), date(2026, 3, 15)),  # due: the whole week
        (date(2026, 3, 19), date(2026, 3, 15)),  # late: the same week, the draft stays its own
        (date(2026, 3, 23), date(2026, 3, 22)),  # a week went by without one: both
        (date(2026, 4, 7), date(2026, 4, 5)),
    ],
)
def test_a_weekly_letter_of_mondays(today: date, last: date) -> None:
    assert running(SUNDAY, date(2026, 3, 16), Cadence.WEEK, today) == (MONDAY, last)


@pytest.mark.parametrize(
    ("every", "due", "today", "last"),
    [
        (Cadence.DAY, date(2026, 3, 10), date(2026, 3, 12), date(2026, 3, 11)),
        (Cadence.TWO_WEEKS, date(2026, 3, 23), date(2026, 3, 23), date(2026, 3, 22)),
        (Cadence.TWO_WEEKS, date(2026, 3, 23), date(2026, 4, 5), date(2026, 3, 22)),
        (Cadence.MONTH, date(2026, 4, 9), date(2026, 5, 9), date(2026, 5, 8)),
        (Cadence.QUARTER, date(2026, 6, 9), date(2026, 6, 8), date(2026, 6, 8)),
    ],
)
def test_other_cadences(every: Cadence, due: date, today: date, last: date) -> None:
    assert running(SUNDAY, due, every, today) == (MONDAY, last)


def test_written_early_it_closes_its_days() -> None:
    friday = date(2026, 3, 13)
    assert running(friday, date(2026, 3, 16), Cadence.WEEK, friday) == (
        date(2026, 3, 14),
        date(2026, 3, 14),
    )
    assert running(friday, date(2026, 3, 16), Cadence.WEEK, date(2026, 3, 16)) == (
        date(2026, 3, 14),
        date(2026, 3, 15),
    )
    # On Sunday all of it was told: the one due on Monday has that day to begin with.
    assert running(date(2026, 3, 15), date(2026, 3, 16), Cadence.WEEK, date(2026, 3, 16)) == (
        date(2026, 3, 16),
        date(2026, 3, 16),
    )


@pytest.mark.parametrize(
    ("due", "today", "period"),
    [
        (MONDAY, MONDAY, (date(2026, 3, 2), SUNDAY)),
        (MONDAY, date(2026, 3, 12), (date(2026, 3, 2), SUNDAY)),
        (None, MONDAY, (date(2026, 3, 2), SUNDAY)),
        (date(2026, 3, 16), date(2026, 3, 11), (MONDAY, date(2026, 3, 11))),
        (date(2026, 3, 30), MONDAY, (date(2026, 3, 2), SUNDAY)),
    ],
)
def test_the_first_letter(due: date | None, today: date, period: tuple[date, date]) -> None:
    assert running(None, due, Cadence.WEEK, today) == period


def test_without_a_plan_weeks_end_on_sunday() -> None:
    assert running(SUNDAY, None, Cadence.WEEK, date(2026, 3, 17)) == (MONDAY, date(2026, 3, 15))
    assert running(SUNDAY, None, Cadence.WEEK, date(2026, 3, 14)) == (MONDAY, date(2026, 3, 14))


def test_the_end_of_the_calendar() -> None:
    assert running(date(9999, 12, 30), date.max, Cadence.DAY, date.max)[0] == date.max


DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(
    st.sampled_from(Cadence),
    st.sampled_from([None, *Weekday]),
    DAYS,
    st.lists(st.integers(0, 40), min_size=1, max_size=6),
)
def test_no_day_is_told_twice_or_left_out(
    every: Cadence, weekday: Weekday | None, began: date, waits: list[int]
) -> None:
    told, sent, today = None, None, began
    for wait in waits:
        today += timedelta(days=wait)
        first, last = running(told, next_due(every, weekday, sent, began, today), every, today)
        assert first <= last
        assert told is None or first == told + timedelta(days=1)
        if last <= today:  # else there is nothing to tell yet
            told, sent = last, today


@pytest.mark.parametrize(
    ("span", "told", "period"),
    [
        ("day", None, (MONDAY, MONDAY)),
        ("month", None, (date(2026, 2, 1), date(2026, 2, 28))),
        ("month", date(2025, 12, 31), (date(2026, 1, 1), date(2026, 2, 28))),
        ("month", date(2026, 2, 28), (date(2026, 2, 1), date(2026, 2, 28))),
        ("any", None, (date(2026, 3, 3), MONDAY)),
        ("stay", None, (date(2026, 3, 3), MONDAY)),
    ],
)
def test_other_spans(span: str, told: date | None, period: tuple[date, date]) -> None:
    assert of_span(span, told, MONDAY) == period


def test_what_is_written_for_an_occasion_is_no_letter_of_the_rhythm() -> None:
    assert keeps_rhythm("brief_no_change", "weekly")
    assert not keeps_rhythm("crisis_notice", "weekly")
    assert keeps_rhythm("letter_to_school", "letter_to_school")
