"""What pays for a client's care: policies, and the days an insurer has approved."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from enum import Enum, auto
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cmdesk.casework import appeals, approved_days, clients, clock
from cmdesk.casework.approved_days import Asked
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.coverage import Policy
from cmdesk.rules import coverage as rules
from cmdesk.rules.appeal_steps import Open
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.coverage import Spent
from cmdesk.rules.days import later
from cmdesk.rules.family_codes import AuthorizationDecision
from cmdesk.rules.provider_said import phone_fault


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    payer: str = ""
    plan_type: str = ""
    member_number: str = ""
    group_number: str = ""
    subscriber: str = ""
    carve_out: str = ""
    member_phone: str = ""
    provider_phone: str = ""
    pays: str = ""
    effective_on: date | None = None
    ends_on: date | None = None
    notes: str = ""
    version: int = 0


TWO_NUMBERS: Final = 20  # digits
COPIED: Final = tuple(each.name for each in fields(PolicyDraft) if each.name != "version")


class Counts(Enum):
    """Whether a policy is what pays. Of those in force, the one added last does."""

    ALONE = auto()
    FIRST = auto()  # others are in force too
    BESIDE = auto()
    TO_COME = auto()
    OVER = auto()  # its last day has passed


@dataclass(frozen=True, slots=True)
class PolicyRow:
    id: int
    draft: PolicyDraft
    counts: Counts


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rail says: who pays for which level, how many days are left, and the cliff.

    No `payer` is named while no policy is in force; what was approved and denied is told all the
    same.
    """

    payer: str
    plan_type: str
    level: str
    pays: str
    spent: Spent | None
    pending: bool  # something was asked and not answered yet
    leaves: date | None
    ends_early: bool  # days are needed after the last that is approved
    denied: Open | None = None  # the most pressing step against a denial
    given_by: str = ""  # who approved the days, where it is not the `payer`


def standing(session: Session, client_id: int) -> Standing | None:
    """Return how the present stay is paid for; None while nothing of coverage is known."""
    today = clock.today(session)
    policy, every = present(session, client_id, today), approved_days.asked(session, client_id)
    if not (every or policies(session, client_id)):
        return None
    stay = clients.current_episode(session, client_id, today)
    asked = [each for each in every if not each.row.closed_on]
    about = [each for each in asked if stay is None or each.row.episode_id in (None, stay.id)]
    spent = approved_days.spent(about, stay, today)
    leaves = stay.planned_discharge if stay else None
    level = stay.level_of_care if stay else ""
    return Standing(
        payer=policy.payer if policy else "",
        plan_type=policy.plan_type if policy else "",
        level=LevelOfCare(level).label if level else "",
        pays=policy.pays if policy else "",
        spent=spent,
        pending=any(each.row.decision == AuthorizationDecision.PENDING for each in about),
        leaves=leaves,
        ends_early=bool(spent and rules.ends_early(spent.last, leaves)),
        denied=appeals.open_of(session, client_id),
        given_by=_given_by(session, about, policy),
    )


def _given_by(session: Session, about: Sequence[Asked], policy: Policy | None) -> str:
    """Name who approved these days, where it was under another policy than the one in force."""
    given = {each.row.policy_id for each in about if each.row.decision in rules.COUNTED}
    if given <= {None, policy.id if policy else None}:
        return ""
    names = session.scalars(select(Policy.payer).where(Policy.id.in_(given)).order_by(Policy.id))
    return ", ".join(dict.fromkeys(names))


def present(session: Session, client_id: int, today: date) -> Policy | None:
    """Choose the policy in force that was added last; one that is to come does not pay yet."""
    rows = session.scalars(_policies(client_id))
    return next((row for row in rows if _in_force(row, today)), None)


def _in_force(row: Policy, today: date) -> bool:
    return not _over(row, today) and not (row.effective_on and row.effective_on > today)


def _over(row: Policy, today: date) -> bool:
    return bool(row.ends_on and row.ends_on < today)


def _policies(client_id: int) -> Select[Policy]:
    return select(Policy).where(Policy.client_id == client_id).order_by(Policy.id.desc())


def policies(session: Session, client_id: int) -> list[PolicyRow]:
    """Return every policy, the one added last first."""
    today = clock.today(session)
    rows = session.scalars(_policies(client_id)).all()
    in_force = [row.id for row in rows if _in_force(row, today)]
    return [PolicyRow(row.id, _draft(row), _counts(row, in_force, today)) for row in rows]


def _counts(row: Policy, in_force: Sequence[int], today: date) -> Counts:
    if row.id not in in_force:
        return Counts.OVER if _over(row, today) else Counts.TO_COME
    if len(in_force) == 1:
        return Counts.ALONE
    return Counts.FIRST if row.id == in_force[0] else Counts.BESIDE


def _draft(row: Policy) -> PolicyDraft:
    return PolicyDraft(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def policy_faults(draft: PolicyDraft) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found: dict[str, str] = {}
    if not draft.payer.strip():
        found["payer"] = "Who pays? Type the name of the plan."
    for name in ("member_phone", "provider_phone"):
        if wrong := _number_fault(getattr(draft, name)):
            found[name] = wrong
    if draft.effective_on and draft.ends_on and draft.ends_on < draft.effective_on:
        found["ends_on"] = "It ends before it begins."
    return found


def _number_fault(typed: str) -> str:
    """Say what is wrong with a plan’s number; 1-800-MERIDIAN is one, in letters, and stays."""
    spelled = any(sign.isalpha() for sign in typed)
    two = sum(sign.isdigit() for sign in typed) >= TWO_NUMBERS
    return phone_fault(typed) if two or not spelled else ""


def save_policy(
    session: Session, client_id: int, draft: PolicyDraft, policy_id: int | None = None
) -> int:
    """Add a policy, or change one. Problem when it does not hold."""
    if faults := policy_faults(draft):
        raise Problem(next(iter(faults.values())), "Put it right and save again.")
    row = stored(session, Policy, policy_id, "policy") if policy_id else Policy(client_id=client_id)
    if policy_id:
        refuse_changed(row.version, draft.version, "policy")
    copy_typed(draft, COPIED, row)
    session.add(row)
    session.flush()
    return row.id


def end_policy(session: Session, policy_id: int) -> None:
    """End a policy with yesterday, so that it pays for nothing from today on."""
    session.get_one(Policy, policy_id).ends_on = later(clock.today(session), -1)
