"""What keeps a plan for letters from being saved."""

from datetime import date

import pytest

from cmdesk.rules.plan_draft import LONGEST_NOTES, PlanForm, faults

TODAY = date(2026, 3, 9)


@pytest.mark.parametrize(
    ("form", "wrong"),
    [
        (PlanForm(), ["recipient_id"]),
        (PlanForm(3), []),
        (PlanForm(3, paused_until=TODAY, tone_notes="x" * LONGEST_NOTES), []),
        (PlanForm(3, paused_until=date(2026, 3, 8)), ["paused_until"]),
        (PlanForm(3, tone_notes="x" * (LONGEST_NOTES + 1)), ["tone_notes"]),
    ],
)
def test_faults(form: PlanForm, wrong: list[str]) -> None:
    assert list(faults(form, TODAY)) == wrong
