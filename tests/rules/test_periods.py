from datetime import date

import pytest

from cmdesk.rules import periods


@pytest.mark.parametrize(
    ("first", "last", "words", "label"),
    [
        (date(2026, 3, 2), date(2026, 3, 8), "March 2 to 8, 2026", "Week"),
        (date(2026, 2, 23), date(2026, 3, 1), "February 23 to March 1, 2026", "Week"),
        (date(2025, 12, 29), date(2026, 1, 4), "December 29, 2025 to January 4, 2026", "Week"),
        (date(2026, 3, 2), date(2026, 3, 2), "March 2, 2026", "Period"),
    ],
)
def test_span(first: date, last: date, words: str, label: str) -> None:
    assert periods.span(first, last) == words
    assert periods.span_label(first, last) == label


def test_weekday_date() -> None:
    assert periods.weekday_date(date(2026, 3, 11)) == "Wed, March 11"
    assert periods.weekday_date(date(2026, 11, 23)) == "Mon, Nov 23"


@pytest.mark.parametrize("day", [date(2026, 3, 9), date(2026, 3, 15)])
def test_last_full_week(day: date) -> None:
    assert periods.last_full_week(day) == (date(2026, 3, 2), date(2026, 3, 8))
