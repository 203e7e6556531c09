"""Days as they are written in English, whatever the language of the machine, and birthdays."""

from calendar import monthrange
from datetime import MAXYEAR, date
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
_LAST: Final = date.max.toordinal()


def in_full(day: date) -> str:
    """Write `January 28, 2026`."""
    return f"{MONTHS[day.month - 1]} {day.day}, {day.year}"


def near(day: date, today: date) -> str:
    """Write `January 28`, with the year only when it is another one than today's."""
    return f"{MONTHS[day.month - 1]} {day.day}" if day.year == today.year else in_full(day)


def short(day: date, today: date) -> str:
    """Write `Jan 28` where room is scarce, with the year only when it is another one."""
    said = f"{MONTHS[day.month - 1][:3]} {day.day}"
    return said if day.year == today.year else f"{said}, {day.year}"


def age_on(born: date, day: date) -> int:
    """Count whole years; born on 29 February, the birthday of a common year is 1 March."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def later(day: date, days: int) -> date:
    """Go some days on or back, no further than the calendar reaches."""
    number = day.toordinal() + days
    if 1 <= number <= _LAST:
        return date.fromordinal(number)
    return date.max if number > _LAST else date.min


def add_months(day: date, months: int) -> date:
    """Go on by whole months; the 31st becomes the last day of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > MAXYEAR:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
