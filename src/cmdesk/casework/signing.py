"""Sign an entry, and prove later that what was signed is what stands there."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.entry import Entry, EntryParticipant
from cmdesk.models.person import Person
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.rules.signature import FROZEN, Participant, signature_hash
from cmdesk.words import N_

CHUNK = 500  # SQLite takes so many ids in one question without complaint

# What a reader is told of an entry that fails: plainly, and what can be done.
NOT_AS_SIGNED = N_("This is not what was signed. Compare it with a backup.")

_LINKED: tuple[tuple[str, type[Record], str], ...] = (
    ("client", Client, "client_id"),
    ("engagement", Engagement, "engagement_id"),
    ("episode", Episode, "episode_id"),
    ("copied_from", Entry, "copied_from_id"),
)


def seal(session: Session, entry: Entry) -> str:
    """Return the hash of all that signing makes final."""
    people = session.execute(
        select(Person.uid, EntryParticipant.capacity, EntryParticipant.reached)
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id == entry.id)
        .order_by(EntryParticipant.position, EntryParticipant.id)
    )
    return signature_hash(
        {name: getattr(entry, name) for name in FROZEN},
        {
            "entry": entry.uid,
            "client": _uid(session, Client, entry.client_id),
            "engagement": _uid(session, Engagement, entry.engagement_id),
            "episode": _uid(session, Episode, entry.episode_id),
            "copied_from": _uid(session, Entry, entry.copied_from_id),
        },
        [Participant(uid, capacity, reached) for uid, capacity, reached in people],
    )


def _uid(session: Session, kind: type[Record], number: int | None) -> str | None:
    return session.get_one(kind, number).uid if number is not None else None


def stands_as_signed(session: Session, entry_id: int) -> bool:
    """Tell whether a signed entry still is, to the letter, what was signed."""
    entry = session.get_one(Entry, entry_id)
    return entry.signature_hash == seal(session, entry)


def verified(session: Session, ids: Iterable[int]) -> dict[int, bool]:
    """Tell of each signed entry whether it stands as signed; unsigned ones are left out.

    Reads as many rows at a time as SQLite takes, and no more than a handful of tables.
    """
    wanted = list(ids)
    found: dict[int, bool] = {}
    for start in range(0, len(wanted), CHUNK):
        found |= _chunk_verified(session, wanted[start : start + CHUNK])
    return found


def _chunk_verified(session: Session, ids: list[int]) -> dict[int, bool]:
    signed = select(Entry).where(Entry.id.in_(ids), Entry.status == EntryStatus.SIGNED)
    entries = session.scalars(signed).all()
    people: dict[int, list[Participant]] = {}
    took_part = (
        select(
            EntryParticipant.entry_id,
            Person.uid,
            EntryParticipant.capacity,
            EntryParticipant.reached,
        )
        .join(Person, EntryParticipant.person_id == Person.id)
        .where(EntryParticipant.entry_id.in_(ids))
        .order_by(EntryParticipant.position, EntryParticipant.id)
    )
    for number, uid, capacity, reached in session.execute(took_part):
        people.setdefault(number, []).append(Participant(uid, capacity, reached))
    linked = {name: _uids(session, entries, kind, column) for name, kind, column in _LINKED}
    return {
        entry.id: entry.signature_hash
        == signature_hash(
            {name: getattr(entry, name) for name in FROZEN},
            {
                "entry": entry.uid,
                **{name: linked[name].get(getattr(entry, column)) for name, _, column in _LINKED},
            },
            people.get(entry.id, []),
        )
        for entry in entries
    }


def _uids(
    session: Session, entries: Sequence[Entry], kind: type[Record], column: str
) -> dict[int, str]:
    """Map the numbers these entries name in one column to their lasting names."""
    numbers = {getattr(entry, column) for entry in entries} - {None}
    return dict(session.execute(select(kind.id, kind.uid).where(kind.id.in_(numbers))).all())
