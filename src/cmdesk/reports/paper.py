"""Sheets of paper: sizes, type, footer and metadata of everything that is printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from threading import RLock
from typing import TYPE_CHECKING, Any, Final

from reportlab import rl_config
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate

from cmdesk.letter_words import Standing, standing
from cmdesk.reports import fonts
from cmdesk.reports.elements import Element
from cmdesk.reports.fonts import SANS, SANS_BOLD, SANS_MEDIUM, SERIF, SERIF_BOLD
from cmdesk.reports.tagging import TaggedCanvas
from cmdesk.reports.text import Manuscript
from cmdesk.rules.letter import Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

rl_config.trustedSchemes = []  # nothing in a report may be fetched or read from disk
rl_config.trustedHosts = []

INK, QUIET, FAINT, RULE, ACCENT = "#1F1D1A", "#55504A", "#6A645B", "#D8D2C9", "#1B5E82"
EMPTY, WASH, WASH_RULE = "#DCD7CF", "#F3F6F8", "#DDE5EA"
HAIRLINE = 0.75
GENERATOR = "cmdesk"
AMERICAN = re.compile(r"(\d{3})(\d{3})(\d{4})")

# ReportLab's fonts and caches are shared by the whole process: one document at a time.
_press = RLock()


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand on a page, in points; `first_top` and `top` are measured from its top."""

    width: float
    height: float
    side: float
    first_top: float
    top: float
    bottom: float
    footer_rule: float
    footer_line: float  # top of the footer's line of text, from the bottom

    @property
    def measure(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.side


LAYOUTS = {
    Paper.LETTER: Layout(612, 792, 60, 48.75, 49.5, 54, 43.5, 30),
    Paper.A4: Layout(595.28, 841.89, 57, 54.75, 55.5, 59.1, 48.6, 35.1),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A finished document. `missing`: characters for which a stand-in is printed."""

    data: bytes
    pages: int
    missing: frozenset[str]


def _style(font: str, size: float, leading: float, color: str = INK, **more: Any) -> ParagraphStyle:
    """Make a style. The first baseline is one font size below the paragraph's top."""
    return ParagraphStyle(
        font,
        fontName=font,
        fontSize=size,
        leading=leading,
        textColor=HexColor(color),
        shaping=1,
        linkUnderline=0,
        allowWidows=0,
        **more,
    )


class Style:
    """Sizes, leadings and spaces in points."""

    NAME = _style(SERIF_BOLD, 15, 18, tracking=-0.15)
    SMALL = _style(SANS, 8.25, 12, QUIET)
    SMALL_RIGHT = _style(SANS, 8.25, 12, QUIET, alignment=TA_RIGHT)
    LABEL = _style(SANS, 8.25, 12, FAINT)
    VALUE = _style(SANS_MEDIUM, 9, 12)
    TITLE = _style(SERIF_BOLD, 21, 27, spaceBefore=24, spaceAfter=9, tracking=-0.315)
    HEADING = _style(SERIF_BOLD, 12.75, 17.25, ACCENT, spaceBefore=17.25, tracking=-0.064)
    BODY = _style(SERIF, 10.5, 16.5, spaceBefore=7.5)
    THANKS = _style(SERIF, 10.5, 16.5, spaceBefore=18)
    FAREWELL = _style(SERIF, 10.5, 16.5, spaceBefore=10.5)
    CELL = _style(SERIF, 10.5, 16.5)
    KEY = _style(SANS_BOLD, 9, 12, QUIET)
    HEAD = _style(SANS_MEDIUM, 8.25, 12, FAINT)
    WHEN = _style(SANS_BOLD, 9, 12)
    CALLER = _style(SERIF, 9.75, 15)
    DAYS = _style(SANS, 9, 12)
    NUMBER = _style(SANS_MEDIUM, 9, 15, alignment=TA_RIGHT)
    ALERT = _style(SANS, 9, 13.5, QUIET, spaceBefore=7.125)
    REPLACES = _style(SANS_MEDIUM, 9, 13.5, spaceBefore=13.5)
    NOTE = _style(SANS, 8.625, 12.75, QUIET, spaceBefore=4.5)
    FOOT = _style(SANS, 7.875, 12, FAINT)
    FOOT_RIGHT = _style(SANS, 7.875, 12, FAINT, alignment=TA_RIGHT)
    CODE = _style(SANS_MEDIUM, 20, 28)
    CHART_NAME = _style(SANS_BOLD, 9, 12)
    CHART_QUIET = _style(SANS, 8.25, 12, QUIET)
    CHART_TICK = _style(SANS, 7.5, 10, QUIET)
    CHART_SPAN = _style(SANS_MEDIUM, 7.875, 11)


# A paper that has to fit a number of pages is set closer; what is read stays at 9 points or more.
TIGHT: Final = {
    Style.TITLE: _style(SERIF_BOLD, 17, 21, spaceBefore=12, spaceAfter=3, tracking=-0.255),
    Style.HEADING: _style(SERIF_BOLD, 11.25, 14, ACCENT, spaceBefore=9, tracking=-0.056),
    Style.BODY: _style(SERIF, 9.75, 13, spaceBefore=3.75),
    Style.CELL: _style(SERIF, 9.75, 12.75),
    Style.THANKS: _style(SERIF, 9.75, 13, spaceBefore=9),
    Style.FAREWELL: _style(SERIF, 9.75, 13, spaceBefore=3.75),
    Style.NOTE: _style(SANS, 8.25, 10.875, QUIET, spaceBefore=4.5),
}


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a document says of itself. The title may be seen in a window's frame: no names in it."""

    title: str
    language: str
    made_at: datetime  # UTC
    footer: str
    paper: Paper
    tight: bool = False


def typeset(imprint: Imprint, story: Callable[[Manuscript, Layout], Iterable[Flowable]]) -> Sheet:
    """Lay out a story as a tagged file (PDF/UA-1). The same story gives the same bytes."""
    with _press:
        fonts.register()
        layout, out = LAYOUTS[imprint.paper], BytesIO()
        words = standing(imprint.language)
        manuscript = Manuscript(Element("Document"), words, TIGHT if imprint.tight else None)
        flowables = list(story(manuscript, layout))
        template = _template(out, imprint, layout)
        canvas = partial(
            TaggedCanvas,
            root=manuscript.root,
            footer=partial(_draw_footer, manuscript, layout, imprint.footer),
            made_at=imprint.made_at,
            describe=partial(describe, words),
        )
        template.build(flowables, canvasmaker=canvas)
        return Sheet(out.getvalue(), template.page, frozenset(manuscript.missing))


def describe(words: Standing, address: str) -> str:
    """Word a link for a reader."""
    scheme, _, rest = address.partition(":")
    if scheme == "mailto":
        return words.tr("Write to {address}").format(address=rest)
    return words.tr("Call {number}").format(number=_grouped(rest.removeprefix("+1")))


def _grouped(number: str) -> str:
    """Part an American number, so that its digits are read and not a sum of millions."""
    digits = AMERICAN.fullmatch(number)
    return "-".join(digits.groups()) if digits else number


def _plain(title: str) -> str:
    """Keep what may stand in metadata (XML 1.0, 2.2): no control characters, no surrogates."""
    return "".join(part if part.isprintable() else " " for part in title)


def _template(out: BytesIO, imprint: Imprint, layout: Layout) -> BaseDocTemplate:
    template = BaseDocTemplate(
        out,
        pagesize=(layout.width, layout.height),
        title=_plain(imprint.title),
        author="",
        subject="",
        keywords="",
        creator=GENERATOR,
        lang=imprint.language,
        invariant=1,
        initialFontName=SANS,
    )
    template.addPageTemplates(
        [
            PageTemplate("first", _frame(layout, layout.first_top), autoNextPageTemplate="later"),
            PageTemplate("later", _frame(layout, layout.top)),
        ]
    )
    return template


def _frame(layout: Layout, top: float) -> Frame:
    height = layout.height - top - layout.bottom
    nothing = dict.fromkeys(("leftPadding", "rightPadding", "topPadding", "bottomPadding"), 0)
    return Frame(layout.side, layout.bottom, layout.measure, height, **nothing)


def _draw_footer(
    manuscript: Manuscript, layout: Layout, words: str, canvas: Any, page: int, pages: int
) -> None:
    count = manuscript.words.tr("Page {page} of {pages}").format(page=page, pages=pages)
    canvas.setFillColor(HexColor(RULE))
    canvas.rect(layout.side, layout.footer_rule, layout.measure, HAIRLINE, stroke=0, fill=1)
    for text, style, room in (
        (words, Style.FOOT, layout.measure - 72),
        (count, Style.FOOT_RIGHT, layout.measure),
    ):
        line = manuscript.fitting(text, style, room)
        line.wrapOn(canvas, layout.measure, style.leading)
        line.drawOn(canvas, layout.side, layout.footer_line - style.leading + style.fontSize)
