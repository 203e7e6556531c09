from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.ui.tokens import (
    DARK,
    DARK_CONTRAST,
    LIGHT,
    LIGHT_CONTRAST,
    Tokens,
    contrast,
    ink_of,
)
from cmdesk.ui.widgets import avatar, meter
from cmdesk.ui.widgets.key_cap import VEIL

EVERY = pytest.mark.parametrize(
    "tokens", [LIGHT, DARK, LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda each: each.name
)
INKS = ("text", "text2", "text3", "accent", "ok", "warn", "crit")
GROUNDS = ("surface", "bg", "sidebar", "sunken", "selection", "hover")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3
ENHANCED = 7.0  # 1.4.6, for who asked for more contrast
ENOUGH_FOR_SHAPES = 3.0  # 1.4.11


def enough(tokens: Tokens) -> float:
    return ENHANCED if "contrast" in tokens.name else ENOUGH


def laid_over(ground: str, ink: str, share: float) -> str:
    """Give the colour of a veil of this ink over a ground."""
    mixed = (
        round(int(ground[at : at + 2], 16) * (1 - share) + int(ink[at : at + 2], 16) * share)
        for at in (1, 3, 5)
    )
    return "#{:02X}{:02X}{:02X}".format(*mixed)


@EVERY
@pytest.mark.parametrize(("ink", "ground"), [*product(INKS, GROUNDS)])
def test_words_can_be_read_on_every_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= enough(tokens)


@EVERY
@pytest.mark.parametrize("tone", ["neutral", "accent", "ok", "warn", "crit", "plain"])
def test_chips_and_notes_can_be_read(tokens: Tokens, tone: str) -> None:
    ink, ground, _ = ink_of(tokens, tone)  # type: ignore[arg-type]  # the tones are listed above
    assert contrast(ink, ground) >= enough(tokens)
    assert contrast(tokens.text, ground) >= enough(tokens)


@EVERY
def test_initials_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.text2, avatar.ground(tokens)[0]) >= enough(tokens)


@EVERY
def test_a_step_reached_is_told_from_one_that_is_not(tokens: Tokens) -> None:
    assert contrast(tokens.accent, meter.unfilled(tokens)[0]) >= ENOUGH_FOR_SHAPES


@EVERY
def test_the_filled_button_can_be_read(tokens: Tokens) -> None:
    cap = laid_over(tokens.fill, tokens.on_fill, VEIL)  # its key cap
    for ground in (tokens.fill, tokens.fill_hover, cap):
        assert contrast(tokens.on_fill, ground) >= enough(tokens)
    assert contrast(tokens.bg, tokens.text) >= enough(tokens)  # tooltips and toasts


@EVERY
@pytest.mark.parametrize("ground", ["surface", "bg", "sidebar", "sunken", "selection"])
def test_the_focus_ring_is_seen_on_every_ground(tokens: Tokens, ground: str) -> None:
    assert contrast(tokens.accent, getattr(tokens, ground)) >= ENOUGH_FOR_SHAPES


@EVERY
def test_what_can_be_pressed_stands_out(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.bg):
        assert contrast(tokens.border_strong, ground) >= ENOUGH_FOR_SHAPES


@pytest.mark.parametrize("tokens", [LIGHT_CONTRAST, DARK_CONTRAST], ids=lambda each: each.name)
def test_with_more_contrast_every_border_is_seen(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.bg, tokens.sidebar, tokens.sunken):
        for border in (tokens.border, tokens.border_strong, tokens.border_dialog, tokens.fill):
            assert contrast(border, ground) >= ENOUGH_FOR_SHAPES


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@given(colours, colours)
def test_contrast_has_no_direction(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1
