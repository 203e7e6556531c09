"""Spans of days in the words of a letter."""

from datetime import date, timedelta

from cmdesk.rules.days import MONTHS, in_full

DAYS_OF_WEEK = 7
LONGEST = 5  # letters of a month's name
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def weekday_date(day: date) -> str:
    """Return a near date as a narrow column has it: `Wed, March 11`, `Mon, Nov 23`."""
    month = MONTHS[day.month - 1]
    return f"{WEEKDAYS[day.weekday()]}, {month if len(month) <= LONGEST else month[:3]} {day.day}"


def span(first: date, last: date) -> str:
    """Return a period as read: `March 2 to 8, 2026`."""
    begin = f"{MONTHS[first.month - 1]} {first.day}"
    if first == last:
        return in_full(first)
    if first.year != last.year:
        return f"{in_full(first)} to {in_full(last)}"
    if first.month != last.month:
        return f"{begin} to {in_full(last)}"
    return f"{begin} to {last.day}, {last.year}"


def span_label(first: date, last: date) -> str:
    """Return what a period is called: seven days are a week wherever they begin."""
    return "Week" if last - first == timedelta(days=DAYS_OF_WEEK - 1) else "Period"


def last_full_week(today: date) -> tuple[date, date]:
    """Return Monday and Sunday of the last week that is over."""
    monday = today - timedelta(days=today.weekday() + DAYS_OF_WEEK)
    return monday, monday + timedelta(days=DAYS_OF_WEEK - 1)
