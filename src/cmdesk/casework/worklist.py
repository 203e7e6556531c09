"""The worklist: entries that wait for a signature, the oldest first, and what each still lacks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, contacts, entries, merged, verdicts
from cmdesk.casework.parties import name_of
from cmdesk.casework.reached import happened
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.entry import Entry
from cmdesk.models.person import Person
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.rules.log import LogDraft, unfinished

OPENING = 140  # signs of the narrative that a row shows


@dataclass(frozen=True, slots=True)
class Unsigned:
    """One entry of the worklist. `at` is in the practice's zone.

    With `missing` empty it can be signed.
    """

    entry_id: int
    client_id: int
    client: str
    at: datetime
    time_recorded: bool
    minutes: int | None
    kind: str
    method: str
    outcome: str
    opening: str
    missing: tuple[str, ...]


def _waits() -> ColumnElement[bool]:
    """Whether an entry is unsigned; those in the wrong chart are never signed."""
    return and_(Entry.status.in_((EntryStatus.DRAFT, EntryStatus.READY_TO_SIGN)), happened())


def count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Entry).where(_waits())) or 0


def unsigned(session: Session) -> list[Unsigned]:
    """Return all that waits for a signature, across clients, the oldest first."""
    query = (
        select(Entry, Person)
        .join(Client, Entry.client_id == Client.id)
        .join(Person, Client.person_id == Person.id)
        .where(_waits())
        .order_by(Entry.occurred_at, Entry.id)
    )
    rows = session.execute(query).all()
    worded = _short_topics(session, [entry.id for entry, _ in rows])
    owners, zone, now = merged.owners(session), clock.zone(session), contacts.now(session)
    return [
        Unsigned(
            entry_id=entry.id,
            client_id=owners.get(entry.client_id, entry.client_id),
            client=name_of(person).full,
            at=entry.occurred_at.astimezone(zone),
            time_recorded=entry.time_recorded,
            minutes=entry.minutes,
            kind=entry.kind,
            method=entry.method,
            outcome=entry.outcome,
            opening=entry.narrative[:OPENING],
            missing=tuple(
                _missing(entry, entry.occurred_at.astimezone(zone), worded, now).values()
            ),
        )
        for entry, person in rows
    ]


def _short_topics(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for start in range(0, len(ids), verdicts.CHUNK):
        newest = verdicts.newest_wording(session, ids[start : start + verdicts.CHUNK])
        found |= {number: tuple(worded.short_topics) for number, worded in newest.items()}
    return found


def _missing(
    entry: Entry, at: datetime, worded: dict[int, tuple[str, ...]], now: datetime
) -> dict[str, str]:
    draft = LogDraft(
        client_id=entry.client_id,
        day=at.date(),
        at=at.time() if entry.time_recorded else None,
        minutes=entry.minutes,
        kind=entry.kind,
        purposes=tuple(entry.purposes),
        narrative=entry.narrative,
        short_topics=worded.get(entry.id, ()),
        miles=entry.miles,
        expense_cents=entry.expense_cents,
    )
    return unfinished(draft, now=now)


def lacking(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """Map unsigned entries to the fields that are still missing for a signature."""
    if not ids:
        return {}
    worded = _short_topics(session, ids)
    zone, now = clock.zone(session), contacts.now(session)
    return {
        entry.id: tuple(_missing(entry, entry.occurred_at.astimezone(zone), worded, now))
        for entry in session.scalars(select(Entry).where(Entry.id.in_(ids)))
    }


def next_unsigned(session: Session, after: int | None = None) -> int | None:
    """Return the entry to sign after this one, then from the oldest again; None when all are.

    `after` may have been signed in the meantime.
    """
    order = (Entry.occurred_at, Entry.id)
    query = select(Entry.id).where(_waits()).order_by(*order)
    here = session.get(Entry, after) if after is not None else None
    if here is None:
        return session.scalar(query.limit(1))
    later = or_(
        Entry.occurred_at > here.occurred_at,
        and_(Entry.occurred_at == here.occurred_at, Entry.id > here.id),
    )
    following = session.scalar(query.where(later).limit(1))
    return following or session.scalar(query.where(Entry.id != here.id).limit(1))


def sign(session: Session, ids: Iterable[int]) -> None:
    """Sign entries that lack nothing. Problem, and none is signed, if one of them does."""
    now = contacts.now(session)
    for number in ids:
        lacking = unfinished(contacts.opened(session, number).draft, now=now)
        if lacking:
            raise Problem(next(iter(lacking.values())), "Open the entry and fill it in.")
        entries.sign_entry(session, number)
