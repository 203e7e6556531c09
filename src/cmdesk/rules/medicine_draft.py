"""A medicine as somebody reported it, and what keeps it from being saved; nothing is prescribed."""

from dataclasses import dataclass
from datetime import date

from cmdesk.rules.contact_codes import Part2


@dataclass(frozen=True, slots=True)
class MedicineForm:
    """One medicine as the dialog holds it. `supply_ends_on` is the last day it lasts for."""

    name: str = ""
    dose: str = ""
    frequency: str = ""
    purpose: str = ""
    prescriber_id: int | None = None
    started_on: date | None = None
    supply_ends_on: date | None = None
    stopped_on: date | None = None
    stop_reason: str = ""
    source: str = ""
    part2: str = Part2.UNKNOWN
    version: int = 0


def faults(draft: MedicineForm, today: date) -> dict[str, str]:
    """Map fields to what must be mended; empty when sound. A day nobody knows may stay open."""
    found: dict[str, str] = {}
    if not draft.name.strip():
        found["name"] = "What is it called?"
    if draft.started_on and draft.started_on > today:
        found["started_on"] = "This day is still to come."
    if draft.stopped_on and draft.stopped_on > today:
        found["stopped_on"] = "This day is still to come."
    elif draft.stopped_on and draft.started_on and draft.stopped_on < draft.started_on:
        found["stopped_on"] = "This is before it began."
    return found
