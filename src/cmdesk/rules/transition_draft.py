"""A move, its lanes, handoffs, steps and visits as they are typed, and what keeps each unsaved."""

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cmdesk.rules.contact_codes import Part2
from cmdesk.rules.transition_codes import Lane, StepPart, VisitKind

MOST_DAYS: Final = 366  # of medicine, and of a step from the day of leaving
_DAYS = re.compile(r"(\d{1,4})\s*(d|days?|w|wks?|weeks?|)\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MoveForm:
    """A move as the dialog holds it. `medicine_days` are as typed; `days` reads them."""

    from_episode_id: int | None = None
    to_episode_id: int | None = None
    to_organisation_id: int | None = None
    to_words: str = ""
    leaves_on: date | None = None
    kind: str = ""
    medicine_days: str = ""
    medicine_words: str = ""
    risk_plan: str = ""
    travel: str = ""
    belongings: str = ""
    school_work: str = ""
    phone_rules: str = ""
    family_plan: str = ""
    part2: str = Part2.UNKNOWN
    version: int = 0


@dataclass(frozen=True, slots=True)
class LaneForm:
    """One span of a lane. Without any day and not settled it is an option that may close a gap."""

    lane: str = Lane.PROGRAM
    label: str = ""
    organisation_id: int | None = None
    person_id: int | None = None
    since: date | None = None
    until: date | None = None
    settled: bool = True
    version: int = 0


@dataclass(frozen=True, slots=True)
class HandoffForm:
    """Two people who talk before the move; each end says for itself that they did."""

    from_id: int | None = None
    from_words: str = ""
    to_id: int | None = None
    to_words: str = ""
    consent_id: int | None = None
    call_on: date | None = None
    sender_confirmed_on: date | None = None
    receiver_confirmed_on: date | None = None
    records_sent_on: date | None = None
    records_received_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class StepForm:
    """A line of a checklist. `days` from leaving as typed, below zero before; or `fixed_on`."""

    part: str = StepPart.BEFORE
    text: str = ""
    owner: str = ""
    days: str = ""
    fixed_on: date | None = None
    time: str = ""
    evidence: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A first visit after the move. `attended` is unknown until somebody said."""

    kind: str = VisitKind.THERAPIST
    person_id: int | None = None
    organisation_id: int | None = None
    label: str = ""
    visit_on: date | None = None
    time: str = ""
    attended: bool | None = None
    note: str = ""
    version: int = 0


def days(typed: str) -> int | None:
    """Read `12`, `12 days` or `2 weeks`; None for what is no number of days, or too many."""
    found = _DAYS.fullmatch(typed.strip())
    if found is None:
        return None
    count = int(found[1]) * (7 if found[2].lower().startswith("w") else 1)
    return count if count <= MOST_DAYS else None


def offset(typed: str) -> int | None:
    """Read days from leaving: `-7`, `+3`, `0`; None for what is no number, or too far."""
    plain = typed.strip().replace("\u2212", "-")
    if not re.fullmatch(r"[+-]?\d{1,4}", plain):
        return None
    return int(plain) if abs(int(plain)) <= MOST_DAYS else None


def move_faults(draft: MoveForm, admitted: date | None = None) -> dict[str, str]:
    """Map fields to what keeps a move from being saved; `admitted` is the day they came.

    Days of medicine that are no number are no fault: they stay unknown, and that is a gap.
    """
    found: dict[str, str] = {}
    if not (draft.to_organisation_id or draft.to_episode_id or draft.to_words.strip()):
        found["to_words"] = "Where do they go? A word will do."
    if draft.leaves_on and admitted and draft.leaves_on < admitted:
        found["leaves_on"] = "This is before they came."
    return found


def day_fault(leaves_on: date | None, admitted: date | None) -> str:
    """Say what is wrong with a day of leaving; empty when nothing is."""
    if leaves_on is None:
        return "On which day do they leave?"
    return "This is before they came." if admitted and leaves_on < admitted else ""


def lane_faults(draft: LaneForm) -> dict[str, str]:
    found: dict[str, str] = {}
    if not (draft.label.strip() or draft.person_id or draft.organisation_id):
        found["label"] = "Who or what is it?"
    if draft.since and draft.until and draft.until < draft.since:
        found["until"] = "This is before it begins."
    return found


def handoff_faults(draft: HandoffForm, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if not (draft.from_words.strip() or draft.from_id):
        found["from_words"] = "Who hands over?"
    if not (draft.to_words.strip() or draft.to_id):
        found["to_words"] = "Who takes over?"
    if draft.from_id and draft.from_id == draft.to_id:
        found["to_words"] = "They can’t hand over to themselves."
    done = ("sender_confirmed_on", "receiver_confirmed_on", "records_sent_on")
    for name in (*done, "records_received_on"):
        day: date | None = getattr(draft, name)
        if day and day > today:
            found[name] = "This day is still to come."
    sent, received = draft.records_sent_on, draft.records_received_on
    if sent and received and received < sent:
        found["records_received_on"] = "This is before they were sent."
    return found


def step_faults(draft: StepForm) -> dict[str, str]:
    found: dict[str, str] = {}
    if not draft.text.strip():
        found["text"] = "What is to be done?"
    if draft.days.strip() and offset(draft.days) is None:
        found["days"] = "A number of days, such as -3 or 2."
    return found


def opened_again(draft: VisitForm, before: VisitForm, today: date) -> VisitForm:
    """Return a visit that was moved to a day to come, or to none, as one nobody spoke of yet."""
    moved = draft.visit_on != before.visit_on and draft.attended == before.attended
    ahead = draft.visit_on is None or draft.visit_on > today
    return replace(draft, attended=None) if moved and ahead else draft


def visit_faults(draft: VisitForm, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if not (draft.label.strip() or draft.person_id or draft.organisation_id):
        found["label"] = "With whom is it?"
    if draft.attended is not None and (draft.visit_on is None or draft.visit_on > today):
        found["visit_on"] = "A visit is kept or missed once its day came."
    return found
