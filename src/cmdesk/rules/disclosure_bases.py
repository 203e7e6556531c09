"""On what ground something may be told, what each ground makes one write down, and what counts.

45 CFR 164.502 to 164.528 and 42 CFR 2.12 to 2.67; the table is facts/rules.md 1.4.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, time
from types import MappingProxyType
from typing import Any, Final

from cmdesk.rules.code import Code
from cmdesk.rules.codes import Channel, DisclosureBasis

HIPAA: Final = "45 CFR 164.528"
PART2: Final = "42 CFR 2.25"
PART2_YEARS: Final = 3  # 42 CFR 2.25(a): made with consent in the three years before

# 45 CFR 164.528(a)(1): all but these. What is not named here is accounted for.
EXEMPT: Final = frozenset(
    {
        DisclosureBasis.CONSENT,
        DisclosureBasis.MEDICAL_EMERGENCY,
        DisclosureBasis.TO_THE_CLIENT,
        DisclosureBasis.DE_IDENTIFIED,
        DisclosureBasis.TREATMENT,
        DisclosureBasis.AGREED,
        DisclosureBasis.INCAPACITY,
    }
)
# Records under Part 2 may go on these alone: 42 CFR 2.12(c), 2.15, 2.23, 2.31, 2.51, 2.61 to 2.67.
PART2_ALLOWS: Final = frozenset(
    {
        DisclosureBasis.CONSENT,
        DisclosureBasis.MEDICAL_EMERGENCY,
        DisclosureBasis.COURT_ORDER,
        DisclosureBasis.AUDIT,
        DisclosureBasis.TO_THE_CLIENT,
        DisclosureBasis.DE_IDENTIFIED,
        DisclosureBasis.DEATH,
    }
)


class Report(Code):
    CHILD = "child", "Abuse or neglect of a child"
    ADULT = "adult", "Abuse or neglect of an adult"


class Auditor(Code):
    SERVICE = "service", "Works for us under an agreement"
    OVERSIGHT = "oversight", "A health oversight agency"


class OfTheDead(Code):
    """Whom one tells after a death: 45 CFR 164.512(g), 164.510(b)(5)."""

    CORONER = "coroner", "Coroner or medical examiner"
    EXECUTOR = "executor", "Executor or administrator"
    FAMILY = "family", "Relative involved in the care"


class Notice(Code):
    """The notice to accompany a disclosure: 42 CFR 2.32(a)."""

    LONG = "42 CFR 2.32(a)(1)", "Full notice"
    SHORT = "42 CFR 2.32(a)(2)", "Short notice"


# What a ground makes one write down beside who, when, what and why, and how it is asked.
ASKED: Final[Mapping[DisclosureBasis, tuple[str, ...]]] = MappingProxyType(
    {
        DisclosureBasis.CONSENT: ("consent_id",),
        DisclosureBasis.MEDICAL_EMERGENCY: ("nature", "why_no_consent"),
        DisclosureBasis.REQUIRED_REPORT: ("report", "report_number", "informed"),
        DisclosureBasis.COURT_ORDER: ("order_number", "reviewed_by"),
        DisclosureBasis.DUTY_TO_PROTECT: ("threat", "good_faith", "law"),
        DisclosureBasis.REQUIRED_BY_LAW: ("law", "reviewed_by"),
        DisclosureBasis.AUDIT: ("auditor", "agreement"),
        DisclosureBasis.TO_THE_CLIENT: ("asked_on", "identified"),
        DisclosureBasis.DE_IDENTIFIED: ("way",),
        DisclosureBasis.TREATMENT: (),
        DisclosureBasis.AGREED: ("agreed_how", "present", "limits"),
        DisclosureBasis.INCAPACITY: ("capacity", "rationale", "tell_plan"),
        DisclosureBasis.DEATH: ("relation", "authority"),
    }
)
# Only where 42 CFR part 2 covers it and consent is the ground: 2.32(a), (b).
WITH_PART2: Final = ("notice", "scope_given")
OPTIONAL: Final = frozenset({"limits", "suspended_until"})
MAY_WAIT: Final = frozenset(  # 164.528(a)(2): the agency may ask that it stays off the accounting
    {DisclosureBasis.COURT_ORDER, DisclosureBasis.REQUIRED_BY_LAW, DisclosureBasis.AUDIT}
)
MISSING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "consent_id": "Which consent allowed it?",
        "notice": "Which notice went with it?",
        "scope_given": "Was the consent’s scope given, and how?",
        "nature": "What was the emergency?",
        "why_no_consent": "Why could no consent be had?",
        "report": "Whose abuse or neglect was reported?",
        "report_number": "Under which number does the agency keep it?",
        "informed": "Was the client told? If not, why?",
        "order_number": "Which order was it?",
        "reviewed_by": "Who looked at it before you answered?",
        "threat": "What made the danger serious and near?",
        "good_faith": "Why did you believe it?",
        "law": "Which law or rule?",
        "auditor": "Who asked for it?",
        "agreement": "Which agreement covers them?",
        "asked_on": "When did they ask for it?",
        "identified": "How did you know it was them?",
        "way": "How were the names taken out?",
        "agreed_how": "How did the client agree?",
        "present": "Who was there, and when?",
        "capacity": "What kept the client from deciding?",
        "rationale": "Why was it in the client’s best interest?",
        "tell_plan": "How will the client hear of it?",
        "relation": "Who are they?",
        "authority": "By what right?",
    }
)
ALWAYS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "recipient_name": "Who was told?",
        "what": "What was told, in a few words?",
        "purpose": "What for?",
        "only_needed": "Was it only what was needed?",
    }
)
IN_EMERGENCY: Final[Mapping[str, str]] = MappingProxyType(  # 42 CFR 2.51(c)
    {
        "at": "At what time?",
        "recipient_organisation": "Of which hospital or practice are they?",
    }
)


@dataclass(frozen=True, slots=True)
class DisclosureForm:
    """What was told without a letter, as the dialog holds it. `day` and `at` are local.

    From `nature` on, a field belongs to some grounds alone; the others leave it empty.
    """

    basis: str = DisclosureBasis.CONSENT
    day: date | None = None
    at: time | None = None
    recipient: str = ""  # the rules' name of one known here: "p12" or "o3"
    recipient_name: str = ""
    recipient_organisation: str = ""
    recipient_address: str = ""
    channel: str = Channel.PHONE
    what: str = ""
    topics: tuple[str, ...] = ()
    purpose: str = ""
    under_part2: bool = False
    only_needed: bool = False
    consent_id: int | None = None
    notice: str = ""
    scope_given: str = ""
    nature: str = ""
    why_no_consent: str = ""
    report: str = ""
    report_number: str = ""
    informed: str = ""
    order_number: str = ""
    reviewed_by: str = ""
    threat: str = ""
    good_faith: str = ""
    law: str = ""
    auditor: str = ""
    agreement: str = ""
    asked_on: date | None = None
    identified: str = ""
    way: str = ""
    agreed_how: str = ""
    present: str = ""
    limits: str = ""
    capacity: str = ""
    rationale: str = ""
    tell_plan: str = ""
    relation: str = ""
    authority: str = ""
    suspended_until: date | None = None
    why_corrected: str = ""


# These have columns of their own; the others are kept together beside them.
OF_COLUMNS: Final = frozenset({"consent_id", "notice"})
SAID: Final = tuple(
    name
    for name in (field.name for field in fields(DisclosureForm))
    if (name in MISSING or name in OPTIONAL) and name not in OF_COLUMNS
)


def asked(basis: str, *, part2: bool, auditor: str = "") -> tuple[str, ...]:
    """Name the fields a ground asks for, those that may stay empty among them."""
    known = DisclosureBasis(basis)
    names = ASKED[known]
    if known is DisclosureBasis.CONSENT and part2:
        names += WITH_PART2
    if auditor == Auditor.OVERSIGHT.value:
        names = tuple(name for name in names if name != "agreement")
    return (*names, "suspended_until") if known in MAY_WAIT else names


def said(form: DisclosureForm) -> dict[str, Any]:
    """Return what the ground makes one write down, as plain values; what is empty is left out."""
    names = asked(form.basis, part2=form.under_part2, auditor=form.auditor)
    found = {name: getattr(form, name) for name in SAID if name in names}
    if form.why_corrected.strip():
        found["why_corrected"] = form.why_corrected
    return {name: _plain(value) for name, value in found.items() if value}


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value).strip()


def faults(form: DisclosureForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a disclosure from being recorded."""
    found: dict[str, str] = {}
    if form.day is None:
        found["day"] = "On which day?"
    elif form.day > today:
        found["day"] = "This day is still to come."
    found |= {name: words for name, words in ALWAYS.items() if _empty(getattr(form, name))}
    if form.basis == DisclosureBasis.MEDICAL_EMERGENCY:
        found |= {n: words for n, words in IN_EMERGENCY.items() if getattr(form, n) in (None, "")}
    for name in asked(form.basis, part2=form.under_part2, auditor=form.auditor):
        if name not in OPTIONAL and _empty(getattr(form, name)):
            found[name] = MISSING[name]
    if form.asked_on and form.day and form.asked_on > form.day:
        found["asked_on"] = "This is after they were told."
    return found


def _empty(value: object) -> bool:
    return not (value.strip() if isinstance(value, str) else value)


def concern(basis: str, *, part2: bool, report: str = "") -> str:
    """Say where the rules do not allow what happened; it is recorded all the same."""
    if not part2 or basis in PART2_ALLOWS or report == Report.CHILD.value:
        return ""
    return "Part 2 does not allow this without consent. Open a privacy incident, too."


def required_by(
    basis: str, said: Mapping[str, Any], day: date, today: date, *, part2: bool
) -> tuple[str, ...]:
    """Name the rules that ask for this row on an accounting made today; none: listed though exempt.

    A ground that is not known counts.
    """
    found: list[str] = []
    agreed = basis == DisclosureBasis.AUDIT.value and said.get("auditor") == Auditor.SERVICE
    of_the_dead = basis == DisclosureBasis.DEATH.value and said.get("relation") in (
        OfTheDead.EXECUTOR,
        OfTheDead.FAMILY,
    )
    if basis not in EXEMPT and not agreed and not of_the_dead:
        found.append(HIPAA)
    if part2 and basis == DisclosureBasis.CONSENT and day >= years_before(today, PART2_YEARS):
        found.append(PART2)
    return tuple(found)


def years_before(day: date, years: int) -> date:
    """Go back by years; of 29 February the day before 1 March remains."""
    year = day.year - years
    if year < 1:
        return date.min
    try:
        return day.replace(year=year)
    except ValueError:
        return date(year, 2, 28)
