"""Approvals as they are stored, with the chains they form, and the days they give."""

from collections.abc import Iterable
from datetime import date
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.models.care import Episode
from cmdesk.models.coverage import Authorization, Extension
from cmdesk.rules import coverage as rules
from cmdesk.rules.authorization_draft import Link
from cmdesk.rules.coverage import Approval, Spent
from cmdesk.rules.family_codes import AuthorizationDecision

REFUSED: Final = frozenset((AuthorizationDecision.DENIED, AuthorizationDecision.WITHDRAWN))
_ASKED: Final = select(Authorization, Extension.extends_id).outerjoin(
    Extension, Extension.authorization_id == Authorization.id
)


class Asked(NamedTuple):
    """What was asked of an insurer, and the approval it goes on from, 0 where from none."""

    row: Authorization
    after: int


def asked(session: Session, client_id: int) -> list[Asked]:
    """Return everything that was asked for a client, the newest first."""
    query = _ASKED.where(Authorization.client_id == client_id)
    found = session.execute(query.order_by(Authorization.id.desc()))
    return [Asked(row, after or 0) for row, after in found]


def spent(rows: Iterable[Asked], stay: Episode | None, today: date) -> Spent | None:
    """Count the days of approvals, which come the newest first: a chain is one span."""
    admitted, left_on = _bounds(stay)
    return rules.spent(_given(rows), admitted, today, left_on)


def alone(number: int, rows: Iterable[Asked], stay: Episode | None, today: date) -> Spent | None:
    """Count the days of one approval among others, from where the one before it ends."""
    admitted, left_on = _bounds(stay)
    own = [each for each in rules.linked(_given(rows), admitted) if each.number == number]
    return rules.spent(own, admitted, today, left_on)


def _given(rows: Iterable[Asked]) -> list[Approval]:
    return [
        Approval(row.units_authorized, row.from_on, last_of(row), row.id, after)
        for row, after in reversed(list(rows))
        if rules.counts(row.decision, row.unit, row.units_authorized, last_of(row))
    ]


def _bounds(stay: Episode | None) -> tuple[date | None, date | None]:
    return (stay.first_day, stay.last_day) if stay else (None, None)


def last_of(row: Authorization) -> date | None:
    return row.last_covered_on or row.through_on


def links(rows: Iterable[Asked]) -> list[Link]:
    """Return how approvals hang together, and where each ends alone."""
    return [Link(row.id, after, last_of(row), row.decision in REFUSED) for row, after in rows]
