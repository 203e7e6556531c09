"""The client's safety plan on one page: large type, the numbers where the eye finds them."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle

from cmdesk.letter_words import standing
from cmdesk.reports import tables
from cmdesk.reports.fonts import SANS_BOLD, SERIF_BOLD
from cmdesk.reports.paper import HAIRLINE, RULE, Imprint, Sheet, Style, typeset
from cmdesk.reports.text import Run
from cmdesk.rules.safety import STAGES
from cmdesk.words import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.platypus import Flowable

    from cmdesk.casework.safety_paper import PaperLine, PlanPaper
    from cmdesk.reports.elements import Element
    from cmdesk.reports.paper import Layout
    from cmdesk.reports.text import Manuscript, Words

# The words grow as large as one page allows; below the last size a second page is better.
SIZES = (13.0, 12.0, 11.0, 10.0, 9.0)  # points
ALWAYS = (
    (N_("988 Suicide and Crisis Lifeline, call or text, day and night"), "988"),
    (N_("Police, fire and ambulance, when life is in danger now"), "911"),
)
LEAST_DIGITS, AMERICAN_DIGITS = 7, 10


def safety_plan(plan: PlanPaper) -> Sheet:
    """Typeset the page; a plan too long for one in the smallest type runs on to the next."""
    words = standing(plan.language)
    imprint = Imprint(
        title=words.tr("Safety plan"),  # no name: it may be seen in the frame of a window
        language=words.tag,
        made_at=plan.made_at,
        footer=words.tr("Private. Keep it where you find it when you need it."),
        paper=plan.paper,
    )
    for size in SIZES[:-1]:
        sheet = typeset(imprint, partial(_story, plan, size))
        if sheet.pages == 1:
            return sheet
    return typeset(imprint, partial(_story, plan, SIZES[-1]))


def _sized(style: ParagraphStyle, size: float, before: float = 0) -> ParagraphStyle:
    return ParagraphStyle(
        f"{style.name} {size}",
        parent=style,
        fontSize=size,
        leading=size * 1.4,
        spaceBefore=before,
        spaceAfter=0,
    )


def _story(
    plan: PlanPaper, size: float, manuscript: Manuscript, layout: Layout
) -> Iterator[Flowable]:
    tr, title = manuscript.words.tr, _sized(Style.TITLE, size * 1.85)
    headline = tr("{name}'s plan for hard hours").format(name=plan.called)
    yield from manuscript.paragraph(headline, title, "H1")
    dated = manuscript.words.day(plan.dated) if plan.dated else ""
    day = tr("As of {day}. ").format(day=dated) if dated else ""
    how = tr("Begin at the top. If it does not help enough, go on to the next.")
    yield from manuscript.paragraph(f"{day}{how}", _sized(Style.ALERT, size * 0.8, size * 0.4))
    heading = _sized(Style.HEADING, size * 1.15, size * 0.9)
    for stage, lines in zip(STAGES, plan.steps, strict=True):
        if lines:
            yield manuscript.heading(f"{stage.number}. {tr(stage.read)}", heading)
            yield _lines(lines, size, manuscript, layout.measure)
    if plan.reasons:
        yield manuscript.heading(tr("What I want to be here for"), heading)
        yield from manuscript.paragraph(plan.reasons, _sized(Style.BODY, size, size * 0.25))
    said = {line.phone for lines in plan.steps for line in lines}
    always = [([tr(words)], number) for words, number in ALWAYS if number not in said]
    if always:
        yield manuscript.heading(tr("Any hour, any day"), heading)
        yield _ruled(always, size, manuscript, layout.measure)


def _lines(
    lines: Sequence[PaperLine], size: float, manuscript: Manuscript, measure: float
) -> Flowable:
    """Set a step's lines, each with whom it names and the number at the right."""
    rows: list[tuple[Sequence[Words], str]] = []
    for line in lines:
        who = [Run(line.who, font=SERIF_BOLD)] if line.who else []
        between = [": "] if line.who and line.text else []
        rows.append(([*who, *between, *([line.text] if line.text else [])], line.phone))
    return _ruled(rows, size, manuscript, measure)


def _ruled(
    rows: Sequence[tuple[Sequence[Words], str]],
    size: float,
    manuscript: Manuscript,
    measure: float,
) -> Flowable:
    number_room = size * 11
    cells: list[list[tables.Cell]] = []
    numbered = any(phone for _, phone in rows)
    table = manuscript.root.add("Table") if numbered else manuscript.root
    for words, phone in rows:
        if not numbered:
            cells.append([_cell(words, size, manuscript, manuscript.root.add("P"))])
            continue
        row = table.add("TR")
        said = _cell(words, size, manuscript, row.add("TH", scope="Row"))
        number = Run(phone, font=SANS_BOLD, link=_dial(phone))
        style = _sized(Style.NUMBER, size * 1.1)
        cells.append([said, list(manuscript.lines([number], style, row.add("TD")))])
    widths = [measure - number_room, number_room] if numbered else [measure]
    rules = [("LINEBELOW", tables.FIRST, tables.LAST, HAIRLINE, HexColor(RULE))]
    padding = [
        ("TOPPADDING", tables.FIRST, tables.LAST, size * 0.25),
        ("BOTTOMPADDING", tables.FIRST, tables.LAST, size * 0.25),
    ]
    return tables.layout(cells, widths, [*rules, *padding], before=size * 0.15)


def _cell(
    words: Sequence[Words], size: float, manuscript: Manuscript, element: Element
) -> tables.Cell:
    return list(manuscript.lines(words, _sized(Style.CELL, size), element))


def _dial(number: str) -> str:
    """Return the address to press (RFC 3966), as on the letter; nothing for what is no number."""
    digits = re.sub(r"[^0-9]", "", number)
    if re.search(r"[^\W\d_]", number) or (len(digits) < LEAST_DIGITS and len(digits) != 3):
        return ""
    if number.strip().startswith("+"):
        return f"tel:+{digits}"
    return f"tel:+1{digits}" if len(digits) == AMERICAN_DIGITS else f"tel:{digits}"
