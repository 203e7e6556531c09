"""Goals, coverage, plans for hard hours, medicines and inquiries: few, so looked through whole."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework.columns import read as rows
from cmdesk.casework.jump_hits import Hit, joined
from cmdesk.casework.name_search import WORD, Names, folded
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.models.goal import Goal
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.safety import Medication, SafetyPlan, SafetyStep
from cmdesk.rules.family_codes import AuthorizationDecision, InquiryStatus
from cmdesk.rules.goal_codes import GoalStatus
from cmdesk.rules.people import phone_shown

NUMBER_FROM: Final = 4  # signs that are looked for as one number, however it was written
PHONE: Final = 11  # digits, the country's one among them
ALSO: Final = {  # what each kind is asked for by, beside the name of whom it is about
    "goal": " goal goals",
    "policy": " coverage insurance policy",
    "authorization": " coverage insurance authorization approval approvals",
    "safety": " safety crisis plan",
    "medicine": " medicine medicines medication medications meds",
    "inquiry": " inquiry",
}
_GOALS: Final = select(
    *(Goal.id, Goal.client_id, Goal.name, Goal.words, Goal.measure, Goal.target, Goal.status),
).order_by(Goal.priority, Goal.id)
_POLICIES: Final = select(
    *(Policy.id, Policy.client_id, Policy.payer, Policy.plan_type, Policy.subscriber),
    *(Policy.member_number, Policy.group_number, Policy.carve_out, Policy.notes),
    *(Policy.member_phone, Policy.provider_phone),
).order_by(Policy.id.desc())
_AUTHORIZATIONS: Final = (
    select(
        *(Authorization.id, Authorization.client_id, Authorization.number),
        *(Authorization.level_requested, Authorization.decision, Policy.payer),
    )
    .outerjoin(Policy, Authorization.policy_id == Policy.id)
    .order_by(Authorization.id.desc())
)
_STEPS: Final = (
    select(SafetyStep.id, SafetyPlan.client_id, SafetyStep.text, SafetyStep.phone)
    .join(SafetyPlan, SafetyStep.safety_plan_id == SafetyPlan.id)
    .where(SafetyPlan.ended_on.is_(None), SafetyStep.text != "")
    .order_by(SafetyStep.step, SafetyStep.position)
)
_MEDICINES: Final = select(
    *(Medication.id, Medication.client_id, Medication.name, Medication.dose),
    *(Medication.purpose, Medication.stopped_on),
).order_by(Medication.stopped_on.is_not(None), Medication.id)
_INQUIRIES: Final = (
    select(
        *(Inquiry.id, Inquiry.caller_name, Inquiry.caller_phone, Inquiry.caller_email),
        *(Inquiry.about, Inquiry.status),
    )
    .where(Inquiry.client_id.is_(None))
    .order_by(Inquiry.received_at.desc())
)


@dataclass(frozen=True, slots=True)
class Plan:
    """One of them. `words` are folded, each after a blank, so that beginnings are found."""

    hit: Hit
    words: str


def read(session: Session, names: Names) -> tuple[Plan, ...]:
    """Read them all, once as the search opens: they are looked through at every key."""
    whose = {one.id: one.name for one in names.known if one.kind == "client"}
    asked = partial(rows, session)
    return (
        *(_inquiry(row) for row in asked(_INQUIRIES)),
        *(_goal(row, whose) for row in asked(_GOALS)),
        *(_policy(row, whose) for row in asked(_POLICIES)),
        *(_authorization(row, whose) for row in asked(_AUTHORIZATIONS)),
        *(_step(row, whose) for row in asked(_STEPS)),
        *(_medicine(row, whose) for row in asked(_MEDICINES)),
    )


def _goal(row: Any, whose: dict[int, str]) -> Plan:
    status = GoalStatus(row.status).label.lower()
    detail = joined(whose.get(row.client_id, ""), f"goal, {status}")
    hit = Hit("goal", row.id, row.name or row.words, detail, row.client_id)
    return Plan(hit, _words((row.name, row.words, row.measure, row.target)))


def _policy(row: Any, whose: dict[int, str]) -> Plan:
    said = f"member {row.member_number}" if row.member_number else "policy"
    hit = Hit(
        "policy", row.id, row.payer, joined(whose.get(row.client_id, ""), said), row.client_id
    )
    told = (row.payer, row.plan_type, row.subscriber, row.carve_out, row.notes)
    numbers = (row.member_number, row.group_number, row.member_phone, row.provider_phone)
    return Plan(hit, _words(told, numbers))


def _authorization(row: Any, whose: dict[int, str]) -> Plan:
    decided = AuthorizationDecision(row.decision).label.lower()
    title = " ".join(filter(None, ("Approval", row.number)))
    detail = joined(whose.get(row.client_id, ""), row.payer or "", decided)
    hit = Hit("authorization", row.id, title, detail, row.client_id)
    return Plan(hit, _words((row.payer or "", row.level_requested), (row.number,)))


def _step(row: Any, whose: dict[int, str]) -> Plan:
    number = phone_shown(row.phone)
    detail = joined(whose.get(row.client_id, ""), "safety plan", number)
    hit = Hit("safety", row.id, row.text, detail, row.client_id, number)
    return Plan(hit, _words((row.text,), (row.phone,)))


def _medicine(row: Any, whose: dict[int, str]) -> Plan:
    stands = "medicine, stopped" if row.stopped_on else "medicine"
    title = " ".join(filter(None, (row.name, row.dose)))
    detail = joined(whose.get(row.client_id, ""), stands)
    hit = Hit("medicine", row.id, title, detail, row.client_id)
    return Plan(hit, _words((row.name, row.dose, row.purpose)))


def _inquiry(row: Any) -> Plan:
    number, status = phone_shown(row.caller_phone), InquiryStatus(row.status).label.lower()
    about = f"about {row.about}" if row.about else ""
    detail = joined(f"inquiry, {status}", about, number)
    hit = Hit("inquiry", row.id, row.caller_name, detail, phone=number)
    return Plan(hit, _words((row.caller_name, row.about, row.caller_email), (row.caller_phone,)))


def _words(told: Iterable[str], numbers: Iterable[str] = ()) -> str:
    """Give the words folded, and each number once more as one word."""
    whole = [f" {number}" for each in numbers if (number := _squeezed(each))]
    return _blanked(" ".join([*told, *numbers])) + "".join(whole)


def _blanked(text: str) -> str:
    return "".join(f" {word}" for word in WORD.findall(folded(text)))


def _squeezed(text: str) -> str:
    """Give letters and digits alone, and of a number of North America no country."""
    plain = "".join(WORD.findall(folded(text)))
    return plain[1:] if len(plain) == PHONE and plain.isdigit() and plain[0] == "1" else plain


def find(plans: Sequence[Plan], typed: str, near: Container[int | None] = ()) -> list[Hit]:
    """Find those with every word that was typed, or that number; of those `near`, also by kind."""
    wanted = [f" {word}" for word in WORD.findall(folded(typed))]
    number = f" {_squeezed(typed)}"
    whole = len(number) > NUMBER_FROM and any(sign.isdigit() for sign in number)

    def fits(each: Plan) -> bool:
        said = each.words + ALSO[each.hit.kind] if near else each.words
        return all(word in said for word in wanted) or (whole and number in each.words)

    among = [each for each in plans if not near or each.hit.client_id in near]
    return [each.hit for each in among if fits(each)] if wanted else []
