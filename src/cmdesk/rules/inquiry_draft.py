"""A family that calls, as it is typed, and what keeps it from being saved."""

from dataclasses import dataclass
from datetime import date, time
from typing import Final

from cmdesk.rules.contact_codes import Method
from cmdesk.rules.family_codes import InquiryStatus, Urgency

DECLINED: Final = frozenset({InquiryStatus.DECLINED_BY_US, InquiryStatus.DECLINED_BY_FAMILY})
OVER: Final = DECLINED | {InquiryStatus.REFERRED_ON, InquiryStatus.NO_RESPONSE}
OPEN: Final = tuple(
    status for status in InquiryStatus if status not in OVER | {InquiryStatus.ENGAGED}
)


@dataclass(frozen=True, slots=True)
class InquiryForm:
    """One inquiry as the dialog holds it. `day` and `at` are local; no time counts as noon.

    `given_name` and `family_name` are those of the person it is about, for the chart they may get.
    """

    day: date | None = None
    at: time | None = None
    caller_name: str = ""
    caller_phone: str = ""
    caller_email: str = ""
    caller_id: int | None = None
    relation: str = ""
    given_name: str = ""
    family_name: str = ""
    channel: str = Method.PHONE
    referral_source: str = ""
    referral_source_type: str = ""
    concern: str = ""
    urgency: str = ""
    safety_screen_done: bool = False
    location: str = ""
    payer_expectation: str = ""
    status: str = InquiryStatus.NEW
    fit_decision: str = ""
    declined_reason: str = ""
    referred_on_to: str = ""
    next_step: str = ""
    next_on: date | None = None
    notes: str = ""
    client_id: int | None = None
    version: int = 0

    @property
    def emergency(self) -> bool:
        return Urgency(self.urgency) is Urgency.EMERGENCY if self.urgency else False

    @property
    def about(self) -> str:
        """Whom they call about, as far as it was said."""
        return " ".join(filter(None, (self.given_name.strip(), self.family_name.strip())))


def faults(draft: InquiryForm, today: date) -> dict[str, str]:
    """Map fields to what must be mended before the inquiry can be kept; empty when sound."""
    found: dict[str, str] = {}
    if not draft.caller_name.strip():
        found["caller_name"] = "Who called?"
    if draft.day is None:
        found["day"] = "On which day did they call?"
    elif draft.day > today:
        found["day"] = "This day is still to come."
    if draft.status in DECLINED and not draft.declined_reason.strip():
        found["declined_reason"] = "Why was it declined?"
    if draft.status == InquiryStatus.REFERRED_ON and not draft.referred_on_to.strip():
        found["referred_on_to"] = "Whom were they sent to?"
    if draft.next_on and not draft.next_step.strip():
        found["next_step"] = "What is to be done then?"
    return found


def unready(draft: InquiryForm, today: date) -> dict[str, str]:
    """Map fields to what is still missing for a chart; includes the faults."""
    found = faults(draft, today)
    if not draft.given_name.strip():
        found["given_name"] = "Who is the chart for?"
    if draft.status in OVER:
        found["status"] = "This inquiry is over. Open it again first."
    return found
