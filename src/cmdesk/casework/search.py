"""Find anything: one full-text question over all that is read, names first, then the newest."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.models.client import Client
from cmdesk.models.document import Document
from cmdesk.models.entry import Addendum, Entry, EntryWording
from cmdesk.models.merge import ClientMerge
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.models.update import Update, UpdateCopy

AROUND = 60  # characters of a snippet on either side
FOLDS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "æ": "ae", "Æ": "AE",
     "ß": "ss", "ẞ": "SS"}
)  # fmt: skip  # as the index folds them (migration 0002)
WORD = re.compile(r"[^\W_]+", re.UNICODE)
NUMBER = re.compile(r"[\s()+./\-\u2010-\u2013]*(?:[0-9][\s()+./\-\u2010-\u2013]*){4,}")


Place = tuple[str, int]  # a kind and the number of a row


@dataclass(frozen=True, slots=True)
class Hit:
    kind: str
    ref: str
    title: str
    snippet: str
    id: int
    client_id: int | None = None


Found = Iterable[tuple[int, Hit]]


def phrase(typed: str) -> str:
    """Return the question FTS5 is asked: every word, the last one as a beginning.

    What may be a telephone number is also asked for by its bare digits, which the index holds
    beside the number as it was written (migration 0003), with and without the country's one.
    """
    words = WORD.findall(typed.translate(FOLDS))
    quoted = [f'"{word}"' for word in words]
    if quoted and typed[-1:].strip():
        quoted[-1] += "*"
    if not NUMBER.fullmatch(typed):
        return " ".join(quoted)
    digits = re.sub("[^0-9]", "", typed)
    ways = [digits, digits[1:]] if digits.startswith("1") and len(digits) > 4 else [digits]
    return " OR ".join([f"({' '.join(quoted)})", *(f'"{way}"*' for way in ways)])


def search(session: Session, typed: str, limit: int = 20) -> list[Hit]:
    """Return up to `limit` hits without a date, then as many dated ones, the newest first."""
    question = phrase(typed)
    if not question:
        return []
    names = _numbers(session, "search_names", question, limit)
    dated = _numbers(session, "search", question, limit)
    return _hits(session, [*sorted(names), *dated], WORD.findall(typed))


def _numbers(session: Session, index: str, question: str, limit: int) -> list[int]:
    query = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid DESC LIMIT ?"  # noqa: S608
    asked = session.connection().exec_driver_sql(query, (question, limit))
    return [number for (number,) in asked]


def _hits(session: Session, numbers: Sequence[int], words: list[str]) -> list[Hit]:
    """Read the rows behind the numbers of the index, kind by kind, each row once."""
    places = [(_KINDS[number & 15], (number >> 4) & (1 << 30) - 1) for number in numbers]
    leads = _leads(session, places)
    wanted = [leads.get(place, place) for place in places]
    found: dict[Place, Hit] = {}
    for kind, read in _READERS.items():
        ids = {number for each, number in wanted if each == kind}
        if ids:
            found |= {(kind, number): hit for number, hit in read(session, ids, words)}
    hits = [found[place] for place in wanted if place in found]
    return list({(hit.kind, hit.id): hit for hit in reversed(hits)}.values())[::-1]


def _leads(session: Session, places: Sequence[Place]) -> dict[Place, Place]:
    """Tell where a number leads that stands for a part: to its entry, person or organisation."""
    leads: dict[Place, Place] = {}
    for kind, model in (("wording", EntryWording), ("addendum", Addendum)):
        if ids := [number for each, number in places if each == kind]:
            query = select(model.id, model.entry_id).where(model.id.in_(ids))
            for number, entry_id in session.execute(query):
                leads[kind, number] = ("entry", entry_id)
    for kind, model in (("contact point", ContactPoint), ("address", Address)):
        if not (ids := [number for each, number in places if each == kind]):
            continue
        query = select(model.id, model.person_id, model.organisation_id).where(model.id.in_(ids))
        for number, person_id, house_id in session.execute(query):
            owner = ("person", person_id) if person_id else ("organisation", house_id or 0)
            leads[kind, number] = owner
    return leads


def snippet(body: str, words: list[str]) -> str:
    """Return the piece of a text around the first word that was asked for."""
    flat = " ".join(body.split())
    lowered = flat.casefold()
    places = [at for word in words if (at := lowered.find(word.casefold())) >= 0]
    start = max(min(places, default=0) - AROUND, 0)
    piece = flat[start : start + 3 * AROUND]
    return ("… " if start else "") + piece + (" …" if start + 3 * AROUND < len(flat) else "")


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


_ENTRIES = (  # made once: to put it together costs more than to ask it
    select(
        Entry.id,
        Entry.ref,
        Entry.uid,
        Entry.occurred_at,
        Entry.narrative,
        Client.id,
        Person.given_name,
        Person.family_name,
    )
    .outerjoin(ClientMerge, ClientMerge.client_id == Entry.client_id)
    .join(Client, func.coalesce(ClientMerge.kept_id, Entry.client_id) == Client.id)
    .join(Person, Client.person_id == Person.id)
    .where(Entry.id.in_(bindparam("ids", expanding=True)))
)


def _entries(session: Session, ids: Iterable[int], words: list[str]) -> Found:
    zone = clock.zone(session)
    for number, ref, uid, at, narrative, client_id, given, family in session.execute(
        _ENTRIES, {"ids": list(ids)}
    ):
        title = f"{_joined(given, family)}, {at.astimezone(zone).date().isoformat()}"
        yield number, Hit("entry", ref or uid, title, snippet(narrative, words), number, client_id)


def _people(session: Session, ids: Iterable[int], words: list[str]) -> Found:
    """Read people; one who is a client is shown as a client, one who was merged as the other."""
    now = {number: merged.kept_person(session, number) for number in ids}
    query = (
        select(Person, Client.id, Client.ref, Client.uid, Client.status)
        .outerjoin(Client, Client.person_id == Person.id)
        .where(Person.id.in_(now.values()))
    )
    found: dict[int, Hit] = {}
    for person, client_id, ref, uid, status in session.execute(query):
        name = _joined(person.given_name, person.family_name)
        detail = person.credentials or person.job_title or person.notes
        hit = Hit("person", person.ref or person.uid, name, snippet(detail, words), person.id)
        if client_id:
            hit = Hit("client", ref or uid, name, status, client_id, client_id)
        found[person.id] = hit
    yield from ((number, found[kept]) for number, kept in now.items() if kept in found)


def _clients(session: Session, ids: Iterable[int], words: list[str]) -> Found:
    query = (
        select(Client, Person.given_name, Person.family_name)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.in_(ids), Client.id.not_in(merged.gone_clients()))
    )
    for row, given, family in session.execute(query):
        body = snippet(row.where_things_stand, words)
        yield (
            row.id,
            Hit("client", row.ref or row.uid, _joined(given, family), body, row.id, row.id),
        )


def _organisations(session: Session, ids: Iterable[int], _words: list[str]) -> Found:
    addresses = select(Address.organisation_id, Address.city, Address.state).where(
        Address.organisation_id.in_(ids)
    )
    where: dict[int | None, str] = {}
    for number, city, state in session.execute(addresses.order_by(Address.id)):
        where.setdefault(number, ", ".join(part for part in (city, state) if part))
    rows = select(
        Organisation.id, Organisation.ref, Organisation.uid, Organisation.name, Organisation.name2
    ).where(Organisation.id.in_(ids))
    for number, ref, uid, name, name2 in session.execute(rows):
        title = _joined(name, name2)
        yield number, Hit("organisation", ref or uid, title, where.get(number, ""), number)


def _letters(session: Session, ids: Iterable[int], words: list[str]) -> Found:
    query = (
        select(UpdateCopy, func.coalesce(ClientMerge.kept_id, Update.client_id))
        .join(Update, UpdateCopy.update_id == Update.id)
        .outerjoin(ClientMerge, ClientMerge.client_id == Update.client_id)
        .where(UpdateCopy.id.in_(ids))
    )
    for row, client_id in session.execute(query):
        body = snippet(row.text, words)
        yield row.id, Hit("letter", row.ref or row.uid, row.headline, body, row.id, client_id)


def _documents(session: Session, ids: Iterable[int], words: list[str]) -> Found:
    for row in session.scalars(select(Document).where(Document.id.in_(ids))):
        body = snippet(row.text, words)
        yield (
            row.id,
            Hit("document", row.ref or row.uid, row.title, body, row.id, row.client_id),
        )


def _tasks(session: Session, ids: Iterable[int], words: list[str]) -> Found:
    for row in session.scalars(select(Task).where(Task.id.in_(ids))):
        body = snippet(row.notes, words)
        yield row.id, Hit("task", row.ref or row.uid, row.text, body, row.id, row.client_id)


# In the order of the kinds of migration 0002.
_KINDS = (
    "entry", "wording", "addendum", "person", "client", "organisation", "letter", "contact point",
    "document", "task", "address",
)  # fmt: skip
_READERS: dict[str, Callable[[Session, Iterable[int], list[str]], Found]] = {
    "entry": _entries,
    "person": _people,
    "client": _clients,
    "organisation": _organisations,
    "letter": _letters,
    "document": _documents,
    "task": _tasks,
}
