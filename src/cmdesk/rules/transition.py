"""Which days of a move nobody covers: five lanes, each with its spans, from leaving to a horizon.

Dates alone are compared, so neither zones nor the change of clocks can move a day. What is not
settled covers nothing, and what is not known counts as missing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cmdesk.rules.days import later
from cmdesk.rules.follow_up_clocks import Visit
from cmdesk.rules.transition_codes import Lane

AHEAD: Final = 30  # days after leaving that are looked at in any case
# Days a run may last before it counts: a program and a bed are wanted every day, a therapist within
# a week of leaving, a prescriber within thirty days as long as the medicine lasts.
ALLOWED: Final = {Lane.THERAPIST: 7, Lane.PSYCHIATRIST: 30}
ORDER: Final = (Lane.PROGRAM, Lane.MEDICINE, Lane.HOME, Lane.THERAPIST, Lane.PSYCHIATRIST)


@dataclass(frozen=True, slots=True)
class Span:
    """Who or what carries a lane, both days inside.

    Without `since` it was there before and goes on to the day of leaving; with `since` but without
    `until` it goes on. Not settled, it is drawn and covers nothing.
    """

    lane: Lane
    label: str = ""
    since: date | None = None
    until: date | None = None
    settled: bool = True
    record: int = 0


@dataclass(frozen=True, slots=True)
class Leaving:
    """A move as far as days go.

    `medicine_days` go home on the day of leaving; `supplies` are the last days of the medicines on
    record, unknown where nobody said. `prescriber_visits` are first ones with who prescribes next.
    """

    leaves_on: date
    spans: tuple[Span, ...] = ()
    medicine_days: int | None = None
    supplies: tuple[date | None, ...] = ()
    prescriber_visits: tuple[Visit, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """Days in a lane nobody covers, both inside.

    `open_ended`: it reaches to the horizon, since nothing follows. `unknown`: nobody knows how many
    days the medicine lasts.
    """

    lane: Lane
    first: date
    last: date
    open_ended: bool = False
    unknown: bool = False

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1


Days = tuple[date, date]  # both inside


@dataclass(frozen=True, slots=True)
class Begins:
    """A first visit by which a lane begins. Missed (`kept` is False), it begins nothing."""

    lane: Lane
    label: str
    on: date
    kept: bool | None = None
    record: int = 0


def joined(spans: Sequence[Span], visits: Iterable[Begins]) -> tuple[Span, ...]:
    """Let first visits begin their lanes, where no span does so yet.

    Who was to begin on the day of a visit that was missed is not settled any more.
    """
    seen = sorted(visits, key=lambda visit: visit.on)
    kept = {(visit.lane, visit.on) for visit in seen if visit.kept is not False}
    missed = {(visit.lane, visit.on) for visit in seen} - kept
    made = [
        replace(span, settled=False) if (span.lane, span.since) in missed else span
        for span in spans
    ]
    for visit in seen:
        own = [span for span in made if span.lane == visit.lane and span.settled and span.since]
        if visit.kept is False or any(_stands(span, visit.on) for span in own):
            continue
        later_ones = [span.since for span in own if span.since and span.since > visit.on]
        until = later(min(later_ones), -1) if later_ones else None
        made.append(Span(visit.lane, visit.label, visit.on, until, record=visit.record))
    return tuple(made)


def _stands(span: Span, day: date) -> bool:
    return span.since is not None and span.since <= day <= (span.until or date.max)


def horizon(move: Leaving) -> date:
    """Return the last day looked at: a month on, or the day after the last change known later.

    What ends on a known day is followed to the day after, lest a gap behind it be lost when the
    day of leaving moves to an earlier one.
    """
    begins = [span.since for span in move.spans if span.since]
    over = [span.until for span in move.spans if span.settled and span.until]
    seen = filter(None, (next_prescriber(move), supply_ends(move)))
    return max([later(move.leaves_on, AHEAD), *begins, *(later(day, 1) for day in (*over, *seen))])


def ends(span: Span, leaves_on: date) -> date:
    """Return the last day of a span; what was there before lasts to the day of leaving."""
    if span.until is not None:
        return span.until
    return date.max if span.since is not None else leaves_on


def supply_ends(move: Leaving) -> date | None:
    """Return the last day the medicine lasts; None if it is not known.

    What is handed out counts from the day after leaving, on which it is still given there. Of
    several days known the earliest holds; a supply over before they leave was followed by another.
    """
    if move.medicine_days is None:
        known = [day for day in move.supplies if day is not None]
        return min(known) if known and len(known) == len(move.supplies) else None
    going_on = [day for day in move.supplies if day is not None and day >= move.leaves_on]
    return min([later(move.leaves_on, move.medicine_days), *going_on])


def next_prescriber(move: Leaving) -> date | None:
    """Return the day after leaving on which somebody prescribes next: a visit, or who begins.

    Where a first visit was missed, that day counts no longer, though it stands in the lane.
    """
    missed = {visit.on for visit in move.prescriber_visits if visit.kept is False}
    begins = {
        span.since
        for span in move.spans
        if span.lane == Lane.PSYCHIATRIST and span.settled and span.since is not None
    }
    days = (begins - missed) | {v.on for v in move.prescriber_visits if v.kept is not False}
    return min((day for day in days if day > move.leaves_on), default=None)


def gaps(move: Leaving) -> tuple[Gap, ...]:
    """List what nobody covers, lane by lane in the order in which it presses."""
    return tuple(gap for lane in ORDER for gap in _in_lane(move, lane))


def _in_lane(move: Leaving, lane: Lane) -> list[Gap]:
    last, allowed = horizon(move), ALLOWED.get(lane, 0)
    unknown = lane == Lane.MEDICINE and supply_ends(move) is None
    found: list[Gap] = []
    for first, until in uncovered(move, lane):
        gap = Gap(
            *(lane, first, until),
            open_ended=until == last,
            unknown=unknown and first == later(move.leaves_on, 1),
        )
        if gap.days > allowed or gap.open_ended:
            found.append(gap)
    return found


def uncovered(move: Leaving, lane: Lane) -> list[Days]:
    """Return the runs of days without cover after leaving, up to the horizon.

    A home is asked for by its nights: the night of the day one leaves is wanted, too, and a place
    one leaves has none.
    """
    home = lane == Lane.HOME
    first = move.leaves_on if home else later(move.leaves_on, 1)
    covered = [
        (span.since or date.min, _last(span, move.leaves_on, nights=home))
        for span in move.spans
        if span.lane == lane and span.settled
    ]
    if lane == Lane.MEDICINE:
        covered += _medicine(move)
    return without((first, horizon(move)), covered)


def _last(span: Span, leaves_on: date, *, nights: bool) -> date:
    over = ends(span, leaves_on)
    return over if over == date.max or not nights else later(over, -1)


def _medicine(move: Leaving) -> list[Days]:
    """Cover what goes home, and the days after a prescriber was seen: that day is not sure yet."""
    over, seen = supply_ends(move), next_prescriber(move)
    made = [(later(move.leaves_on, 1), over)] if over else []
    return [*made, (later(seen, 1), date.max)] if seen else made


def without(whole: Days, covered: Iterable[Days]) -> list[Days]:
    """Take days out of a span of days: what is left, in order and apart from each other."""
    first, last = whole
    left: list[Days] = []
    for begins, over in sorted(pair for pair in covered if pair[0] <= pair[1]):
        if begins > last:
            break
        if begins > first:
            left.append((first, later(begins, -1)))
        if over >= last:
            return left
        first = max(first, later(over, 1))
    return [*left, (first, last)] if first <= last else left


# Steps of a checklist.


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a checklist: so many days from leaving, or on a day that does not move."""

    record: int
    offset_days: int | None = None
    fixed_on: date | None = None


def due(step: Step, leaves_on: date | None) -> date | None:
    """Return the day of a step; None without one, or while no day of leaving is known."""
    if step.fixed_on is not None:
        return step.fixed_on
    if step.offset_days is None or leaves_on is None:
        return None
    return later(leaves_on, step.offset_days)


def moved(
    steps: Sequence[Step], leaves_on: date | None, to: date
) -> tuple[dict[int, tuple[date | None, date]], tuple[int, ...]]:
    """Say what a new day of leaving does: the steps that move, from and to, and the fixed ones."""
    moving = {
        step.record: (due(step, leaves_on), later(to, step.offset_days))
        for step in steps
        if step.fixed_on is None and step.offset_days is not None and leaves_on != to
    }
    return moving, tuple(step.record for step in steps if step.fixed_on is not None)
