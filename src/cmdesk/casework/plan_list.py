"""The plans for letters that hold on a day, each with reader, client and when its next is due."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import parties, plan_facts
from cmdesk.casework.columns import read
from cmdesk.casework.plan_facts import Reader, Several
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.update import UpdatePlan
from cmdesk.rules.cadence import next_due, since_agreed
from cmdesk.rules.codes import Cadence, Weekday

_every, _weekday = cache(Cadence), cache(Weekday)
_about = aliased(Person)
PLANS: Final = (
    select(
        *(UpdatePlan.id, UpdatePlan.ref, UpdatePlan.uid, UpdatePlan.client_id),
        *(UpdatePlan.every, UpdatePlan.weekday, UpdatePlan.recipient_id, UpdatePlan.template),
        *(UpdatePlan.created_at, UpdatePlan.imported_digest),
        *(Person.ref.label("their_ref"), Person.uid.label("their_uid")),
        *(Person.preferred_name, Person.given_name, Person.family_name),
        *(_about.preferred_name.label("about_preferred"), _about.given_name.label("about_given")),
        *(_about.family_name.label("about_family"), _about.born, Client.status),
        *(plan_facts.last_letter().label("sent"), plan_facts.first_begun().label("began")),
    )
    .join(Person, UpdatePlan.recipient_id == Person.id)
    .join(Client, UpdatePlan.client_id == Client.id)
    .join(_about, Client.person_id == _about.id)
    .where(
        or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > bindparam("day")),
        or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < bindparam("day")),
    )
)
OF_ONE: Final = PLANS.where(UpdatePlan.client_id == bindparam("client"))


class Planned(NamedTuple):
    """A plan as it was read, with what was worked out of it; `row` has the columns of `PLANS`."""

    row: Any
    every: Cadence
    weekday: Weekday | None
    last_sent: date | None
    began: date | None
    due: date

    @property
    def reader(self) -> Reader:
        row = self.row
        about = row.about_preferred or row.about_given or row.about_family
        return Reader(row.client_id, row.recipient_id, parties.called(row), about, row.born)


def planned(
    session: Session, rows: Iterable[Any], day: date, zone: ZoneInfo, known: Several
) -> Iterator[Planned]:
    """Work out when the next letter of each plan is due; it may lie in the past."""
    rows = list(rows)
    pairs = {(row.client_id, row.recipient_id): row.template for row in rows}
    several = {pair: kind for pair, kind in pairs.items() if known.named(*pair)}
    across = plan_facts.so_far(session, several, known, zone)
    for row in rows:
        sent = row.sent.astimezone(zone).date() if row.sent else None
        sent, began = across.get((row.client_id, row.recipient_id), (sent, row.began))
        every, weekday = _every(row.every), _weekday(row.weekday) if row.weekday else None
        agreed = agreed_on(row.created_at, row.imported_digest, zone)
        due = since_agreed(next_due(every, weekday, sent, began, day), every, weekday, agreed)
        yield Planned(row, every, weekday, sent, began, due)


def agreed_on(created: datetime, imported: str | None, zone: ZoneInfo) -> date | None:
    """Return the local day a plan was agreed on; nobody knows it of one that came with a file."""
    return None if imported else created.astimezone(zone).date()


def holding(session: Session, day: date, client_id: int | None = None) -> list[Any]:
    """Return the plans that neither ended nor rest on a day, perhaps of one client alone."""
    if client_id is None:
        return read(session, PLANS, day=day)
    return read(session, OF_ONE, day=day, client=client_id)
