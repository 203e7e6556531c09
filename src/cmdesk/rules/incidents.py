"""A possible breach of privacy: four factors, a determination, and who must be told until when.

45 CFR 164.402 to 164.408, which 42 CFR 2.16(b) makes hold for Part 2 programs, too.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.days import later

DAYS: Final = 60  # at most, and without unreasonable delay: 164.404(b), .406(b), .408(b), (c)
MANY: Final = 500  # people; from so many on HHS hears at once, and the media where it is more


class Finding(Code):
    LOW_PROBABILITY = "low_probability", "Low probability that it was compromised"
    BREACH = "breach", "A breach"


class Told(StrEnum):
    """Who is to be told of a breach; the names of the fields with the day it was done."""

    INDIVIDUALS = "individuals_told_on"
    HHS = "hhs_told_on"
    MEDIA = "media_told_on"


FACTORS: Final = ("nature", "who_got_it", "viewed", "mitigation")
PRESUMED: Final = "It is presumed a breach until the four factors say otherwise."


@dataclass(frozen=True, slots=True)
class IncidentForm:
    """One incident as the dialog holds it; the four factors of 164.402(2) each in words."""

    client_id: int | None = None
    disclosure_id: int | None = None
    happened_on: date | None = None
    discovered_on: date | None = None
    what: str = ""
    affected: str = ""
    affected_count: int | None = 1
    nature: str = ""
    who_got_it: str = ""
    viewed: str = ""
    mitigation: str = ""
    determination: str = ""
    reason: str = ""
    individuals_told_on: date | None = None
    hhs_told_on: date | None = None
    media_told_on: date | None = None
    state_told_on: date | None = None
    closed_on: date | None = None
    note: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Duty:
    """Somebody to be told, and the last day for it; `done` is the day it happened."""

    who: Told
    due: date
    done: date | None


def hhs_due(discovered: date, count: int | None) -> date:
    """Return the last day for HHS: with fewer than 500 people, 60 days after the year's end.

    Where nobody knows how many they were, the shorter time holds.
    """
    if count is None or count >= MANY:
        return later(discovered, DAYS)
    return later(date(discovered.year, 12, 31), DAYS)


def duties(form: IncidentForm) -> tuple[Duty, ...]:
    """Return who is to be told, unless it was found to be no breach; the first due first."""
    discovered = form.discovered_on
    if discovered is None or form.determination == Finding.LOW_PROBABILITY.value:
        return ()
    at_once, count = later(discovered, DAYS), form.affected_count
    found = [
        Duty(Told.INDIVIDUALS, at_once, form.individuals_told_on),
        Duty(Told.HHS, hhs_due(discovered, count), form.hhs_told_on),
    ]
    if count is not None and count > MANY:  # 164.406: residents of one state
        found.append(Duty(Told.MEDIA, at_once, form.media_told_on))
    return tuple(sorted(found, key=lambda duty: duty.due))


def next_due(form: IncidentForm) -> date | None:
    """Return the last day of what is still to be done; none when only closing is left."""
    return next((duty.due for duty in duties(form) if duty.done is None), None)


def faults(form: IncidentForm, today: date) -> dict[str, str]:
    """Map fields to what keeps an incident from being saved."""
    found: dict[str, str] = {}
    if not form.what.strip():
        found["what"] = "What happened?"
    if form.discovered_on is None:
        return found | {"discovered_on": "On which day did you learn of it?"}
    if form.discovered_on > today:
        found["discovered_on"] = "This day is still to come."
    if form.happened_on and form.happened_on > form.discovered_on:
        found["happened_on"] = "This is after you learned of it."
    if form.affected_count is not None and form.affected_count < 1:
        found["affected_count"] = "How many people, one or more?"
    return found | _told_faults(form, today) | _finding_faults(form) | _closing_faults(form, today)


def _told_faults(form: IncidentForm, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in (*(who.value for who in Told), "state_told_on"):
        told: date | None = getattr(form, name)
        if told and told > today:
            found[name] = "This day is still to come."
        elif told and form.discovered_on and told < form.discovered_on:
            found[name] = "This is before you learned of it."
    return found


def _finding_faults(form: IncidentForm) -> dict[str, str]:
    """Hold that only four answered factors and a reason undo the presumption of a breach."""
    if form.determination != Finding.LOW_PROBABILITY.value:
        return {}
    found = {
        name: "Say this before you find a low probability."
        for name in FACTORS
        if not getattr(form, name).strip()
    }
    if not form.reason.strip():
        found["reason"] = "Why is the probability low?"
    return found


def _closing_faults(form: IncidentForm, today: date) -> dict[str, str]:
    closed, discovered = form.closed_on, form.discovered_on
    if closed is None:
        return {}
    if not form.determination:
        return {"determination": "Decide what it was before you close it."}
    open_duty = next((duty for duty in duties(form) if duty.done is None), None)
    if open_duty:
        return {open_duty.who.value: "They are to be told before you close it."}
    if closed > today:
        return {"closed_on": "This day is still to come."}
    if discovered and closed < discovered:
        return {"closed_on": "This is before you learned of it."}
    return {}
