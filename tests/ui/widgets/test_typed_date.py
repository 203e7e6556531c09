from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Problem
from cmdesk.ui.widgets.typed_date import read_date

TODAY = date(2026, 3, 9)  # a Monday
days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Mar 18", date(2026, 3, 18)),
        ("march 18, 2027", date(2027, 3, 18)),
        ("18 Mar", date(2026, 3, 18)),
        ("Wed, March 18", date(2026, 3, 18)),
        ("March 18th", date(2026, 3, 18)),
        ("3/18/2026", date(2026, 3, 18)),
        ("3/18/26", date(2026, 3, 18)),
        ("7/14/99", date(1999, 7, 14)),
        ("3/18", date(2026, 3, 18)),
        ("2026-03-18", date(2026, 3, 18)),
        (" today ", TODAY),
        ("tomorrow", TODAY + timedelta(days=1)),
        ("yesterday", TODAY - timedelta(days=1)),
        ("wed", date(2026, 3, 11)),
        ("Monday", date(2026, 3, 16)),
        ("in 3 days", date(2026, 3, 12)),
        ("2 weeks", date(2026, 3, 23)),
        ("Dec 28", date(2025, 12, 28)),
        ("", None),
    ],
)
def test_dates_as_people_write_them(typed: str, meant: date | None) -> None:
    assert read_date(typed, TODAY) == meant


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Feb 30", "February has 28 days this year."),
        ("Feb 29", "February has 28 days this year."),
        ("2/30/2028", "February has 29 days in 2028."),
        ("April 31", "April has 30 days."),
        ("13/1/2026", "There is no month 13."),
        ("2026-02-00", "February has 28 days this year."),
        ("3/18/1066", "The year 1066 can't be right."),
        ("soon", "Write a date like Mar 18 or 3/18/2026."),
        ("Mar", "Write a date like Mar 18 or 3/18/2026."),
    ],
)
def test_what_is_wrong_is_said_plainly(typed: str, said: str) -> None:
    with pytest.raises(Problem) as caught:
        read_date(typed, TODAY)
    assert caught.value.message == said


def test_a_leap_day_next_door_is_meant() -> None:
    assert read_date("Feb 29", date(2027, 12, 1)) == date(2028, 2, 29)


@given(days)
def test_every_day_is_read_back_from_each_way_of_writing(day: date) -> None:
    for typed in (f"{day:%B} {day.day} {day.year}", day.isoformat(), f"{day:%m/%d}/{day.year}"):
        assert read_date(typed, TODAY) == day


@given(st.text(max_size=24))
def test_anything_typed_is_a_date_or_a_problem(typed: str) -> None:
    with suppress(Problem):
        assert read_date(typed, TODAY) is None or typed.strip()


@given(days, days)
def test_a_date_without_a_year_is_the_nearest(day: date, today: date) -> None:
    if (day.month, day.day) == (2, 29):
        return
    found = read_date(f"{day:%b} {day.day}", today)
    assert found is not None
    assert abs((found - today).days) <= 184
