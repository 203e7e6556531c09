"""The letters that are due: of each plan when, and why it can't go where no consent counts."""

from collections.abc import Iterator
from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from cmdesk.casework import plan_facts, plan_list
from cmdesk.casework.agenda_dates import Refs
from cmdesk.rules import agenda
from cmdesk.rules.agenda_items import Plan


def plans(session: Session, refs: Refs, day: date, zone: ZoneInfo) -> Iterator[Plan]:
    """Give the plans whose next letter is brought up; of no other a verdict is asked."""
    known = plan_facts.several(session)
    rows = [row for row in plan_list.holding(session, day) if row.client_id in refs]
    planned = plan_list.planned(session, rows, day, zone, known)
    due = [each for each in planned if agenda.shown(each.due, day)]
    readers = [each.reader for each in due]
    kept_back = plan_facts.no_consents(session, readers, day, known)
    for each, reader in zip(due, readers, strict=True):
        row = each.row
        yield Plan(
            ref=row.ref or row.uid,
            client=refs[row.client_id],
            person=row.their_ref or row.their_uid,
            called=reader.called,
            every=each.every,
            weekday=each.weekday,
            last_sent=each.last_sent,
            began=each.began,
            no_consent=kept_back[reader.client_id, reader.person_id],
            record=row.id,
            due=each.due,
        )
