"""Days in running text: in two languages, with and without a year, and what only looks like one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.letter_words import standing
from cmdesk.rules.said_dates import days_in

NEAR = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("She leaves on March 20.", [date(2026, 3, 20)]),
        ("Fri, March 20: Maya leaves", [date(2026, 3, 20)]),
        ("from Mar. 3rd, 2025 to 4 April 2025", [date(2025, 3, 3), date(2025, 4, 4)]),
        ("el 20 de marzo de 2026", [date(2026, 3, 20)]),
        ("mié., 25 de marzo", [date(2026, 3, 25)]),
        ("2026-03-11 and 3/12/26 and 3/13/2026", [date(2026, 3, n) for n in (11, 12, 13)]),
        ("by 3/20", [date(2026, 3, 20)]),
        ("December 30", [date(2025, 12, 30)]),
        ("4/5 groups, 3/4 goals", []),
        ("February 30, 2026-13-01, on 13/40", []),
        ("She may come on Friday at 10:30.", []),
    ],
)
def test_days(text: str, days: list[date]) -> None:
    found = list(days_in(text, NEAR))
    assert [each.day for each in found] == days
    assert all(text[each.start : each.end].strip() for each in found)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(-150, 150), st.sampled_from("ns"))
def test_our_own_near_days_are_read_back(day: date, away: int, language: str) -> None:
    said = standing("es" if language == "s" else "en").weekday_date(day)
    (found,) = days_in(said, day + timedelta(days=away))
    assert found.day == day


def test_at_the_ends_of_the_calendar() -> None:
    assert [each.day for each in days_in("January 1", date.min)] == [date.min]
    assert [each.day for each in days_in("January 1", date.max)] == [date(9999, 1, 1)]
