"""Lines that are kept back stand nowhere inside what is said, and no more is stopped for them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules import leaks
from cmdesk.rules.kept_inside import distinctive
from cmdesk.rules.leak_text import folded
from cmdesk.rules.leaks import Held, Index, Kind

OWN = (
    "Back on the lease",
    "Pay Oakmont",
    "Since March 2",
    "Kessler",
    "Back to school",
    "Left early",
    "She is home. Rent is paid",
    "Sign the plea papers with Ortega",
)
TOLD = ("She is back to good form and likes to go out.", "Zimmer", "Rent is paid")
KEPT = ("Likes to go out.", "Her hearing is on May 14.", "She told him no.", "He went off")


def made(*own: str, told: tuple[str, ...] = TOLD) -> Index:
    kept = [(line, "kept") for line in KEPT]
    return leaks.index(Held("Diane", own=[(each, "own") for each in own], kept=kept, told=told))


INDEX = made(*OWN)


def lines(text: str, index: Index = INDEX) -> list[str]:
    return [hit.phrase for hit in leaks.check(index, text) if hit.kind is Kind.LINE]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("She is back on the lease, I hear.", ["back on the lease"]),
        ("She is back on the best lease.", []),
        ("She is BACK  on the\u00a0le\u00adase\u2019s", ["BACK  on the\u00a0le\u00adase"]),
        ("She is back-on-the-lease.", ["back-on-the-lease"]),
        ("She is back on\nthe lease now.", ["back on\nthe lease"]),
        ("We p\u0430y O\u0430kmont", ["p\u0430y O\u0430kmont"]),  # Cyrillic letters that look alike
        ("We pay \u00d3akmont on Friday.", ["pay \u00d3akmont"]),
        ("Well since March 2, and glad.", ["since March 2"]),
        # One word counts as a name does that is a word.
        ("Then Kessler called.", ["Kessler"]),
        ("Then kessler called. Kessler too.", []),
        ("Then Zimmer called.", []),
        # Everybody's words, and fewer than four of them.
        ("She went back to school and left early.", []),
        # Of an entry: two words of its own, and nothing that was told as well.
        ("Mind that her hearing is on May 14, at noon.", ["her hearing is on May 14"]),
        ("Mind that she told him no, and left.", []),
        ("They like to go out, and she likes to go out.", []),
        ("The rent is paid now.", []),
    ],
)
def test_found_inside(text: str, found: list[str]) -> None:
    assert lines(text) == found


def test_a_sentence_that_is_found_whole_is_told_once() -> None:
    text = "Sign the plea papers with Ortega."
    assert lines(text) == [text]


@pytest.mark.parametrize(
    ("line", "own"),
    [
        ("Pay Oakmont", True),
        ("Week 5", True),
        ("Stone", True),
        ("Back to school", False),
        ("Going home", False),
        ("Admissions", True),
        ("", False),
    ],
)
def test_which_short_lines_are_somebody_s_own(line: str, *, own: bool) -> None:
    assert distinctive(folded(line)) is own


def test_a_line_across_a_line_end_is_near_as_well() -> None:
    index = made("She drank with Kayla again on the porch")
    broken = "So she drank with\nKayla on the old porch."
    assert lines(broken, index) == [broken]
    assert lines(broken.replace("\n", ".\n"), index) == []
    assert lines(broken.replace("\n", "\n\n"), index) == []
    assert lines("She was home\nand slept", index) == []


def test_a_released_line_with_something_typed_beside_it_is_looked_at() -> None:
    index = made("and back on the lease", told=("So she is well and back",))
    assert lines("So she is well and back\non the lease.", index) == ["and back\non the lease"]
    assert lines("So she is well and back", index) == []


@given(st.sampled_from(OWN[:4]), st.text(max_size=12), st.text(max_size=12))
def test_a_line_is_found_beside_anything(line: str, before: str, after: str) -> None:
    text = f"{before} x, {line}, {after}"
    start = text.index(line, len(before))
    assert any(
        hit.start < start + len(line) and start < hit.end for hit in leaks.check(INDEX, text)
    )
