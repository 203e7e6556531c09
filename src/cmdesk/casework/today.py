"""The page of one day: the agenda's rows, each with what it takes to act on it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clock, parties
from cmdesk.casework.tasks import NextStep
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent
from cmdesk.models.entry import Entry, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.rules.days import near
from cmdesk.rules.people import Name
from cmdesk.rules.periods import last_full_week

_TABLES: dict[str, type[Record]] = {
    "task": Task,
    "update": UpdatePlan,
    "uncovered": UpdatePlan,
    "consent": Consent,
    "move": Episode,
}


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to do. `record` is the task, consent, plan or stay it is about.

    `step` can be finished or put off; `letter` is the composer's name for a letter that is due.
    """

    id: int
    group: Group
    kind: str
    title: str
    why: str
    due: date
    record: int
    client_id: int | None = None
    client: Name | None = None
    step: NextStep | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class Week:
    """What was done since Monday. `updates` were handed over."""

    contacts: int
    minutes: int
    updates: int


def rows(session: Session) -> list[TodayRow]:
    """Return what asks for attention today, group by group."""
    found = agenda.on(session)
    people = {
        parties.outside_name(client): (client.id, _name(person))
        for client, person in session.execute(
            select(Client, Person).join(Person, Client.person_id == Person.id)
        )
    }
    return [
        _row(session, place, row, people.get(row.client or ""))
        for place, row in enumerate(found, start=1)
    ]


def week(session: Session) -> Week:
    """Count what was done since Monday, in the practice's zone."""
    zone, today = clock.zone(session), clock.today(session)
    monday = datetime.combine(today - timedelta(days=today.weekday()), time.min, zone)
    contacts, minutes = session.execute(
        select(func.count(Entry.id), func.sum(Entry.minutes)).where(
            Entry.occurred_at >= monday, Entry.kind == EntryKind.CONTACT
        )
    ).one()
    updates = session.scalar(
        select(func.count(UpdateCopy.id))
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(
            func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at) >= monday,
            Update.status != "withdrawn",
        )
    )
    return Week(contacts, minutes or 0, updates or 0)


def put_off(session: Session, step: NextStep, until: date) -> None:
    """Make a step due on a later day."""
    if step.task_id is not None:
        session.get_one(Task, step.task_id).due = until
    elif step.follow_up_id is not None:
        session.get_one(FollowUp, step.follow_up_id).due = until


def _row(session: Session, place: int, row: AgendaRow, client: tuple[int, Name] | None) -> TodayRow:
    step, title, why, letter = None, row.title, row.why, ""
    if row.kind == "follow_up":
        promise, entry = session.execute(
            select(FollowUp, Entry)
            .join(Entry, FollowUp.entry_id == Entry.id)
            .where(or_(Entry.ref == row.ref, Entry.uid == row.ref))
        ).one()
        record, step = entry.id, NextStep(row.title, row.due, follow_up_id=promise.id)
        day = entry.occurred_at.astimezone(clock.zone(session)).date()
        why = f"Promised on {near(day, clock.today(session))}"
    else:
        table = _TABLES[row.kind]
        record = session.scalars(
            select(table.id).where(or_(table.ref == row.ref, table.uid == row.ref))
        ).one()
        if row.kind == "task":
            step = NextStep(row.title, row.due, task_id=record)
            if row.group != Group.WAITING:  # that it is late stands beside it already
                why = session.get_one(Task, record).notes.partition("\n")[0]
        elif table is UpdatePlan:
            plan = session.get_one(UpdatePlan, record)
            title, letter = _reader(session, plan), _letter(session, plan)
            why = _often(plan) if row.kind == "update" else why
    client_id, name = client or (None, None)
    return TodayRow(
        place, row.group, row.kind, title, why, row.due, record, client_id, name, step, letter
    )


def _reader(session: Session, plan: UpdatePlan) -> str:
    return _name(session.get_one(Person, plan.recipient_id)).full


def _often(plan: UpdatePlan) -> str:
    """Say the rhythm agreed: `Every Monday`, `Every two weeks`."""
    every = Cadence(plan.every)
    if every is Cadence.WEEK and plan.weekday:
        return f"Every {Weekday(plan.weekday).label}"
    return every.label


def _name(person: Person) -> Name:
    return Name(person.given_name, person.family_name, person.preferred_name)


def _letter(session: Session, plan: UpdatePlan) -> str:
    first, last = last_full_week(clock.today(session))
    return f"{parties.person_key(plan.recipient_id)}:{first}:{last}"
