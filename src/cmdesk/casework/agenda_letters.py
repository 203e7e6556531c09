"""The letters that are due: of each plan when, and why it can't go where no consent counts."""

from collections.abc import Iterator
from datetime import date
from functools import cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import parties, plan_facts, update_list
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
    due: list[tuple[Any, Cadence, Weekday | None, date | None, date | None, date]] = []
    charts, people = plan_facts.several(session)
    for row in read(session, _PLANS, day=day):
        if row.client_id not in refs:
            continue
        last_sent, began = row.sent.astimezone(zone).date() if row.sent else None, row.began
        if row.client_id in charts or row.recipient_id in people:
            last_sent, began = update_list.so_far(session, row.client_id, row.recipient_id)
        every, weekday = _every(row.every), _weekday(row.weekday) if row.weekday else None
        next_one = next_due(every, weekday, last_sent, began, day)
        if agenda.shown(next_one, day):
            due.append((row, every, weekday, last_sent, began, next_one))
    readers = [Reader(row.client_id, row.recipient_id, parties.called(row)) for row, *_ in due]
    kept_back = plan_facts.no_consents(session, readers, day)
    for (row, every, weekday, last_sent, began, next_one), reader in zip(due, readers, strict=True):
        yield Plan(
            ref=row.ref or row.uid,
            client=refs[row.client_id],
            person=row.their_ref or row.their_uid,
            called=reader.called,
            every=every,
            weekday=weekday,
            last_sent=last_sent,
            began=began,
            no_consent=kept_back[reader.client_id, reader.person_id],
            record=row.id,
            due=next_one,
        )
