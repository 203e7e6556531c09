"""Embedded fonts: kerning and ligatures that still read as the letters they stand for."""

# uharfbuzz has no types, and ReportLab's stubs leave out the internals that are mended here.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportAttributeAccessIssue=false

from __future__ import annotations

from functools import lru_cache
from importlib.resources import as_file, files
from itertools import groupby
from typing import Any
from unicodedata import combining

import uharfbuzz
from reportlab.graphics.shapes import STATE_DEFAULTS
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ListStyle, ParagraphStyle
from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.platypus import paragraph
from reportlab.platypus.tables import CellStyle

SERIF, SERIF_BOLD = "Literata_400Regular", "Literata_600SemiBold"
SANS, SANS_MEDIUM, SANS_BOLD = "Inter_400Regular", "Inter_500Medium", "Inter_600SemiBold"
OWN = (SERIF, SERIF_BOLD, SANS, SANS_MEDIUM, SANS_BOLD)

# Ligatures and alternates have no character of their own; ReportLab needs one to draw them.
# Plane 15 is private use, and nobody's text gets there: text.py replaces private characters.
FIRST_PRIVATE, LAST_PRIVATE = 0xF0000, 0xFFFFD
Shaping: Any = ttfonts  # its stubs have the wrong types for what shaping makes
FEATURES = {"kern": True, "liga": True, "dlig": False}

# A face is known by more names where directions mix: "~" and the level of UAX #9 that its words
# stand at. So ReportLab keeps levels apart, whatever it does to a line.
LEVEL = "~"
UNSHAPED = 0x7FFFFFFF  # ReportLab's mark on a character in shaped text that has its own width
SILENT = "\u200b"  # what the rest of a letter reads as that is drawn with several glyphs


class Font(ttfonts.TTFont):
    """A TrueType font that remembers what its ligatures and alternates stand for."""

    def __init__(self, name: str, path: str) -> None:
        super().__init__(name, path)
        self.shaper = uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(path)))
        self.stands_for: dict[int, str] = {}
        self._private: dict[tuple[int, str], int] = {}

    def stringWidth(self, text: Any, size: float, encoding: str = "utf8") -> float:  # noqa: N802
        """ReportLab places links by this width; its own knows nothing of kerning (5.1)."""
        if not isinstance(text, ttfonts.ShapedStr):
            return float(super().stringWidth(text, size, encoding))
        widths = self.face.charWidths
        advances = (
            widths.get(ord(character), 0) if place.cluster == UNSHAPED else place.x_advance
            for character, place in zip(text, text.__shapeData__, strict=True)
        )
        return float(sum(advances)) * size / 1000

    def private(self, glyph: int, source: str) -> str | None:
        """Give the character that draws `glyph` and reads as `source`; none if all are taken."""
        code = self._private.get((glyph, source))
        if code is None:
            code = FIRST_PRIVATE + len(self._private)
            if code > LAST_PRIVATE:
                return None
            self._private[glyph, source] = code
            self.stands_for[code] = source
            self.face.charToGlyph[code] = glyph
            self.face.charWidths[code] = self.pdfScale(self.face.hmetrics[glyph][0])
        return chr(code)


_faces: dict[str, Font] = {}


def register() -> None:
    """Load our fonts, and close every door by which Helvetica, which is never embedded, gets in."""
    if SANS in pdfmetrics.getRegisteredFontNames():
        return
    for name in OWN:
        _font(name)
    CellStyle.fontname = STATE_DEFAULTS["fontName"] = SANS
    ParagraphStyle.defaults["bulletFontName"] = ListStyle.defaults["bulletFontName"] = SANS
    ttfonts.makeToUnicodeCMap = _to_unicode
    paragraph.shapeFragWord = _shape


def _font(name: str) -> Font:
    """Give a face of ours, by any of its names; loaded if it was not yet."""
    font = _faces.get(name)
    if font is None:
        plain = name.partition(LEVEL)[0]
        with as_file(files("cmdesk.resources") / "fonts" / f"{plain}.ttf") as path:
            font = _faces[plain] = _faces.get(plain) or Font(plain, str(path))
        pdfmetrics.registerFont(font)
        if name != plain:  # registerFont would take the second name for another face
            pdfmetrics._fonts[name] = _faces[name] = font  # noqa: SLF001
            addMapping(name, 0, 0, name)
    return font


def at_level(name: str, level: int) -> str:
    """Name a face for words at this level; at level 0 it is the face's own name."""
    alias = f"{name}{LEVEL}{level}" if level else name
    _font(alias)
    return alias


def level_of(name: str) -> int:
    return int(name.partition(LEVEL)[2] or 0)


def read_as(name: str, drawn: str) -> str:
    """Return what drawn characters stand for."""
    stands_for = _font(name).stands_for
    return "".join(stands_for.get(ord(part), part) for part in drawn)


def has(font: str, character: str) -> bool:
    return ord(character) in _font(font).face.charToGlyph


def width(text: str, font: str, size: float) -> float:
    """Unkerned width in points: never less than what is drawn by more than a few points."""
    return float(pdfmetrics.stringWidth(text, font, size))


def forget() -> None:
    """Drop the words of past letters. To be called when the vault locks."""
    _glyphs.cache_clear()


# Characters that draw a word, their places, its width in 1/1000, whether it differs from plain.
Glyphs = tuple[str, list[Any], float, bool]


@lru_cache(20_000)
def _glyphs(name: str, text: str) -> Glyphs | None:
    """Shape `text`. None if it must be drawn plain: its glyphs could not all be read back.

    The glyphs come in reading order even where they are seen from right to left.
    """
    if not text:
        return "", [], 0.0, False
    font, several = _font(name), name.partition(LEVEL)[0] not in OWN
    # The rest of a broken word comes back for shaping with private characters in it.
    text = read_as(name, text)
    known, widths = font.face.charToGlyph, font.face.charWidths
    characters, places = "", list[Any]()
    for source, glyph, position in _shaped(font, text, level_of(name)):
        if not source and not several:  # marks changed places: a glyph that would read as nothing
            return None
        plain = len(source) == 1 and known.get(ord(source)) == glyph
        character = source if plain else font.private(glyph, source)
        if character is None:
            return None
        characters += character
        moves = (position.x_advance, position.y_advance, position.x_offset, position.y_offset)
        scaled = (font.pdfScale(move) for move in moves)
        places.append(Shaping.ShapeData(len(places), *scaled, widths[ord(character)]))
    moved = any(at.x_advance != at.width or at.x_offset or at.y_offset for at in places)
    total = float(sum(at.x_advance for at in places))
    return characters, places, total, moved or characters != text


def _shaped(font: Font, text: str, level: int) -> list[tuple[str, int, Any]]:
    """Give what each glyph reads as, its number and its place, in reading order."""
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if level % 2 else "ltr"
    uharfbuzz.shape(font.shaper, buffer, FEATURES)
    glyphs = list(zip(buffer.glyph_infos, buffer.glyph_positions or (), strict=True))
    if level % 2:
        glyphs.reverse()
    starts = sorted({info.cluster for info, _ in glyphs})
    ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
    found = list[tuple[str, int, Any]]()
    for start, group in groupby(glyphs, _cluster):
        drawn = list(group)
        sources = _sources(font, text[start : ends[start]], [info.codepoint for info, _ in drawn])
        found += [
            (source, info.codepoint, position)
            for source, (info, position) in zip(sources, drawn, strict=True)
        ]
    return found


def _cluster(glyph: tuple[Any, Any]) -> int:
    return int(glyph[0].cluster)


def _sources(font: Font, text: str, glyphs: list[int]) -> list[str]:
    """Share the characters of a cluster out: marks each to its glyph, else all to the first."""
    known = font.face.charToGlyph
    own = {known.get(ord(part)): part for part in text}
    marks = all(map(combining, text))  # whose order tells nothing
    if marks and len(glyphs) == len(text) > 1 and own.keys() == set(glyphs):
        return [own[glyph] for glyph in glyphs]
    return [text, *([""] * (len(glyphs) - 1))]


def _shape(word: Any) -> Any:
    """In place of ReportLab's (5.1), which loses the text of ligatures and is far slower."""
    if isinstance(word, ttfonts.ShapedFragWord):
        return word
    runs = [run for run, _ in word[1:]]
    done = [_glyphs(run.fontName, str(text)) for run, text in word[1:]]
    shaped = [glyphs for glyphs in done if glyphs]
    if len(shaped) < len(done) or not any(differs for *_, differs in shaped):
        return word
    pairs = list(zip(runs, shaped, strict=True))
    total = sum(advance * run.fontSize / 1000 for run, (_, _, advance, _) in pairs)
    texts = [(run, Shaping.ShapedStr(drawn, places)) for run, (drawn, places, _, _) in pairs]
    return Shaping.makeShapedFragWord(word)([total, *texts])


def _to_unicode(font_name: str, subset: list[int]) -> str:
    """In place of ReportLab's (5.1): U+0000 rows, over 100 rows a block, broken above U+FFFF."""
    face = font_name.partition("+")[2]
    stands_for = next(
        font.stands_for
        for font in map(pdfmetrics.getFont, pdfmetrics.getRegisteredFontNames())
        if isinstance(font, Font) and font.face.name.decode() == face
    )

    def reads(character: int) -> str:
        words = stands_for.get(character, chr(character)) or SILENT
        return words.encode("utf-16-be").hex().upper()

    rows = [
        f"<{code:02X}> <{reads(character)}>" for code, character in enumerate(subset) if character
    ]
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<00> <FF>",
        "endcodespacerange",
    ]
    for block in (rows[start : start + 100] for start in range(0, len(rows), 100)):
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)
