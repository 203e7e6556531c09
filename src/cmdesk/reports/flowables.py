"""What stands on a page: tagged paragraphs, figures, tables, and headings that keep company."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable, Paragraph, Table

from cmdesk.reports.arranging import arranged
from cmdesk.reports.tagging import Link, TaggedCanvas, TaggedText

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.lib.styles import ParagraphStyle

    from cmdesk.reports.elements import Element

COMPANY = 2  # lines that stay with their heading
TALLEST_HEAD = 240  # points; more would leave pages half empty


class Para(Paragraph):
    """A paragraph that belongs to `element`. The parts of a split paragraph share it.

    Made by text.py alone: `text` is markup.
    """

    blPara: Any  # noqa: N815 - ReportLab's lines, after wrap; its type stubs leave it out

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        element: Element | None = None,
        **options: Any,  # ReportLab's own, when it splits
    ) -> None:
        super().__init__(text or "", style, **options)
        self.element = element

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        parts = super().split(availWidth, availHeight)
        for part in parts:
            if isinstance(part, Para):
                part.element = self.element
        return parts

    def beginText(self, x: float, y: float) -> Any:  # noqa: N802
        """Begin a text that knows its element, with the letter spacing of the style."""
        canvas = self.canv
        if isinstance(canvas, TaggedCanvas):
            lines = self.blPara
            alone: Link | None = lines.link[-1] if lines.kind == 0 and lines.link else None
            canvas.whole = (self.element, alone) if alone else None
            text: Any = TaggedText(canvas, x, y, self.element, alone)
        else:
            text = super().beginText(x, y)
        if tracking := getattr(self.style, "tracking", 0):
            text.setCharSpace(tracking)
        return text

    def draw(self) -> None:
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            super().draw()
            return
        broken = self.blPara
        if broken.kind:
            tracking = getattr(self.style, "tracking", 0)
            self.blPara = broken.clone(lines=arranged(broken.lines, tracking))
        with canvas.first_time(self):
            canvas.pass_heading(self.element, self.height)
            super().draw()
        self.blPara, canvas.whole = broken, None


class Heading(Para):
    """Goes to the next page when less than two lines (or two rows) of what follows fit below."""

    follower: Flowable | None = None
    _alone = False  # there is no room for what follows

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: N803
        width, height = super().wrap(aW, aH)
        if self.follower is None:
            return width, height
        gap = max(self.getSpaceAfter(), self.follower.getSpaceBefore())
        wanted = height + gap + _head(self.follower, aW)
        self._alone = wanted > aH
        return width, max(height, aH + 1) if self._alone else height

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        return [] if self._alone else super().split(availWidth, availHeight)


def _head(flowable: Flowable, width: float) -> float:
    """Height in points of the least part of `flowable` that may stand alone under its heading."""
    _, height = flowable.wrap(width, 0xFFFF)
    if isinstance(flowable, Para):
        lines = len(flowable.blPara.lines)
        least = lines if lines <= COMPANY + 1 else COMPANY  # three lines can't be parted
        return least * flowable.style.leading
    if isinstance(flowable, Rows):
        return min(flowable.head_height(), TALLEST_HEAD)
    return height


class Figure(Flowable):
    """Whatever `paint` paints is one figure. `element` is its structure element, with words."""

    def __init__(
        self, paint: Callable[[Any], None], width: float, height: float, element: Element
    ) -> None:
        super().__init__()  # sets width and height to 0
        self.paint, self.width, self.height, self.element = paint, width, height, element

    def wrap(self, aW: float, aH: float) -> tuple[float, float]:  # noqa: ARG002, N803
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        if not isinstance(canvas, TaggedCanvas):
            self.paint(canvas)
            return
        with canvas.figure(self.element, self.width, self.height):
            self.paint(canvas)


class Rows(Table):
    """A table that splits between rows, and within one only if it is taller than a page."""

    # ReportLab's own, which its type stubs leave out
    _rowHeights: list[float]  # noqa: N815
    _splitRows: Callable[..., list[Any]]  # noqa: N815

    def head_height(self) -> float:
        return sum(self._rowHeights[:COMPANY])

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        parts = super().split(availWidth, availHeight)
        frame: Any = getattr(self, "_frame", None)
        if parts or frame is None or not frame._atTop:  # noqa: SLF001 - as ReportLab's KeepTogether
            return parts
        return self._splitRows(availHeight, doInRowSplit=1)
