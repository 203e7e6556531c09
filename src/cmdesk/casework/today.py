"""The page of one day: the agenda's rows, each with what it takes to act on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import func, or_, select, union_all
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clock, parties
from cmdesk.casework.tasks import NextStep
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.rules.days import near
from cmdesk.rules.people import Name
from cmdesk.rules.periods import last_full_week

_KINDS = ("task", "follow_up", "update", "uncovered")


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
    tell = _Telling(session, found)
    return [tell.row(place, row) for place, row in enumerate(found, start=1)]


def urgent(session: Session) -> tuple[int, int]:
    """Count the steps that are late, and those due today."""
    today = clock.today(session)
    worked_with = select(Client.id).where(Client.status.in_(agenda.WORKED_WITH))
    dues = union_all(
        select(Task.due).where(
            Task.done_on.is_(None),
            Task.state.not_in((TaskState.DROPPED, TaskState.DONE)),
            Task.due <= today,
            or_(Task.client_id.is_(None), Task.client_id.in_(worked_with)),
        ),
        select(FollowUp.due)
        .join(Entry, FollowUp.entry_id == Entry.id)
        .where(FollowUp.done_on.is_(None), FollowUp.due <= today, Entry.client_id.in_(worked_with)),
    )
    days = [day for day in session.scalars(dues) if day is not None]
    late = sum(day < today for day in days)
    return late, len(days) - late


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


class _Telling:
    """Says each row in the page's words; asks once for all of a kind."""

    def __init__(self, session: Session, found: Sequence[AgendaRow]) -> None:
        self._zone, self._today = clock.zone(session), clock.today(session)
        self._first, self._last = last_full_week(self._today)
        clients = select(Client, Person).join(Person, Client.person_id == Person.id)
        self._clients = {
            parties.outside_name(client): (client.id, parties.name_of(person))
            for client, person in session.execute(clients)
        }
        numbers = {kind: [row.record for row in found if row.kind == kind] for kind in _KINDS}
        promises = (
            select(FollowUp.id, Entry)
            .join(Entry, FollowUp.entry_id == Entry.id)
            .where(FollowUp.id.in_(numbers["follow_up"]))
        )
        self._entries = {row[0]: row[1] for row in session.execute(promises)}
        notes = select(Task.id, Task.notes).where(Task.id.in_(numbers["task"]))
        self._notes = {row[0]: row[1] for row in session.execute(notes)}
        plans = (
            select(UpdatePlan, Person)
            .join(Person, UpdatePlan.recipient_id == Person.id)
            .where(UpdatePlan.id.in_([*numbers["update"], *numbers["uncovered"]]))
        )
        self._plans = {plan.id: (plan, person) for plan, person in session.execute(plans)}

    def row(self, place: int, row: AgendaRow) -> TodayRow:
        client_id, name = self._clients.get(row.client or "", (None, None))
        bare = TodayRow(
            place, row.group, row.kind, row.title, row.why, row.due, row.record, client_id, name
        )
        if row.kind == "follow_up":
            entry = self._entries[row.record]
            day = near(entry.occurred_at.astimezone(self._zone).date(), self._today)
            step = NextStep(row.title, row.due, follow_up_id=row.record)
            return replace(bare, why=f"Promised on {day}", record=entry.id, step=step)
        if row.kind == "task":
            # That it is late stands beside it already; how long one waits, nowhere else.
            note = self._notes[row.record].partition("\n")[0]
            step = NextStep(row.title, row.due, task_id=row.record)
            return replace(bare, why=row.why if row.group == Group.WAITING else note, step=step)
        if row.kind in ("update", "uncovered"):
            plan, person = self._plans[row.record]
            why = _often(plan) if row.kind == "update" else row.why
            letter = f"{parties.person_key(person.id)}:{self._first}:{self._last}"
            return replace(bare, title=parties.name_of(person).full, why=why, letter=letter)
        return bare


def _often(plan: UpdatePlan) -> str:
    """Say the rhythm agreed: `Every Monday`, `Every two weeks`."""
    every = Cadence(plan.every)
    if every is Cadence.WEEK and plan.weekday:
        return f"Every {Weekday(plan.weekday).label}"
    return every.label
