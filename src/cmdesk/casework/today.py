"""The page of one day: the agenda's rows, each with what it takes to act on it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final

from sqlalchemy import Executable, exists, func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import agenda, clock, parties, reached, today_waits
from cmdesk.casework.agenda_sent import worded
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.letters_sent import counts
from cmdesk.casework.tasks import NextStep
from cmdesk.casework.today_letters import Letters
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.rhythm import CadenceRule
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.rules.days import short
from cmdesk.rules.people import Name, pronouns

DAYS = 7  # of a week
_CLIENTS: Final = select(
    *(Client.id, Client.ref, Client.uid),
    *(Person.given_name, Person.family_name, Person.preferred_name),
).join(Person, Client.person_id == Person.id)
_ENTRIES: Final = (
    select(FollowUp.id, FollowUp.entry_id, Entry.occurred_at, Entry.method)
    .join(Entry, FollowUp.entry_id == Entry.id)
    .where(FollowUp.id.in_(among("ids")))
)
_NOTES: Final = select(Task.id, Task.notes, Task.state).where(Task.id.in_(among("ids")))
_PLANS: Final = (
    select(
        *(UpdatePlan.id, UpdatePlan.client_id, UpdatePlan.recipient_id),
        *(UpdatePlan.every, UpdatePlan.weekday, UpdatePlan.template),
        *(Person.given_name, Person.family_name, Person.preferred_name),
    )
    .join(Person, UpdatePlan.recipient_id == Person.id)
    .where(UpdatePlan.id.in_(among("ids")))
)
_RULES: Final = select(CadenceRule.id, CadenceRule.method).where(CadenceRule.id.in_(among("ids")))
_READERS: Final = (  # whom consents name, and whether a plan writes to them
    select(
        *(Consent.id, Person.ref, Person.uid, Person.pronouns),
        *(Person.given_name, Person.family_name, Person.preferred_name),
        exists(
            select(UpdatePlan.id).where(
                UpdatePlan.client_id == Consent.client_id,
                UpdatePlan.recipient_id == Person.id,
                UpdatePlan.ended_on.is_(None),
            )
        ).label("letters"),
    )
    .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
    .join(Person, ConsentRecipient.person_id == Person.id)
    .where(Consent.id.in_(among("ids")))
)


@dataclass(frozen=True, slots=True)
class TodayRow:
    """One thing to do. `kind` and `record` say what it is about, as the agenda does.

    `step` can be finished; `letter` is the composer's name for a letter that is due, `begun` if a
    draft of it is kept. `method` says how one is to be reached; `opened` is a promise's entry.
    `ref` and `reason` are the agenda's own; `whom` the first row is about, beside its client.
    `waits` says that it is somebody else's move.
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
    ref: str = ""
    reason: str = ""
    whom: Name | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Week:
    """What was done since Monday. `updates` were handed over."""

    contacts: int
    minutes: int
    updates: int


@dataclass(frozen=True, slots=True)
class Day:
    """All of the page; `anybody` says whether there is a client at all.

    `put_off` counts what one waits for on others and put off, so that no row tells of it.
    """

    rows: Sequence[TodayRow]
    week: Week
    anybody: bool
    put_off: int = 0


def page(session: Session, ahead: int = 0) -> Day:
    """Return what the page of the day shows, in one reading."""
    found = rows(session, ahead)
    put_off = today_waits.put_off(session, {row.record for row in found if row.waits})
    return Day(found, week(session), anybody(session), put_off)


def rows(session: Session, ahead: int = 0) -> list[TodayRow]:
    """Return what asks for attention today, group by group, and promises for some days ahead."""
    found = worded(session, agenda.on(session, None, ahead))
    tell = _Telling(session, found)
    made = [tell.row(place, row) for place, row in enumerate(found, start=1)]
    if found and found[0].person:
        made[0] = replace(made[0], whom=_named(session, found[0].person))
    return made


def _named(session: Session, person: str) -> Name | None:
    query = select(Person).where(or_(Person.ref == person, Person.uid == person))
    found = session.scalars(query).first()
    return parties.name_of(found) if found else None


def urgent(session: Session) -> tuple[int, int]:
    """Count what is late, and what is due today."""
    return agenda.urgent(session)


def letters(session: Session) -> tuple[int, int]:
    """Count the letters to be written within the week; none counts as late."""
    return 0, agenda.letters(session)


def anybody(session: Session) -> bool:
    """Whether there is a client at all."""
    return session.scalar(select(Client.id).limit(1)) is not None


def week(session: Session) -> Week:
    """Count what was done since Monday, in the practice's zone."""
    zone, today = clock.zone(session), clock.today(session)
    monday = datetime.combine(today - timedelta(days=today.weekday()), time.min, zone)
    contacts, minutes = session.execute(
        select(func.count(Entry.id), func.sum(Entry.minutes)).where(
            Entry.occurred_at >= monday,
            Entry.occurred_at <= clock.now(session),  # a file may bring what is to come
            Entry.kind.in_((*reached.MEETINGS, EntryKind.ATTEMPTED_CONTACT)),
            reached.happened(),
        )
    ).one()
    updates = session.scalar(
        select(func.count(UpdateCopy.id))
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(
            func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at) >= monday,
            counts(),
        )
    )
    return Week(contacts, minutes or 0, updates or 0)


class _Telling:
    """Says each row in the page's words; asks once for all of a kind."""

    def __init__(self, session: Session, found: Sequence[AgendaRow]) -> None:
        self._zone = clock.zone(session)
        self._today = clock.now(session).astimezone(self._zone).date()
        self._numbers: dict[str, list[int]] = {}
        for row in found:
            self._numbers.setdefault(row.kind, []).append(row.record)
        self._clients = {
            row.ref or row.uid: (row.id, parties.name_of(row)) for row in read(session, _CLIENTS)
        }
        self._entries = self._by_number(session, _ENTRIES, "follow_up")
        self._notes = self._by_number(session, _NOTES, "task")
        self._plans = self._by_number(session, _PLANS, "update", "uncovered")
        self._rules = self._by_number(session, _RULES, "cadence")
        self._letters = Letters(session, self._plans, found, self._today)
        readers = read(session, _READERS, ids=listed(self._of("consent")))
        self._readers = {(row.id, row.ref or row.uid): row for row in readers}
        self._tell = {
            "follow_up": self._promise,
            "task": self._task,
            "cadence": self._reach,
            "candidate": self._candidate,
            "update": self._update,
            "uncovered": self._update,
            "letter_hours": self._letters.by_hour,
            "consent": self._consent,
            "coming_of_age": self._birthday,
        }

    def _of(self, *kinds: str) -> list[int]:
        return [number for kind in kinds for number in self._numbers.get(kind, ())]

    def _by_number(self, session: Session, question: Executable, *kinds: str) -> dict[int, Any]:
        ids = self._of(*kinds)
        found = read(session, question, ids=listed(ids)) if ids else ()
        return {row.id: row for row in found}

    def row(self, place: int, row: AgendaRow) -> TodayRow:
        client_id, name = self._clients.get(row.client or "", (None, None))
        tell = self._tell.get(row.kind)
        told: dict[str, Any] = {"title": row.title, "why": row.why}
        again: dict[str, Any] = {"why": row.why} if row.snoozed else {}
        return TodayRow(
            id=place,
            group=row.group,
            kind=row.kind,
            due=row.due,
            record=row.record,
            ref=row.ref,
            reason=row.why,
            client_id=client_id,
            client=name,
            **(told | (tell(row) if tell else {}) | again),
        )

    def _promise(self, row: AgendaRow) -> dict[str, Any]:
        made_in = self._entries[row.record]
        day = short(made_in.occurred_at.astimezone(self._zone).date(), self._today)
        step = NextStep(row.title, row.due, follow_up_id=row.record)
        opened, method = made_in.entry_id, made_in.method
        _, tries, often = row.why.partition(", tried")  # how late it is stands beside it
        why = f"Promised on {day}{tries}{often}"
        return {"why": why, "step": step, "method": method, "opened": opened}

    def _task(self, row: AgendaRow) -> dict[str, Any]:
        # That it is late stands beside it already; how long one waits, nowhere else.
        kept = self._notes[row.record]
        step = NextStep(row.title, row.due, task_id=row.record)
        waits = row.group == Group.WAITING or row.why.startswith("Waiting")
        why = row.why if waits else kept.notes.partition("\n")[0]
        return {"why": why, "step": step, "waits": kept.state == TaskState.WAITING}

    def _candidate(self, row: AgendaRow) -> dict[str, Any]:
        return {"step": NextStep(row.title, row.due, candidate_id=row.record)}

    def _reach(self, row: AgendaRow) -> dict[str, Any]:
        return {"method": self._rules[row.record].method}

    def _update(self, row: AgendaRow) -> dict[str, Any]:
        plan = self._plans[row.record]
        letter, kept = self._letters.of(row.record)
        why = _often(plan) if row.kind == "update" else row.why
        if kept and row.kind == "update":
            why = f"{why}, draft saved {self._day(kept)}"
        title = parties.name_of(plan).full
        return {"title": title, "why": why, "letter": letter, "begun": kept is not None}

    def _day(self, at: datetime) -> str:
        day = at.astimezone(self._zone).date()
        away = (self._today - day).days
        if away == 0:
            return "today"
        return list(Weekday)[day.weekday()].label if 0 < away < DAYS else short(day, self._today)

    def _birthday(self, _row: AgendaRow) -> dict[str, Any]:
        return {"why": "What a parent signed ends then"}

    def _consent(self, row: AgendaRow) -> dict[str, Any]:
        """Say what stops with the consent: letters, if its reader gets some."""
        reader = self._readers.get((row.record, row.person or ""))
        if reader is None:
            return {}
        title = f"Consent for {parties.name_of(reader).full}"
        if not reader.letters:
            return {"title": title}
        whose = pronouns(reader.pronouns, parties.called(reader)).possessive
        return {"title": title, "why": f"Without it {whose} updates stop"}


def _often(plan: Any) -> str:
    """Say the rhythm agreed: `Mondays`, `Every two weeks`."""
    every = Cadence(plan.every)
    if every is Cadence.WEEK and plan.weekday:
        return f"{Weekday(plan.weekday).label}s"
    return every.label
