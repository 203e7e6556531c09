"""The one place where people's words become paragraphs: escaped, printable, and never too long."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from cmdesk.reports import fonts
from cmdesk.reports.flowables import Heading, Para

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportlab.lib.styles import ParagraphStyle

    from cmdesk.reports.elements import Element, Tag

# A hollow square stands for what our fonts can't draw: both families have it, and it reads as
# "something stood here" on paper and aloud ("white square"), where a question mark reads as doubt.
STAND_IN = "\u25a1"
ELLIPSIS = "\u2026"
NO_BREAK_SPACE = "\xa0"

# ReportLab's time grows with the square of a paragraph's length, and of a word's (5.1).
MOST_WORDS, LONGEST_WORD = 200, 60

LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
SPACES = re.compile(r"[^\S\xa0\u202f]+")
UNDRAWABLE = ("Cs", "Co", "Cn")  # surrogates, private and unassigned characters
PLAIN_FORMS = {"\u2010": "-", "\u2011": "-", "\u202f": NO_BREAK_SPACE}


@dataclass(frozen=True, slots=True)
class Run:
    """Words in another face or colour than their paragraph's, or that lead to an address."""

    text: str
    font: str = ""
    color: str = ""
    link: str = ""


Words = str | Run


class Manuscript:
    """The text of one document. `missing` gathers what a stand-in was printed for."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.missing: set[str] = set()

    def paragraph(
        self, words: Sequence[Words] | str, style: ParagraphStyle, tag: Tag = "P"
    ) -> list[Para]:
        """Make a paragraph of its own in the reading order; nothing if there are no words."""
        return self.lines(words, style, self.root.add(tag))

    def heading(self, words: str, style: ParagraphStyle) -> Heading:
        """Make a heading of the program's own words, and perhaps a name."""
        line = self._clean(" ".join(words.split())[:400], style)
        return Heading(_markup(line), style, self.root.add("H2"))

    def lines(
        self, words: Sequence[Words] | str, style: ParagraphStyle, element: Element | None
    ) -> list[Para]:
        """Make the words a part of `element`; a line end in them starts a new line."""
        runs = [words] if isinstance(words, str) else words
        clean = [self._clean(run, style) for run in runs]
        pieces = [piece for piece in _pieces(clean) if any(run.text.strip() for run in piece)]
        return [Para("".join(map(_markup, piece)), style, element) for piece in pieces]

    def fitting(self, words: str, style: ParagraphStyle, room: float) -> Para:
        """One line for a header or footer, shortened to `room` points. It belongs to no element."""
        font, size = style.fontName, style.fontSize
        line = self._printable(" ".join(words.split()), font)
        if fonts.width(line, font, size) > room:
            while line and fonts.width(line + ELLIPSIS, font, size) > room:
                line = line[: min(len(line) - 1, 1_000)]
            line = line.rstrip() + ELLIPSIS
        return Para(_markup(Run(line)), style)

    def _clean(self, words: Words, style: ParagraphStyle) -> Run:
        run = Run(words) if isinstance(words, str) else words
        return replace(run, text=self._printable(run.text, run.font or style.fontName))

    def _printable(self, text: str, font: str) -> str:
        lines = LINE_ENDS.split(unicodedata.normalize("NFC", text))
        return "\n".join(SPACES.sub(" ", "".join(self._drawable(line, font))) for line in lines)

    def _drawable(self, line: str, font: str) -> Iterator[str]:
        """Each character if the font has it, else its plain form, else the stand-in."""
        for character in line:
            if character == NO_BREAK_SPACE or character.isspace():
                yield PLAIN_FORMS.get(character, character)
                continue
            category = unicodedata.category(character)
            if category in ("Cc", "Cf"):  # control and format characters print nothing
                continue
            if category not in UNDRAWABLE and fonts.has(font, character):
                yield character
                continue
            plain = PLAIN_FORMS.get(character) or unicodedata.normalize("NFKC", character)
            if category not in UNDRAWABLE and all(fonts.has(font, part) for part in plain):
                yield plain
                continue
            self.missing.add(character)
            if category != "Mn":  # a mark over another character, not one of its own
                yield STAND_IN


def _markup(run: Run) -> str:
    words = escape(run.text)
    font = f" name={quoteattr(run.font)}" if run.font else ""
    color = f" color={quoteattr(run.color)}" if run.color else ""
    if font or color:
        words = f"<font{font}{color}>{words}</font>"
    return f"<a href={quoteattr(run.link)}>{words}</a>" if run.link else words


def _pieces(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Cut at line ends, and where a piece would grow too long; cut words that are too long."""
    piece, count = list[Run](), 0
    for run in runs:
        for number, line in enumerate(run.text.split("\n")):
            if number:
                yield piece
                piece, count = [], 0
            words = [part for word in line.split(" ") for part in _parts(word)]
            while count + len(words) > MOST_WORDS:
                room = MOST_WORDS - count
                yield [*piece, replace(run, text=" ".join(words[:room]))]
                piece, count, words = [], 0, words[room:]
            piece.append(replace(run, text=" ".join(words)))
            count += len(words)
    yield piece


def _parts(word: str) -> list[str]:
    starts = range(0, len(word) or 1, LONGEST_WORD)
    return [word[start : start + LONGEST_WORD] for start in starts]
