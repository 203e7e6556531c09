"""Find anything: one full-text question over all that is read, names first, then the newest."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from cmdesk.casework.parties import full_name, outside_name
from cmdesk.models.client import Client
from cmdesk.models.document import Document
from cmdesk.models.entry import Addendum, Entry, EntryWording
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.models.update import UpdateCopy

UNDATED = 1 << 34  # numbers below stand for what has no date: people, organisations, tasks
AROUND = 60  # characters of a snippet on either side
FOLDS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE",
     "ß": "ss", "ẞ": "SS"}
)  # fmt: skip  # as the index folds them (migration 0002)
WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    ref: str
    title: str
    snippet: str
    id: int
    client_id: int | None = None


def phrase(typed: str) -> str:
    """Return the question FTS5 is asked: every word, the last one as a beginning."""
    words = WORD.findall(typed.translate(FOLDS))
    quoted = [f'"{word}"' for word in words]
    if quoted and typed[-1:].strip():
        quoted[-1] += "*"
    return " ".join(quoted)


def search(session: Session, typed: str, limit: int = 20) -> list[Hit]:
    """Return up to `limit` hits without a date, then as many dated ones, the newest first."""
    question = phrase(typed)
    if not question:
        return []
    undated = _numbers(session, question, f"rowid < {UNDATED}", limit)
    dated = _numbers(session, question, f"rowid >= {UNDATED}", limit)
    return _hits(session, [*undated, *dated], WORD.findall(typed))


def _numbers(session: Session, question: str, where: str, limit: int) -> list[int]:
    query = text(
        f"SELECT rowid FROM search WHERE search MATCH :question AND {where} "  # noqa: S608
        "ORDER BY rowid DESC LIMIT :limit"
    )
    return list(session.scalars(query, {"question": question, "limit": limit}))


def _hits(session: Session, numbers: Sequence[int], words: list[str]) -> list[Hit]:
    """Read the rows behind the numbers of the index (migration 0002), each row once."""
    found: dict[tuple[str, int], Hit] = {}
    for number in numbers:
        hit = _READERS[number & 15](session, (number >> 4) & (1 << 30) - 1, words)
        if hit:
            found.setdefault((hit.kind, hit.id), hit)
    return list(found.values())


def snippet(body: str, words: list[str]) -> str:
    """Return the piece of a text around the first word that was asked for."""
    flat = " ".join(body.split())
    lowered = flat.casefold()
    places = [at for word in words if (at := lowered.find(word.casefold())) >= 0]
    start = max(min(places, default=0) - AROUND, 0)
    piece = flat[start : start + 3 * AROUND]
    return ("… " if start else "") + piece + (" …" if start + 3 * AROUND < len(flat) else "")


def _entry(session: Session, entry_id: int, words: list[str]) -> Hit | None:
    row = session.execute(
        select(Entry.ref, Entry.uid, Entry.occurred_at, Entry.narrative, Entry.client_id, Person)
        .join(Client, Entry.client_id == Client.id)
        .join(Person, Client.person_id == Person.id)
        .where(Entry.id == entry_id)
    ).one_or_none()
    if row is None:
        return None
    ref, uid, occurred_at, narrative, client_id, person = row
    title = f"{full_name(person)}, {occurred_at.date().isoformat()}"
    return Hit("entry", ref or uid, title, snippet(narrative, words), entry_id, client_id)


def _wording(session: Session, number: int, words: list[str]) -> Hit | None:
    row = session.get(EntryWording, number)
    return _entry(session, row.entry_id, words) if row else None


def _addendum(session: Session, number: int, words: list[str]) -> Hit | None:
    row = session.get(Addendum, number)
    return _entry(session, row.entry_id, words) if row else None


def _person(session: Session, number: int, words: list[str]) -> Hit | None:
    person = session.get(Person, number)
    if person is None:
        return None
    client = session.scalars(select(Client).where(Client.person_id == number)).one_or_none()
    detail = person.credentials or person.job_title or person.notes
    if client:
        return Hit(
            "client", outside_name(client), full_name(person), client.status, client.id, client.id
        )
    return Hit("person", outside_name(person), full_name(person), snippet(detail, words), person.id)


def _client(session: Session, number: int, words: list[str]) -> Hit | None:
    client = session.get(Client, number)
    if client is None:
        return None
    person = session.get_one(Person, client.person_id)
    body = snippet(client.where_things_stand, words)
    return Hit("client", outside_name(client), full_name(person), body, number, number)


def _organisation(session: Session, number: int, _words: list[str]) -> Hit | None:
    house = session.get(Organisation, number)
    if house is None:
        return None
    where = session.scalars(select(Address).where(Address.organisation_id == number)).first()
    body = ", ".join(part for part in (where.city, where.state) if part) if where else ""
    title = " ".join(part for part in (house.name, house.name2) if part)
    return Hit("organisation", outside_name(house), title, body, number)


def _letter(session: Session, number: int, words: list[str]) -> Hit | None:
    copy = session.get(UpdateCopy, number)
    if copy is None:
        return None
    return Hit("letter", outside_name(copy), copy.headline, snippet(copy.text, words), number)


def _contact_point(session: Session, number: int, words: list[str]) -> Hit | None:
    row = session.get(ContactPoint, number)
    return _owner(session, row.person_id, row.organisation_id, words) if row else None


def _address(session: Session, number: int, words: list[str]) -> Hit | None:
    row = session.get(Address, number)
    return _owner(session, row.person_id, row.organisation_id, words) if row else None


def _owner(
    session: Session, person_id: int | None, organisation_id: int | None, words: list[str]
) -> Hit | None:
    if person_id is not None:
        return _person(session, person_id, words)
    return _organisation(session, organisation_id or 0, words)


def _document(session: Session, number: int, words: list[str]) -> Hit | None:
    row = session.get(Document, number)
    if row is None:
        return None
    body = snippet(row.text, words)
    return Hit("document", outside_name(row), row.title, body, number, row.client_id)


def _task(session: Session, number: int, words: list[str]) -> Hit | None:
    row = session.get(Task, number)
    if row is None:
        return None
    return Hit(
        "task", outside_name(row), row.text, snippet(row.notes, words), number, row.client_id
    )


_READERS = (
    _entry, _wording, _addendum, _person, _client, _organisation, _letter, _contact_point,
    _document, _task, _address,
)  # fmt: skip  # in the order of the kinds of migration 0002
