"""Where everything of a treatment map stands: stays as a band, gaps between them, turns under it.

One geometry with the chart of measures, whose band and axis it is; lengths are the painter's own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from cmdesk.rules import known_day, stay_parts
from cmdesk.rules.chart import Anchor, Bar, Chart, Drawing, Role, Room
from cmdesk.rules.chart_layout import lay_out
from cmdesk.rules.days import later

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cmdesk.rules.chart import Language, Text
    from cmdesk.rules.treatment_map import Gap, Map, Turn

SHORTEST: Final = 28  # days; a strip of less would be a point
LEAST: Final = 3.0  # units that a gap or a short stay is wide, to be seen at all


class ItemKind(StrEnum):
    STAY = "stay"
    GAP = "gap"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class Item:
    """What one can point at: from `x` on, `width` wide, from `y` down to `bottom`.

    `number` is that of the stay or the turn; of a gap, of the stay after it.
    """

    kind: ItemKind
    number: int
    day: date
    x: float
    width: float
    y: float
    bottom: float


@dataclass(slots=True)
class Strip:
    """The whole: what a chart draws of it, the bars with their stays, and the items by day."""

    drawing: Drawing
    bars: list[tuple[int, Bar]] = field(default_factory=list[tuple[int, Bar]])
    items: list[Item] = field(default_factory=list[Item])


@dataclass(frozen=True, slots=True)
class Band:
    """The stays as a chart draws them; `owners` are their numbers, in the order of its spans."""

    chart: Chart
    owners: tuple[int, ...]


def band(found: Map, today: date, called: Callable[[str], str]) -> Band | None:
    """Return the band of all stays with a day, from the first on; None without any."""
    owned = stay_parts.spans((each.stay for each in found.placed), today, called)
    if not owned:
        return None
    spans = tuple(span for _, span in owned)
    begun = [span.first for span in spans] + [turn.day for turn in found.turns if turn.day]
    known = [
        span.last or later(span.first, SHORTEST if span.first > today else 0) for span in spans
    ]
    last = max([today, *begun, *known])
    first = min(*begun, later(last, -SHORTEST))
    return Band(Chart(first, last, (), spans), tuple(number for number, _ in owned))


def place(found: Map, drawn: Band, room: Room, language: Language) -> Strip:
    """Lay the band out, and find where each stay, gap and turn is."""
    chart = drawn.chart
    made = Strip(lay_out(chart, room, language))
    bottom = max((bar.y + bar.height for bar in made.drawing.bars), default=0.0)
    of: dict[int, list[Bar]] = defaultdict(list)
    owner = {id(span): number for span, number in zip(chart.spans, drawn.owners, strict=True)}
    for bar in made.drawing.bars:
        of[owner[id(bar.span)]].append(bar)
    made.bars = [(number, bar) for number, bars in of.items() for bar in bars]
    made.items += [_stay(number, bars, bottom) for number, bars in of.items()]
    made.items += [_gap(gap, chart, room, bottom) for gap in found.gaps]
    made.items += [
        _turn(turn, turn.day, chart, room, bottom) for turn in found.turns if turn.day is not None
    ]
    turns = [item for item in made.items if item.kind is ItemKind.TURN]
    made.drawing.texts = [_above(text, turns, room) for text in made.drawing.texts]
    made.items.sort(key=lambda item: (item.day, item.kind != ItemKind.STAY, item.number))
    return made


def _above(text: Text, turns: Sequence[Item], room: Room) -> Text:
    """Lift the name of a level off the marks of turns it would lie under."""
    if text.role is not Role.SPAN:
        return text
    wide, half = room.width_of(text.words, text.role), room.line / 2
    first = text.x - {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[text.anchor]
    met = [
        item.y for item in turns
        if item.x < first + wide and first < item.x + item.width
    ]  # fmt: skip
    return replace(text, y=min([text.y, *(y - half for y in met)]))


def soft_ends(bar: Bar, until: date) -> tuple[float, float]:
    """Return how wide the beginning and the end of a bar are of which the day is not known.

    `until` is the last day drawn: there a bar ends that goes on.
    """
    span = bar.span
    last = span.last or until
    begun = (known_day.last(span.first, span.first_known) - span.first).days
    ended = (last - known_day.first(last, span.last_known)).days
    day = bar.width / max((last - span.first).days, 1)
    return min(begun * day, bar.width / 2), min(ended * day, bar.width / 2)


def across(day: date, chart: Chart, room: Room) -> float:
    """Return how far a day is from the left, as in a chart without measures."""
    left = room.line / 2
    right = max(room.width - room.dot * 2, left)
    share = (day - chart.first).days / max((chart.last - chart.first).days, 1)
    return left + min(max(share, 0.0), 1.0) * (right - left)


def _stay(number: int, bars: Sequence[Bar], bottom: float) -> Item:
    x = min(bar.x for bar in bars)
    width = max(max(bar.x + bar.width for bar in bars) - x, LEAST)
    y = min(bar.y for bar in bars)
    day = min(bar.span.first for bar in bars)
    return Item(ItemKind.STAY, number, day, x, width, y, bottom)


def _gap(gap: Gap, chart: Chart, room: Room, bottom: float) -> Item:
    x = across(gap.first, chart, room)
    width = max(across(gap.last, chart, room) - x, LEAST)
    return Item(ItemKind.GAP, gap.before, gap.first, x, width, bottom - room.band / 3, bottom)


def _turn(turn: Turn, day: date, chart: Chart, room: Room, bottom: float) -> Item:
    x = across(day, chart, room)
    half = room.dot * 2
    return Item(ItemKind.TURN, turn.id, day, x - half, half * 2, bottom - half, bottom + half)
