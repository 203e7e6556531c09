"""The design's values: the palettes and the sizes, as plain data that needs no screen."""

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

Ink = Literal[
    "text", "text2", "text3", "accent", "ok", "warn", "crit", "on_fill", "border_strong", "bg"
]
Tone = Literal["neutral", "accent", "ok", "warn", "crit", "plain"]
Role = Literal[
    "display",
    "title",
    "heading",
    "reading",
    "body",
    "medium",
    "strong",
    "small",
    "label",
    "small_strong",
    "tiny",
    "note",
    "brand",
]


class Face(NamedTuple):
    """A text style: pixels at 100 %, line height in the same pixels, weight, spacing in em."""

    size: int
    line: int
    weight: int
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Tokens:
    """One colour scheme. Colours are `#RRGGBB`, the scrim `#AARRGGBB`."""

    name: Literal["light", "dark", "light, more contrast", "dark, more contrast"]
    bg: str
    sidebar: str
    surface: str
    sunken: str
    hover: str
    selection: str
    border: str
    border_strong: str
    border_dialog: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    accent_soft: str
    fill: str
    fill_hover: str
    on_fill: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    crit: str
    crit_soft: str
    scrim: str
    paper: str
    desk: str


LIGHT = Tokens(
    name="light",
    bg="#F7F5F2",
    sidebar="#EFECE7",
    surface="#FFFFFF",
    sunken="#F2EFEA",
    hover="#EAE6E0",
    selection="#E3EEF4",
    border="#E0DBD3",
    border_strong="#8C857B",
    border_dialog="#B9B2A8",
    text="#211F1C",
    text2="#5A554E",
    text3="#6A645B",
    accent="#1B5E82",
    accent_hover="#154C6A",
    accent_soft="#E3EEF4",
    fill="#1B5E82",
    fill_hover="#154C6A",
    on_fill="#FFFFFF",
    ok="#2C6B45",
    ok_soft="#E6F2EA",
    warn="#855000",
    warn_soft="#FBF0DA",
    crit="#A8322A",
    crit_soft="#FBEBE8",
    scrim="#61211F1C",
    paper="#FFFFFF",
    desk="#DEDAD3",
)

DARK = Tokens(
    name="dark",
    bg="#1B1A18",
    sidebar="#161513",
    surface="#23211F",
    sunken="#1F1D1B",
    hover="#2E2C29",
    selection="#1E3542",
    border="#393632",
    border_strong="#7D766D",
    border_dialog="#57524B",
    text="#ECE9E4",
    text2="#B5AFA6",
    text3="#A29B91",
    accent="#7DBEDD",
    accent_hover="#9ACDE6",
    accent_soft="#1E3542",
    fill="#2B6F95",
    fill_hover="#25627F",
    on_fill="#FFFFFF",
    ok="#85C79A",
    ok_soft="#1E3226",
    warn="#E0B062",
    warn_soft="#3A2D17",
    crit="#F09A8E",
    crit_soft="#40231F",
    scrim="#8C000000",
    paper="#FFFFFF",
    desk="#121110",
)

# For who asked the system for more contrast: words at 7:1 on every ground, borders that are seen.
LIGHT_CONTRAST = replace(
    LIGHT,
    name="light, more contrast",
    border="#6A645B",
    border_strong="#4A453E",
    border_dialog="#4A453E",
    text="#141311",
    text2="#3F3B35",
    text3="#46413A",
    accent="#0F4561",
    accent_hover="#0A3347",
    fill="#0F4561",
    fill_hover="#0A3347",
    ok="#1A4A2D",
    warn="#5C3700",
    crit="#7A1C16",
)

DARK_CONTRAST = replace(
    DARK,
    name="dark, more contrast",
    border="#958D83",
    border_strong="#BDB5AA",
    border_dialog="#BDB5AA",
    text="#FAF8F5",
    text2="#D8D3CB",
    text3="#CCC6BD",
    accent="#A6D6EC",
    accent_hover="#C4E4F3",
    fill="#A6D6EC",
    fill_hover="#C4E4F3",
    on_fill="#12110F",
    ok="#A9DDBA",
    warn="#F0CC90",
    crit="#F9C3BC",
)

FACES: dict[Role, Face] = {
    "display": Face(28, 36, 600, -0.015),
    "title": Face(22, 28, 600, -0.012),
    "heading": Face(16, 24, 600, -0.005),
    "reading": Face(14, 22, 400),
    "body": Face(13, 20, 400),
    "medium": Face(13, 20, 500),
    "strong": Face(13, 20, 600),
    "small": Face(12, 16, 400),
    "label": Face(12, 16, 500),
    "small_strong": Face(12, 16, 600),
    "tiny": Face(11, 16, 500),
    "note": Face(12, 18, 400),
    "brand": Face(14, 20, 600),
}

SPACE = (4, 8, 12, 16, 24, 32, 40)


def ink_of(tokens: Tokens, tone: Tone) -> tuple[str, str, str]:
    """Give the ink, ground and border of a chip or note of this tone."""
    grounds: dict[Tone, tuple[str, str, str]] = {
        "neutral": (tokens.text2, tokens.sunken, tokens.border),
        "accent": (tokens.accent, tokens.accent_soft, tokens.accent_soft),
        "ok": (tokens.ok, tokens.ok_soft, tokens.ok_soft),
        "warn": (tokens.warn, tokens.warn_soft, tokens.warn_soft),
        "crit": (tokens.crit, tokens.crit_soft, tokens.crit_soft),
        "plain": (tokens.text2, tokens.surface, tokens.border),
    }
    return grounds[tone]


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21 (WCAG 2.2)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
