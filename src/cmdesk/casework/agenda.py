"""What asks for attention on a day, gathered from dates: nobody keeps this list by hand."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, update_list, verdicts
from cmdesk.casework.parties import called, of_person, outside_name, person_key
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import agenda as rules
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.consent import fault, last_day
from cmdesk.rules.people import possessive

WORKED_WITH = (*clients.GROUPS["active"], *clients.GROUPS["inquiries"])


def on(session: Session, day: date | None = None) -> tuple[rules.AgendaRow, ...]:
    """Return the rows of a day, group by group (today, if none is given)."""
    day = day or clock.today(session)
    refs = {
        number: ref or uid
        for number, ref, uid in session.execute(
            select(Client.id, Client.ref, Client.uid).where(Client.status.in_(WORKED_WITH))
        )
    }
    return rules.agenda(
        day,
        tasks=[*_tasks(session, refs), *_follow_ups(session, refs)],
        plans=list(_plans(session, refs, day)),
        endings=list(_endings(session, refs, day)),
        moves=list(_moves(session, refs)),
    )


def _tasks(session: Session, refs: dict[int, str]) -> Iterator[rules.Task]:
    open_ones = select(Task).where(Task.done_on.is_(None), Task.state != TaskState.DROPPED)
    for row in session.scalars(open_ones):
        if row.client_id is not None and row.client_id not in refs:
            continue
        waiting = session.get(Person, row.waiting_on_id) if row.waiting_on_id else None
        yield rules.Task(
            ref=outside_name(row),
            client=refs[row.client_id] if row.client_id is not None else None,
            title=row.text,
            due=row.due,
            state=TaskState(row.state),
            person=outside_name(waiting) if waiting else None,
            waiting_on=called(waiting) if waiting else "",
            waiting_since=row.waiting_since,
        )


def _follow_ups(session: Session, refs: dict[int, str]) -> Iterator[rules.Task]:
    query = (
        select(FollowUp, Entry)
        .join(Entry, FollowUp.entry_id == Entry.id)
        .where(FollowUp.done_on.is_(None), Entry.client_id.in_(refs))
    )
    for row, entry in session.execute(query):
        first = session.scalars(
            select(Person)
            .join(EntryParticipant, EntryParticipant.person_id == Person.id)
            .where(EntryParticipant.entry_id == entry.id)
            .order_by(EntryParticipant.position)
        ).first()
        yield rules.Task(
            ref=outside_name(entry),
            client=refs[entry.client_id],
            title=row.text,
            due=row.due,
            person=outside_name(first) if first else None,
            kind="follow_up",
        )


def _plans(session: Session, refs: dict[int, str], day: date) -> Iterator[rules.Plan]:
    query = select(UpdatePlan).where(
        UpdatePlan.client_id.in_(refs),
        or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > day),
        or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < day),
    )
    for row in session.scalars(query):
        party = of_person(session, row.recipient_id)
        yield rules.Plan(
            ref=outside_name(row),
            client=refs[row.client_id],
            person=party.ref,
            called=party.called,
            every=Cadence(row.every),
            weekday=Weekday(row.weekday) if row.weekday else None,
            last_sent=update_list.last_sent(session, row),
            began=session.scalar(
                select(func.min(Engagement.began_on)).where(Engagement.client_id == row.client_id)
            ),
            no_consent=verdicts.standing(session, row.client_id, party, day).no_consent,
        )


def _endings(session: Session, refs: dict[int, str], day: date) -> Iterator[rules.Ending]:
    """Give the consents that are valid on the day and have a last one."""
    query = (
        select(Consent, Person)
        .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
        .join(Person, ConsentRecipient.person_id == Person.id)
        .where(Consent.client_id.in_(refs))
    )
    for row, person in session.execute(query):
        read = verdicts.consent_for_rules(session, row, [person_key(person.id)])
        over = last_day(read)
        if over is None or fault(read, verdicts.subject(session, row.client_id), day):
            continue
        yield rules.Ending(
            kind="consent",
            ref=outside_name(row),
            client=refs[row.client_id],
            person=outside_name(person),
            what=f"{possessive(called(person))} consent",
            last_day=over,
        )


def _moves(session: Session, refs: dict[int, str]) -> Iterator[rules.Move]:
    query = select(Episode).where(
        Episode.client_id.in_(refs),
        Episode.planned_discharge.is_not(None),  # a leave that is over still wants closing
        Episode.discharged.is_(None),
    )
    for row in session.scalars(query):
        person = session.get_one(Person, session.get_one(Client, row.client_id).person_id)
        following = session.scalar(
            select(func.min(Episode.admitted)).where(
                Episode.client_id == row.client_id, Episode.admitted >= row.planned_discharge
            )
        )
        if row.planned_discharge:
            yield rules.Move(
                ref=outside_name(row),
                client=refs[row.client_id],
                title=f"{called(person)} leaves",
                leaves_on=row.planned_discharge,
                next_begins=following,
            )
