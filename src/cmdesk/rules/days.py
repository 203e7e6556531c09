"""Days as they are written in English, whatever the language of the machine, and birthdays."""

from datetime import date
from typing import Final

MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_full(day: date) -> str:
    """Write `January 28, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def near(day: date, today: date) -> str:
    """Write `January 28`, with the year only when it is another one than today's."""
    return f"{MONTHS[day.month - 1]} {day.day}" if day.year == today.year else in_full(day)


def age_on(born: date, day: date) -> int:
    """Count whole years; born on 29 February, the birthday of a common year is 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
