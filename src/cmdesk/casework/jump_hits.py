"""Answers of the search: what they are, and how those of the log, files and tasks are told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, search
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry, EntryParticipant
from cmdesk.models.person import Person
from cmdesk.models.task import Task
from cmdesk.models.update import UpdateCopy

DEEP: Final = "… "  # how a piece of a text begins that does not stand at its beginning


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer. `kind` says what `id` is; `client_id` whose chart it belongs to."""

    kind: str
    id: int
    title: str
    detail: str
    client_id: int | None = None
    phone: str = ""
    method: str = ""
    telling: str = ""  # what tells a client from a namesake


def log(session: Session, hits: Sequence[search.Hit]) -> list[Hit]:
    ids = [hit.id for hit in hits]
    zone, today = clock.zone(session), clock.today(session)
    rows = {
        number: (at, method)
        for number, at, method in session.execute(
            select(Entry.id, Entry.occurred_at, Entry.method).where(Entry.id.in_(ids))
        )
    }
    first = (
        select(EntryParticipant.entry_id, Person)
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id.in_(ids))
        .order_by(EntryParticipant.position.desc())
    )
    who = {number: parties.name_of(person).full for number, person in session.execute(first)}
    made: list[Hit] = []
    for hit in hits:
        at, method = rows[hit.id]
        day = _day(at.astimezone(zone).date(), today)
        detail = joined(who.get(hit.id, ""), day)
        made.append(Hit("entry", hit.id, hit.snippet, detail, hit.client_id, method=method))
    return made


def tasks(session: Session, ids: Sequence[int]) -> list[Hit]:
    query = (
        select(Task, Person)
        .outerjoin(Client, Task.client_id == Client.id)
        .outerjoin(Person, Client.person_id == Person.id)
        .where(Task.id.in_(ids))
    )
    today = clock.today(session)
    made: list[Hit] = []
    for task, person in session.execute(query):
        name = parties.name_of(person).full if person else ""
        when = "done" if task.done_on else _day(task.due, today) if task.due else ""
        detail = joined(name, when)
        made.append(Hit("task", task.id, task.text, detail, task.client_id))
    return made


def files(session: Session, hits: Sequence[search.Hit]) -> list[Hit]:
    """Give the files, and the letters that were handed over, with whom they are about."""
    found = [hit for hit in hits if hit.kind in ("document", "letter")]
    query = (
        select(Client.id, Person)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.in_({hit.client_id for hit in found}))
    )
    about = {number: parties.name_of(person).full for number, person in session.execute(query)}
    sent = _letters(session, [hit.id for hit in found if hit.kind == "letter"])
    made: list[Hit] = []
    for hit in found:
        letter = hit.kind == "letter"
        # Of a statement somewhere in a letter its words are shown, not what stands above them.
        deep = letter and hit.snippet.startswith(DEEP)
        title = hit.snippet if deep else hit.title or hit.snippet
        detail = joined(about.get(hit.client_id or 0, ""), sent.get(hit.id, "") if letter else "")
        made.append(Hit(hit.kind, hit.id, title, detail, hit.client_id))
    return made


def _letters(session: Session, ids: Sequence[int]) -> dict[int, str]:
    """Say of letters that left to whom each went, and when."""
    if not ids:
        return {}
    copies = session.scalars(select(UpdateCopy).where(UpdateCopy.id.in_(ids))).all()
    keys = {row.id: parties.key_of(row.person_id, row.organisation_id) for row in copies}
    readers = parties.of_keys(session, set(keys.values()))
    zone, today = clock.zone(session), clock.today(session)
    return {
        row.id: f"letter to {readers[keys[row.id]].called}, "
        + _day((row.sent_at or row.created_at).astimezone(zone).date(), today)
        for row in copies
        if keys[row.id] in readers
    }


def joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))


def _day(day: date, today: date) -> str:
    if day == today:
        return "today"
    if day.year == today.year:
        return f"{day:%b} {day.day}"
    return f"{day:%b} {day.day}, {day.year}"
