"""Which days the next letter tells of: it grows from where the last one ended (decision 0020)."""

from collections.abc import Iterator
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import Cadence, UpdateTemplate
from cmdesk.rules.days import add_months, later
from cmdesk.rules.periods import DAYS_OF_WEEK, last_full_week

_DAYS: Final = MappingProxyType({Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.TWO_WEEKS: 14})
_MONTHS: Final = MappingProxyType({Cadence.MONTH: 1, Cadence.QUARTER: 3})

# Written when something happens: none of them is the letter that was agreed for every so often.
OCCASIONAL: Final = frozenset(
    {
        UpdateTemplate.CRISIS_NOTICE.value,
        UpdateTemplate.DECISION.value,
        UpdateTemplate.TRANSITION.value,
        UpdateTemplate.CLOSING_LETTER.value,
        UpdateTemplate.ADMISSIONS_HISTORY.value,
        UpdateTemplate.LETTER_TO_SCHOOL.value,
    }
)

Period = tuple[date, date]


def running(told_until: date | None, due: date | None, every: Cadence, today: date) -> Period:
    """Return the first and the last day the next letter tells of today.

    `told_until` is the last day of the letter before it, `due` the day this one is due, which may
    lie in the past; None where nothing is agreed, and Mondays count then. Until the day it is due
    a letter ends today; from then on it ends the day before it was due, and one that a whole
    cadence went by without ends where the last of them would have. Of nothing told yet it is the
    last full week before the day it is due, and until that day as much of it as there is.
    """
    if told_until is None:
        first, last = last_full_week(today if due is None else max(due, today))
        if first > today:  # the work is still to begin
            return last_full_week(today)
        return first, min(last, today)
    first = later(told_until, 1)
    ends = [end for end in _ends(due, every, today) if end >= first]
    return first, max(ends[-1] if ends else today, first)


def _ends(due: date | None, every: Cadence, today: date) -> Iterator[date]:
    """Give the days before each day a letter was or is due, as far as these days have come."""
    if due is None:
        yield last_full_week(today)[1]
        return
    times = 0
    while (day := _after(due, every, times)) <= today:
        yield later(day, -1)
        times += 1
        if day == date.max:
            return


def _after(due: date, every: Cadence, times: int) -> date:
    if every in _MONTHS:
        return add_months(due, _MONTHS[every] * times)
    return later(due, _DAYS[every] * times)


def keeps_rhythm(written: str, agreed: str) -> bool:
    """Tell whether a letter of one kind is one of those that a plan for another kind asks for."""
    return written == agreed or written not in OCCASIONAL


def of_span(span: str, told_until: date | None, today: date) -> Period:
    """Return the days of a letter that grows by no cadence: a day, the last full month, or a week.

    A month goes on from where the last such letter ended, if that left a gap.
    """
    if span == "day":
        return today, today
    if span == "month":
        last = later(today.replace(day=1), -1)
        first = last.replace(day=1)
        gap = later(told_until, 1) if told_until is not None else first
        return min(first, gap), last
    return later(today, 1 - DAYS_OF_WEEK), today


__all__ = ["OCCASIONAL", "Period", "keeps_rhythm", "of_span", "running"]
