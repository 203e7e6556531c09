"""Where the figures of a chart's scale and the days under it stand."""

from __future__ import annotations

from datetime import date, timedelta
from math import floor, log10
from sys import float_info
from typing import TYPE_CHECKING, Final

from cmdesk.rules.days import add_months

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

SHORT: Final = 62  # days: a chart of fewer names days, one of more names months
MONTHS: Final = (1, 2, 3, 6, 12, 24, 60, 120, 300, 600, 1200)
DAYS: Final = (1, 2, 7, 14, 28)
FEWEST: Final = 1 / 9  # of the width between two days, however short their words are
RULED: Final = 3  # values ruled across where an instrument has no cut-offs of its own
ROOM: Final = 0.08  # of the span between the scores, above and below them


def scale(
    values: Sequence[float], lowest: float | None, highest: float | None, marks: Sequence[float]
) -> tuple[float, float, tuple[float, ...]]:
    """Return the least and the greatest value of a scale, and what is ruled across it.

    An instrument shows its whole range; a score outside of it widens that.
    """
    least, most = min(values, default=0.0), max(values, default=0.0)
    spare = (most - least) * ROOM or 1.0
    low = min(least, lowest) if lowest is not None else least - spare
    high = max(most, highest) if highest is not None else most + spare
    if high <= low:
        low, high = low - 1.0, high + 1.0
    ruled = [mark for mark in marks if low <= mark <= high]
    return low, high, tuple(ruled or _even(low, high))


def _even(low: float, high: float) -> list[float]:
    """Return round values between two."""
    rough = max((high - low) / RULED, float_info.min)
    power = 10.0 ** floor(log10(rough))
    step = next(size * power for size in (1, 2, 5, 10) if size * power >= rough)
    first = floor(low / step) + 1
    found = [number * step for number in range(first, first + RULED + 1)]
    return [value for value in found if value <= high]


def ticks(
    first: date,
    last: date,
    names: tuple[Callable[[date], str], Callable[[date], str]],
    share_of: Callable[[str], float],
) -> list[tuple[date, str]]:
    """Return the days to mark, with their words: of months (the year in January), or of days.

    `share_of` gives how much of the whole width some words take; they are kept apart.
    """
    days = max((last - first).days, 1)
    if days < SHORT:
        widest = max(share_of(names[1](last)), FEWEST)
        step = next((step for step in DAYS if step / days >= widest), DAYS[-1])
        return [(day, names[1](day)) for day in _days(first, last, step)]
    widest = max(share_of(names[0](date(2026, month, 1))) for month in range(1, 13))
    step = next((step for step in MONTHS if step * 30.0 / days >= widest), MONTHS[-1])
    return [
        (day, str(day.year) if day.month == 1 else names[0](day))
        for day in _months(first, last, step)
    ]


def _days(first: date, last: date, step: int) -> Iterator[date]:
    for number in range(0, (last - first).days + 1, step):
        yield first + timedelta(days=number)


def _months(first: date, last: date, step: int) -> Iterator[date]:
    """Give first days of months, such that one of them is a January where a year is passed."""
    since = first.year * 12 + first.month - 1 + (first.day > 1)
    since += -since % step
    day = add_months(date(1, 1, 1), since - 12)
    while day <= last:
        yield day
        onward = add_months(day, step)
        if onward <= day:
            return
        day = onward
