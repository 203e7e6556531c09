"""The treatment map on paper: the strip of all stays, and lines on what recurs, in a letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.reports.charts import band
from cmdesk.reports.paper import Style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportlab.platypus import Flowable

    from cmdesk.reports.text import Manuscript
    from cmdesk.rules.letter import CareMap


def history(manuscript: Manuscript, care: CareMap, measure: float) -> Iterator[Flowable]:
    """Set the strip as a figure that is read as a sentence, then a line for each thing to know."""
    yield band(manuscript, care.chart, measure)
    for line in care.lines:
        yield from manuscript.paragraph(line, Style.BODY)


__all__ = ["history"]
