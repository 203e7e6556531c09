"""A two-page letter, typeset and sealed, beside the same words drawn bare: goal 150 ms at most."""

from collections.abc import Callable
from functools import partial
from io import BytesIO
from typing import Any

from reportlab.pdfgen.canvas import Canvas

from cmdesk.reports.family_update import _typeset
from cmdesk.reports.seal import seal
from tests.reports.letters import pictured
from tests.reports.lines import Line, lines

Benchmark = Callable[..., Any]
GOAL = 0.150  # seconds


def sealed() -> bytes:
    return seal(_typeset(pictured()).data, "correct horse battery")


def bare(text: list[Line]) -> bytes:
    """The floor: the same lines at the same places, untagged, in one font."""
    out, page = BytesIO(), 1
    canvas = Canvas(out, pagesize=(612, 792), invariant=1)
    for line in text:
        if line.page != page:
            canvas.showPage()
            page = line.page
        canvas.setFont("Inter_400Regular", 10)
        canvas.drawString(line.x, line.y, line.text)
    canvas.save()
    return out.getvalue()


def test_letter(benchmark: Any) -> None:
    sealed()
    benchmark(sealed)
    if benchmark.stats:
        assert benchmark.stats.stats.median <= GOAL


def test_letter_floor(benchmark: Any) -> None:
    benchmark(partial(bare, lines(_typeset(pictured()).data)))
