from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.ui.tokens import DARK, LIGHT, Tokens, contrast, ink_of

BOTH = pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=lambda each: each.name)
GROUNDS = ("surface", "bg", "sidebar", "selection")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3
ENOUGH_FOR_SHAPES = 3.0  # 1.4.11


@BOTH
@pytest.mark.parametrize(
    ("ink", "ground"), [*product(("text", "text2", "text3", "accent"), GROUNDS)]
)
def test_words_can_be_read_on_every_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= ENOUGH


@BOTH
@pytest.mark.parametrize("ink", ["text", "text2", "text3"])
def test_words_can_be_read_while_pointed_at(tokens: Tokens, ink: str) -> None:
    assert contrast(getattr(tokens, ink), tokens.hover) >= ENOUGH


@BOTH
@pytest.mark.parametrize("tone", ["neutral", "accent", "ok", "warn", "crit", "plain"])
def test_chips_and_notes_can_be_read(tokens: Tokens, tone: str) -> None:
    ink, ground, _ = ink_of(tokens, tone)  # type: ignore[arg-type]  # the tones are listed above
    assert contrast(ink, ground) >= ENOUGH
    assert contrast(tokens.text, ground) >= ENOUGH


@BOTH
def test_the_filled_button_can_be_read(tokens: Tokens) -> None:
    assert contrast(tokens.on_fill, tokens.fill) >= ENOUGH
    assert contrast(tokens.on_fill, tokens.fill_hover) >= ENOUGH


@BOTH
def test_what_can_be_pressed_stands_out(tokens: Tokens) -> None:
    for ground in (tokens.surface, tokens.bg):
        assert contrast(tokens.border_strong, ground) >= ENOUGH_FOR_SHAPES
        assert contrast(tokens.accent, ground) >= ENOUGH_FOR_SHAPES


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


colours = st.integers(0, 0xFFFFFF).map("#{:06X}".format)


@given(colours, colours)
def test_contrast_has_no_direction(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one) >= 1
