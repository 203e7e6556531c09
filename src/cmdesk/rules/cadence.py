"""When the next family update is due by what was agreed: how often, on which weekday, last sent."""

from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.days import add_months, later

# The shortest time between two updates; with a weekday agreed, that day is waited for.
_DAYS: Final = MappingProxyType({Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.TWO_WEEKS: 14})
_MONTHS: Final = MappingProxyType({Cadence.MONTH: 1, Cadence.QUARTER: 3})
_WEEKDAYS: Final = tuple(Weekday)


def next_due(
    every: Cadence, weekday: Weekday | None, last_sent: date | None, began: date | None, today: date
) -> date:
    """Give the day the next update is due; it may lie in the past.

    An update sent on another day than the agreed one moves nothing: the one after a letter of
    Wednesday is due on the Monday that follows. Where none was sent yet the first agreed day since
    `began` counts, and where that is not known either, the last agreed day.
    """
    if last_sent is None:
        if began is not None:
            return began if weekday is None else on_or_after(began, weekday)
        return today if weekday is None else on_or_after(later(today, -6), weekday)
    if every in _MONTHS:
        earliest = add_months(last_sent, _MONTHS[every])
        return earliest if weekday is None else on_or_after(earliest, weekday)
    days = _DAYS[every]
    if weekday is None or every == Cadence.DAY:
        return later(last_sent, days)
    return on_or_after(later(last_sent, days - 6), weekday)


def on_or_after(day: date, weekday: Weekday) -> date:
    """Give the first such weekday, the day itself included."""
    return later(day, (_WEEKDAYS.index(weekday) - day.weekday()) % 7)
