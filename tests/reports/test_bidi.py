from pathlib import Path

import pytest

from cmdesk.reports import bidi

# Random lines, and how unicode-bidi (the Rust library, by python-bidi 0.6.12) puts each in order
# from left to right and from right to left.
KNOWN = Path(__file__).with_name("directions.txt")


def seen(text: str, base: int) -> str:
    return "".join(text[at] for at in bidi.order(bidi.levels(text, base)))


def test_lines_stand_as_another_library_puts_them() -> None:
    lines = [
        [part.encode().decode("unicode_escape") for part in line.split("\t")]
        for line in KNOWN.read_text("utf-8").splitlines()
    ]
    assert len(lines) == 200
    for text, left, right in lines:
        assert seen(text, 0) == left
        assert seen(text, 1) == right


@pytest.mark.parametrize(
    ("text", "base"),
    [
        ("Dear Maya", 0),
        ("\u05d3\u05d5\u05d3", 1),
        ("\u05d3\u05d5\u05d3 slept well this week.", 0),
        ("\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9 12 (A)", 1),
        ("12:30", 0),
        ("", 0),
    ],
)
def test_a_line_runs_as_most_of_its_letters_do(text: str, base: int) -> None:
    assert bidi.base_level(text) == base


def test_what_has_no_right_to_left_letter_is_left_alone() -> None:
    assert not bidi.turns("Żaneta Nguyễn Αλέξανδρος Юлія 王小明 12 \u20ac")
    assert bidi.turns("\u0641")
    assert bidi.levels("", 1) == []
    assert bidi.order([]) == []


def test_a_mark_on_a_bracket_goes_with_it_and_deep_brackets_end_the_search() -> None:
    text = "\u05d0(\u0301\u05d1)\u0301 a"
    assert bidi.levels(text, 0)[:6] == [1] * 6
    deep = "(" * 70 + "\u05d0" + ")" * 70
    assert len(bidi.levels(deep, 0)) == len(deep)
