"""What clients may ask of their records, and until when it has to be answered.

45 CFR 164.522, 164.524, 164.526, 164.528; 42 CFR 2.25. Days are counted from the day after a
request came in, so that the last of thirty days is thirty days later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.days import add_months, later

EXTENSION: Final = 30  # days, once: 164.524(b)(2)(iii), .526(b)(2)(ii), .528(c)(1)(ii)
FREE_MONTHS: Final = 12  # 164.528(c)(2): the first accounting in any twelve months is free


class Right(Code):
    ACCESS = "access", "See or get records", "45 CFR 164.524"
    AMENDMENT = "amendment", "Correct the record", "45 CFR 164.526"
    ACCOUNTING = "accounting", "Accounting of disclosures", "45 CFR 164.528"
    RESTRICTION = "restriction", "Not to tell someone", "45 CFR 164.522(a)(1)(i)"
    RESTRICTION_PAID = (
        "restriction_paid",
        "Not to tell a health plan, paid in full",
        "45 CFR 164.522(a)(1)(vi)",
    )
    CONFIDENTIAL = "confidential_communication", "Another way to be reached", "45 CFR 164.522(b)"


class Decision(Code):
    GRANTED = "granted"
    PARTLY = "partly", "Granted in part"
    DENIED = "denied"
    WITHDRAWN = "withdrawn", "Taken back by them"


DAYS: Final[Mapping[str, int]] = MappingProxyType(
    {Right.ACCESS: 30, Right.AMENDMENT: 60, Right.ACCOUNTING: 60}
)
MUST_AGREE: Final = "Paid in full out of pocket: you must agree."
REFUSED: Final = frozenset({Decision.DENIED, Decision.PARTLY})


@dataclass(frozen=True, slots=True)
class RequestForm:
    """One request as the dialog holds it."""

    kind: str = Right.ACCESS
    received_on: date | None = None
    requester: str = ""
    received_how: str = ""
    what: str = ""
    extended_on: date | None = None
    extension_reason: str = ""
    decision: str = ""
    decided_on: date | None = None
    reason: str = ""
    disagreement: str = ""
    rebuttal: str = ""
    fee_cents: int | None = None
    document_id: int | None = None
    closed_on: date | None = None
    note: str = ""
    version: int = 0


def disputed(form: RequestForm) -> bool:
    """Whether a statement of disagreement goes with what is told later: 45 CFR 164.526(d)(5)."""
    refused = form.kind == Right.AMENDMENT.value and form.decision in REFUSED
    return refused and bool(form.disagreement.strip())


def first_due(kind: str, received: date) -> date | None:
    """Return the last day to answer on without an extension; none where no clock runs."""
    days = DAYS.get(kind)
    return None if days is None else later(received, days)


def due(kind: str, received: date, extended: date | None = None) -> date | None:
    """Return the last day to answer on; none where no clock runs."""
    first = first_due(kind, received)
    return later(first, EXTENSION) if first and extended else first


def faults(form: RequestForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a request from being saved."""
    received = form.received_on
    if received is None:
        return {"received_on": "On which day did it come in?"}
    found: dict[str, str] = {}
    if received > today:
        found["received_on"] = "This day is still to come."
    if form.kind not in (Right.ACCESS, Right.ACCOUNTING) and not form.what.strip():
        found["what"] = "What do they ask for?"
    found |= _extension_faults(form, received, today) | _decision_faults(form, received, today)
    return found


def _extension_faults(form: RequestForm, received: date, today: date) -> dict[str, str]:
    """Say what is wrong with the thirty days more: told in time, in writing, with the reason."""
    extended, first = form.extended_on, first_due(form.kind, received)
    if extended is None:
        return {}
    why = ""
    if first is None:
        why = "This has no time limit to extend."
    elif extended > first:
        why = "It was due by then. There is no extension after that."
    elif extended < received:
        why = "This is before it came in."
    elif extended > today:
        why = "This day is still to come."
    if why:
        return {"extended_on": why}
    told = form.extension_reason.strip()
    return {} if told else {"extension_reason": "Which reason did you write to them?"}


def _decision_faults(form: RequestForm, received: date, today: date) -> dict[str, str]:
    found: dict[str, str] = {}
    denied = form.decision in REFUSED
    if form.decision:
        if form.decided_on is None:
            found["decided_on"] = "On which day?"
        elif form.decided_on < received:
            found["decided_on"] = "This is before it came in."
        elif form.decided_on > today:
            found["decided_on"] = "This day is still to come."
        if denied and form.kind == Right.RESTRICTION_PAID.value:
            found["decision"] = MUST_AGREE
        elif denied and not form.reason.strip():
            found["reason"] = "Which reason did you write to them?"
    if form.rebuttal.strip() and not form.disagreement.strip():
        found["rebuttal"] = "It answers a statement of theirs. Put that in first."
    return found | _closing_faults(form, received, today)


def _closing_faults(form: RequestForm, received: date, today: date) -> dict[str, str]:
    if form.closed_on is None:
        return {}
    if not form.decision:
        return {"decision": "Say how you answered before you close it."}
    if form.closed_on > today:
        return {"closed_on": "This day is still to come."}
    if form.closed_on < (form.decided_on or received):
        return {"closed_on": "This is before it was answered."}
    return {}


def may_charge(received: date, earlier: Iterable[date]) -> bool:
    """Whether an accounting may cost: another was asked for in the twelve months before."""
    return any(each <= received < add_months(each, FREE_MONTHS) for each in earlier)
