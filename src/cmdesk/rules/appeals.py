"""Steps against a denial, and the days the law leaves for each and for its answer.

The clocks are those of plans under the Affordable Care Act and ERISA (45 CFR 147.136 and
29 CFR 2560.503-1). Medicaid, Medicare and TRICARE have their own: there the letter's day is typed.
"""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final, NamedTuple

from cmdesk.rules.code import Code
from cmdesk.rules.days import add_months, later
from cmdesk.rules.family_codes import PlanType


class AppealLevel(Code):
    PEER_TO_PEER = "peer_to_peer", "Peer-to-peer", "Doctor to doctor"
    EXPEDITED_INTERNAL = "expedited_internal", "Expedited appeal", "For care that can’t wait"
    STANDARD_INTERNAL_1 = "standard_internal_1", "Appeal", "First level"
    STANDARD_INTERNAL_2 = "standard_internal_2", "Second appeal", "If the plan has two levels"
    EXTERNAL_EXPEDITED = "external_expedited", "Expedited external review"
    EXTERNAL_STANDARD = "external_standard", "External review"
    COMPLAINT = "complaint", "Complaint", "To the state or the Department of Labor"


class AppealOutcome(Code):
    OVERTURNED = "overturned", "They changed it"
    PARTLY = "partly", "Changed in part"
    UPHELD = "upheld", "They stayed with no"
    WITHDRAWN = "withdrawn", "Taken back by us"


class Limit(NamedTuple):
    """Days or months, and the rule they stand in."""

    days: int
    months: int
    source: str


OWN_CLOCKS: Final = frozenset(
    {PlanType.MEDICAID, PlanType.MEDICARE, PlanType.TRICARE, PlanType.NONE}
)
EXTERNAL: Final = frozenset({AppealLevel.EXTERNAL_EXPEDITED, AppealLevel.EXTERNAL_STANDARD})
IN_HOURS: Final = frozenset({AppealLevel.EXPEDITED_INTERNAL, AppealLevel.EXTERNAL_EXPEDITED})
FIRST_INTERNAL: Final = frozenset({AppealLevel.EXPEDITED_INTERNAL, AppealLevel.STANDARD_INTERNAL_1})
_INTERNAL: Final = Limit(180, 0, "29 CFR 2560.503-1(h)(3)(i), 45 CFR 147.136(b)")
_OUTSIDE: Final = Limit(0, 4, "45 CFR 147.136(d)(2)(i)")
TO_FILE: Final[Mapping[str, Limit]] = MappingProxyType(
    {
        AppealLevel.EXPEDITED_INTERNAL: _INTERNAL,
        AppealLevel.STANDARD_INTERNAL_1: _INTERNAL,
        AppealLevel.EXTERNAL_EXPEDITED: _OUTSIDE,
        AppealLevel.EXTERNAL_STANDARD: _OUTSIDE,
    }
)
# Before the care and after it. 72 hours are over by the end of the third day, at whatever hour
# they began. A plan with two levels has half the time for each.
_AT_ONCE: Final = Limit(3, 0, "29 CFR 2560.503-1(i)(2)(i)")
_AT_ONCE_OUTSIDE: Final = Limit(3, 0, "45 CFR 147.136(d)(3)")
_REVIEWED: Final = Limit(45, 0, "45 CFR 147.136(d)(2)(iii)")
_TO_ANSWER: Final[Mapping[str, tuple[Limit, Limit]]] = MappingProxyType(
    {
        AppealLevel.EXPEDITED_INTERNAL: (_AT_ONCE, _AT_ONCE),
        AppealLevel.STANDARD_INTERNAL_1: (
            Limit(30, 0, "29 CFR 2560.503-1(i)(2)(ii)"),
            Limit(60, 0, "29 CFR 2560.503-1(i)(2)(iii)"),
        ),
        AppealLevel.STANDARD_INTERNAL_2: (
            Limit(15, 0, "29 CFR 2560.503-1(i)(2)(ii)"),
            Limit(30, 0, "29 CFR 2560.503-1(i)(2)(iii)"),
        ),
        AppealLevel.EXTERNAL_EXPEDITED: (_AT_ONCE_OUTSIDE, _AT_ONCE_OUTSIDE),
        AppealLevel.EXTERNAL_STANDARD: (_REVIEWED, _REVIEWED),
    }
)


@dataclass(frozen=True, slots=True)
class AppealForm:
    """One step as the dialog holds it. `denied_on` is when the letter it is against came."""

    level: str = AppealLevel.PEER_TO_PEER
    denied_on: date | None = None
    due_on: date | None = None
    filed_on: date | None = None
    answer_due_on: date | None = None
    decided_on: date | None = None
    outcome: str = ""
    parity_argued: bool = False
    drafted_by: str = ""
    reference: str = ""
    document_id: int | None = None
    note: str = ""
    version: int = 0


def limit_to_file(level: str, plan_type: str = "") -> Limit | None:
    """Return how long the law leaves to take a step; None where the letter alone says."""
    return None if plan_type in OWN_CLOCKS else TO_FILE.get(level)


def limit_to_answer(level: str, plan_type: str = "", *, given: bool = False) -> Limit | None:
    """Return how long a step may stay without an answer; `given`: the care is over already."""
    found = None if plan_type in OWN_CLOCKS else _TO_ANSWER.get(level)
    return found and found[given]


def last_day(limit: Limit, day: date) -> date:
    """Return the last day of a limit that began on a day.

    Where the fourth month has no such day, it is the first of the next: October 30 gives March 1.
    A weekend or holiday may bring it later still; the earlier day is always safe.
    """
    if limit.days:
        return later(day, limit.days)
    there = add_months(day, limit.months)
    if there < date.max and day.day > monthrange(there.year, there.month)[1]:
        return later(there, 1)
    return there


def file_by(level: str, denied_on: date | None, plan_type: str = "") -> date | None:
    """Return the last day to take a step against a denial."""
    limit = limit_to_file(level, plan_type)
    return last_day(limit, denied_on) if limit and denied_on else None


def answer_by(
    level: str, filed_on: date | None, plan_type: str = "", *, given: bool = False
) -> date | None:
    """Return the last day for the answer to a step."""
    limit = limit_to_answer(level, plan_type, given=given)
    return last_day(limit, filed_on) if limit and filed_on else None


def faults(form: AppealForm, today: date) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found = {
        "denied_on": _to_come(form.denied_on, today),
        "due_on": _before(form.due_on, form.denied_on, "This is before the denial."),
        "filed_on": _to_come(form.filed_on, today)
        or _before(form.filed_on, form.denied_on, "This is before the denial."),
        "answer_due_on": _before(form.answer_due_on, form.filed_on, "This is before it was filed."),
        "decided_on": _to_come(form.decided_on, today)
        or _before(form.decided_on, form.filed_on, "This is before it was filed.")
        or _before(form.decided_on, form.denied_on, "This is before the denial."),
        "outcome": "How did they decide?" if form.decided_on and not form.outcome else "",
    }
    if form.outcome and not form.decided_on and not found["decided_on"]:
        found["decided_on"] = "On which day was that?"
    return {name: why for name, why in found.items() if why}


def asks(form: AppealForm) -> str:
    """Say what is unusual about a step, as a question to be confirmed; empty when nothing is."""
    if form.filed_on and form.due_on and form.filed_on > form.due_on:
        return "It was filed after the last day. Save again if that is right."
    return ""


def _to_come(day: date | None, today: date) -> str:
    return "This day is still to come." if day and day > today else ""


def _before(day: date | None, other: date | None, why: str) -> str:
    return why if day and other and day < other else ""


__all__ = [
    "EXTERNAL", "FIRST_INTERNAL", "IN_HOURS", "OWN_CLOCKS", "TO_FILE", "AppealForm", "AppealLevel",
    "AppealOutcome", "Limit", "answer_by", "asks", "faults", "file_by", "last_day",
    "limit_to_answer", "limit_to_file",
]  # fmt: skip
