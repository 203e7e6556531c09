"""When `;name` and a space become the words they stand for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.snippets import NAME, expand, typed

KNOWN = {"vm": "Left a voicemail.", "re-1": r"Back\1slash {x}", "empty": ""}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (";vm |", "Left a voicemail. |"),
        ("So. ;VM |and more", "So. Left a voicemail. |and more"),
        ("a\n;vm\n|b", "a\nLeft a voicemail.\n|b"),
        (";re-1 |", "Back\\1slash {x} |"),
        (";empty |", " |"),
        (";vm|", None),  # the space is not typed yet
        (";vm  |", None),  # and only the one right after the name counts
        ("a;vm |", None),
        (";xyz |", None),
        ("; |", None),
        ("|;vm ", None),
        ("|", None),
    ],
)
def test_expand(text: str, expected: str | None) -> None:
    caret = text.index("|")
    found = expand(text.replace("|", ""), caret, KNOWN)
    assert (found and f"{found[0][: found[1]]}|{found[0][found[1] :]}") == expected


def test_name_before_the_caret() -> None:
    assert typed("So ;Vm ", 7) == "vm"
    assert typed("So ;Vm ", 6) == ""


@pytest.mark.parametrize(
    ("name", "fine"),
    [
        ("vm", True),
        ("re-1", True),
        ("\u00e9t\u00e9", True),
        ("-x", False),
        ("a b", False),
        ("", False),
    ],
)
def test_names(name: str, *, fine: bool) -> None:
    assert bool(NAME.fullmatch(name)) is fine


@given(st.text(max_size=60), st.integers(0, 60))
def test_never_raises_and_keeps_what_is_behind_the_caret(text: str, caret: int) -> None:
    found = expand(text, caret, KNOWN)
    assert found is None or found[0][found[1] :] == text[caret:]
