"""The one place where people's words become paragraphs: escaped, printable, and never too long."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate, groupby
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.enums import TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle

from cmdesk.letter_words import standing
from cmdesk.reports import bidi, faces, fonts
from cmdesk.reports.flowables import Heading, Para
from cmdesk.rules.language_guess import looks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cmdesk.letter_words import Standing
    from cmdesk.reports.elements import Element, Tag

# A hollow square stands for what our fonts can't draw: both families have it, and it reads as
# "something stood here" on paper and aloud ("white square"), where a question mark reads as doubt.
STAND_IN = "\u25a1"
ELLIPSIS = "\u2026"
NO_BREAK_SPACE = "\xa0"

# ReportLab's time grows with the square of a paragraph's length, and of a word's (5.1).
MOST_WORDS, LONGEST_WORD = 200, 60

LINE_ENDS = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
HALF_OF_DAY = re.compile(r"(?<=\d) (?=[AP]M\b|[ap]\.[ \xa0]?m\.)")  # never ends a line
SPACES = re.compile(r"[^\S\xa0\u202f]+")
UNDRAWABLE = ("Cs", "Co", "Cn")  # surrogates, private and unassigned characters
JOINERS = "\u200c\u200d"  # part or join the letters of some scripts, and the signs of an emoji
HEADINGS = ("H1", "H2")
STRONG = ("L", "R", "AL", "EN", "AN")
VARIANTS = re.compile("[\ufe00-\ufe0f]")  # ask for another look of the sign before them
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
    """The text of one document, in the language of `words`.

    `missing` gathers what a stand-in was printed for. `styles` puts others, smaller ones, in place
    of the usual ones.
    """

    def __init__(
        self,
        root: Element,
        words: Standing,
        styles: Mapping[ParagraphStyle, ParagraphStyle] | None = None,
    ) -> None:
        self.root, self.words = root, words
        self._styles = styles or {}
        self.missing: set[str] = set()
        self._foreign: set[str] = set()  # characters that another face than the text's own draws

    @property
    def tight(self) -> bool:
        """Whether it is set smaller and closer than a letter usually is."""
        return bool(self._styles)

    def paragraph(
        self, words: Sequence[Words] | str, style: ParagraphStyle, tag: Tag = "P"
    ) -> list[Para]:
        """Make a paragraph of its own in the reading order; nothing if there are no words.

        Where most of it runs from right to left, it stands at the right.
        """
        runs = [words] if isinstance(words, str) else words
        style = self._styles.get(style, style)
        text = "".join(run if isinstance(run, str) else run.text for run in runs)
        if bidi.turns(text) and bidi.base_level(text):
            style = _turned(style)
        element = self.root.add(tag)
        element.title = " ".join(text.split()) if tag in HEADINGS else ""
        return self.lines(words, style, element)

    def heading(self, words: str, style: ParagraphStyle) -> Heading:
        """Make a heading of the program's own words, and perhaps a name."""
        style = self._styles.get(style, style)
        line = self._clean(" ".join(words.split())[:400], style)
        element = self.root.add("H2")
        element.title = line.text
        return Heading(self._markup([line], style), style, element)

    def lines(
        self, words: Sequence[Words] | str, style: ParagraphStyle, element: Element | None
    ) -> list[Para]:
        """Make the words a part of `element`; a line end in them starts a new line.

        What was typed in another language than the document's is marked for a reader's voice.
        """
        runs = [words] if isinstance(words, str) else words
        style = self._styles.get(style, style)
        clean = [self._clean(run, style) for run in runs]
        if element is not None and not element.language:
            element.language = self._other_language("".join(run.text for run in clean))
        pieces = [piece for piece in _pieces(clean) if any(run.text.strip() for run in piece)]
        return [Para(self._markup(piece, style), style, element) for piece in pieces]

    def _other_language(self, text: str) -> str:
        found = looks(text)
        return standing(found).tag if found and found != self.words.language else ""

    def fitting(self, words: str, style: ParagraphStyle, room: float) -> Para:
        """One line for a header or footer, shortened to `room` points. It belongs to no element."""
        line = self._clean(" ".join(words.split()), style)
        faced = self._faced([line], style)
        widths = [
            fonts.width(part, run.font or style.fontName, style.fontSize)
            for run in faced
            for part in run.text
        ]
        if sum(widths) > room:
            room -= fonts.width(ELLIPSIS, style.fontName, style.fontSize)
            kept = sum(upto <= room for upto in accumulate(widths))
            line = replace(line, text=line.text[:kept].rstrip() + ELLIPSIS)
        return Para(self._markup([line], style), style)

    def _markup(self, piece: Sequence[Run], style: ParagraphStyle) -> str:
        return "".join(map(_markup, self._faced(piece, style)))

    def _clean(self, words: Words, style: ParagraphStyle) -> Run:
        run = Run(words) if isinstance(words, str) else words
        text = HALF_OF_DAY.sub(NO_BREAK_SPACE, run.text)
        return replace(run, text=self._printable(text, run.font or style.fontName))

    def _printable(self, text: str, font: str) -> str:
        lines = LINE_ENDS.split(unicodedata.normalize("NFC", text))
        return "\n".join(SPACES.sub(" ", "".join(self._drawable(line, font))) for line in lines)

    def _drawable(self, line: str, font: str) -> Iterator[str]:
        """Each character if a face has it, else its plain form, else the stand-in."""
        last = ""
        for character in line:
            drawn = self._drawn(character, font, last)
            if drawn:
                last = drawn[-1]
                yield drawn

    def _drawn(self, character: str, font: str, last: str) -> str:
        if character.isalnum() and fonts.has(font, character):  # as nearly all are
            return character
        if character == NO_BREAK_SPACE or character.isspace():
            return PLAIN_FORMS.get(character, character)
        if character in JOINERS or VARIANTS.match(character):
            return self._kept(character) if last in self._foreign else ""
        category = unicodedata.category(character)
        if category in ("Cc", "Cf"):  # control and format characters print nothing
            return ""
        drawn = "" if category in UNDRAWABLE else self._form(character, font)
        if not drawn:
            self.missing.add(character)
        return drawn or ("" if category == "Mn" else STAND_IN)  # a mark is not one of its own

    def _form(self, character: str, font: str) -> str:
        """Give the character or its plain form, whichever can be drawn, best in its own face."""
        plain = PLAIN_FORMS.get(character) or unicodedata.normalize("NFKC", character)
        for form in (character, plain):
            if all(fonts.has(font, part) for part in form):
                return form
        for form in (character, plain):
            if all(faces.drawing(font, part) or part == " " for part in form):
                return "".join(map(self._kept, form))
        return ""

    def _kept(self, character: str) -> str:
        self._foreign.add(character)
        return character

    def _faced(self, piece: Sequence[Run], style: ParagraphStyle) -> Sequence[Run]:
        """Part the runs where another face draws a character, or the direction changes."""
        text = "".join(run.text for run in piece)
        if self._foreign.isdisjoint(text):
            return piece
        turns = bidi.turns(text)
        levels = bidi.levels(text, bidi.base_level(text)) if turns else [0] * len(text)
        owners = [run for run in piece for _ in run.text]
        named, last = list[str](), ("", 0)
        for run, character, level in zip(owners, text, levels, strict=True):
            before = last[0] if last[1] == level else ""
            face = _face(run.font or style.fontName, character, level, before)
            last = (face or before), level
            named.append(face and fonts.at_level(face, level))
        cut = groupby(zip(owners, named, text, strict=True), lambda part: (id(part[0]), part[1]))
        parts = (list(group) for _, group in cut)
        return [
            replace(group[0][0], font=group[0][1], text="".join(part[2] for part in group))
            for group in parts
            if group[0][1]  # a joiner that has nothing to join is dropped
        ]


def _face(font: str, character: str, level: int, before: str) -> str:
    """Choose a face. Marks, joiners and what stands between foreign words go with their letters."""
    if before and faces.is_foreign(before):
        if character in JOINERS or VARIANTS.match(character):
            return before
        mark = unicodedata.category(character).startswith("M")
        weak = unicodedata.bidirectional(character) not in STRONG
        if (mark or (weak and level % 2)) and fonts.has(before, character):
            return before
    nothing = character in JOINERS or VARIANTS.match(character)  # to join, or to vary
    return faces.drawing(font, character) or ("" if nothing else font)


@lru_cache(64)
def _turned(style: ParagraphStyle) -> ParagraphStyle:
    """Set the same style at the right, where the words of it may stand wherever they like."""
    if style.alignment != TA_LEFT or not style.spaceBefore:
        return style
    return ParagraphStyle(f"{style.name} at the right", style, alignment=TA_RIGHT)


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
