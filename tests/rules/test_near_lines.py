"""Sentences that say almost what another says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.leak_text import folded
from cmdesk.rules.near_lines import Lines

KEPT = "Maya told her therapist that she drank twice on the weekend with Kayla."


@pytest.mark.parametrize(
    ("text", "near"),
    [
        (KEPT, True),
        (KEPT.upper(), True),
        ("Maya told the therapist that she drank twice on the weekend with Kayla", True),
        ("Maya told her therapist she drank twice last weekend with Kayla.", True),  # put shorter
        ("On the weekend with Kayla, Maya told her therapist that she drank twice.", True),
        ("She drank twice on the weekend.", True),  # a part of it
        (f"It is good that {KEPT}", True),  # inside a longer one
        ("Maya told her therapist that she slept well on the weekend.", False),
        ("Maya told her group that she walked twice on the weekend with Diane.", False),
        ("Twice Kayla drank; weekend therapist told Maya.", False),  # the words, not in a row
        ("Maya told nobody of the cook.", False),  # one pair of words
        ("She told her that she was on the way.", False),  # everybody's words
        ("Maya told her.", False),
        ("", False),
    ],
)
def test_near(text: str, near: bool) -> None:
    found, why = Lines([(KEPT, "why")]).nearest(folded(text))
    assert (found > 0, why) == ((True, "why") if near else (False, ""))


@pytest.mark.parametrize(
    ("kept", "text", "near"),
    [
        ("Insurance said no.", "Insurance said no", False),  # three words
        ("Her insurance said no.", "Her insurance said no", True),  # four, word for word
        ("Her insurance said no.", "Her insurance says no", False),
        ("Her insurance refused payment again.", "Her insurance refused payment today", True),
        ("Her insurance said no again.", "Her insurance said no again today", False),  # too little
    ],
)
def test_short_sentences(kept: str, text: str, near: bool) -> None:
    assert (Lines([(kept, "")]).nearest(folded(text))[0] > 0) is near


def test_the_nearest_of_several_is_named() -> None:
    lines = Lines([(KEPT, "first"), (KEPT.replace("Kayla", "Rosa"), "second"), (KEPT, "third")])
    assert lines.nearest(folded(KEPT)) == (1.0, "first")
    assert lines.nearest(folded(KEPT.replace("Kayla", "Rosa"))) == (1.0, "second")


def test_how_much_of_a_sentence_a_line_says() -> None:
    lines = Lines([("She slept seven hours on four nights.", "")])
    longer = folded("She slept seven hours on four nights, and then she told us of the assault.")
    assert lines.nearest(longer)[0] == 1.0
    assert lines.nearest(longer, whole=True) == (0.0, "")
    assert lines.has(folded("She slept seven hours on four nights"))
    assert not lines.has(longer)


@given(st.lists(st.text(max_size=40), max_size=4), st.text(max_size=60))
def test_any_lines_are_taken(lines: list[str], text: str) -> None:
    near, _ = Lines((line, "") for line in lines).nearest(folded(text))
    assert 0 <= near <= 1
