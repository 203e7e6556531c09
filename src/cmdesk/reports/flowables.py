"""What stands on a page: tagged paragraphs, figures, tables, and headings that keep company."""

# ReportLab carries no types, and these classes replace parts of its own; what leaves is typed.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnknownParameterType=false

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.platypus import Flowable, Paragraph, Table

from cmdesk.reports.tagging import TaggedCanvas, TaggedText

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportlab.lib.styles import ParagraphStyle

    from cmdesk.reports.elements import Element

COMPANY = 2  # lines that stay with their heading


class Para(Paragraph):
    """A paragraph that belongs to `element`. The parts of a split paragraph share it.

    Made by text.py alone: `text` is markup.
    """

    def __init__(
        self,
        text: str | None,
        style: ParagraphStyle,
        element: Element | None = None,
        **options: Any,  # ReportLab's own, when it splits
    ) -> None:
        super().__init__(text, style, **options)
        self.element = element

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        parts = super().split(availWidth, availHeight)
        for part in parts:
            part.element = self.element
        return parts

    def beginText(self, x: float, y: float) -> Any:  # noqa: N802
        """The text, with the letter spacing of the style."""
        canvas = self.canv
        if isinstance(canvas, TaggedCanvas):
            alone = self.blPara.link[-1] if self.blPara.kind == 0 and self.blPara.link else None
            canvas.whole = (self.element, alone) if alone and self.element else None
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
        with canvas.first_time(self):
            super().draw()
        canvas.whole = None


class Heading(Para):
    """Goes to the next page when less than two lines (or two rows) of what follows fit below."""

    follower: Flowable | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803
        width, height = super().wrap(availWidth, availHeight)
        if self.follower is None:
            return width, height
        gap = max(self.getSpaceAfter(), self.follower.getSpaceBefore())
        wanted = height + gap + _head(self.follower, availWidth)
        return width, height if wanted <= availHeight else max(height, availHeight + 1)


def _head(flowable: Flowable, width: float) -> float:
    """Height in points of the least part of `flowable` that may stand alone under its heading."""
    _, height = flowable.wrap(width, 0xFFFF)
    if isinstance(flowable, Paragraph):
        lines = len(flowable.blPara.lines)
        least = lines if lines <= COMPANY + 1 else COMPANY  # three lines can't be parted
        return least * flowable.style.leading
    if isinstance(flowable, Rows):
        return min(sum(flowable._rowHeights[:COMPANY]), 240)
    return height


class Figure(Flowable):
    """Whatever `paint` paints is one figure. `element` is its structure element, with words."""

    def __init__(
        self, paint: Callable[[Any], None], width: float, height: float, element: Element
    ) -> None:
        super().__init__()  # sets width and height to 0
        self.paint, self.width, self.height, self.element = paint, width, height, element

    def wrap(self, *_: float) -> tuple[float, float]:
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

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803
        parts = super().split(availWidth, availHeight)
        frame = getattr(self, "_frame", None)
        if parts or frame is None or not frame._atTop:
            return parts
        return self._splitRows(availHeight, doInRowSplit=1)
