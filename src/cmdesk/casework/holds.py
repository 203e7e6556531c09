"""Wishes of a client that something is not told to someone yet: read, changed and ended."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework import audience, clock, consents, drafts, merged, verdicts
from cmdesk.casework.parties import Party, key_of, of_key
from cmdesk.casework.stored import refuse_changed
from cmdesk.errors import Problem
from cmdesk.models.consent import Restriction, RestrictionEntry, RestrictionRecipient
from cmdesk.models.entry import Entry
from cmdesk.rules.contact_codes import Method
from cmdesk.rules.days import later
from cmdesk.rules.topics import Topic

NEWEST = 12  # entries that are offered to be held back one by one


@dataclass(frozen=True, slots=True)
class HoldDraft:
    """Neither topics nor entries = everything. `until` is its last day, none = no end."""

    client_id: int
    keys: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    entries: tuple[int, ...] = ()
    until: date | None = None
    reason: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class HoldRow:
    """A wish as the chart shows it; `over` once its last day has passed."""

    id: int
    recipients: tuple[str, ...]
    topics: tuple[str, ...]
    entries: int
    until: date | None
    reason: str
    over: bool


@dataclass(frozen=True, slots=True)
class HeldEntry:
    """An entry of the log that can be held back; `what` is never its narrative."""

    id: int
    on: date
    method: str
    what: str


def rows(session: Session, client_id: int) -> list[HoldRow]:
    """Return a client's wishes, those that hold first, the one with the nearest end at the top."""
    today = clock.today(session)
    own = Restriction.client_id.in_(merged.own_ids(session, client_id))
    found = [
        HoldRow(
            id=row.id,
            recipients=tuple(of_key(session, key).full_name for key in _keys(session, row.id)),
            topics=tuple(row.topics),
            entries=len(_entries(session, row.id)),
            until=row.until,
            reason=row.reason,
            over=row.until is not None and row.until < today,
        )
        for row in session.scalars(select(Restriction).where(own))
    ]
    return sorted(found, key=lambda row: (row.over, row.until or date.max, row.id))


def draft(session: Session, hold_id: int) -> HoldDraft:
    row = _get(session, hold_id)
    return HoldDraft(
        client_id=row.client_id,
        keys=tuple(_keys(session, row.id)),
        topics=tuple(row.topics),
        entries=tuple(_entries(session, row.id)),
        until=row.until,
        reason=row.reason,
        version=row.version,
    )


def readers(session: Session, client_id: int, keep: tuple[str, ...] = ()) -> list[Party]:
    """Return from whom something can be kept; those a wish names already are never left out."""
    found = audience.readers(session, client_id)
    known = {party.key for party in found}
    return [*found, *(of_key(session, key) for key in keep if key not in known)]


def latest(session: Session, client_id: int, keep: tuple[int, ...] = ()) -> list[HeldEntry]:
    """Return the newest entries, and those to keep in sight, the newest first."""
    zone = clock.zone(session)
    own = Entry.client_id.in_(merged.own_ids(session, client_id))
    newest = (
        select(Entry.id)
        .where(own)
        .order_by(Entry.occurred_at.desc(), Entry.id.desc())
        .limit(NEWEST)
    )
    ids = [*dict.fromkeys((*session.scalars(newest), *keep))]
    worded = verdicts.newest_wording(session, ids)
    query = select(Entry).where(Entry.id.in_(ids), own)
    return [
        HeldEntry(
            entry.id,
            entry.occurred_at.astimezone(zone).date(),
            Method(entry.method).label if entry.method else "",
            _about(worded.get(entry.id, verdicts.UNWORDED)),
        )
        for entry in session.scalars(query.order_by(Entry.occurred_at.desc(), Entry.id.desc()))
    ]


def _about(wording: verdicts.Wording) -> str:
    return wording.family_line or ", ".join(Topic(code).in_words for code in wording.topics)


def _get(session: Session, hold_id: int) -> Restriction:
    row = session.get(Restriction, hold_id)
    if row is None:
        raise Problem("This wish is no longer there.", "Close the dialog and look again.")
    return row


def _keys(session: Session, hold_id: int) -> list[str]:
    query = select(RestrictionRecipient).where(RestrictionRecipient.restriction_id == hold_id)
    now = merged.people(session)
    return [
        key_of(now.get(to.person_id or 0, to.person_id), to.organisation_id)
        for to in session.scalars(query.order_by(RestrictionRecipient.id))
    ]


def _entries(session: Session, hold_id: int) -> list[int]:
    query = select(RestrictionEntry.entry_id).where(RestrictionEntry.restriction_id == hold_id)
    return list(session.scalars(query.order_by(RestrictionEntry.id)))


def save(session: Session, edited: HoldDraft, hold_id: int | None = None) -> int:
    """Keep a wish, new or changed."""
    if not edited.keys:
        raise Problem("A wish names from whom.", "Choose at least one person.")
    if hold_id is not None:
        _change(session, edited, hold_id)
        return hold_id
    topics, keys = list(edited.topics), list(edited.keys)
    number = consents.hold_back(
        session, edited.client_id, topics, keys, edited.until, edited.reason
    )
    _write_entries(session, number, edited.entries)
    return number


def keep(session: Session, edited: HoldDraft, hold_id: int | None, draft_key: str) -> int:
    """Keep a wish and throw its draft away, in one step."""
    number = save(session, edited, hold_id)
    drafts.discard(session, draft_key)
    return number


def _change(session: Session, edited: HoldDraft, hold_id: int) -> None:
    row = _get(session, hold_id)
    refuse_changed(row.version, edited.version, "wish")
    row.topics, row.until, row.reason = list(edited.topics), edited.until, edited.reason.strip()
    others = set(_keys(session, hold_id)) != set(edited.keys)
    other_entries = set(_entries(session, hold_id)) != set(edited.entries)
    if others or other_entries:  # that makes another wish of it
        flag_modified(row, "updated_at")
    if others:
        named = RestrictionRecipient.restriction_id == hold_id
        session.execute(delete(RestrictionRecipient).where(named))
        consents.name_readers(session, hold_id, edited.keys)
    if other_entries:
        session.execute(delete(RestrictionEntry).where(RestrictionEntry.restriction_id == hold_id))
        _write_entries(session, hold_id, edited.entries)
    session.flush()


def _write_entries(session: Session, hold_id: int, entries: tuple[int, ...]) -> None:
    session.add_all(RestrictionEntry(restriction_id=hold_id, entry_id=each) for each in entries)
    session.flush()


def end(session: Session, hold_id: int) -> None:
    """Let a wish end: yesterday was its last day. It stays on record."""
    row = _get(session, hold_id)
    yesterday = later(clock.today(session), -1)
    row.until = yesterday if row.until is None else min(row.until, yesterday)
