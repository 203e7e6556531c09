"""The page of one day: the agenda's rows, each with what it takes to act on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clock, parties
from cmdesk.casework.tasks import NextStep
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Draft, Entry, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.codes import Cadence, Weekday
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.rules.days import near
from cmdesk.rules.people import Name, pronouns
from cmdesk.rules.periods import last_full_week

DAYS = 7  # of a week


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to do. `kind` and `record` say what it is about, as the agenda does.

    `step` can be finished; `letter` is the composer's name for a letter that is due, `begun` if a
    draft of it is kept. `method` says how one is to be reached; `opened` is a promise's entry.
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
    begun: bool = False
    method: str = ""
    opened: int | None = None


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
    """Count what is late, and what is due today."""
    return agenda.urgent(session)


def anybody(session: Session) -> bool:
    """Whether there is a client at all."""
    return session.scalar(select(Client.id).limit(1)) is not None


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


class _Telling:
    """Says each row in the page's words; asks once for all of a kind."""

    def __init__(self, session: Session, found: Sequence[AgendaRow]) -> None:
        self._zone, self._today = clock.zone(session), clock.today(session)
        self._first, self._last = last_full_week(self._today)
        self._numbers: dict[str, list[int]] = {}
        for row in found:
            self._numbers.setdefault(row.kind, []).append(row.record)
        self._clients = _names(session)
        entries = (
            select(FollowUp.id, Entry.id, Entry.occurred_at, Entry.method)
            .join(Entry, FollowUp.entry_id == Entry.id)
            .where(FollowUp.id.in_(self._of("follow_up")))
        )
        self._entries = {row[0]: row for row in session.execute(entries)}
        notes = select(Task.id, Task.notes).where(Task.id.in_(self._of("task")))
        self._notes = dict(session.execute(notes).all())
        plans = (
            select(UpdatePlan, Person)
            .join(Person, UpdatePlan.recipient_id == Person.id)
            .where(UpdatePlan.id.in_(self._of("update", "uncovered")))
        )
        self._plans = {plan.id: (plan, person) for plan, person in session.execute(plans)}
        rules = select(CadenceRule.id, CadenceRule.method).where(
            CadenceRule.id.in_(self._of("cadence"))
        )
        self._methods = dict(session.execute(rules).all())
        begun = select(Draft.key, Draft.saved_at).where(Draft.key.startswith("update:"))
        self._begun = dict(session.execute(begun).all())
        self._readers = _readers(session, self._of("consent"))

    def _of(self, *kinds: str) -> list[int]:
        return [number for kind in kinds for number in self._numbers.get(kind, ())]

    def row(self, place: int, row: AgendaRow) -> TodayRow:
        client_id, name = self._clients.get(row.client or "", (None, None))
        bare = TodayRow(
            place, row.group, row.kind, row.title, row.why, row.due, row.record, client_id, name
        )
        tell = {
            "follow_up": self._promise,
            "task": self._task,
            "update": self._update,
            "uncovered": self._update,
            "consent": self._consent,
        }.get(row.kind)
        if tell:
            return tell(bare, row)
        return replace(bare, method=self._methods.get(row.record, "")) if _is_reach(row) else bare

    def _promise(self, bare: TodayRow, row: AgendaRow) -> TodayRow:
        _, entry, at, method = self._entries[row.record]
        day = near(at.astimezone(self._zone).date(), self._today)
        step = NextStep(row.title, row.due, follow_up_id=row.record)
        return replace(bare, why=f"Promised on {day}", step=step, method=method, opened=entry)

    def _task(self, bare: TodayRow, row: AgendaRow) -> TodayRow:
        # That it is late stands beside it already; how long one waits, nowhere else.
        note = self._notes[row.record].partition("\n")[0]
        step = NextStep(row.title, row.due, task_id=row.record)
        waits = row.group == Group.WAITING or row.why.startswith("Waiting")
        return replace(bare, why=row.why if waits else note, step=step)

    def _update(self, bare: TodayRow, row: AgendaRow) -> TodayRow:
        plan, person = self._plans[row.record]
        key = parties.person_key(person.id)
        letter = f"{key}:{self._first}:{self._last}"
        kept = self._begun.get(f"update:{plan.client_id}:{letter}")
        why = _often(plan) if row.kind == "update" else row.why
        if kept and row.kind == "update":
            why = f"{why}, draft saved {self._day(kept)}"
        title = parties.name_of(person).full
        return replace(bare, title=title, why=why, letter=letter, begun=kept is not None)

    def _day(self, at: datetime) -> str:
        day = at.astimezone(self._zone).date()
        away = (self._today - day).days
        if away == 0:
            return "today"
        return list(Weekday)[day.weekday()].label if 0 < away < DAYS else near(day, self._today)

    def _consent(self, bare: TodayRow, row: AgendaRow) -> TodayRow:
        """Say what stops with the consent: letters, if its reader gets some."""
        person, letters = self._readers.get((row.record, row.person or ""), (None, False))
        if person is None:
            return bare
        title = f"Consent for {parties.name_of(person).full}"
        if not letters:
            return replace(bare, title=title)
        whose = pronouns(person.pronouns, parties.called(person)).possessive
        return replace(bare, title=title, why=f"Without it {whose} updates stop")


def _is_reach(row: AgendaRow) -> bool:
    return row.kind == "cadence"


def _names(session: Session) -> dict[str, tuple[int, Name]]:
    """Return every client's number and name by what they are called outside."""
    query = select(
        Client.ref,
        Client.uid,
        Client.id,
        Person.given_name,
        Person.family_name,
        Person.preferred_name,
    ).join(Person, Client.person_id == Person.id)
    return {
        ref or uid: (number, Name(*parts)) for ref, uid, number, *parts in session.execute(query)
    }


def _readers(
    session: Session, consents: Sequence[int]
) -> dict[tuple[int, str], tuple[Person, bool]]:
    """Return whom consents name, by consent and person, and whether a plan writes to them."""
    writes = exists(
        select(UpdatePlan.id).where(
            UpdatePlan.client_id == Consent.client_id,
            UpdatePlan.recipient_id == Person.id,
            UpdatePlan.ended_on.is_(None),
        )
    )
    query = (
        select(Consent.id, Person, writes)
        .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
        .join(Person, ConsentRecipient.person_id == Person.id)
        .where(Consent.id.in_(consents))
    )
    return {
        (number, parties.outside_name(person)): (person, letters)
        for number, person, letters in session.execute(query)
    }


def _often(plan: UpdatePlan) -> str:
    """Say the rhythm agreed: `Mondays`, `Every two weeks`."""
    every = Cadence(plan.every)
    if every is Cadence.WEEK and plan.weekday:
        return f"{Weekday(plan.weekday).label}s"
    return every.label
