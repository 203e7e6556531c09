"""Sign an entry, and prove later that what was signed is what stands there."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.entry import Entry, EntryParticipant
from cmdesk.models.person import Person
from cmdesk.rules.signature import FROZEN, Participant, signature_hash


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
