"""The update that is due first for each client of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, letters_sent, merged, plan_list
from cmdesk.casework.parties import name_of
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.cadence import next_due, since_agreed
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.letter_period import keeps_rhythm
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class NextUpdate:
    called: Name
    due: date


def next_updates(
    session: Session, ids: Sequence[int], since: dict[int, date], today: date
) -> dict[int, NextUpdate]:
    """Return for each client the agreed update that is due first."""
    sent, zone = _sent(session, ids), clock.zone(session)
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
        weekday = Weekday(plan.weekday) if plan.weekday else None
        due = next_due(
            Cadence(plan.every),
            weekday,
            _last(sent.get((plan.client_id, person.id), {}), plan.template),
            since.get(plan.client_id),
            today,
        )
        agreed = plan_list.agreed_on(plan.created_at, plan.imported_digest, zone)
        due = since_agreed(due, Cadence(plan.every), weekday, agreed)
        if plan.client_id not in first or due < first[plan.client_id].due:
            first[plan.client_id] = NextUpdate(name_of(person), due)
    return first


def _last(sent: Mapping[str, date], agreed: str) -> date | None:
    return max((day for kind, day in sent.items() if keeps_rhythm(kind, agreed)), default=None)


def _sent(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], dict[str, date]]:
    """Return the days of the last letters by client and person, and by kind."""
    zone, owners = clock.zone(session), merged.charts(session, ids)
    now = merged.people(session)
    query = (
        select(
            Update.client_id,
            UpdateCopy.person_id,
            Update.template,
            func.max(func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at)),
        )
        .join(UpdateCopy, UpdateCopy.update_id == Update.id)
        .where(Update.client_id.in_(owners), letters_sent.reached())
        .group_by(Update.client_id, UpdateCopy.person_id, Update.template)
    )
    sent: dict[tuple[int, int], dict[str, date]] = {}
    for client, person, kind, at in session.execute(query):
        if person is not None:
            whom, day = (owners[client], now.get(person, person)), at.astimezone(zone).date()
            kinds = sent.setdefault(whom, {})
            kinds[kind] = max(day, kinds.get(kind, day))
    return sent
