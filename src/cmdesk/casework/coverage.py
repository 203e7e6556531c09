"""What pays for a client's care: policies, and the days an insurer has approved."""

from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.coverage import Authorization, Policy
from cmdesk.rules import coverage as rules
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.coverage import Approval, Spent
from cmdesk.rules.days import later
from cmdesk.rules.family_codes import AuthorizationDecision, AuthorizationKind, AuthorizationUnit

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    D = TypeVar("D", bound=DataclassInstance)


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


@dataclass(frozen=True, slots=True)
class AuthorizationDraft:
    """What was asked of an insurer, and what was given. `episode_id` is the stay it is for."""

    policy_id: int | None = None
    episode_id: int | None = None
    kind: str = AuthorizationKind.PRE_CERT
    level_requested: str = ""
    units_requested: int | None = None
    units_authorized: int | None = None
    unit: str = AuthorizationUnit.DAYS
    number: str = ""
    from_on: date | None = None
    through_on: date | None = None
    last_covered_on: date | None = None
    next_review_on: date | None = None
    criteria: str = ""
    decision: str = AuthorizationDecision.PENDING
    decided_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class PolicyRow:
    id: int
    draft: PolicyDraft
    over: bool  # its last day has passed


@dataclass(frozen=True, slots=True)
class AuthorizationRow:
    """One approval; `spent` where its days can be counted."""

    id: int
    draft: AuthorizationDraft
    payer: str
    closed_on: date | None
    spent: Spent | None


@dataclass(frozen=True, slots=True)
class Standing:
    """What the rail says: who pays for which level, how many days are left, and the cliff."""

    payer: str
    plan_type: str
    level: str
    pays: str
    spent: Spent | None
    pending: bool  # something was asked and not answered yet
    leaves: date | None
    ends_early: bool  # days are needed after the last that is approved


def standing(session: Session, client_id: int) -> Standing | None:
    """Return how the present stay is paid for; None while no policy is known."""
    today = clock.today(session)
    policy = _present(session, client_id, today)
    if policy is None:
        return None
    stay = clients.current_episode(session, client_id, today)
    asked = [row for row in _asked(session, client_id) if row.closed_on is None]
    about = [row for row in asked if stay is None or row.episode_id in (None, stay.id)]
    spent = _spent(about, stay, today)
    leaves = stay.planned_discharge if stay else None
    level = stay.level_of_care if stay else ""
    return Standing(
        payer=policy.payer,
        plan_type=policy.plan_type,
        level=LevelOfCare(level).label if level else "",
        pays=policy.pays,
        spent=spent,
        pending=any(row.decision == AuthorizationDecision.PENDING for row in about),
        leaves=leaves,
        ends_early=bool(spent and rules.ends_early(spent.last, leaves)),
    )


def _present(session: Session, client_id: int, today: date) -> Policy | None:
    """Choose the policy in force that was added last; one that is to come does not pay yet."""
    rows = [
        row
        for row in session.scalars(_policies(client_id))
        if not (row.ends_on and row.ends_on < today)
        and not (row.effective_on and row.effective_on > today)
    ]
    return rows[0] if rows else None


def _policies(client_id: int) -> Select[Policy]:
    return select(Policy).where(Policy.client_id == client_id).order_by(Policy.id.desc())


def _asked(session: Session, client_id: int) -> list[Authorization]:
    query = select(Authorization).where(Authorization.client_id == client_id)
    return list(session.scalars(query.order_by(Authorization.id.desc())))


def _spent(rows: list[Authorization], stay: Episode | None, today: date) -> Spent | None:
    """Count the days of some approvals, which come the newest first."""
    approvals = [
        Approval(row.units_authorized, row.from_on, row.last_covered_on or row.through_on)
        for row in reversed(rows)
        if rules.counts(
            row.decision, row.unit, row.units_authorized, row.last_covered_on or row.through_on
        )
    ]
    admitted, left_on = (stay.admitted, stay.discharged) if stay else (None, None)
    return rules.spent(approvals, admitted, today, left_on)


def policies(session: Session, client_id: int) -> list[PolicyRow]:
    """Return every policy, the one added last first."""
    today = clock.today(session)
    return [
        PolicyRow(row.id, _drafted(row, PolicyDraft), bool(row.ends_on and row.ends_on < today))
        for row in session.scalars(_policies(client_id))
    ]


def authorizations(session: Session, client_id: int) -> list[AuthorizationRow]:
    """Return everything that was asked of insurers, open before closed, the newest first."""
    today = clock.today(session)
    payers = {row.id: row.payer for row in session.scalars(_policies(client_id))}
    rows = [
        AuthorizationRow(
            id=row.id,
            draft=_drafted(row, AuthorizationDraft),
            payer=payers.get(row.policy_id or 0, ""),
            closed_on=row.closed_on,
            spent=_spent(
                [row], session.get(Episode, row.episode_id) if row.episode_id else None, today
            ),
        )
        for row in _asked(session, client_id)
    ]
    return sorted(rows, key=lambda row: row.closed_on is not None)


def _drafted(row: Policy | Authorization, kind: "type[D]") -> "D":
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})


def begin(session: Session, client_id: int) -> AuthorizationDraft:
    """Return what a new approval begins with: the policy in force and the stay of today."""
    today = clock.today(session)
    policy = _present(session, client_id, today)
    stay = clients.current_episode(session, client_id, today)
    before = [row for row in _asked(session, client_id) if stay and row.episode_id == stay.id]
    latest = _spent(before, stay, today)
    return AuthorizationDraft(
        policy_id=policy.id if policy else None,
        episode_id=stay.id if stay else None,
        kind=AuthorizationKind.CONCURRENT if latest else AuthorizationKind.PRE_CERT,
        level_requested=stay.level_of_care if stay else "",
        from_on=later(latest.last, 1) if latest else stay.admitted if stay else None,
    )


def policy_faults(draft: PolicyDraft) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found: dict[str, str] = {}
    if not draft.payer.strip():
        found["payer"] = "Who pays? Type the name of the plan."
    if draft.effective_on and draft.ends_on and draft.ends_on < draft.effective_on:
        found["ends_on"] = "It ends before it begins."
    return found


def authorization_faults(draft: AuthorizationDraft) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found: dict[str, str] = {}
    given = draft.decision in rules.COUNTED
    for name in ("units_requested", "units_authorized"):
        count = getattr(draft, name)
        if count is not None and count < 0:
            found[name] = "This can’t be less than none."
    last = draft.last_covered_on or draft.through_on
    if given and not (draft.units_authorized or last):
        found["units_authorized"] = "How many were approved, or through which day?"
    if draft.from_on and draft.through_on and draft.through_on < draft.from_on:
        found["through_on"] = "It ends before it begins."
    if draft.from_on and draft.last_covered_on and draft.last_covered_on < draft.from_on:
        found["last_covered_on"] = "It ends before it begins."
    return found


def save_policy(
    session: Session, client_id: int, draft: PolicyDraft, policy_id: int | None = None
) -> int:
    """Add a policy, or change one."""
    _refuse(policy_faults(draft))
    row = session.get_one(Policy, policy_id) if policy_id else Policy(client_id=client_id, payer="")
    return _keep(session, row, draft)


def save_authorization(
    session: Session,
    client_id: int,
    draft: AuthorizationDraft,
    authorization_id: int | None = None,
) -> int:
    """Add what was asked and given, or change it."""
    _refuse(authorization_faults(draft))
    row = (
        session.get_one(Authorization, authorization_id)
        if authorization_id
        else Authorization(client_id=client_id)
    )
    return _keep(session, row, draft)


def _refuse(faults: dict[str, str]) -> None:
    if faults:
        raise Problem(next(iter(faults.values())))


def _keep(
    session: Session, row: Policy | Authorization, draft: PolicyDraft | AuthorizationDraft
) -> int:
    for field in fields(draft):
        value = getattr(draft, field.name)
        setattr(row, field.name, value.strip() if isinstance(value, str) else value)
    session.add(row)
    session.flush()
    return row.id


def close_authorization(session: Session, authorization_id: int) -> None:
    """Close it today: it counts no longer and is kept."""
    session.get_one(Authorization, authorization_id).closed_on = clock.today(session)


def end_policy(session: Session, policy_id: int) -> None:
    """End a policy with yesterday, so that it pays for nothing from today on."""
    session.get_one(Policy, policy_id).ends_on = later(clock.today(session), -1)
