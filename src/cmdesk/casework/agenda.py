"""What asks for attention on a day, gathered from dates: nobody keeps this list by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache, partial

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, update_list, verdicts
from cmdesk.casework.parties import (
    Party,
    called,
    of_person,
    outside_name,
    person_key,
    recipient,
)
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import UpdatePlan
from cmdesk.rules import agenda as rules
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.consent import Standing, fault, last_day, standing
from cmdesk.rules.people import possessive

_OPEN = FollowUp.done_on.is_(None)
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


class _Known:
    """What the rules need of a client, loaded once for all their readers."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.subject = cache(partial(verdicts.subject, session))
        self._consents = cache(partial(verdicts.consents, session))
        self._restrictions = cache(partial(verdicts.restrictions, session))

    def standing(self, client_id: int, party: Party, day: date) -> Standing:
        return standing(
            self.subject(client_id),
            recipient(self._session, client_id, party),
            self._consents(client_id),
            self._restrictions(client_id),
            day,
        )


def _tasks(session: Session, refs: dict[int, str]) -> Iterator[rules.Task]:
    open_ones = (
        select(Task, Person)
        .outerjoin(Person, Task.waiting_on_id == Person.id)
        .where(Task.done_on.is_(None), Task.state != TaskState.DROPPED)
    )
    for row, waiting in session.execute(open_ones):
        if row.client_id is not None and row.client_id not in refs:
            continue
        yield rules.Task(
            ref=outside_name(row),
            client=refs[row.client_id] if row.client_id is not None else None,
            title=row.text,
            due=row.due,
            state=TaskState(row.state),
            person=outside_name(waiting) if waiting else None,
            waiting_on=called(waiting) if waiting else "",
            waiting_since=row.waiting_since,
            record=row.id,
        )


def _follow_ups(session: Session, refs: dict[int, str]) -> Iterator[rules.Task]:
    query = (
        select(FollowUp, Entry)
        .join(Entry, FollowUp.entry_id == Entry.id)
        .where(_OPEN, Entry.client_id.in_(refs))
    )
    promised = session.execute(query).all()
    took_part = (
        select(EntryParticipant.entry_id, Person)
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id.in_(select(FollowUp.entry_id).where(_OPEN)))
        .order_by(EntryParticipant.position.desc())
    )
    first = {number: outside_name(person) for number, person in session.execute(took_part)}
    for row, entry in promised:
        yield rules.Task(
            ref=outside_name(entry),
            client=refs[entry.client_id],
            title=row.text,
            due=row.due,
            person=first.get(entry.id),
            kind="follow_up",
            record=row.id,
        )


def _plans(session: Session, refs: dict[int, str], day: date) -> Iterator[rules.Plan]:
    query = select(UpdatePlan).where(
        UpdatePlan.client_id.in_(refs),
        or_(UpdatePlan.ended_on.is_(None), UpdatePlan.ended_on > day),
        or_(UpdatePlan.paused_until.is_(None), UpdatePlan.paused_until < day),
    )
    known = _Known(session)
    for row in session.scalars(query):
        party = of_person(session, row.recipient_id)
        plan = rules.Plan(
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
            record=row.id,
        )
        if rules.shown(plan, day):  # a letter due in a month asks for no verdict today
            plan = replace(plan, no_consent=known.standing(row.client_id, party, day).no_consent)
        yield plan


def _endings(session: Session, refs: dict[int, str], day: date) -> Iterator[rules.Ending]:
    """Give the consents that are valid on the day and have a last one."""
    query = (
        select(Consent, Person)
        .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
        .join(Person, ConsentRecipient.person_id == Person.id)
        .where(Consent.client_id.in_(refs))
    )
    known = _Known(session)
    for row, person in session.execute(query):
        read = verdicts.consent_for_rules(session, row, [person_key(person.id)])
        over = last_day(read)
        soon = over is not None and 0 <= (over - day).days <= rules.ENDING_SOON
        if over is None or not soon or fault(read, known.subject(row.client_id), day):
            continue
        yield rules.Ending(
            kind="consent",
            ref=outside_name(row),
            client=refs[row.client_id],
            person=outside_name(person),
            what=f"{possessive(called(person))} consent",
            last_day=over,
            record=row.id,
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
                record=row.id,
            )
