from datetime import UTC, date, datetime, time
from decimal import Decimal

import pytest

from cmdesk.words import Words

TODAY = date(2026, 3, 9)


@pytest.fixture
def words() -> Words:
    return Words()


def test_dates_near_and_far(words: Words) -> None:
    days = [date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 8), date(2026, 3, 12)]
    assert [words.near_day(day, TODAY) for day in days] == [
        "Today",
        "Tomorrow",
        "Yesterday",
        "Thu",
    ]
    assert words.near_day(date(2026, 3, 18), TODAY) == "Mar 18"
    assert words.near_day(date(2027, 3, 18), TODAY) == "Mar 18, 2027"
    assert words.day(TODAY) == "March 9, 2026"
    assert words.full_day(TODAY) == "Monday, March 9"
    assert words.month_year(TODAY) == "Mar 2026"


def test_late_is_never_zero_days(words: Words) -> None:
    assert words.late(date(2026, 3, 6), TODAY) == "3 days late"
    assert words.late(date(2026, 3, 8), TODAY) == "1 day late"
    assert words.late(TODAY, TODAY) == ""


def test_times_and_lengths(words: Words) -> None:
    assert words.time(time(9, 41)) == "9:41 AM"
    assert words.time(datetime(2026, 3, 9, 16, 10, tzinfo=UTC)) == "4:10 PM"
    assert [words.minutes(n) for n in (24, 60, 70)] == ["24 min", "1 h", "1 h 10 min"]


def test_money_and_figures(words: Words) -> None:
    assert words.money(Decimal(1250)) == "$1,250.00"
    assert words.money(Decimal(1250), cents=False) == "$1,250"
    assert words.number(1284) == "1,284"


def test_lists_read_like_sentences(words: Words) -> None:
    assert words.listed(["progress", "plans", "safety"]) == "progress, plans and safety"
    assert words.listed(["mon", "thu"], either=True) == "mon or thu"
    assert words.listed(["progress"]) == "progress"


def test_english_needs_no_catalogue(words: Words) -> None:
    assert words.tr("Close client") == "Close client"
    assert words.ntr("{n} day", "{n} days", 2) == "{n} days"


def test_a_report_has_its_own_language(words: Words) -> None:
    assert Words("es", "US").day(TODAY) == "9 de marzo de 2026"
    assert words.day(TODAY) == "March 9, 2026"
