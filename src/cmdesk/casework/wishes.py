"""What clients want held back from someone, as the rules read it, asked for many at once."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.parties import key_of
from cmdesk.models.consent import Restriction, RestrictionEntry, RestrictionRecipient
from cmdesk.models.entry import Entry
from cmdesk.rules import consent as rules
from cmdesk.rules.topics import Topic

_WISHES: Final = select(
    *(Restriction.id, Restriction.client_id, Restriction.topics),
    *(Restriction.until, Restriction.reason),
).where(Restriction.client_id.in_(among("clients")))
_FROM: Final = select(
    *(RestrictionRecipient.restriction_id, RestrictionRecipient.person_id),
    RestrictionRecipient.organisation_id,
).where(RestrictionRecipient.restriction_id.in_(among("ids")))
_ENTRIES: Final = (
    select(RestrictionEntry.restriction_id, Entry.ref, Entry.uid)
    .join(Entry, RestrictionEntry.entry_id == Entry.id)
    .where(RestrictionEntry.restriction_id.in_(among("ids")))
)


def of_clients(session: Session, clients: Collection[int]) -> list[tuple[int, rules.Restriction]]:
    """Return the wishes that stand under some clients' numbers, each with that number."""
    rows = read(session, _WISHES, clients=listed(clients)) if clients else []
    if not rows:
        return []
    ids, now = listed(row.id for row in rows), merged.people(session)
    people: dict[int, set[str]] = {row.id: set() for row in rows}
    entries: dict[int, set[str]] = {row.id: set() for row in rows}
    for number, person_id, organisation_id in read(session, _FROM, ids=ids):
        people[number].add(key_of(now.get(person_id, person_id), organisation_id))
    for number, ref, uid in read(session, _ENTRIES, ids=ids):
        entries[number].add(ref or uid)
    return [
        (
            row.client_id,
            rules.Restriction(
                recipients=frozenset(people[row.id]),
                topics=frozenset(Topic(code) for code in row.topics),
                entries=frozenset(entries[row.id]),
                until=row.until,
                reason=row.reason,
            ),
        )
        for row in rows
    ]
