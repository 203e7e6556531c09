"""One geometry of a chart for screen and paper, from the top down in the painter's own units."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from cmdesk.rules import chart_axis, known_day
from cmdesk.rules.chart import (
    Anchor,
    Bar,
    Chart,
    Dot,
    Drawing,
    Language,
    Line,
    Role,
    Room,
    Series,
    Span,
    Stroke,
    Text,
    figure,
)
from cmdesk.rules.levels import DAY_AND_NIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

GAP: Final = timedelta(days=92)  # a quarter without a score parts the line
MOST_SUPPORT: Final = 7
ELLIPSIS: Final = "\u2026"
CLOSE: Final = 0.65  # of a line's height between the middles of two figures of the scale
LEGIBLE: Final = 4  # letters of a shortened name
LEAST: Final = 1.0  # units that the shortest stay is wide

Box = tuple[float, float, float, float]  # left, top, right, bottom


def lay_out(chart: Chart, room: Room, language: Language) -> Drawing:
    """Lay the measures one under the other, the levels of care under them, one time under all."""
    pen = _Pen(chart, room, language)
    for number, series in enumerate(chart.series):
        if chart.within(series):
            pen.panel(number, series)
    if pen.spans:
        pen.levels()
    pen.axis()
    return pen.drawing


def _parted(points: Sequence[Dot]) -> Iterator[list[Dot]]:
    """Cut where no score was taken for long; of one day only the last is on the line."""
    of_days = {dot.score.day: dot for dot in points}
    run = list[Dot]()
    for dot in of_days.values():
        if run and dot.score.day - run[-1].score.day > GAP:
            yield run
            run = []
        run.append(dot)
    yield run


def _meets(box: Box, others: Iterable[Box]) -> bool:
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in others
    )


class _Pen:
    """Draws from the top down; `top` is where it stands."""

    def __init__(self, chart: Chart, room: Room, language: Language) -> None:
        self.chart, self.room, self.language = chart, room, language
        self.drawing = Drawing(room.width)
        self.top = 0.0
        last = chart.last
        self.spans = [
            span
            for span in sorted(chart.spans, key=lambda span: span.first)
            if span.first <= last and (span.last or last) >= max(chart.first, span.first)
        ]
        scales = [chart_axis.scale(*self._given(series)) for series in chart.series]
        figures = [room.width_of(figure(mark), Role.TICK) for scale in scales for mark in scale[2]]
        self.left = max([0.0, *figures]) + room.line / 2
        self.right = max(room.width - room.dot * 2, self.left)
        self.left = min(self.left, self.right)

    def _given(
        self, series: Series
    ) -> tuple[list[float], float | None, float | None, tuple[float, ...]]:
        values = [score.value for score in self.chart.within(series)]
        return values, series.lowest, series.highest, series.marks

    def x(self, day: date) -> float:
        days = (self.chart.last - self.chart.first).days
        share = (day - self.chart.first).days / days if days > 0 else 0.5
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def _say(
        self, x: float, y: float, words: str, role: Role, anchor: Anchor = Anchor.START
    ) -> None:
        if words:
            self.drawing.texts.append(Text(x, y, words, role, anchor))

    def _rule(self, stroke: Stroke, *points: tuple[float, float]) -> None:
        self.drawing.lines.append(Line(points, stroke))

    def _fitted(self, words: str, role: Role, room: float) -> str:
        """Shorten words to a length; to nothing where not even one letter fits."""
        if self.room.width_of(words, role) <= room:
            return words
        kept = words
        while kept and self.room.width_of(kept.rstrip() + ELLIPSIS, role) > room:
            kept = kept[:-1]
        return kept.rstrip() + ELLIPSIS if kept else ""

    def _head(self, name: str, about: str, value: str = "", beside: str = "") -> None:
        """Name what is under it at the left, and where it stands at the right."""
        room, gap = self.room, self.room.line / 2
        y, right = self.top + room.line / 2, room.width
        beside = self._fitted(beside, Role.QUIET, room.width * 0.4)
        self._say(right, y, beside, Role.QUIET, Anchor.END)
        right -= room.width_of(beside, Role.QUIET) + gap if beside else 0
        value = self._fitted(value, Role.VALUE, room.width * 0.2)
        self._say(right, y, value, Role.VALUE, Anchor.END)
        right -= room.width_of(value, Role.VALUE) + gap if value else 0
        name = self._fitted(name, Role.NAME, right)
        self._say(0, y, name, Role.NAME)
        start = room.width_of(name, Role.NAME) + gap
        self._say(start, y, self._fitted(about, Role.QUIET, right - start), Role.QUIET)
        self.top += room.line * 1.25

    def panel(self, number: int, series: Series) -> None:
        """Draw one measure: its name, the scale, and the scores."""
        room, scores = self.room, list(self.chart.within(series))
        tr = self.language.tr
        better = tr("lower is better") if series.lower_is_better else tr("higher is better")
        about = f"{tr(series.about)}, {better}" if series.about else better
        was = tr("was {score}").format(score=figure(scores[-2].value)) if len(scores) > 1 else ""
        beside = ", ".join(filter(None, (tr(series.stands) if series.stands else "", was)))
        self._head(tr(series.name), about, figure(scores[-1].value), beside)
        low, high, marks = chart_axis.scale(*self._given(series))
        spare = room.dot + (room.line * 0.75 if room.figures else 0)  # for figures at the edges
        top, tall = self.top + spare, room.plot - 2 * spare

        def y(value: float) -> float:
            return top + (high - value) / (high - low) * tall

        above: float | None = None
        for mark in sorted(marks):  # from below, so that the figures keep apart
            self._rule(Stroke.GRID, (self.left, y(mark)), (room.width, y(mark)))
            if above is None or above - y(mark) >= room.line * CLOSE:
                above = y(mark)
                at = self.left - room.line / 2
                self._say(at, y(mark), figure(mark), Role.TICK, Anchor.END)
        self._turns(self.top, self.top + room.plot)
        dots = [
            Dot(self.x(score.day), y(score.value), number, score, score is scores[-1])
            for score in scores
        ]
        for run in _parted(dots):
            if len(run) > 1:
                self._rule(Stroke.SCORE, *((dot.x, dot.y) for dot in run))
        self.drawing.dots += dots
        if room.figures:
            self._write_figures(dots, self.top, self.top + room.plot)
        self.top += room.plot + room.line / 2

    def _turns(self, top: float, bottom: float) -> None:
        """Mark where a stay by day and night began."""
        for span in self.spans:
            if span.support >= DAY_AND_NIGHT and span.first > self.chart.first:
                self._rule(Stroke.TURN, (self.x(span.first), top), (self.x(span.first), bottom))

    def _write_figures(self, dots: Sequence[Dot], top: float, bottom: float) -> None:
        """Write scores beside their points where there is room: the newest comes first."""
        room, taken = self.room, [self._around(dot) for dot in dots]
        for at in dict.fromkeys([len(dots) - 1, 0, *range(len(dots))]):
            dot = dots[at]
            words = figure(dot.score.value)
            half = room.width_of(words, Role.FIGURE) / 2
            x = min(max(dot.x, self.left + half), room.width - half)
            near = [dots[other].y for other in (at - 1, at + 1) if 0 <= other < len(dots)]
            away = room.dot + room.line * 0.55
            ways = (away, -away) if near and dot.y > max(near) else (-away, away)
            for way in ways:
                middle = dot.y + way
                box = (x - half, middle - room.line / 2, x + half, middle + room.line / 2)
                if box[1] >= top - room.line / 4 and box[3] <= bottom and not _meets(box, taken):
                    taken.append(box)
                    self._say(x, middle, words, Role.FIGURE, Anchor.MIDDLE)
                    break

    def _around(self, dot: Dot) -> Box:
        reach = self.room.dot
        return dot.x - reach, dot.y - reach, dot.x + reach, dot.y + reach

    def levels(self) -> None:
        """Draw the levels of care: the taller, the more support."""
        room, tr = self.room, self.language.tr
        self._head(tr("Level of care"), tr("taller means more support"))
        bottom = self.top + room.band
        bars = [self._bar(span, bottom) for span in self.spans]
        self.drawing.bars += bars
        for bar in bars:
            self._top(bar)
        taken = list[Box]()
        for bar in sorted(bars, key=lambda bar: -bar.width):
            self._name_bar(bar, bars, taken, bottom)
        self.top = bottom

    def _top(self, bar: Bar) -> None:
        """Rule the top of a bar: lightly over the days that only may have been of it."""
        span, right = bar.span, bar.x + bar.width
        near, far = bar.x, right
        if not known_day.whole(span.first_known, span.last_known):
            begun = known_day.last(span.first, span.first_known)
            ended = known_day.first(span.last or self.chart.last, span.last_known)
            near = min(max(self.x(min(begun, self.chart.last)), bar.x), right)
            far = max(min(self.x(max(ended, self.chart.first)), right), bar.x)
        if near >= far:
            near = far = right
        for stroke, since, until in (
            (Stroke.MAYBE, bar.x, near),
            (Stroke.TOP, near, far),
            (Stroke.MAYBE, far, right),
        ):
            if until > since:
                self._rule(stroke, (since, bar.y), (until, bar.y))

    def _bar(self, span: Span, bottom: float) -> Bar:
        left = self.x(max(span.first, self.chart.first))
        width = max(self.x(min(span.last or self.chart.last, self.chart.last)) - left, LEAST)
        width = min(width, self.room.width - left)
        support = min(max(span.support, 0), MOST_SUPPORT)
        height = self.room.band * (support + 0.5) / (MOST_SUPPORT + 0.5)
        return Bar(left, bottom - height, width, height, span)

    def _name_bar(self, bar: Bar, bars: Sequence[Bar], taken: list[Box], bottom: float) -> None:
        """Write a name into its bar, else over it or beside its top; else shortened, or not."""
        room, line = self.room, self.room.line
        name, pad = self.language.tr(bar.span.name), line / 3
        length = room.width_of(name, Role.SPAN)
        within = (bar.x + pad, bottom - line)
        over = (min(bar.x, room.width - length), bar.y - line)
        beside = max(bar.y, self.top - line / 4)
        sides = [(bar.x - pad - length, beside), (bar.x + bar.width + pad, beside)]
        others = [(each.x, each.y, each.x + each.width, bottom) for each in bars]
        if length > bar.width - pad:
            short = self._fitted(name, Role.SPAN, bar.width - 2 * pad)
            places = [(name, place, others) for place in (over, *sides)]
            if len(short) > LEGIBLE:
                places.append((short, within, []))
        else:
            places = [(name, within, list[Box]())]
        for words, (left, top), obstacles in places:
            box = (left, top, left + room.width_of(words, Role.SPAN), top + line)
            fits = left >= 0 and top >= self.top - line / 2 and box[2] <= room.width
            if fits and not _meets(box, [*taken, *obstacles]):
                taken.append(box)
                self._say(left, top + line / 2, words, Role.SPAN)
                return

    def axis(self) -> None:
        """Rule off below, and write the months (or the days of a short time) under it."""
        room, y = self.room, self.top
        self._rule(Stroke.AXIS, (self.left, y), (room.width, y))
        ticks = chart_axis.ticks(
            self.chart.first,
            self.chart.last,
            (self.language.month, self.language.short_day),
            lambda words: room.width_of(words, Role.TICK) * 1.4 / max(self.right - self.left, 1),
        )
        ends = 0.0
        for day, words in ticks:
            half, x = room.width_of(words, Role.TICK) / 2, self.x(day)
            middle = min(max(x, half), room.width - half)
            if middle - half < ends:
                continue
            ends = middle + half + room.line / 4
            self._rule(Stroke.AXIS, (x, y), (x, y + room.line / 4))
            self._say(middle, y + room.line, words, Role.TICK, Anchor.MIDDLE)
        self.top = y + room.line * 1.5
        self.drawing.height = self.top
