"""The lanes of a move as they are drawn: one geometry in days, for the screen and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cmdesk.rules.days import later
from cmdesk.rules.transition import (
    Gap,
    Leaving,
    Span,
    ends,
    next_prescriber,
    supply_ends,
)
from cmdesk.rules.transition_codes import Lane

BEFORE: Final = 7  # days shown ahead of the week in which they leave
WEEKS: Final = 34  # days shown in any case
LAST_SEEN: Final = 120  # days after which nothing is drawn; gaps are listed beside
GAP_SEEN: Final = 4  # days of a gap that are shown at least

_PLACES: Final = {lane: place for place, lane in enumerate(Lane)}


class Kind(StrEnum):
    """`loose`: named, but not settled; `supply`: what goes home; `gap`: nobody."""

    SOLID = "solid"
    LOOSE = "loose"
    SUPPLY = "supply"
    GAP = "gap"


@dataclass(frozen=True, slots=True)
class Bar:
    """`left` and `right` count in days from the picture's first; `since` and `until` are inside."""

    lane: Lane
    kind: Kind
    left: float
    right: float
    label: str = ""
    since: date | None = None
    until: date | None = None
    record: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """`ticks` are the Mondays; `shade` are the days without a program right after leaving."""

    first: date
    days: int
    leaves_on: date
    ticks: tuple[date, ...]
    bars: tuple[Bar, ...]
    shade: tuple[float, float] | None = None

    def at(self, day: date) -> float:
        return (day - self.first).days

    def lane(self, lane: Lane) -> list[Bar]:
        return [bar for bar in self.bars if bar.lane == lane]


def picture(move: Leaving, gaps: Sequence[Gap]) -> Picture:
    """Lay a move out from the week before the one in which they leave."""
    leaves = move.leaves_on
    first = later(leaves, -leaves.weekday() - BEFORE)
    shown = [min((gap.last - first).days + 1, (gap.first - first).days + GAP_SEEN) for gap in gaps]
    days = min(max([WEEKS, *shown]), LAST_SEEN)
    covered = [bar for span in move.spans if (bar := _span(span, leaves, first, days))]
    covered += _supply(move, first, days)
    holes = [bar for gap in gaps for bar in _gap(gap, move, first, days, covered)]
    program = next((bar for bar in holes if bar.lane == Lane.PROGRAM), None)
    at = (leaves - first).days
    right_after = program is not None and at <= program.left <= at + 1
    return Picture(
        *(first, days, leaves),
        ticks=tuple(later(first, week) for week in range(0, days, 7)),
        bars=tuple(sorted([*covered, *holes], key=lambda bar: (_PLACES[bar.lane], bar.left))),
        shade=(program.left, program.right) if program and right_after else None,
    )


def _clipped(left: float, right: float, days: int) -> tuple[float, float] | None:
    """Keep what lies within the picture."""
    left, right = max(left, 0), min(right, days)
    return (left, right) if left < right else None


def _span(span: Span, leaves: date, first: date, days: int) -> Bar | None:
    """Draw a span to the end of its last day; on the day of leaving, to the line drawn there."""
    over = ends(span, leaves)
    left = (span.since - first).days if span.since else 0
    right = (over - first).days + (0 if over == leaves and span.since is None else 1)
    if over == date.max:
        right = days
    place = _clipped(left, right, days)
    if place is None:
        return None
    until = None if over == date.max else over
    kind = Kind.SOLID if span.settled else Kind.LOOSE
    return Bar(span.lane, kind, *place, span.label, span.since, until, span.record)


def _supply(move: Leaving, first: date, days: int) -> list[Bar]:
    """Draw what goes home from the line to the day it is used up."""
    over = supply_ends(move)
    if over is None or over <= move.leaves_on:
        return []
    place = _clipped((move.leaves_on - first).days, (over - first).days, days)
    since = later(move.leaves_on, 1)
    return [Bar(Lane.MEDICINE, Kind.SUPPLY, *place, "", since, over)] if place else []


def _gap(gap: Gap, move: Leaving, first: date, days: int, covered: Sequence[Bar]) -> list[Bar]:
    """Hatch from where the last cover ends to where the next begins; what is loose stays loose."""
    left, right = (gap.first - first).days, (gap.last - first).days + 1
    drawn = any(bar.lane == gap.lane and bar.left < left <= bar.right for bar in covered)
    from_line = later(gap.first, -1) in (move.leaves_on, supply_ends(move))
    if gap.lane != Lane.HOME and from_line and not drawn:
        left -= 1
    if gap.lane == Lane.MEDICINE and gap.last == next_prescriber(move):
        right -= 1
    made: list[Bar] = []
    loose = sorted(
        (bar.left, bar.right) for bar in covered if bar.lane == gap.lane and bar.kind == Kind.LOOSE
    )
    at: float = left
    for begin, over in [*loose, (right, right)]:
        place = _clipped(at, min(begin, right), days)
        if place:
            made.append(Bar(gap.lane, Kind.GAP, *place, "", gap.first, gap.last))
        at = max(at, over)
    return made
