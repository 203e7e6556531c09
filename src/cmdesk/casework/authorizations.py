"""What was asked of insurers and what they gave: written, linked into chains, and closed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import approved_days, clients, clock, coverage, whole_days
from cmdesk.casework.approved_days import Asked
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.coverage import Authorization, Extension, ReviewCall
from cmdesk.rules import authorization_draft as rules
from cmdesk.rules.authorization_draft import AuthorizationDraft, StayDays
from cmdesk.rules.coverage import COUNTED, Spent
from cmdesk.rules.days import later
from cmdesk.rules.episode_draft import amount, cents
from cmdesk.rules.family_codes import AuthorizationKind

_APART: Final = ("extends_id", "rate", "version")
COPIED: Final = tuple(each.name for each in fields(AuthorizationDraft) if each.name not in _APART)


@dataclass(frozen=True, slots=True)
class AuthorizationRow:
    """One approval; `spent` where its days can be counted. `extended`: another goes on from it."""

    id: int
    draft: AuthorizationDraft
    payer: str
    closed_on: date | None
    spent: Spent | None
    extended: bool = False


def rows(session: Session, client_id: int) -> list[AuthorizationRow]:
    """Return everything that was asked of insurers, open before closed, the newest first."""
    today = clock.today(session)
    payers = {each.id: each.draft.payer for each in coverage.policies(session, client_id)}
    asked = approved_days.asked(session, client_id)
    gone_on = rules.going_on(approved_days.links(asked))
    found = [
        AuthorizationRow(
            id=each.row.id,
            draft=_draft(each),
            payer=payers.get(each.row.policy_id or 0, ""),
            closed_on=each.row.closed_on,
            spent=_alone(session, each, asked, today),
            extended=each.row.id in gone_on,
        )
        for each in asked
    ]
    return sorted(found, key=lambda each: each.closed_on is not None)


def _draft(asked: Asked) -> AuthorizationDraft:
    kept = {name: getattr(asked.row, name) for name in COPIED}
    return AuthorizationDraft(
        **kept,
        extends_id=asked.after or None,
        rate=amount(asked.row.rate_cents),
        version=asked.row.version,
    )


def _alone(session: Session, each: Asked, asked: list[Asked], today: date) -> Spent | None:
    stay = session.get(Episode, each.row.episode_id) if each.row.episode_id else None
    return approved_days.alone(each.row.id, asked, stay, today)


def begin(session: Session, client_id: int) -> AuthorizationDraft:
    """Return what a new approval begins with: the policy in force and the stay of today.

    Where days of this stay were approved before, it goes on from the last of them.
    """
    today = clock.today(session)
    policy = coverage.present(session, client_id, today)
    stay = clients.current_episode(session, client_id, today)
    asked = approved_days.asked(session, client_id)
    before = [each for each in asked if stay and each.row.episode_id == stay.id]
    latest = approved_days.spent(before, stay, today)
    free = _ends(before) if latest else None
    return AuthorizationDraft(
        policy_id=policy.id if policy else None,
        episode_id=stay.id if stay else None,
        kind=AuthorizationKind.CONCURRENT if latest else AuthorizationKind.PRE_CERT,
        level_requested=stay.level_of_care if stay else "",
        from_on=later(latest.last, 1) if latest else stay.first_day if stay else None,
        extends_id=free,
    )


def _ends(before: list[Asked]) -> int | None:
    """Return the newest approval that none goes on from."""
    gone_on = rules.going_on(approved_days.links(before))
    given = (each.row.id for each in before if each.row.decision in COUNTED)
    return next((number for number in given if number not in gone_on), None)


def faults(
    session: Session, client_id: int, draft: AuthorizationDraft, number: int | None = None
) -> dict[str, str]:
    """Map fields to what is wrong with them; empty when sound."""
    found = rules.faults(draft, clock.today(session))
    links = approved_days.links(approved_days.asked(session, client_id))
    if why := whole_days.fault(session, draft.episode_id):
        found["episode_id"] = why
    refused = draft.decision in approved_days.REFUSED
    if why := rules.link_fault(number or 0, draft.extends_id, links, refused=refused):
        found["extends_id"] = why
    return found


def asks(session: Session, client_id: int, draft: AuthorizationDraft) -> dict[str, str]:
    """Map fields to what is odd about them, to be kept only when saved once more."""
    today = clock.today(session)
    stay = session.get(Episode, draft.episode_id) if draft.episode_id else None
    known = StayDays()
    if stay:
        over = stay.discharged is not None
        known = StayDays(stay.first_day, stay.last_day or stay.planned_discharge, over)
    found = rules.asks(draft, known, today)
    links = approved_days.links(approved_days.asked(session, client_id))
    if why := rules.link_ask(draft, links, today):
        found.setdefault("from_on", why)
    return found


def save(
    session: Session, client_id: int, draft: AuthorizationDraft, number: int | None = None
) -> int:
    """Add what was asked and given, or change it. Problem when it does not hold."""
    if found := faults(session, client_id, draft, number):
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    if number:
        row = stored(session, Authorization, number, "approval")
        refuse_changed(row.version, draft.version, "approval")
    else:
        row = Authorization(client_id=client_id)
    moved = number is not None and row.next_review_on != draft.next_review_on
    copy_typed(draft, COPIED, row)
    row.rate_cents = cents(draft.rate)
    session.add(row)
    session.flush()
    _link(session, row, draft.extends_id)
    if moved:
        _move_reviews(session, row)
    session.flush()
    return row.id


def _link(session: Session, row: Authorization, extends_id: int | None) -> None:
    """Let it go on from another, whose stay it then is for; or from none."""
    query = select(Extension).where(Extension.authorization_id == row.id)
    link = session.scalar(query)
    if extends_id is None:
        if link is not None:
            session.delete(link)
        return
    before = stored(session, Authorization, extends_id, "approval")
    if link is None:
        session.add(Extension(authorization_id=row.id, extends_id=extends_id))
    else:
        link.extends_id = extends_id
    row.episode_id = row.episode_id or before.episode_id


def _move_reviews(session: Session, row: Authorization) -> None:
    """Let the review that is set next be on the day now typed with the approval."""
    query = select(ReviewCall).where(
        ReviewCall.authorization_id == row.id, ReviewCall.held_on.is_(None)
    )
    waiting = session.scalars(query.order_by(ReviewCall.due_on, ReviewCall.id)).all()
    for call in waiting[:1] if row.next_review_on else waiting:
        call.due_on = row.next_review_on


def close(session: Session, number: int) -> None:
    """Close it today: it counts no longer and is kept."""
    stored(session, Authorization, number, "approval").closed_on = clock.today(session)
