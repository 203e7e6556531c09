"""The recovery sheet: one page of paper that opens the vault when the passphrase is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import segno
from segno import DataOverflowError

from cmdesk.reports import tables
from cmdesk.reports.flowables import Figure
from cmdesk.reports.paper import Imprint, Style, typeset
from cmdesk.rules.days import in_full
from cmdesk.rules.letter import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from reportlab.platypus import Flowable

    from cmdesk.reports.paper import Layout
    from cmdesk.reports.text import Manuscript

QUIET_ZONE = 4  # modules; ISO/IEC 18004, 9.1
CODE_SIDE, HEADER_SIDE = 110.0, 200.0  # points
STEPS = (
    "1. Print this page and keep it away from the computer: with your papers, or in a safe.",
    "2. If you forget the passphrase, press \u201cI forgot my passphrase\u201d and type this code.",
    "3. Whoever has this page and your records can read them. If it is lost, make a new code.",
)


@dataclass(frozen=True, slots=True, repr=False)
class RecoveryKit:
    """What goes on the sheet. `header`: of the vault, so that paper and database are enough."""

    vault_id: str
    made_at: datetime  # UTC
    code: str  # seven groups of five characters
    header: str = ""
    paper: Paper = Paper.LETTER


def recovery_sheet(kit: RecoveryKit) -> bytes:
    imprint = Imprint(
        title="Recovery sheet",
        language="en-US",
        made_at=kit.made_at,
        footer="Secret. Opens the vault named on this page.",
        paper=kit.paper,
    )
    return typeset(imprint, partial(_story, kit)).data


def _story(kit: RecoveryKit, manuscript: Manuscript, layout: Layout) -> Iterator[Flowable]:
    yield from manuscript.paragraph("Recovery sheet", Style.TITLE, "H1")
    made = in_full(kit.made_at)
    yield from manuscript.paragraph(f"Vault {kit.vault_id}, made {made}", Style.SMALL)
    for step in STEPS:
        yield from manuscript.paragraph(step, Style.BODY)
    yield from manuscript.paragraph("Recovery code", Style.HEADING, "H2")
    yield _code(kit.code, manuscript, layout.measure)
    yield _squares(kit, manuscript, layout.measure)
    yield from manuscript.paragraph("Hint for your passphrase", Style.HEADING, "H2")
    yield from manuscript.paragraph(
        "Write something here that only you understand. Never the passphrase itself.", Style.ALERT
    )
    yield tables.lines_to_write_on(3, layout.measure)


def _code(code: str, manuscript: Manuscript, measure: float) -> Flowable:
    """Set each group in a cell of its own width, so that the digits stand in columns."""
    whole = manuscript.root.add("P")
    groups = code.replace("-", " ").split()
    cells = [manuscript.lines(group, Style.CODE, whole) for group in groups]
    rows = [cells[:4], cells[4:]] if len(cells) > 4 else [cells]
    widest = max(map(len, rows))
    filled = [[*row, *([] for _ in range(widest - len(row)))] for row in rows]
    return tables.layout(filled, [measure / widest] * widest, before=9, after=12)


def _squares(kit: RecoveryKit, manuscript: Manuscript, measure: float) -> Flowable:
    """Draw the code, and the header if it fits, for a camera."""
    squares = [("Recovery code", "The same code, for a camera.", kit.code, CODE_SIDE, "q")]
    if kit.header:
        use = "For whoever helps if the file header.json is lost."
        squares.append(("Vault header", use, kit.header, HEADER_SIDE, "l"))
    cells: list[tables.Cell] = []
    for name, use, text, side, level in squares:
        try:
            symbol = segno.make_qr(text, error=level, boost_error=False)
        except DataOverflowError:  # the code alone is enough together with the vault's folder
            continue
        alternate = f"QR code of the {name.lower()}"
        figure = manuscript.root.add("Figure", alternate=alternate)
        paint = partial(_paint_square, list(symbol.matrix), side)
        label = manuscript.paragraph(name, Style.LABEL)
        said = manuscript.paragraph(use, Style.SMALL)
        cells.append([Figure(paint, side, side, figure), *label, *said])
    return tables.layout([cells], [measure / len(cells)] * len(cells))


def _paint_square(matrix: list[bytearray], side: float, canvas: Any) -> None:
    """Fill the dark modules, a row's neighbours as one bar, so that no seams show in print."""
    module = side / (len(matrix) + 2 * QUIET_ZONE)
    path = canvas.beginPath()
    for number, row in enumerate(matrix):
        bottom = side - (number + 1 + QUIET_ZONE) * module
        start = 0
        while start < len(row):
            end = start
            while end < len(row) and row[end] & 1:
                end += 1
            if end > start:
                path.rect((start + QUIET_ZONE) * module, bottom, (end - start) * module, module)
            start = end + 1
    canvas.setFillColorRGB(0, 0, 0)
    canvas.drawPath(path, stroke=0, fill=1)
