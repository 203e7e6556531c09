"""What was promised in contacts and falls due, and how often one tried in vain to keep it."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, reached
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.agenda_people import TRIES_WITHIN
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.reached import Try
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.person import Person
from cmdesk.rules.agenda_items import Task

_WORD: Final = re.compile(r"\w+")
_FOLLOW_UPS: Final = select(FollowUp.id, FollowUp.entry_id, FollowUp.text, FollowUp.due).where(
    FollowUp.done_on.is_(None), FollowUp.due <= bindparam("until")
)
# Asked by number: joined, SQLite may well begin with the whole log.
_MADE_IN: Final = select(
    *(Entry.id, Entry.client_id, Entry.ref, Entry.uid, Entry.occurred_at)
).where(Entry.id.in_(among("ids")), reached.happened())  # not in the wrong chart
_TOOK_PART: Final = (
    select(EntryParticipant.entry_id, Person.id, Person.ref, Person.uid)
    .join(Person, EntryParticipant.person_id == Person.id)
    .where(EntryParticipant.entry_id.in_(among("ids")))
    .order_by(EntryParticipant.position.desc())
)
_CALLED: Final = select(Person.id, Person.given_name, Person.preferred_name).where(
    Person.id.in_(among("ids"))
)


def promises(session: Session, refs: Refs, day: date, *, tried: bool = True) -> Iterator[Task]:
    """Give the promises due by a day; with the calls in vain since each was made, if wanted."""
    found = read(session, _FOLLOW_UPS, until=day)
    if not found:
        return
    ids = listed(row.entry_id for row in found)
    entries = {entry.id: entry for entry in read(session, _MADE_IN, ids=ids)}
    first = {part.entry_id: part for part in read(session, _TOOK_PART, ids=ids)}
    told = {number for number, entry in entries.items() if entry.client_id in refs}
    rows = [row for row in found if row.entry_id in told]
    vain = _Vain(session, [entries[row.entry_id] for row in rows]) if tried else None
    for row in rows:
        entry, whom = entries[row.entry_id], first.get(row.entry_id)
        yield Task(
            ref=entry.ref or entry.uid,
            client=refs[entry.client_id],
            title=row.text,
            due=row.due,
            person=whom.ref or whom.uid if whom else None,
            kind="follow_up",
            record=row.id,
            attempts=vain.count(entry, row.text, whom.id if whom else None) if vain else 0,
        )


class _Vain:
    """The calls that reached nobody since the first of some contacts, asked for once."""

    def __init__(self, session: Session, made_in: Sequence[Any]) -> None:
        self._tries = _tries(session, made_in)
        people = listed({each.person_id for found in self._tries.values() for each in found})
        rows = read(session, _CALLED, ids=people) if self._tries else ()
        self._called = {
            row.id: {row.given_name.casefold(), row.preferred_name.casefold()} for row in rows
        }

    def count(self, entry: Any, words: str, first: int | None) -> int:
        """Count the tries since a promise: with whom it was made with, or whom it names."""
        found = self._tries.get(entry.client_id)
        if not found:
            return 0
        said = set(_WORD.findall(words.casefold()))
        about = {number for number, called in self._called.items() if called & said} | {first}
        return len({each.at for each in found if each.at > entry.occurred_at
                    and each.person_id in about})  # fmt: skip


def _tries(session: Session, made_in: Sequence[Any]) -> Mapping[int, Collection[Try]]:
    if not made_in:
        return {}
    oldest: datetime = min(entry.occurred_at for entry in made_in)
    since = max(oldest, clock.now(session) - timedelta(days=TRIES_WITHIN))
    found: dict[int, list[Try]] = {}
    for each in reached.tries(session, {entry.client_id for entry in made_in}, since):
        found.setdefault(each.client_id, []).append(each)
    return found
