"""Steps against a denial: begun with their days, filed, answered, and what of them is open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Final, NamedTuple

from sqlalchemy import and_, exists, func, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clock, drafts
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.coverage import Appeal, Authorization, Extension, Policy
from cmdesk.models.document import Document
from cmdesk.rules import appeals as rules
from cmdesk.rules.appeal_steps import Denial, Open, at_level, begun, open_step
from cmdesk.rules.appeals import AppealForm, AppealLevel
from cmdesk.rules.authorization_draft import REFUSABLE
from cmdesk.rules.coverage import COUNTED, unbroken
from cmdesk.rules.family_codes import AuthorizationDecision, AuthorizationKind

COPIED: Final = tuple(each.name for each in fields(AppealForm) if each.name != "version")
_FOLLOWER: Final = aliased(Authorization)
_DENIED: Final = (
    select(
        *(Authorization.id, Authorization.ref, Authorization.uid, Authorization.client_id),
        *(Authorization.decision, Authorization.decided_on, Authorization.kind),
        *(Policy.payer, Policy.plan_type),
        func.coalesce(Authorization.last_covered_on, Authorization.through_on).label("last"),
        _FOLLOWER.decision.label("then_decision"),
        _FOLLOWER.from_on.label("then_from"),
    )
    .outerjoin(Policy, Authorization.policy_id == Policy.id)
    .outerjoin(Extension, Extension.extends_id == Authorization.id)
    .outerjoin(
        _FOLLOWER,
        and_(Extension.authorization_id == _FOLLOWER.id, _FOLLOWER.closed_on.is_(None)),
    )
    .where(
        Authorization.closed_on.is_(None),
        Authorization.decision.in_(REFUSABLE)
        | exists(select(Appeal.id).where(Appeal.authorization_id == Authorization.id)),
    )
    .order_by(Authorization.id)
)
_STEPS: Final = (
    select(
        *(Appeal.authorization_id, Appeal.level, Appeal.denied_on, Appeal.due_on),
        *(Appeal.filed_on, Appeal.answer_due_on, Appeal.decided_on, Appeal.outcome),
    )
    .where(Appeal.authorization_id.in_(among("ids")))
    .order_by(Appeal.id)
)


@dataclass(frozen=True, slots=True)
class AppealRow:
    """One step as the list shows it."""

    id: int
    authorization_id: int
    form: AppealForm


class Pressing(NamedTuple):
    """What is open of a denial, and of whose."""

    authorization_id: int
    ref: str
    client_id: int
    payer: str
    open: Open


class Around(NamedTuple):
    """What a step is about: whose denial by whom, and under which kind of plan."""

    client_id: int
    payer: str
    denial: Denial


def rows(session: Session, client_id: int) -> list[AppealRow]:
    """Return the steps against a client’s denials, in the order they were begun."""
    query = (
        select(Appeal)
        .join(Authorization, Appeal.authorization_id == Authorization.id)
        .where(Authorization.client_id == client_id)
        .order_by(Appeal.id)
    )
    return [AppealRow(row.id, row.authorization_id, _form(row)) for row in session.scalars(query)]


def _form(row: Appeal) -> AppealForm:
    kept = {name: getattr(row, name) for name in COPIED}
    return AppealForm(**kept, version=row.version)


def read_form(session: Session, number: int) -> AppealForm:
    """Return a step as it is kept. Problem when it is gone."""
    return _form(stored(session, Appeal, number, "step"))


def around(session: Session, authorization_id: int) -> Around:
    """Return what a step against this approval is about."""
    row = stored(session, Authorization, authorization_id, "approval")
    policy = session.get(Policy, row.policy_id) if row.policy_id else None
    payer, plan = (policy.payer, policy.plan_type) if policy else ("", "")
    return Around(row.client_id, payer, _denial(row, plan))


def _denial(row: Any, plan_type: str | None, *, given_since: bool = False) -> Denial:
    """Read a denial. `given_since`: what was refused of it in part was given by another."""
    over = row.kind == AuthorizationKind.RETRO.value
    part = row.decision == AuthorizationDecision.PARTIAL.value
    settled = row.decision not in REFUSABLE or (part and given_since)
    return Denial(row.decided_on, over, plan_type or "", settled, part)


def _given_since(row: Any) -> bool:
    return row.then_decision in COUNTED and unbroken(row.last, row.then_from)


def begin(session: Session, authorization_id: int, level: str = "") -> AppealForm:
    """Return what the next step begins with, or one of this level: its day and its last day."""
    denial = around(session, authorization_id).denial
    steps = _steps_of(session, authorization_id)
    return at_level(level, denial, steps) if level else begun(denial, steps)


def _steps_of(session: Session, authorization_id: int) -> list[AppealForm]:
    query = select(Appeal).where(Appeal.authorization_id == authorization_id).order_by(Appeal.id)
    return [_form(row) for row in session.scalars(query)]


def papers(session: Session, client_id: int) -> list[tuple[int, str]]:
    """Return the documents a step may be kept with, the newest first."""
    query = select(Document.id, Document.title).where(Document.client_id == client_id)
    return list(session.execute(query.order_by(Document.id.desc())))


def save(
    session: Session,
    authorization_id: int,
    form: AppealForm,
    number: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a step as typed and throw its draft away. Problem when it does not hold."""
    if found := rules.faults(form, clock.today(session)):
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    if number:
        row = stored(session, Appeal, number, "step")
        refuse_changed(row.version, form.version, "step")
    else:
        stored(session, Authorization, authorization_id, "approval")
        row = Appeal(authorization_id=authorization_id, level=form.level)
    copy_typed(form, COPIED, row)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def take_away(session: Session, number: int) -> None:
    """Take a step away that was never taken."""
    session.delete(stored(session, Appeal, number, "step"))


def open_of(session: Session, client_id: int) -> Open | None:
    """Return the most pressing step against a client’s denials; None while none is open."""
    found = [each.open for each in pressing(session, {client_id})]
    return min(found, key=lambda each: each.due or date.max, default=None)


def pressing(
    session: Session, clients: Iterable[int], day: date | None = None
) -> Iterator[Pressing]:
    """Give what is open of each denial of these clients."""
    day, own = day or clock.today(session), set(clients)
    asked = [row for row in read(session, _DENIED) if row.client_id in own]
    since = {row.id for row in asked if _given_since(row)}
    denied = {row.id: row for row in asked}  # of several that go on from it, there are several rows
    steps = _steps(session, list(denied))
    for row in denied.values():
        denial = _denial(row, row.plan_type, given_since=row.id in since)
        if found := open_step(denial, steps.get(row.id, ()), day):
            yield Pressing(row.id, row.ref or row.uid, row.client_id, row.payer or "", found)


def _steps(session: Session, ids: list[int]) -> dict[int, list[AppealForm]]:
    made: dict[int, list[AppealForm]] = {}
    for row in read(session, _STEPS, ids=listed(ids)) if ids else ():
        made.setdefault(row.authorization_id, []).append(_told(row))
    return made


def _told(row: Any) -> AppealForm:
    return AppealForm(
        row.level,
        denied_on=row.denied_on,
        due_on=row.due_on,
        filed_on=row.filed_on,
        answer_due_on=row.answer_due_on,
        decided_on=row.decided_on,
        outcome=row.outcome,
    )


__all__ = [
    "AppealLevel", "AppealRow", "Around", "Pressing", "around", "begin", "open_of", "papers",
    "pressing", "read_form", "rows", "save", "take_away",
]  # fmt: skip
