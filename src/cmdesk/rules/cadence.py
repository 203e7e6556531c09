"""When the next family update, or the next call, is due by what was agreed and what came last."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.days import add_months, later

# The shortest time between two updates; with a weekday agreed, that day is waited for.
_DAYS: Final = MappingProxyType({Cadence.DAY: 1, Cadence.WEEK: 7, Cadence.TWO_WEEKS: 14})
_MONTHS: Final = MappingProxyType({Cadence.MONTH: 1, Cadence.QUARTER: 3})
_PLACES: Final = MappingProxyType({weekday: place for place, weekday in enumerate(Weekday)})
WEEK: Final = 7  # days


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often someone is to be reached: every so many days, so often a week, on a weekday.

    With none of the three it is once a week. `until` and `paused_until` are last days.
    """

    every_days: int | None = None
    times_a_week: int | None = None
    weekday: Weekday | None = None
    grace_days: int = 0
    since: date | None = None
    until: date | None = None
    paused_until: date | None = None


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


def since_agreed(due: date, every: Cadence, weekday: Weekday | None, agreed: date | None) -> date:
    """Move a letter to the first such day since it was agreed; none where nobody knows that day.

    What is agreed today can't be late for the weeks before.
    """
    if agreed is None:
        return due
    if weekday is None or every == Cadence.DAY:
        return max(due, agreed)
    return max(due, on_or_after(agreed, weekday))


def on_or_after(day: date, weekday: Weekday) -> date:
    """Give the first such weekday, the day itself included."""
    return later(day, (_PLACES[weekday] - day.weekday()) % 7)


def reach_due(
    rhythm: Rhythm, last_reached: date | None, this_week: int, today: date
) -> date | None:
    """Give the day someone is to be reached, which may lie in the past; None while it rests.

    `this_week` counts the days since Monday on which they were reached: once that is as often as
    agreed, the rest of the week is free. A call on another day than the agreed one moves nothing,
    as with letters. After a pause it is due at once, not late for the days of the pause.
    """
    paused, until = rhythm.paused_until, rhythm.until
    if (paused is not None and paused >= today) or (until is not None and until < today):
        return None
    due = _by_rhythm(rhythm, last_reached, this_week, today)
    if rhythm.since is not None and rhythm.since > due:
        due = rhythm.since
    return due if paused is None else max(due, later(paused, 1))


def _by_rhythm(rhythm: Rhythm, last: date | None, this_week: int, today: date) -> date:
    weekday, often = rhythm.weekday, rhythm.times_a_week
    if last is None:
        if weekday is None:
            return rhythm.since or today
        return on_or_after(rhythm.since or later(today, 1 - WEEK), weekday)
    if often:
        due = later(last, max(WEEK // often, 1))
        return max(due, _monday_after(today)) if this_week >= often else due
    days = max(rhythm.every_days or WEEK, 1)
    if weekday is None:
        return later(last, days)
    return on_or_after(later(last, max(days + 1 - WEEK, 1)), weekday)


def _monday_after(today: date) -> date:
    return later(today, WEEK - today.weekday())
