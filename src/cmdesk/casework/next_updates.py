"""The update that is due first for each client of a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, letters_sent, merged
from cmdesk.casework.parties import name_of
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.cadence import next_due
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class NextUpdate:
    called: Name
    due: date


def next_updates(
    session: Session, ids: Sequence[int], since: dict[int, date], today: date
) -> dict[int, NextUpdate]:
    """Return for each client the agreed update that is due first."""
    sent = _sent(session, ids)
    plans = (
        select(UpdatePlan, Person)
        .join(Person, UpdatePlan.recipient_id == Person.id)
        .where(
            UpdatePlan.client_id.in_(ids),
            or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > today),
            or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < today),
        )
    )
    first: dict[int, NextUpdate] = {}
    for plan, person in session.execute(plans):
        due = next_due(
            Cadence(plan.every),
            Weekday(plan.weekday) if plan.weekday else None,
            sent.get((plan.client_id, person.id)),
            since.get(plan.client_id),
            today,
        )
        if plan.client_id not in first or due < first[plan.client_id].due:
            first[plan.client_id] = NextUpdate(name_of(person), due)
    return first


def _sent(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], date]:
    zone, owners = clock.zone(session), merged.charts(session, ids)
    now = merged.people(session)
    query = (
        select(
            Update.client_id,
            UpdateCopy.person_id,
            func.max(func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at)),
        )
        .join(UpdateCopy, UpdateCopy.update_id == Update.id)
        .where(Update.client_id.in_(owners), letters_sent.counts())
        .group_by(Update.client_id, UpdateCopy.person_id)
    )
    sent: dict[tuple[int, int], date] = {}
    for client, person, at in session.execute(query):
        if person is not None:
            whom, day = (owners[client], now.get(person, person)), at.astimezone(zone).date()
            sent[whom] = max(day, sent.get(whom, day))
    return sent
