"""Which face draws a character that a letter's own type lacks; loaded when it is first needed."""

from __future__ import annotations

from bisect import bisect_right
from typing import Final

from cmdesk.reports import fonts
from cmdesk.reports.fonts import SANS, SANS_BOLD, SANS_MEDIUM, SERIF, SERIF_BOLD

HEBREW, ARABIC = "NotoSerifHebrew", "NotoNaskhArabic"
CHINESE, KOREAN, EMOJI = "DroidSansFallback", "NotoSansKR", "NotoEmoji"

# First and last character of what a face is asked for; it may lack some of them.
RANGES: Final = (
    (0x2300, 0x23FF, EMOJI),
    (0x25A0, 0x27BF, EMOJI),
    (0x2900, 0x2BFF, EMOJI),
    (0x0530, 0x058F, "NotoSerifArmenian"),
    (0x0590, 0x05FF, HEBREW),
    (0x0600, 0x06FF, ARABIC),
    (0x0750, 0x077F, ARABIC),
    (0x08A0, 0x08FF, ARABIC),
    (0x0900, 0x097F, "NotoSerifDevanagari"),
    (0x0980, 0x09FF, "NotoSerifBengali"),
    (0x0A00, 0x0A7F, "NotoSerifGurmukhi"),
    (0x0A80, 0x0AFF, "NotoSerifGujarati"),
    (0x0B80, 0x0BFF, "NotoSerifTamil"),
    (0x0C00, 0x0C7F, "NotoSerifTelugu"),
    (0x0E00, 0x0E7F, "NotoSerifThai"),
    (0x0E80, 0x0EFF, "NotoSerifLao"),
    (0x1000, 0x109F, "NotoSerifMyanmar"),
    (0x10A0, 0x10FF, "NotoSerifGeorgian"),
    (0x1100, 0x11FF, KOREAN),
    (0x1200, 0x139F, "NotoSerifEthiopic"),
    (0x1780, 0x17FF, "NotoSerifKhmer"),
    (0x1C90, 0x1CBF, "NotoSerifGeorgian"),
    (0x2D00, 0x2D2F, "NotoSerifGeorgian"),
    (0x2D80, 0x2DDF, "NotoSerifEthiopic"),
    (0x2E80, 0x312F, CHINESE),
    (0x3130, 0x318F, KOREAN),
    (0x3190, 0x9FFF, CHINESE),
    (0xAB00, 0xAB2F, "NotoSerifEthiopic"),
    (0xAC00, 0xD7A3, KOREAN),
    (0xF900, 0xFAFF, CHINESE),
    (0xFB1D, 0xFB4F, HEBREW),
    (0xFB50, 0xFDFF, ARABIC),
    (0xFE30, 0xFE4F, CHINESE),
    (0xFE70, 0xFEFE, ARABIC),
    (0xFF00, 0xFFEF, CHINESE),
    (0x1F000, 0x1FAFF, EMOJI),
)
SORTED: Final = sorted(RANGES)
STARTS: Final = [first for first, _, _ in SORTED]
BOLD: Final = (SERIF_BOLD, SANS_BOLD, SANS_MEDIUM)
SIBLINGS: Final = {SERIF: SANS, SERIF_BOLD: SANS_BOLD}


def drawing(font: str, character: str) -> str:
    """Name the face that draws `character` where `font` is set: itself if it can, "" if none."""
    if fonts.has(font, character):
        return font
    sibling = SIBLINGS.get(font, "")
    if sibling and fonts.has(sibling, character):
        return sibling
    at = bisect_right(STARTS, ord(character)) - 1
    if at < 0 or ord(character) > SORTED[at][1]:
        return ""
    family = SORTED[at][2]
    heavy = font in BOLD and family in (HEBREW, ARABIC)
    face = f"{family}_700Bold" if heavy else f"{family}_400Regular"
    return face if fonts.has(face, character) else ""


def is_foreign(face: str) -> bool:
    """Whether a face is none of our own: its glyphs do not stand for letters one by one."""
    return not face.startswith(("Literata", "Inter"))
