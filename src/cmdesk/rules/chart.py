"""What a chart is made of: scores over time above the levels of care, and the marks that show them.

All places are in the units of the painter (pixels, points), from the upper left corner downward.
Nothing hangs on a colour: each measure has a panel of its own, and its newest score is filled.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from math import isfinite
from typing import TYPE_CHECKING

from cmdesk.rules.known_day import Known, in_month

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Score:
    day: date
    value: float


@dataclass(frozen=True, slots=True)
class Series:
    """One measure. `about` says what it counts, `stands` what its newest score means.

    `marks` are the values ruled across, where the instrument has cut-offs.
    """

    name: str
    scores: tuple[Score, ...] = ()
    about: str = ""
    lower_is_better: bool = True
    lowest: float | None = None
    highest: float | None = None
    marks: tuple[float, ...] = ()
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Span:
    """A stay at a level of care; `support` is 0 to 7. Without a last day it goes on.

    Of a month or a year it begins on the first of its days, and ends on the last.
    """

    first: date
    last: date | None
    name: str
    support: int
    first_known: str = Known.DAY
    last_known: str = Known.DAY


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn, of the days `first` to `last`."""

    first: date
    last: date
    series: tuple[Series, ...] = ()
    spans: tuple[Span, ...] = ()

    def within(self, series: Series) -> tuple[Score, ...]:
        """Return the scores of these days, in order; of one day in the order they were given."""
        kept = (score for score in series.scores if isfinite(score.value))
        days = (score for score in kept if self.first <= score.day <= self.last)
        return tuple(sorted(days, key=lambda score: score.day))


class Stroke(StrEnum):
    GRID = "grid"
    AXIS = "axis"
    SCORE = "score"
    TURN = "turn"  # dotted: a stay by day and night begins
    TOP = "top"  # of a level of care
    MAYBE = "maybe"  # of days that only may have been of it


class Role(StrEnum):
    NAME = "name"
    VALUE = "value"
    QUIET = "quiet"
    TICK = "tick"
    SPAN = "span"
    FIGURE = "figure"  # a score beside its point; what it lies on is wiped out


class Anchor(StrEnum):
    START = "start"
    MIDDLE = "middle"
    END = "end"


@dataclass(frozen=True, slots=True)
class Line:
    points: tuple[tuple[float, float], ...]
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Dot:
    """One score. `last` is the newest of its measure, and is filled."""

    x: float
    y: float
    series: int
    score: Score
    last: bool


@dataclass(frozen=True, slots=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    span: Span


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `y` is the middle of their line."""

    x: float
    y: float
    words: str
    role: Role
    anchor: Anchor = Anchor.START


@dataclass(frozen=True, slots=True)
class Room:
    """What the painter has: lengths in its own units, and how long words are in a role.

    `figures`: each score is written beside its point where there is room.
    """

    width: float
    line: float
    plot: float
    band: float
    dot: float
    width_of: Callable[[str, Role], float]
    figures: bool = False


@dataclass(frozen=True, slots=True)
class Language:
    """The language of a chart: standing words, `Mar`, `Mar 5`, and `March 5` (with its year).

    `whole_month` writes `March 2021`.
    """

    tr: Callable[[str], str]
    month: Callable[[date], str]
    short_day: Callable[[date], str]
    day: Callable[[date], str]
    whole_month: Callable[[date], str] = in_month


@dataclass(slots=True)
class Drawing:
    width: float
    height: float = 0
    lines: list[Line] = field(default_factory=list[Line])
    dots: list[Dot] = field(default_factory=list[Dot])
    bars: list[Bar] = field(default_factory=list[Bar])
    texts: list[Text] = field(default_factory=list[Text])


def figure(value: float) -> str:
    """Write a score: 9, 3.5."""
    return f"{round(value, 2):g}"
