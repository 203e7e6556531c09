"""How the tables of a letter stand on the page, and what each of their cells is read as."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable, KeepTogether

from cmdesk.reports import fonts
from cmdesk.reports.flowables import Figure, Rows
from cmdesk.reports.fonts import SERIF_BOLD
from cmdesk.reports.paper import ACCENT, EMPTY, FAINT, HAIRLINE, RULE, WASH, WASH_RULE, Style
from cmdesk.reports.text import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reportlab.lib.styles import ParagraphStyle

    from cmdesk.reports.elements import Element
    from cmdesk.reports.text import Manuscript, Words
    from cmdesk.rules.letter import Glance, Goal, Step

Cell = list[Any]  # of flowables
Command = tuple[Any, ...]

# ReportLab counts cells (column, row) from the upper left, and -1 is the last.
FIRST, LAST = (0, 0), (-1, -1)
PLAIN: list[Command] = [
    *((f"{side}PADDING", FIRST, LAST, 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")),
    ("VALIGN", FIRST, LAST, "TOP"),
]
RULED: list[Command] = [
    *PLAIN,
    ("RIGHTPADDING", FIRST, (-2, -1), 12),
    ("BOTTOMPADDING", FIRST, (-1, 0), 4.125),
    ("TOPPADDING", (0, 1), LAST, 7.875),
    ("BOTTOMPADDING", (0, 1), LAST, 3.375),
    ("LINEBELOW", FIRST, (-1, 0), HAIRLINE, HexColor(FAINT)),
    ("LINEBELOW", (0, 1), LAST, HAIRLINE, HexColor(RULE)),
]
# Moves the text of a paper that has to fit a number of pages closer to the rules.
CLOSER: list[Command] = [
    ("BOTTOMPADDING", FIRST, (-1, 0), 2.25),
    ("TOPPADDING", (0, 1), LAST, 3.75),
    ("BOTTOMPADDING", (0, 1), LAST, 2.25),
]
AFTER, CLOSER_AFTER = 19.875, 9  # points below a table
SEGMENT, SEGMENT_GAP, SEGMENT_HEIGHT, USUAL_STEPS = 13.5, 2.25, 4.5, 4


def layout(
    rows: Sequence[list[Cell]],
    widths: Sequence[float],
    style: Sequence[Command] = (),
    *,
    before: float = 0,
    after: float = 0,
    heads: int = 0,
) -> Rows:
    """Lay out cells that carry their own elements; by itself this is not read as a table."""
    return Rows(
        rows,
        colWidths=widths,
        style=[*PLAIN, *style],
        spaceBefore=before,
        spaceAfter=after,
        repeatRows=heads,
    )


def ruled(manuscript: Manuscript) -> list[Command]:
    """Return how a table under a heading is ruled."""
    return [*RULED, *CLOSER] if manuscript.tight else RULED


def after(manuscript: Manuscript) -> float:
    """Return the room below a table, in points."""
    return CLOSER_AFTER if manuscript.tight else AFTER


def together(flowables: Sequence[Flowable]) -> Flowable:
    """On one page, unless they are taller than one."""
    return KeepTogether(list(flowables))


def boxed(paragraphs: Sequence[Cell], measure: float, before: float) -> Rows:
    """Paragraphs in a frame, one to a row, so that a tall box splits between them."""
    style: list[Command] = [
        ("BOX", FIRST, LAST, HAIRLINE, HexColor(RULE)),
        ("LEFTPADDING", FIRST, LAST, 13.875),
        ("RIGHTPADDING", FIRST, LAST, 13.5),
        ("TOPPADDING", (0, 1), LAST, 4.5),
        ("TOPPADDING", FIRST, FIRST, 11.25),
        ("BOTTOMPADDING", LAST, LAST, 10.5),
    ]
    rows = [[paragraph] for paragraph in paragraphs]
    return layout(rows, [measure - 0.75], style, before=before)


def lines_to_write_on(count: int, measure: float) -> Rows:
    rows: list[list[Cell]] = [[[]] for _ in range(count)]
    style: list[Command] = [
        ("LINEBELOW", FIRST, LAST, HAIRLINE, HexColor(RULE)),
        ("TOPPADDING", FIRST, LAST, 26),
    ]
    return layout(rows, [measure], style)


def letterhead(left: Cell, right: Cell, measure: float) -> Rows:
    style: list[Command] = [
        ("LINEBELOW", FIRST, LAST, HAIRLINE, HexColor(ACCENT)),
        ("RIGHTPADDING", FIRST, FIRST, 12),
        ("TOPPADDING", LAST, LAST, 6),
        ("BOTTOMPADDING", FIRST, LAST, 10.125),
    ]
    return layout([[left, right]], [measure - 192, 192], style)


def facts(cells: Sequence[Cell], measure: float) -> Rows:
    """For, about, when and sent, side by side; the widths are the design's."""
    shares = [part / 492 * measure for part in (134.18, 111.82, 145.36, 100.64)]
    return layout([list(cells)], shares, [("RIGHTPADDING", FIRST, (-2, -1), 6)], before=11.625)


def glance(manuscript: Manuscript, lines: Sequence[Glance], measure: float) -> Flowable:
    """Set the summary box. It never splits, unless it is taller than a page."""
    table = manuscript.root.add("Table")
    rows: list[list[Cell]] = []
    for line in lines:
        row = table.add("TR")
        key = manuscript.lines(line.label, Style.KEY, row.add("TH", scope="Row"))
        words = Run(line.text, font=SERIF_BOLD if line.strong else "")
        text = manuscript.lines([words], Style.CELL, row.add("TD"))
        rows.append([[], [], key, text, []])
    box = layout(
        rows,
        [2.25, 15, 102, measure - 134.25, 15],
        [
            ("BACKGROUND", FIRST, LAST, HexColor(WASH)),
            ("BACKGROUND", FIRST, (0, -1), HexColor(ACCENT)),
            ("LINEBELOW", (2, 0), (3, -2), HAIRLINE, HexColor(WASH_RULE)),
            ("RIGHTPADDING", (2, 0), (2, -1), 6),
            ("TOPPADDING", FIRST, LAST, 7.875),
            ("TOPPADDING", FIRST, (-1, 0), 12),
            ("BOTTOMPADDING", FIRST, LAST, 3.375),
            ("BOTTOMPADDING", (0, -1), LAST, 7.5),
        ],
        before=9.75,
        after=19.5,
    )
    return together([box])


def goals(manuscript: Manuscript, lines: Sequence[Goal], measure: float) -> Rows:
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("Goal", "Progress", "Where it stands"))]
    for line in lines:
        row = table.add("TR")
        name = manuscript.lines(line.name, Style.CELL, row.add("TH", scope="Row"))
        steps = _steps(manuscript, line.done, line.of, row.add("TD"))
        rows.append([name, steps, manuscript.lines(line.stands, Style.CELL, row.add("TD"))])
    drop = 8.5 if manuscript.tight else 13.125  # of the segments, to the middle of a line
    style = [*ruled(manuscript), ("TOPPADDING", (1, 1), (1, -1), drop)]
    widths = [154.5, 78, measure - 232.5]
    return layout(rows, widths, style, before=6, after=after(manuscript), heads=1)


def steps(manuscript: Manuscript, lines: Sequence[Step], measure: float) -> Rows:
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("When", "What", "Who"))]
    for line in lines:
        row = table.add("TR")
        when = said_when(manuscript, line.when, row)
        lead = Run(line.lead, font=SERIF_BOLD)
        what = manuscript.lines([lead, line.what], Style.CELL, row.add("TD"))
        person = Run(line.who, font=SERIF_BOLD if line.asked else "")
        rows.append([when, what, manuscript.lines([person], Style.CELL, row.add("TD"))])
    first = when_width(line.when for line in lines)
    widths = [first, measure - first - 105, 105]
    return layout(rows, widths, ruled(manuscript), before=6, after=after(manuscript), heads=1)


def said_when(manuscript: Manuscript, words: str, row: Element) -> Cell:
    """Head a row by a day or a time; what is short on paper is said in full."""
    head = row.add("TH", scope="Row")
    head.full = manuscript.words.aloud(words)
    return [*manuscript.lines(words, Style.WHEN, head)]


def when_width(words: Iterable[str]) -> float:
    """As wide as the design's column, or as a longer day needs (in points)."""
    longest = max((_length([line], Style.WHEN) for line in words), default=0.0)
    return min(max(87.0, longest + 13), 118.0)


def calls(
    manuscript: Manuscript, lines: Sequence[tuple[str, Sequence[Words]]], measure: float
) -> Rows:
    """Two to a visual row, one to a row in the reading."""
    gap, table = 24, manuscript.root.add("Table")
    half = (measure - gap) / 2
    number = min(max([74.0, *(_length(words, Style.NUMBER) + 4 for _, words in lines)]), half / 2)
    cells: list[list[Cell]] = []
    for who, words in lines:
        row = table.add("TR")
        name = manuscript.lines(who, Style.CALLER, row.add("TH", scope="Row"))
        cells.append([name, manuscript.lines(words, Style.NUMBER, row.add("TD"))])
    odd = len(cells) % 2
    if odd:
        cells.append([[], []])
    rows = [[*left, [], *right] for left, right in zip(cells[::2], cells[1::2], strict=True)]
    rule = (HAIRLINE, HexColor(RULE))
    style: list[Command] = [
        ("TOPPADDING", FIRST, LAST, 7.125),
        ("BOTTOMPADDING", FIRST, LAST, 3.375),
        ("LINEBELOW", FIRST, (1, -1), *rule),
    ]
    if len(rows) > odd:
        style.append(("LINEBELOW", (3, 0), (4, -1 - odd), *rule))
    return layout(rows, [half - number, number, gap, half - number, number], style, before=4.875)


def head_row(manuscript: Manuscript, table: Element, words: Sequence[str]) -> list[Cell]:
    row = table.add("TR")
    return [
        list(manuscript.lines(manuscript.words.tr(word), Style.HEAD, row.add("TH", scope="Column")))
        for word in words
    ]


def _length(words: Sequence[Words], style: ParagraphStyle) -> float:
    text = "".join(part if isinstance(part, str) else part.text for part in words)
    return fonts.width(text, style.fontName, style.fontSize)


def _steps(manuscript: Manuscript, done: int, of: int, cell: Element) -> Cell:
    """Progress as segments, and in words for a reader; nothing when no steps are planned."""
    if of < 1:
        return []
    done = min(max(done, 0), of)
    full = USUAL_STEPS * (SEGMENT + SEGMENT_GAP) - SEGMENT_GAP
    gap = SEGMENT_GAP if of <= 3 * USUAL_STEPS else 0
    segment = min(SEGMENT, (full - gap * (of - 1)) / of)
    words = manuscript.words.ntr("{done} of {of} step done", "{done} of {of} steps done", of)
    figure = cell.add("Figure", alternate=words.format(done=done, of=of))
    paint = partial(_paint_steps, done=done, of=of, segment=segment, gap=gap)
    return [Figure(paint, of * (segment + gap) - gap, SEGMENT_HEIGHT, figure)]


def _paint_steps(canvas: Any, *, done: int, of: int, segment: float, gap: float) -> None:
    radius = min(HAIRLINE, segment / 4)
    for step in range(of):
        canvas.setFillColor(HexColor(ACCENT if step < done else EMPTY))
        left = step * (segment + gap)
        canvas.roundRect(left, 0, segment, SEGMENT_HEIGHT, radius, stroke=0, fill=1)
