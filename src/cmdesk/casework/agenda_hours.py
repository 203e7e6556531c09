"""Letters that have to be out by an hour, such as a notice of a crisis: counted once begun."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import draft_keys, letter_drafts, letter_templates, parties
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import read
from cmdesk.models.entry import Draft
from cmdesk.rules.agenda_items import Task
from cmdesk.rules.days import short
from cmdesk.rules.letter_template import due_at
from cmdesk.rules.logline_when import said_time

HOURS: Final = "letter_hours"
_BEGUN: Final = select(Draft.id, Draft.key, Draft.saved_at, Draft.body).where(
    Draft.key.like("update:%:%:%:%:%")  # of another kind than the weekly one
)


@dataclass(frozen=True, slots=True)
class Hour:
    """A letter that was begun. `letter` is the composer's name for it, `by` in the zone asked."""

    id: int
    client_id: int
    reader: str
    title: str
    letter: str
    by: datetime

    def why(self, now: datetime) -> str:
        """Say by when it has to be out."""
        day, today = self.by.date(), now.astimezone(self.by.tzinfo).date()
        at = said_time(self.by.time())
        words = at if day == today else f"{at}, {short(day, today)}"
        return f"Due by {words}" if now <= self.by else f"Was due by {words}"


def begun(session: Session, zone: ZoneInfo) -> list[Hour]:
    """Return the letters that are begun and have an hour, the one due first at the top."""
    rows = read(session, _BEGUN)
    if not rows:
        return []
    now = draft_keys.numbers(session)
    known = [(row, letter_drafts.parse(draft_keys.key_now(row.key, now))) for row in rows]
    readers = parties.of_keys(session, {key.party for _, key in known if key})
    codes = {key.template for _, key in known if key}
    kinds = {code: letter_templates.find(session, code) for code in codes}
    found: list[Hour] = []
    for row, key in known:
        kind = kinds.get(key.template) if key else None
        if key is None or kind is None or key.party not in readers:
            continue
        since = row.body.get("since")
        by = due_at(kind, datetime.fromisoformat(since) if since else row.saved_at)
        if by is not None:
            party = readers[key.party]
            letter = f"{key.party}:{key.first}:{key.last}:{key.template}"
            title = f"{kind.name} to {party.called}"
            by = by.astimezone(zone)
            found.append(Hour(row.id, int(key.client), party.ref, title, letter, by))
    return sorted(found, key=lambda each: each.by)


def letters(session: Session, refs: Refs, day: date, zone: ZoneInfo) -> Iterator[Task]:
    """Give the letters that have to be out by an hour; one begun before midnight stands there."""
    for each in begun(session, zone):
        if each.client_id in refs:
            yield Task(
                ref=str(each.id),
                client=refs[each.client_id],
                title=each.title,
                due=min(each.by.date(), day),
                person=each.reader,
                kind=HOURS,
                record=each.id,
            )
