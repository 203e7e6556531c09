"""A chart on paper: the marks of one geometry, painted as a figure that is read as a sentence."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from reportlab.lib.colors import HexColor

from cmdesk.reports import fonts
from cmdesk.reports.flowables import Figure
from cmdesk.reports.paper import ACCENT, FAINT, HAIRLINE, RULE, WASH, Style
from cmdesk.rules.chart import Anchor, Language, Role, Room, Stroke
from cmdesk.rules.chart_layout import lay_out
from cmdesk.rules.chart_words import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.lib.styles import ParagraphStyle

    from cmdesk.letter_words import Standing
    from cmdesk.reports.text import Manuscript
    from cmdesk.rules.chart import Chart, Dot, Drawing, Line, Text

MOST: Final = 4  # measures in one figure; more would not fit a page
LINE, PLOT, BAND, DOT = 12.0, 66.0, 38.0, 2.4  # points
STYLES: Final[dict[Role, ParagraphStyle]] = {
    Role.NAME: Style.CHART_NAME,
    Role.VALUE: Style.CHART_NAME,
    Role.QUIET: Style.CHART_QUIET,
    Role.TICK: Style.CHART_TICK,
    Role.SPAN: Style.CHART_SPAN,
    Role.FIGURE: Style.CHART_TICK,
}
# Width in points, colour, and dashes: lines are told apart in grey.
STROKES: Final[dict[Stroke, tuple[float, str, tuple[float, ...]]]] = {
    Stroke.GRID: (0.5, RULE, ()),
    Stroke.AXIS: (HAIRLINE, FAINT, ()),
    Stroke.SCORE: (1.25, ACCENT, ()),
    Stroke.TURN: (HAIRLINE, FAINT, (1, 2.25)),
    Stroke.TOP: (1.5, ACCENT, ()),
    Stroke.MAYBE: (1.5, ACCENT, (1.5, 2.5)),
}
WHITE: Final = "#FFFFFF"


def language(words: Standing, chart: Chart) -> Language:
    """Speak of a chart in the language of a paper."""
    return Language(
        tr=words.tr,
        month=words.month,
        short_day=words.short_date,
        day=partial(words.near_date, today=chart.last),
        whole_month=words.whole_month,
    )


def charts(manuscript: Manuscript, chart: Chart, measure: float) -> Iterator[Figure]:
    """Set a chart as one figure; one of many measures as several. Nothing, if it has no scores."""
    series = [each for each in chart.series if chart.within(each)]
    parts = [tuple(series[start : start + MOST]) for start in range(0, len(series), MOST)]
    for number, part in enumerate(parts, 1):
        spans = chart.spans if number == len(parts) else ()
        yield _figure(manuscript, replace(chart, series=part, spans=spans), measure)


def band(manuscript: Manuscript, chart: Chart, measure: float) -> Figure:
    """Set the levels of care alone, as one figure."""
    return _figure(manuscript, chart, measure)


def _figure(manuscript: Manuscript, chart: Chart, measure: float) -> Figure:
    words = language(manuscript.words, chart)
    room = Room(measure, LINE, PLOT, BAND, DOT, _length, figures=True)
    drawing = lay_out(chart, room, words)
    element = manuscript.root.add("Figure", alternate=told(chart, words))
    paint = partial(_paint, drawing, manuscript)
    made = Figure(paint, measure, drawing.height, element)
    made.spaceBefore, made.spaceAfter = (4.5, 4.5) if manuscript.tight else (9, 19.875)
    return made


def _length(words: str, role: Role) -> float:
    style = STYLES[role]
    return fonts.width(words, style.fontName, style.fontSize)


def _paint(drawing: Drawing, manuscript: Manuscript, canvas: Any) -> None:
    """Paint upward from the figure's lower left corner, as paper counts."""
    tall = drawing.height
    for bar in drawing.bars:
        canvas.setFillColor(HexColor(WASH))
        canvas.setStrokeColor(HexColor(WHITE))
        canvas.setLineWidth(HAIRLINE)
        canvas.rect(bar.x, tall - bar.y - bar.height, bar.width, bar.height, stroke=1, fill=1)
    for line in drawing.lines:
        _paint_line(line, tall, canvas)
    for dot in drawing.dots:
        _paint_dot(dot, tall, canvas)
    for text in drawing.texts:
        _paint_text(text, tall, manuscript, canvas)


def _paint_line(line: Line, tall: float, canvas: Any) -> None:
    width, color, dashes = STROKES[line.stroke]
    canvas.setLineWidth(width)
    canvas.setStrokeColor(HexColor(color))
    canvas.setDash(list(dashes))
    path = canvas.beginPath()
    (x, y), *rest = line.points
    path.moveTo(x, tall - y)
    for x, y in rest:
        path.lineTo(x, tall - y)
    canvas.drawPath(path, stroke=1, fill=0)
    canvas.setDash([])


def _paint_dot(dot: Dot, tall: float, canvas: Any) -> None:
    """Fill the newest score; the others are rings."""
    canvas.setLineWidth(1)
    canvas.setStrokeColor(HexColor(ACCENT))
    canvas.setFillColor(HexColor(ACCENT if dot.last else WHITE))
    canvas.circle(dot.x, tall - dot.y, DOT if dot.last else DOT * 0.75, stroke=1, fill=1)


def _paint_text(text: Text, tall: float, manuscript: Manuscript, canvas: Any) -> None:
    style, length = STYLES[text.role], _length(text.words, text.role)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: length / 2, Anchor.END: length}[text.anchor]
    if text.role is Role.FIGURE:
        canvas.setFillColor(HexColor(WHITE))
        ground = style.fontSize
        left, bottom = text.x - shift - 1, tall - text.y - ground / 2
        canvas.rect(left, bottom, length + 2, ground, stroke=0, fill=1)
    line = manuscript.fitting(text.words, style, length * 1.2 + LINE)
    line.wrapOn(canvas, length * 1.2 + LINE, style.leading)
    # The first baseline is one size below the top; a line's middle, a third of it above that.
    line.drawOn(canvas, text.x - shift, tall - text.y - style.leading + style.fontSize * 0.64)
