"""The days after leaving by which somebody calls and care goes on: alerts, not measures.

After a hospital, residential or detox stay for mental health or substance use, a talk by day 2 and
a visit of care by day 7 and again by day 30 are watched; the day of leaving itself does not count.
After an emergency room it does (facts/rules.md 3.4).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cmdesk.rules.days import later
from cmdesk.rules.transition_codes import WATCHED

CALL, WEEK, MONTH = 2, 7, 30  # days after leaving
DAYS: Final = (CALL, WEEK, MONTH)


class ClockState(StrEnum):
    """`booked`: a visit stands within the days; `missed`: the days are over without one."""

    OPEN = "open"
    BOOKED = "booked"
    MET = "met"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit of care on a day. `kept` is unknown until somebody said."""

    on: date
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """One of the days watched. `met_on` is the first day that counts, or the one booked."""

    day: int
    due: date
    state: ClockState
    met_on: date | None = None


def clocks(
    kind: str,
    leaves_on: date,
    today: date,
    *,
    visits: Iterable[Visit] = (),
    talks: Iterable[date] = (),
    same_day: bool = False,
) -> tuple[Clock, ...]:
    """Work out the clocks of a move; none where neither was treated.

    `talks` are the days on which the client was reached. `same_day`: they left an emergency room.
    """
    if kind not in WATCHED:
        return ()
    seen = tuple(visits)
    spoken = tuple(Visit(day, kept=True) for day in talks)
    first = later(leaves_on, 0 if same_day else 1)
    return tuple(
        _clock(day, first, later(leaves_on, day), today, spoken if day == CALL else seen)
        for day in DAYS
    )


def _clock(day: int, first: date, due: date, today: date, seen: tuple[Visit, ...]) -> Clock:
    within = sorted(
        (visit for visit in seen if first <= visit.on <= due), key=lambda visit: visit.on
    )
    met = next((visit.on for visit in within if visit.kept and visit.on <= today), None)
    if met is not None:
        return Clock(day, due, ClockState.MET, met)
    if today > due:
        return Clock(day, due, ClockState.MISSED)
    booked = next((v.on for v in within if v.kept is None and v.on >= today), None)
    return Clock(day, due, ClockState.BOOKED if booked else ClockState.OPEN, booked)
