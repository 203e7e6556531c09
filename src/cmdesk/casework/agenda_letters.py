"""The letters that are due: of each plan when, and why it can't go where no consent counts."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import parties, plan_facts
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import read
from cmdesk.casework.plan_facts import Reader
from cmdesk.models.person import Person
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import agenda
from cmdesk.rules.agenda_items import Plan
from cmdesk.rules.cadence import next_due
from cmdesk.rules.codes import Cadence, Weekday

_every, _weekday = cache(Cadence), cache(Weekday)
_PLANS: Final = (
    select(
        *(UpdatePlan.id, UpdatePlan.ref, UpdatePlan.uid, UpdatePlan.client_id),
        *(UpdatePlan.every, UpdatePlan.weekday, UpdatePlan.recipient_id),
        *(Person.ref.label("their_ref"), Person.uid.label("their_uid")),
        *(Person.preferred_name, Person.given_name, Person.family_name),
        *(plan_facts.last_letter().label("sent"), plan_facts.first_begun().label("began")),
    )
    .join(Person, UpdatePlan.recipient_id == Person.id)
    .where(
        or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > bindparam("day")),
        or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < bindparam("day")),
    )
)


def plans(session: Session, refs: Refs, day: date, zone: ZoneInfo) -> Iterator[Plan]:
    """Give the plans whose next letter is brought up; of no other a verdict is asked."""
    due: list[tuple[Any, Cadence, Weekday | None, date | None, Reader]] = []
    for row in read(session, _PLANS, day=day):
        if row.client_id not in refs:
            continue
        last_sent = row.sent.astimezone(zone).date() if row.sent else None
        every, weekday = _every(row.every), _weekday(row.weekday) if row.weekday else None
        if agenda.shown(next_due(every, weekday, last_sent, row.began, day), day):
            due.append((row, every, weekday, last_sent, _reader(row)))
    kept_back = plan_facts.no_consents(session, [reader for *_, reader in due], day)
    for row, every, weekday, last_sent, reader in due:
        yield Plan(
            ref=row.ref or row.uid,
            client=refs[row.client_id],
            person=row.their_ref or row.their_uid,
            called=reader.called,
            every=every,
            weekday=weekday,
            last_sent=last_sent,
            began=row.began,
            no_consent=kept_back[reader.client_id, reader.person_id],
            record=row.id,
        )


def _reader(row: Any) -> Reader:
    called = parties.called(row)
    return Reader(row.client_id, row.recipient_id, called, parties.full_name(row) or called)
