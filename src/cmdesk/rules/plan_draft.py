"""What was agreed about letters as it is typed, and what keeps it from being saved."""

from dataclasses import dataclass
from datetime import date

from cmdesk.rules.codes import Cadence, UpdateTemplate, Weekday

LONGEST_NOTES = 2000  # signs


@dataclass(frozen=True, slots=True)
class PlanForm:
    """Who is written to, how often, in which kind of letter and language.

    `tone_notes` are for the writer's eyes alone. No weekday: so many days after the last letter.
    """

    recipient_id: int | None = None
    every: str = Cadence.WEEK
    weekday: str = Weekday.MONDAY
    template: str = UpdateTemplate.WEEKLY
    language: str = "en"
    tone_notes: str = ""
    paused_until: date | None = None
    version: int = 0


def faults(draft: PlanForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a plan from being saved."""
    found: dict[str, str] = {}
    if draft.recipient_id is None:
        found["recipient_id"] = "Whom do you write to?"
    if draft.paused_until and draft.paused_until < today:
        found["paused_until"] = "This day is over; leave it empty to go on."
    if len(draft.tone_notes) > LONGEST_NOTES:
        found["tone_notes"] = f"Keep it under {LONGEST_NOTES} characters."
    return found
