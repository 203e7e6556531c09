"""A review with the insurer as it is typed: set, or held, with what it leads to."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """One review. `next_on` is the day of the one that follows, set as this one is held."""

    due_on: date | None = None
    held_on: date | None = None
    reviewer: str = ""
    asked: str = ""
    outcome: str = ""
    entry_id: int | None = None
    next_on: date | None = None
    version: int = 0


def faults(form: ReviewForm, today: date) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found: dict[str, str] = {}
    if not (form.due_on or form.held_on):
        found["due_on"] = "On which day is it?"
    if form.held_on and form.held_on > today:
        found["held_on"] = "This day is still to come."
    if form.next_on and not form.held_on:
        found["next_on"] = "First say when this one was held."
    elif form.next_on and form.held_on and form.next_on <= form.held_on:
        found["next_on"] = "The next one comes after this one."
    return found
