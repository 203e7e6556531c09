"""Read a date as people type it, and say in plain words what is wrong with it."""

import calendar
import re
from collections.abc import Callable
from datetime import date, timedelta

from cmdesk.errors import Problem

MONTHS = [name.lower() for name in calendar.month_name]
DAYS = [name.lower() for name in calendar.day_name]
EXAMPLE = "Write a date like Mar 18 or 3/18/2026."
NEAR = {"today": 0, "tomorrow": 1, "yesterday": -1}


def _month(word: str) -> int:
    """Give the number of a month named in full or by three letters or more, else 0."""
    if len(word) < 3:
        return 0
    return next((n for n, name in enumerate(MONTHS) if n and name.startswith(word)), 0)


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) > 2 else 2000 + year if year < 70 else 1900 + year


def _check(year: int, month: int, day: int, today: date) -> date:
    """Build the date, or raise Problem with the reason."""
    if not 1 <= month <= 12:
        raise Problem(f"There is no month {month}.")
    if not 1900 <= year <= 2199:
        raise Problem(f"The year {year} can't be right.")
    last = calendar.monthrange(year, month)[1]
    if not 1 <= day <= last:
        when = "this year" if year == today.year else f"in {year}"
        tail = f" {when}" if month == 2 else ""
        raise Problem(f"{calendar.month_name[month]} has {last} days{tail}.")
    return date(year, month, day)


def _nearest(month: int, day: int, today: date) -> date:
    """Choose the year that brings month and day closest to today."""
    years = [today.year, today.year - 1, today.year + 1]
    if (month, day) == (2, 29):
        # Meant for a leap year next door, if there is one; else the refusal speaks of this year.
        years = [year for year in years if calendar.isleap(year)] or years[:1]
    # This year first: if the day does not exist, it is this year that the refusal speaks of.
    _check(years[0], month, day, today)
    return min((date(year, month, day) for year in years), key=lambda day: abs(day - today))


def _read_near(text: str, today: date) -> date | None:
    """Read today, tomorrow, a weekday to come, in 3 days."""
    if text in NEAR:
        return today + timedelta(days=NEAR[text])
    if match := re.fullmatch(r"(?:in )?(\d{1,3}) (day|week)s?", text):
        return today + timedelta(days=int(match[1]) * (7 if match[2] == "week" else 1))
    if len(text) >= 3:
        for number, name in enumerate(DAYS):
            if name.startswith(text):
                return today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    return None


def _read_iso(text: str, today: date) -> date | None:
    match = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text)
    return _check(int(match[1]), int(match[2]), int(match[3]), today) if match else None


def _read_figures(text: str, today: date) -> date | None:
    """Read month, day and perhaps a year, in figures: 3/18, 3/18/26, 3.18.2026."""
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}|\d{2}))?", text)
    if not match:
        return None
    month, day = int(match[1]), int(match[2])
    if match[3]:
        return _check(_year(match[3]), month, day, today)
    return _nearest(month, day, today)


def _read_words(text: str, today: date) -> date | None:
    """Read Mar 18, March 18 2026, 18 Mar, with or without a weekday in front."""
    words = re.findall(r"[a-z]+|\d+", text)
    words = [word for word in words if word not in ("st", "nd", "rd", "th", "of")]
    if len(words) > 2 and any(name.startswith(words[0]) for name in DAYS):
        words = words[1:]
    if len(words) not in (2, 3):
        return None
    month = _month(words[0]) or _month(words[1])
    day = words[1] if _month(words[0]) else words[0]
    if not month or not day.isdigit():
        return None
    if len(words) == 3:
        return _check(_year(words[2]), month, int(day), today) if words[2].isdigit() else None
    return _nearest(month, int(day), today)


READERS: tuple[Callable[[str, date], date | None], ...] = (
    _read_near,
    _read_iso,
    _read_figures,
    _read_words,
)


def read_date(text: str, today: date) -> date | None:
    """Read a typed date; nothing typed is None. A date without a year is the one nearest today.

    Raises Problem, in words for the field, when it is no date.
    """
    plain = re.sub(r"\s+", " ", text.strip().lower().replace(",", " "))
    if not plain:
        return None
    for reader in READERS:
        if (found := reader(plain, today)) is not None:
            return found
    raise Problem(EXAMPLE)
