"""Lines as they are seen: where directions mix, each word is put in its place as it is drawn.

Until then a paragraph keeps the order in which it is read, so that it can be broken and split. On
the page, too, words follow each other as they are read; only the letters within a word that runs
from right to left stand as they are seen, and are marked so (ISO 32000-1, 14.8.2.3.3): readers that
go by tags and readers that go by places then both find what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from reportlab.pdfbase import ttfonts

from cmdesk.reports import bidi, faces, fonts

Shaping: Any = ttfonts  # its stubs have the wrong types for what shaping makes


class Spoken(ttfonts.ShapedStr):
    """Drawn text that is read otherwise than its glyphs in a row: turned round, or as `said`."""

    turned = False
    said = ""


@dataclass(slots=True)
class Part:
    """One drawn character of a line, and its place from the line's start in points."""

    fragment: Any  # ReportLab's, of one face, colour and link
    drawn: str
    shape: Any
    level: int
    word: int = 0
    left: float = 0

    @property
    def advance(self) -> float:
        """Width in points."""
        if self.shape.cluster == fonts.UNSHAPED:
            return fonts.width(self.drawn, self.fragment.fontName, self.fragment.fontSize)
        return self.shape.x_advance * self.fragment.fontSize / 1000

    def move(self, pen: float, after: float) -> None:
        """Draw it in its place, where the pen stands at `pen`, and leave that at `after`."""
        unit = self.fragment.fontSize / 1000
        self.shape = Shaping.ShapeData(
            0,
            (after - pen) / unit,
            self.shape.y_advance,
            self.shape.x_offset + (self.left - pen) / unit,
            self.shape.y_offset,
            fonts.width(self.drawn, self.fragment.fontName, 1000),
        )


def arranged(lines: Sequence[Any], tracking: float) -> list[Any]:
    """Give the lines of a paragraph as they are drawn; those of our own faces stay as they are.

    `tracking`: points that the page adds after each character.
    """
    return [
        line.clone(words=_words(line.words, tracking)) if _mixed(line) else line for line in lines
    ]


def _mixed(line: Any) -> bool:
    return any(
        fonts.level_of(fragment.fontName) or faces.is_foreign(fragment.fontName)
        for fragment in line.words
    )


def _words(fragments: Sequence[Any], tracking: float) -> list[Any]:
    parts = list(_parts(fragments))
    _level_spaces(parts)
    left = 0.0
    for at in bidi.order([part.level for part in parts]):
        parts[at].left = left
        left += parts[at].advance + tracking
    words = [list(word) for _, word in groupby(parts, lambda part: part.word)]
    drawn = [part for word in words for part in (reversed(word) if word[0].level % 2 else word)]
    pen = 0.0
    for part, following in zip(drawn, [*drawn[1:], None], strict=True):
        ends = part.left + part.advance + tracking
        after = following.left if following and not part.fragment.link else ends
        part.move(pen, after - tracking)
        pen = after
    return [word[0].fragment.clone(text=_text(word)) for word in words]


def _parts(fragments: Sequence[Any]) -> Iterator[Part]:
    """Take a line apart. A word is of one fragment, and holds no space."""
    word, last = 0, False
    for fragment in fragments:
        word += 1
        text: Any = fragment.text
        level = fonts.level_of(fragment.fontName)
        shapes = getattr(text, "__shapeData__", None) or [Shaping._sdSimple] * len(text)  # noqa: SLF001
        for drawn, shape in zip(str(text), shapes, strict=True):
            space = drawn == " "
            word += space != last
            last = space
            yield Part(fragment, drawn, shape, level, word)


def _level_spaces(parts: Sequence[Part]) -> None:
    """Part a space between two fragments from the level of the first, where ReportLab puts it."""
    base = min(part.level for part in parts)
    at = [number for number, part in enumerate(parts) if part.drawn != " "]
    for before, after in pairwise(at):
        for part in parts[before + 1 : after]:
            part.level = min(parts[before].level, parts[after].level)
    for part in parts[at[-1] + 1 if at else 0 :]:
        part.level = base


def _text(word: Sequence[Part]) -> Spoken:
    face, turned = word[0].fragment.fontName, bool(word[0].level % 2)
    seen: Any = list(reversed(word) if turned else word)
    shapes: Any = [part.shape for part in seen]
    text = Spoken("".join(part.drawn for part in seen), shapes)
    text.turned = turned and word[0].drawn != " "
    if faces.is_foreign(face) and not turned and word[0].drawn != " ":
        text.said = fonts.read_as(face, "".join(part.drawn for part in word))
    return text
