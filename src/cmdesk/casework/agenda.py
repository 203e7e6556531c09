"""What asks for attention on a day, gathered from dates: nobody keeps this list by hand."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import and_, bindparam, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda_coverage,
    agenda_dates,
    agenda_goals,
    agenda_hours,
    agenda_letters,
    agenda_people,
    agenda_placements,
    agenda_promises,
    agenda_referrals,
    agenda_sent,
    agenda_transitions,
    clients,
    clock,
    coming_of_age,
    incidents,
    merged,
    reached,
    rhythm,
    rights,
)
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import read
from cmdesk.casework.parties import called
from cmdesk.models.client import Client
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.rules import agenda as rules
from cmdesk.rules import agenda_items as items
from cmdesk.rules.codes import TaskState
from cmdesk.rules.days import later
from cmdesk.rules.family_codes import InquiryStatus, Urgency

ENGAGED = (*clients.GROUPS["active"], *clients.GROUPS["inquiries"])
WORKED_WITH = (*ENGAGED, *clients.GROUPS["paused"])  # on hold, what has a date goes on
UNDER_WAY = (
    InquiryStatus.NEW,
    InquiryStatus.CONSULTATION_BOOKED,
    InquiryStatus.CONSULTATION_HELD,
    InquiryStatus.AGREEMENT_SENT,
)
_CLIENTS: Final = select(Client.id, Client.ref, Client.uid, Client.status).where(
    Client.status.in_(WORKED_WITH)
)
_TASKS: Final = (
    select(
        *(Task.id, Task.ref, Task.uid, Task.client_id, Task.text, Task.due, Task.state),
        *(Task.waiting_on_id, Task.waiting_since, Task.chase_days),
        *(Person.ref.label("their_ref"), Person.uid.label("their_uid")),
        *(Person.preferred_name, Person.given_name, Person.family_name),
    )
    .outerjoin(Person, Task.waiting_on_id == Person.id)
    .where(
        Task.done_on.is_(None),
        or_(
            and_(Task.due <= bindparam("until"), Task.state != TaskState.DROPPED),
            Task.state == TaskState.WAITING,
        ),
    )
)
_URGENT_TASKS: Final = _TASKS.where(
    or_(Task.due <= bindparam("until"), Task.chase_days.is_not(None))
)
_INQUIRIES: Final = select(
    *(Inquiry.id, Inquiry.ref, Inquiry.uid, Inquiry.urgency, Inquiry.caller_name),
    *(Inquiry.received_at, Inquiry.next_step, Inquiry.next_on, Inquiry.client_id),
).where(Inquiry.status.in_(UNDER_WAY))


def on(session: Session, day: date | None = None, ahead: int = 0) -> tuple[rules.AgendaRow, ...]:
    """Return the rows of a day, group by group (today, if none is given).

    With so many days `ahead`, what is promised for them is told, too.
    """
    zone, (refs, engaged) = clock.zone(session), _charts(session)
    day = day or clock.now(session).astimezone(zone).date()
    until = later(day, ahead)
    planned, parts = agenda_transitions.moves(session, refs, day)
    return rules.agenda(
        day,
        tasks=[
            *_tasks(session, refs, until, zone),
            *agenda_promises.promises(session, refs, until),
            *agenda_placements.steps(session, refs, until),
            *agenda_referrals.items(session, refs),
            *agenda_sent.letters(session, refs, day, zone),
            *agenda_hours.letters(session, refs, day, zone),
        ],
        reaches=agenda_people.reaches(session, engaged, day, zone, until=until),
        inquiries=_inquiries(session, refs, zone),
        plans=agenda_letters.plans(session, engaged, day, zone),
        endings=[
            *agenda_dates.endings(session, refs, day),
            *agenda_coverage.endings(session, refs, day),
            *coming_of_age.endings(session, refs, day),
            *agenda_placements.searches(session, refs, day),
        ],
        moves=[*agenda_dates.moves(session, refs, agenda_transitions.planned(session)), *planned],
        move_parts=parts,
        reassessments=agenda_dates.reassessments(session, refs, day),
        silences=agenda_people.silences(session, refs, zone),
        standstills=agenda_goals.standstills(session, refs, day),
        clocked=_clocked(session, refs, day),
        snoozed=rhythm.snoozed(session, day),
        ahead=ahead,
    )


def urgent(session: Session) -> tuple[int, int]:
    """Count what is late, and what is due today."""
    zone, (refs, engaged) = clock.zone(session), _charts(session)
    day = clock.now(session).astimezone(zone).date()
    rows = rules.agenda(
        day,
        tasks=[
            *_tasks(session, refs, day, zone, urgent=True),
            *agenda_promises.promises(session, refs, day, tried=False),
            *agenda_placements.steps(session, refs, day),
            *agenda_referrals.items(session, refs),
            *agenda_sent.letters(session, refs, day, zone),
            *agenda_hours.letters(session, refs, day, zone),
        ],
        reaches=agenda_people.reaches(session, engaged, day, zone, tried=False),
        inquiries=_inquiries(session, refs, zone),
        clocked=_clocked(session, refs, day),
        snoozed=rhythm.snoozed(session, day),
    )
    late = sum(row.group == rules.Group.OVERDUE for row in rows)
    return late, sum(row.group == rules.Group.TODAY for row in rows)


def _clocked(session: Session, refs: Refs, day: date) -> list[items.Clocked]:
    return [
        *rights.clocks(session, refs),
        *incidents.clocks(session, refs),
        *agenda_coverage.clocks(session, refs, day),
    ]


def letters(session: Session) -> int:
    """Count the letters that are brought up today."""
    zone, (_, engaged) = clock.zone(session), _charts(session)
    day = clock.now(session).astimezone(zone).date()
    return len(
        rules.agenda(
            day,
            plans=agenda_letters.plans(session, engaged, day, zone),
            snoozed=rhythm.snoozed(session, day),
        )
    )


def worked_with(session: Session) -> Refs:
    """Return the outside names of the clients whose dates count, by number.

    What still stands under the number of a merged chart belongs to the one that was kept.
    """
    return _charts(session)[0]


def _charts(session: Session) -> tuple[Refs, Refs]:
    """Give them all, and those whose engagement is not on hold: they get calls and letters."""
    rows = read(session, _CLIENTS)
    refs, owners = {row.id: row.ref or row.uid for row in rows}, merged.owners(session)
    resting = {row.id for row in rows if row.status not in ENGAGED}
    own = {number: ref for number, ref in refs.items() if number not in owners}
    found = own | {gone: refs[kept] for gone, kept in owners.items() if kept in refs}
    engaged = {n: ref for n, ref in found.items() if owners.get(n, n) not in resting}
    return found, engaged


def _tasks(
    session: Session, refs: Refs, day: date, zone: ZoneInfo, *, urgent: bool = False
) -> Iterator[items.Task]:
    """Give the tasks that are due by a day, and those one waits with: if `urgent`, to ask again."""
    found = read(session, _URGENT_TASKS if urgent else _TASKS, until=day)
    rows = [row for row in found if row.client_id is None or row.client_id in refs]
    tried = _tried(session, rows, zone)
    for row in rows:
        since, waits = row.waiting_since, row.waiting_on_id is not None
        yield items.Task(
            ref=row.ref or row.uid,
            client=refs[row.client_id] if row.client_id is not None else None,
            title=row.text,
            due=row.due,
            state=TaskState(row.state),
            person=row.their_ref or row.their_uid if waits else None,
            waiting_on=called(row) if waits else "",
            waiting_since=since,
            record=row.id,
            attempts=tried.get(row.id, 0),
            chase_on=later(since, row.chase_days) if since and row.chase_days else None,
        )


def _tried(session: Session, rows: Sequence[Any], zone: ZoneInfo) -> dict[int, int]:
    """Count, for each task that waits on someone, the calls since that reached nobody."""
    waiting = [
        (row.id, (row.client_id, row.waiting_on_id), row.waiting_since)
        for row in rows
        if row.state == TaskState.WAITING and row.client_id and row.waiting_on_id
    ]
    begins = {
        number: datetime.combine(since, time(), zone)
        for number, _, since in waiting
        if since is not None
    }
    if not begins:
        return {}
    charts = {pair[0] for number, pair, _ in waiting if number in begins}
    found = reached.counted(reached.tries(session, charts, min(begins.values())))
    return {
        number: sum(at >= begins[number] for at in found.get(pair, ()))
        for number, pair, _ in waiting
        if number in begins
    }


def _inquiries(session: Session, refs: Refs, zone: ZoneInfo) -> Iterator[items.Inquiry]:
    for row in read(session, _INQUIRIES):
        urgency = Urgency(row.urgency) if row.urgency else None
        yield items.Inquiry(
            ref=row.ref or row.uid,
            caller=row.caller_name,
            received_on=row.received_at.astimezone(zone).date(),
            next_step=row.next_step,
            next_on=row.next_on,
            answer_within=items.ANSWER_WITHIN.get(urgency, 1),
            client=refs.get(row.client_id) if row.client_id else None,
            record=row.id,
        )
