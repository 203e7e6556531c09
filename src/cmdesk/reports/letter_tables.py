"""The tables of the rarer letters: promises closed, dates, the clock of a crisis, stays."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from reportlab.lib.colors import HexColor

from cmdesk.reports import tables
from cmdesk.reports.fonts import SERIF_BOLD
from cmdesk.reports.paper import HAIRLINE, RULE, Style
from cmdesk.reports.tables import (
    LAST,
    RULED,
    Cell,
    head_row,
    layout,
    said_when,
    when_width,
)
from cmdesk.reports.text import Run

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cmdesk.reports.elements import Element
    from cmdesk.reports.flowables import Rows
    from cmdesk.reports.text import Manuscript
    from cmdesk.rules.letter import Closed, Moment, Stay, Step

RULE_BELOW: Final = (HAIRLINE, HexColor(RULE))
ABOVE, BELOW = 6, 19.875  # points
SHARES: Final = (0.27, 0.25, 0.22, 0.26)  # of where, when, the level and how it ended
CLOSE_SHARES: Final = (0.2, 0.29, 0.31, 0.2)
TOGETHER: Final = 3  # stays in one house that share its name; more would not part over pages
SHORT: Final = 120  # characters of a stay that may share it


def closed(manuscript: Manuscript, lines: Sequence[Closed], measure: float) -> Rows:
    """Set what was promised, and what became of it."""
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("When", "What was planned", "What became of it"))]
    for line in lines:
        row = table.add("TR")
        when = said_when(manuscript, line.when, row)
        what = manuscript.lines(line.what, Style.CELL, row.add("TD"))
        lead = f"{line.became.rstrip('.')}." if line.note and line.became else line.became
        words = [Run(lead, font=SERIF_BOLD), f" {line.note}" if lead and line.note else line.note]
        rows.append([when, what, manuscript.lines(words, Style.CELL, row.add("TD"))])
    first = when_width(line.when for line in lines)
    half = (measure - first) / 2
    return layout(rows, [first, half, half], RULED, before=ABOVE, after=BELOW, heads=1)


def dates(manuscript: Manuscript, lines: Sequence[Step], measure: float) -> Rows:
    """Set days to keep; whose they are, only where that is said of one."""
    if any(line.who for line in lines):
        return tables.steps(manuscript, lines, measure)
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("When", "What"))]
    for line in lines:
        row = table.add("TR")
        when = said_when(manuscript, line.when, row)
        words = [Run(line.lead, font=SERIF_BOLD), line.what]
        rows.append([when, manuscript.lines(words, Style.CELL, row.add("TD"))])
    style, below = tables.ruled(manuscript), tables.after(manuscript)
    return layout(rows, [118, measure - 118], style, before=ABOVE, after=below, heads=1)


def clock(manuscript: Manuscript, lines: Sequence[Moment], measure: float) -> Rows:
    """Set what happened when, and who did it."""
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("Time", "What happened", "Who"))]
    for line in lines:
        row = table.add("TR")
        at = said_when(manuscript, line.at, row)
        what = manuscript.lines(line.what, Style.CELL, row.add("TD"))
        rows.append([at, what, manuscript.lines(line.who, Style.CELL, row.add("TD"))])
    first = when_width(line.at for line in lines)
    widths = [first, measure - first - 105, 105]
    return layout(rows, widths, RULED, before=ABOVE, after=BELOW, heads=1)


def stays(manuscript: Manuscript, lines: Sequence[Stay], measure: float) -> Rows:
    """Set where somebody was cared for; a house in which the level changed is named once.

    Of days alone, no heading may tell that there was care.
    """
    if not any(line.where or line.level or line.ended for line in lines):
        return _days(manuscript, lines, measure)
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("Where", "When", "Level of care", "How it ended"))]
    style = [
        *(each for each in tables.ruled(manuscript) if each != RULED[-1]),
        ("LINEBELOW", (1, 1), LAST, *RULE_BELOW),
    ]
    for group in _houses(manuscript, lines, 1 if manuscript.tight else TOGETHER):
        made = _house(manuscript, table, group)
        last = len(rows) + len(made) - 1
        if made:
            style.append(("LINEBELOW", (0, last), (0, last), *RULE_BELOW))
            style.append(("SPAN", (0, len(rows)), (0, last)))
        rows += made
    shares = CLOSE_SHARES if manuscript.tight else SHARES
    widths = [share * measure for share in shares]
    return layout(rows, widths, style, before=ABOVE, after=tables.after(manuscript), heads=1)


def _house(manuscript: Manuscript, table: Element, group: Sequence[Stay]) -> list[list[Cell]]:
    """Set the stays in one house. One of which nothing can be printed is none."""
    rows = list[list[Cell]]()
    house: Element | None = None
    for line in group:
        row = table.add("TR")
        head = house or row.add("TH", scope="Row")
        where: Cell = [] if house else [*manuscript.lines(line.where, Style.CELL, head)]
        cells = [
            [*manuscript.lines(words, style, row.add("TD"))]
            for words, style in (
                (line.days, Style.DAYS),
                (line.level, Style.CELL),
                (line.ended, Style.CELL),
            )
        ]
        if where or any(cells):
            house = head
            rows.append([where, *cells])
            house.rows = len(rows)
    return rows


def _days(manuscript: Manuscript, lines: Sequence[Stay], measure: float) -> Rows:
    table = manuscript.root.add("Table")
    rows = [head_row(manuscript, table, ("When",))]
    for line in lines:
        head = table.add("TR").add("TH", scope="Row")
        rows.append([[*manuscript.lines(line.days, Style.DAYS, head)]])
    return layout(rows, [measure], RULED, before=ABOVE, after=BELOW, heads=1)


def _houses(manuscript: Manuscript, lines: Sequence[Stay], together: int) -> Iterator[list[Stay]]:
    """Put stays that follow each other in one house together, a few at a time.

    Two houses that nobody knows are not one.
    """
    tr = manuscript.words.tr
    nameless = ("", tr("Not known"), tr("A single practitioner"))
    for where, found in groupby(lines, lambda line: line.where):
        group = list(found)
        short = where not in nameless and all(
            len(line.where) + len(line.days) + len(line.level) + len(line.ended) <= SHORT
            for line in group
        )
        most = together if short else 1
        for start in range(0, len(group), most):
            yield group[start : start + most]
