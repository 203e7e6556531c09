"""What is kept of a client and of the agreement with them, and what keeps it from being saved."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from cmdesk.rules.codes import ClientStatus, EndReason

ENDED: Final = frozenset({ClientStatus.CLOSED, ClientStatus.DECEASED, ClientStatus.DECLINED})
WORKED_WITH: Final = frozenset({ClientStatus.ACTIVE, ClientStatus.MONITORING, ClientStatus.ON_HOLD})


@dataclass(frozen=True, slots=True)
class ClientForm:
    """One client as the dialog holds them. `languages` are written as one line, with commas."""

    given_name: str = ""
    middle_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    born: date | None = None
    interpreter: bool = False
    code: str = ""
    status: str = ClientStatus.ACTIVE
    sex_at_birth: str = ""
    gender: str = ""
    languages: str = ""
    education: str = ""
    employment: str = ""
    living_situation: str = ""
    legal_status: str = ""
    diagnoses_reported: str = ""
    allergies: str = ""
    primary_substances: str = ""
    recovery_on: date | None = None
    my_role: str = ""
    began_on: date | None = None
    agreed_on: date | None = None
    agreement_id: int | None = None
    payers: str = ""
    scope: str = ""
    exclusions: str = ""
    response_promise: str = ""
    after_hours: str = ""
    fee_model: str = ""
    rates: str = ""
    retainer_terms: str = ""
    mileage_terms: str = ""
    review_on: date | None = None
    ended_on: date | None = None
    end_reason: str = ""
    versions: tuple[int, int, int] = (0, 0, 0)  # of the person, the client, the engagement

    @property
    def ends(self) -> bool:
        """Whether nothing is done for this client any more."""
        return self.status in ENDED


def reopened(draft: ClientForm, today: date) -> ClientForm:
    """Begin a new engagement: a reopened chart doesn't revive what ended with the old one."""
    cleared = replace(draft, agreed_on=None, agreement_id=None, review_on=None)
    return replace(cleared, began_on=today, ended_on=None, end_reason="")


def faults(draft: ClientForm, today: date) -> dict[str, str]:
    """Map fields to what must be mended before the client can be kept; empty when sound."""
    found: dict[str, str] = {}
    if not (draft.given_name.strip() or draft.preferred_name.strip()):
        found["given_name"] = "What are they called?"
    for name in ("born", "recovery_on", "agreed_on"):
        day: date | None = getattr(draft, name)
        if day and day > today:
            found[name] = "This day is still to come."
    if draft.born and draft.recovery_on and draft.recovery_on < draft.born:
        found["recovery_on"] = "This is before they were born."
    return found | _end_faults(draft, today)


def _end_faults(draft: ClientForm, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    if draft.ends:
        if draft.ended_on is None:
            found["ended_on"] = "On which day did it end?"
        elif draft.ended_on > today:
            found["ended_on"] = "This day is still to come. Close the chart then."
        elif draft.began_on and draft.ended_on < draft.began_on:
            found["ended_on"] = "This is before it began."
        if draft.end_reason not in set(EndReason):
            found["end_reason"] = "Why did it end?"
    if draft.began_on and draft.review_on and draft.review_on < draft.began_on:
        found["review_on"] = "This is before it began."
    return found
