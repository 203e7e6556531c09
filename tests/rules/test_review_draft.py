"""A review with an insurer, set or held."""

from datetime import date

import pytest

from cmdesk.rules import review_draft
from cmdesk.rules.days import later
from cmdesk.rules.review_draft import ReviewForm

MONDAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("form", "field"),
    [
        (ReviewForm(), "due_on"),
        (ReviewForm(held_on=later(MONDAY, 1)), "held_on"),
        (ReviewForm(due_on=MONDAY, next_on=MONDAY), "next_on"),
        (ReviewForm(held_on=MONDAY, next_on=MONDAY), "next_on"),
    ],
)
def test_what_does_not_hold_is_said(form: ReviewForm, field: str) -> None:
    assert list(review_draft.faults(form, MONDAY)) == [field]


def test_a_review_that_leads_on_is_sound() -> None:
    assert review_draft.faults(ReviewForm(held_on=MONDAY, next_on=later(MONDAY, 2)), MONDAY) == {}
    assert review_draft.faults(ReviewForm(due_on=MONDAY), MONDAY) == {}
