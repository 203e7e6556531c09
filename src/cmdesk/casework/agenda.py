"""What asks for attention on a day, gathered from dates: nobody keeps this list by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda_dates,
    clients,
    clock,
    merged,
    plan_facts,
    reached,
    rhythm,
)
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.parties import called, outside_name
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import agenda as rules
from cmdesk.rules import agenda_items as items
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.days import later
from cmdesk.rules.family_codes import InquiryStatus, Urgency

_OPEN = FollowUp.done_on.is_(None)
WORKED_WITH = (*clients.GROUPS["active"], *clients.GROUPS["inquiries"])
UNDER_WAY = (
    InquiryStatus.NEW,
    InquiryStatus.CONSULTATION_BOOKED,
    InquiryStatus.CONSULTATION_HELD,
    InquiryStatus.AGREEMENT_SENT,
)


def on(session: Session, day: date | None = None) -> tuple[rules.AgendaRow, ...]:
    """Return the rows of a day, group by group (today, if none is given)."""
    day, refs = day or clock.today(session), worked_with(session)
    return rules.agenda(
        day,
        tasks=[*_tasks(session, refs), *_follow_ups(session, refs)],
        reaches=rhythm.reaches(session, refs, day),
        inquiries=_inquiries(session, refs),
        plans=_plans(session, refs, day),
        endings=agenda_dates.endings(session, refs, day),
        moves=agenda_dates.moves(session, refs),
        reassessments=agenda_dates.reassessments(session, refs, day),
        silences=rhythm.silences(session, refs, clients.GROUPS["active"]),
        snoozed=rhythm.snoozed(session, day),
    )


def urgent(session: Session) -> tuple[int, int]:
    """Count what is late, and what is due today."""
    day, refs = clock.today(session), worked_with(session)
    rows = rules.agenda(
        day,
        tasks=[*_tasks(session, refs, day), *_follow_ups(session, refs, day)],
        reaches=rhythm.reaches(session, refs, day),
        inquiries=_inquiries(session, refs),
        snoozed=rhythm.snoozed(session, day),
    )
    late = sum(row.group == rules.Group.OVERDUE for row in rows)
    return late, sum(row.group == rules.Group.TODAY for row in rows)


def worked_with(session: Session) -> Refs:
    """Return the outside names of the clients whose dates count, by number.

    What still stands under the number of a merged chart belongs to the one that was kept.
    """
    query = select(Client.id, Client.ref, Client.uid).where(Client.status.in_(WORKED_WITH))
    refs = {number: ref or uid for number, ref, uid in session.execute(query)}
    owners = merged.owners(session)
    own = {number: ref for number, ref in refs.items() if number not in owners}
    return own | {gone: refs[kept] for gone, kept in owners.items() if kept in refs}


def _tasks(session: Session, refs: Refs, until: date | None = None) -> Iterator[items.Task]:
    """Give the open tasks; with `until` those that may ask for attention by then."""
    open_ones = (
        select(Task, Person)
        .outerjoin(Person, Task.waiting_on_id == Person.id)
        .where(Task.done_on.is_(None), Task.state != TaskState.DROPPED)
    )
    if until is not None:
        open_ones = open_ones.where(or_(Task.due <= until, Task.chase_days.is_not(None)))
    rows = [
        (row, waiting)
        for row, waiting in session.execute(open_ones)
        if row.client_id is None or row.client_id in refs
    ]
    tried = _tried(session, [row for row, _ in rows])
    for row, waiting in rows:
        since = row.waiting_since
        yield items.Task(
            ref=outside_name(row),
            client=refs[row.client_id] if row.client_id is not None else None,
            title=row.text,
            due=row.due,
            state=TaskState(row.state),
            person=outside_name(waiting) if waiting else None,
            waiting_on=called(waiting) if waiting else "",
            waiting_since=since,
            record=row.id,
            attempts=tried.get(row.id, 0),
            chase_on=later(since, row.chase_days) if since and row.chase_days else None,
        )


def _tried(session: Session, rows: list[Task]) -> dict[int, int]:
    """Count, for each task that waits on someone, the calls since that reached nobody."""
    waiting = [
        (row.id, (row.client_id, row.waiting_on_id), row.waiting_since)
        for row in rows
        if row.state == TaskState.WAITING and row.client_id and row.waiting_on_id
    ]
    begins = {
        number: datetime.combine(since, time(), clock.zone(session))
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


def _follow_ups(session: Session, refs: Refs, until: date | None = None) -> Iterator[items.Task]:
    query = select(FollowUp).where(_OPEN)
    if until is not None:
        query = query.where(FollowUp.due <= until)
    open_ones = session.scalars(query).all()
    # Asked by number: joined, SQLite may well begin with the whole log.
    made_in = select(Entry.id, Entry.client_id, Entry.ref, Entry.uid).where(
        Entry.id.in_([row.entry_id for row in open_ones])
    )
    entries = {
        number: (client_id, ref or uid) for number, client_id, ref, uid in session.execute(made_in)
    }
    took_part = (
        select(EntryParticipant.entry_id, Person)
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id.in_(entries))
        .order_by(EntryParticipant.position.desc())
    )
    first = {number: outside_name(person) for number, person in session.execute(took_part)}
    for row in open_ones:
        client_id, ref = entries[row.entry_id]
        if client_id not in refs:
            continue
        yield items.Task(
            ref=ref,
            client=refs[client_id],
            title=row.text,
            due=row.due,
            person=first.get(row.entry_id),
            kind="follow_up",
            record=row.id,
        )


def _inquiries(session: Session, refs: Refs) -> Iterator[items.Inquiry]:
    zone = clock.zone(session)
    for row in session.scalars(select(Inquiry).where(Inquiry.status.in_(UNDER_WAY))):
        urgency = Urgency(row.urgency) if row.urgency else None
        yield items.Inquiry(
            ref=outside_name(row),
            caller=row.caller_name,
            received_on=row.received_at.astimezone(zone).date(),
            next_step=row.next_step,
            next_on=row.next_on,
            answer_within=items.ANSWER_WITHIN.get(urgency, 1),
            client=refs.get(row.client_id) if row.client_id else None,
            record=row.id,
        )


def _plans(session: Session, refs: Refs, day: date) -> Iterator[items.Plan]:
    query = (
        select(UpdatePlan, Person, plan_facts.last_letter(), plan_facts.first_begun())
        .join(Person, UpdatePlan.recipient_id == Person.id)
        .where(
            or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > day),
            or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < day),
        )
    )
    zone = clock.zone(session)
    due: list[tuple[items.Plan, int, Person]] = []
    for row, person, sent, began in session.execute(query):
        if row.client_id not in refs:
            continue
        plan = items.Plan(
            ref=outside_name(row),
            client=refs[row.client_id],
            person=outside_name(person),
            called=called(person),
            every=Cadence(row.every),
            weekday=Weekday(row.weekday) if row.weekday else None,
            last_sent=sent.astimezone(zone).date() if sent else None,
            began=began,
            record=row.id,
        )
        if rules.shown(plan, day):  # a letter due in a month asks for no verdict today
            due.append((plan, row.client_id, person))
    kept_back = plan_facts.no_consents(
        session, [(client, person) for _, client, person in due], day
    )
    for plan, client, person in due:
        yield replace(plan, no_consent=kept_back[client, person.id])
