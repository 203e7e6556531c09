"""Amounts as they are typed with a contact, a search or a request."""

import pytest

from cmdesk.errors import Problem
from cmdesk.ui.dialogs.contact_words import read_miles, read_money


@pytest.mark.parametrize(
    ("typed", "cents"), [("", None), ("$14.50", 1_450), ("1,200", 120_000), ("1e3", 100_000)]
)
def test_an_amount_is_read_in_cents(typed: str, cents: int | None) -> None:
    assert read_money(typed) == cents


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("six", "Write an amount"),
        ("NaN", "Write an amount"),
        ("Infinity", "Write an amount"),
        ("\u202e14", "Write an amount"),
        ("1e999999999", "more than ten million"),
        ("-1e999999999", "more than ten million"),
        ("9" * 5000, "more than ten million"),
    ],
)
def test_what_is_none_is_said_and_never_fails(typed: str, why: str) -> None:
    with pytest.raises(Problem, match=why):
        read_money(typed)


@pytest.mark.parametrize(("typed", "miles"), [("", None), ("12 mi", 12.0), ("12.5 miles", 12.5)])
def test_miles_are_read(typed: str, miles: float | None) -> None:
    assert read_miles(typed) == miles


@pytest.mark.parametrize("typed", ["far", "NaN", "sNaN", "-inf", "Infinity", "1e999999", "1e400"])
def test_miles_that_are_none_are_said_in_one_sentence(typed: str) -> None:
    with pytest.raises(Problem, match="Write miles like 12"):
        read_miles(typed)
