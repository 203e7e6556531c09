"""Where each line of text stands on its page, read from the page content."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Matrix
from tests.reports.marks import reads


@dataclass
class Line:
    """A line of text: its left end and its baseline in points from the lower left corner."""

    page: int
    x: float
    y: float
    text: str


def lines(data: bytes) -> list[Line]:
    found: list[Line] = []
    with pikepdf.open(BytesIO(data)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            found += _Page(number, page).lines
    return found


class _Page:
    def __init__(self, number: int, page: pikepdf.Page) -> None:
        resources: Any = page.obj.Resources
        self._fonts = {
            str(name): reads(font.ToUnicode.read_bytes().decode("latin1"))
            for name, font in resources.Font.items()
        }
        self._number, self.lines = number, list[Line]()
        self._space, self._saved = Matrix(), list[Matrix]()
        self._at, self._leading, self._new = Matrix(), 0.0, True
        self._reads: dict[int, str] = {}
        for instruction in pikepdf.parse_content_stream(page):
            operands: list[Any] = list(instruction.operands)
            self._move(str(instruction.operator), operands)

    def _move(self, operator: str, operands: list[Any]) -> None:
        if operator == "q":
            self._saved.append(self._space)
        elif operator == "Q":
            self._space = self._saved.pop()
        elif operator == "cm":
            self._space = Matrix(*map(float, operands)) @ self._space
        else:
            self._write(operator, operands)

    def _write(self, operator: str, operands: list[Any]) -> None:
        if operator == "Tm":
            self._at, self._new = Matrix(*map(float, operands)), True
        elif operator == "Td":
            self._at, self._new = Matrix(1, 0, 0, 1, *map(float, operands)) @ self._at, True
        elif operator == "TL":
            self._leading = float(operands[0])
        elif operator == "T*":
            self._at, self._new = Matrix(1, 0, 0, 1, 0, -self._leading) @ self._at, True
        elif operator == "Tf":
            self._reads = self._fonts[str(operands[0])]
        elif operator in ("Tj", "TJ"):
            self._show(list(operands[0]) if operator == "TJ" else operands)

    def _show(self, parts: list[Any]) -> None:
        codes = b"".join(bytes(part) for part in parts if isinstance(part, pikepdf.String))
        text = "".join(self._reads[code] for code in codes)
        if self._new:
            place = self._at @ self._space
            self.lines.append(Line(self._number, place.e, place.f, ""))
            self._new = False
        self.lines[-1].text += text
