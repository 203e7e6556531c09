"""Reads page content by itself: is all that paints marked, and what does each piece say."""

import re
from dataclasses import dataclass, field
from typing import Any

import pikepdf

SHOW = {"Tj", "TJ", "'", '"'}
PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"}
BUILD = {"m", "l", "c", "v", "y", "re", "h"}

Place = tuple[int, int]  # page, and number of the marked piece on it


@dataclass
class Piece:
    """An open marked-content sequence, and where it was opened."""

    tag: str
    number: int | None
    saves: int
    in_text: bool
    paints: bool = False


@dataclass
class Inner:
    """Words within a piece that are read otherwise than as drawn: turned round, or as `said`."""

    said: str | None
    drawn: list[str] = field(default_factory=list[str])

    @property
    def text(self) -> str:
        return "".join(reversed(self.drawn)) if self.said is None else self.said


@dataclass
class Used:
    """A font as it is used: what its codes read as, and the codes shown."""

    font: Any
    reads: dict[int, str]
    codes: set[int] = field(default_factory=set[int])


@dataclass
class State:
    """Where the reading of one page stands."""

    font: Any = None
    saved: list[Any] = field(default_factory=list[Any])
    in_text: bool = False
    in_path: bool = False
    piece: Piece | None = None
    inner: Inner | None = None


class Marks:
    """The marked pieces of all pages: `text` and `tag` by place, `fonts` by object, `problems`."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.problems: list[str] = []
        self.text: dict[Place, str] = {}
        self.tag: dict[Place, str] = {}
        self.fonts: dict[tuple[int, int], Used] = {}
        for number, page in enumerate(pdf.pages, 1):
            self._page(number, page)

    def _page(self, number: int, page: pikepdf.Page) -> None:
        resources: Any = page.obj.Resources
        self._number, self._fonts = number, resources.get("/Font", {})
        state = State()
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), list(instruction.operands)
            if operator in SHOW | PAINT:
                self._paint(operator, operands, state)
            else:
                self._step(operator, operands, state)
        if state.piece or state.saved or state.in_text:
            self._bad("something is left open")

    def _bad(self, what: str) -> None:
        self.problems.append(f"page {self._number}: {what}")

    def _step(self, operator: str, operands: list[Any], state: State) -> None:
        if operator in ("BMC", "BDC"):
            self._open(operands, state)
        elif operator == "EMC":
            self._close(state)
        elif operator == "q":
            state.saved.append(state.font)
        elif operator == "Q":
            state.font = state.saved.pop()
        elif operator in ("BT", "ET"):
            state.in_text = operator == "BT"
        elif operator == "Tf":
            state.font = self._fonts[str(operands[0])]
        elif operator in BUILD or operator == "n":
            state.in_path = operator != "n"

    def _open(self, operands: list[Any], state: State) -> None:
        tag = str(operands[0]).removeprefix("/")
        if tag in ("ReversedChars", "Span") and state.piece and not state.inner:
            said = str(operands[1].ActualText) if tag == "Span" else None
            state.inner = Inner(said)
            if state.piece.number is None or said == "":
                self._bad(f"{tag} stands where nothing is read")
            return
        number = operands[1].get("/MCID") if len(operands) > 1 else None
        if state.in_path:
            self._bad(f"{tag} opens within a path")
        if state.piece:
            self._bad(f"{tag} is nested in {state.piece.tag}")
        if number is None and tag != "Artifact":
            self._bad(f"{tag} has no number and is no artifact")
        if number is not None:
            place = self._number, int(number)
            if place in self.text:
                self._bad(f"piece {number} stands twice")
            self.text[place], self.tag[place] = "", tag
        state.piece = Piece(tag, number, len(state.saved), state.in_text)

    def _close(self, state: State) -> None:
        if state.inner and state.piece and state.piece.number is not None:
            if not state.inner.drawn:
                self._bad("something is read where nothing is drawn")
            self.text[self._number, int(state.piece.number)] += state.inner.text
            state.inner = None
            return
        piece, state.piece = state.piece, None
        if piece is None:
            self._bad("closes what was not opened")
            return
        if piece.saves != len(state.saved) or piece.in_text != state.in_text:
            self._bad(f"{piece.tag} {piece.number} crosses a q, Q, BT or ET")
        if piece.number is not None and not piece.paints:
            self._bad(f"{piece.tag} {piece.number} paints nothing")

    def _paint(self, operator: str, operands: list[Any], state: State) -> None:
        state.in_path = False
        if state.piece is None:
            self._bad(f"{operator} paints outside marked content")
            return
        state.piece.paints = True
        if operator not in SHOW:
            return
        shown: list[Any] = list(operands[0]) if operator == "TJ" else [operands[-1]]
        codes = b"".join(bytes(part) for part in shown if isinstance(part, pikepdf.String))
        used = self._used(state.font)
        used.codes.update(codes)
        if state.inner:
            state.inner.drawn += [used.reads.get(code, "\ufffd") for code in codes]
        elif state.piece.number is not None:
            said = "".join(used.reads.get(code, "\ufffd") for code in codes)
            self.text[self._number, int(state.piece.number)] += said

    def _used(self, font: Any) -> Used:
        if font.objgen not in self.fonts:
            self.fonts[font.objgen] = Used(
                font, reads(font.ToUnicode.read_bytes().decode("latin1"))
            )
        return self.fonts[font.objgen]


def reads(table: str) -> dict[int, str]:
    """What the codes of a font read as, by its ToUnicode table."""
    found: dict[int, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        rows = re.findall(r"<(\w+)>\s*<(\w+)>", block)
        assert len(rows) <= 100
        found |= {int(code, 16): bytes.fromhex(text).decode("utf-16-be") for code, text in rows}
    return found
