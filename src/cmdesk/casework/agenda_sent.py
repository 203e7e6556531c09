"""Letters that left and are not done with: one that came back, and one nobody said was sent."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clock, letter_events, parties
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import read
from cmdesk.casework.letter_events import Stand
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.update import LetterEvent, Update, UpdateCopy
from cmdesk.rules.agenda import AgendaRow
from cmdesk.rules.agenda_items import Task
from cmdesk.rules.days import later, short
from cmdesk.rules.letter_state import ASK_AFTER, ASK_UNTIL, LetterState, said
from cmdesk.rules.people import possessive

BACK: Final = "letter_back"
UNSENT: Final = "letter_unsent"
_later = aliased(LetterEvent)
_newest = (
    select(func.max(_later.id)).where(_later.update_copy_id == UpdateCopy.id).scalar_subquery()
)
_SHOWN: Final = (
    *(UpdateCopy.id, UpdateCopy.uid, UpdateCopy.created_at, Update.client_id),
    *(Person.ref.label("their_ref"), Person.uid.label("their_uid")),
    *(Person.preferred_name, Person.given_name, Person.family_name, Organisation.name),
    *(LetterEvent.kind, LetterEvent.happened_on),
)
_BECAME: Final = (  # of the few that came back, or were handed over again
    select(*_SHOWN)
    .select_from(LetterEvent)
    .join(UpdateCopy, LetterEvent.update_copy_id == UpdateCopy.id)
    .join(Update, UpdateCopy.update_id == Update.id)
    .outerjoin(Person, UpdateCopy.person_id == Person.id)
    .outerjoin(Organisation, UpdateCopy.organisation_id == Organisation.id)
    .where(
        LetterEvent.kind.in_((LetterState.CAME_BACK.value, LetterState.HANDED_OVER.value)),
        LetterEvent.id == _newest,
    )
)
# By its update, of which there are fewer: a letter itself holds all of its words. What came with a
# file has no PDF of its own, and was not handed over here.
_UNSENT: Final = (
    select(*_SHOWN)
    .select_from(Update)
    .join(UpdateCopy, UpdateCopy.update_id == Update.id)
    .outerjoin(LetterEvent, LetterEvent.update_copy_id == UpdateCopy.id)
    .outerjoin(Person, UpdateCopy.person_id == Person.id)
    .outerjoin(Organisation, UpdateCopy.organisation_id == Organisation.id)
    .where(
        Update.finalised_at >= bindparam("since"),
        Update.status != LetterState.WITHDRAWN.value,
        UpdateCopy.document_id.is_not(None),
        LetterEvent.id.is_(None),
    )
)


def letters(session: Session, refs: Refs, day: date, zone: ZoneInfo) -> Iterator[Task]:
    """Give the letters that came back, and those handed over two days to two weeks before a day."""
    since = datetime.combine(later(day, -ASK_UNTIL), time.min, zone)
    became, unsaid = read(session, _BECAME), read(session, _UNSENT, since=since)
    for row in (each for each in (*became, *unsaid) if each.client_id in refs):
        if row.kind == LetterState.CAME_BACK.value:
            yield _task(row, refs, BACK, f"{_whose(row)} letter came back", row.happened_on)
            continue
        left = row.happened_on or row.created_at.astimezone(zone).date()
        if later(left, ASK_AFTER) <= day <= later(left, ASK_UNTIL):
            # Never late: nothing is lost while nobody answers.
            yield _task(row, refs, UNSENT, f"Was {_whose(row)} letter sent?", day)


def worded(session: Session, rows: Sequence[AgendaRow]) -> Sequence[AgendaRow]:
    """Let the rows of letters say why: "Came back Mar 10: the mailbox is full"."""
    ids = [row.record for row in rows if row.kind in (BACK, UNSENT)]
    if not ids:
        return rows
    today, stands = clock.today(session), letter_events.states(session, ids)
    copies = session.scalars(select(UpdateCopy).where(UpdateCopy.id.in_(ids)))
    left = {row.id: letter_events.handed_over_on(session, row) for row in copies}
    why = {number: _said(stands.get(number), day, today) for number, day in left.items()}
    return [
        replace(row, why=why[row.record]) if row.kind in (BACK, UNSENT) and not row.snoozed else row
        for row in rows
    ]


def _said(stand: Stand | None, left: date, today: date) -> str:
    if stand is None or stand.state is LetterState.HANDED_OVER:
        return f"Handed over {short((stand and stand.on) or left, today)}"
    return said(stand.state, stand.on, stand.note, today)


def _whose(row: Any) -> str:
    return possessive(row.name or parties.called(row))


def _task(row: Any, refs: Refs, kind: str, title: str, due: date) -> Task:
    return Task(
        ref=row.uid,
        client=refs[row.client_id],
        title=title,
        due=due,
        person=row.their_ref or row.their_uid,
        kind=kind,
        record=row.id,
    )
