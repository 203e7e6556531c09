"""The contact log: log a contact, sign it, and word it anew. Reads stand in `timeline`."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, signing, verdicts
from cmdesk.casework.clients import current_episode
from cmdesk.casework.parties import parts_of
from cmdesk.errors import Problem
from cmdesk.models.entry import (
    Addendum,
    Entry,
    EntryMark,
    EntryParticipant,
    EntryWording,
    EntryWrongChart,
    FollowUp,
)
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.rules.log import UNREACHED, LogDraft, faults, is_late, unfinished

USUAL_HOURS = 48  # after which an entry is a late one, where the practice has not said


def _after_all(session: Session, entry_id: int) -> datetime:
    """Return now, but later than all that was added before: the newest must count.

    Two additions may fall into one tick of the clock, and a clock may have been set back.
    """
    kinds = (EntryWording, EntryMark, EntryWrongChart, Addendum)
    asked = (select(func.max(kind.at)).where(kind.entry_id == entry_id) for kind in kinds)
    last = max((at for query in asked if (at := session.scalar(query))), default=None)
    now = clock.now(session)
    return now if last is None or last < now else last + timedelta(microseconds=1)


def author(session: Session) -> str:
    return session.scalar(select(Practitioner.name).limit(1)) or ""


def log(session: Session, draft: LogDraft, entry_id: int | None = None, *, sign: bool) -> int:
    """Keep a contact, signed or ready to sign. A signed one is final; Problem if it was."""
    now = clock.now(session).astimezone(clock.zone(session))
    found = unfinished(draft, now=now) if sign else faults(draft, now=now)
    if found:
        raise Problem(next(iter(found.values())), "Fill it in and save again.")
    entry = _row(session, entry_id)
    _write(session, entry, draft)
    _participants(session, entry.id, draft)
    _word(session, entry.id, draft)
    for key, mark in draft.marks:
        choose(session, entry.id, key, mark)
    _follow_up(session, entry.id, draft)
    if sign:
        sign_entry(session, entry.id)
    return entry.id


def _row(session: Session, entry_id: int | None) -> Entry:
    if entry_id is None:
        return Entry()
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise Problem("This entry is no longer there.", "Go back to the log.")
    if entry.status == EntryStatus.SIGNED:
        raise Problem("A signed entry is final.", "Add an addendum or a correction instead.")
    return entry


def _write(session: Session, entry: Entry, draft: LogDraft) -> None:
    zone = clock.zone(session)
    if draft.day is None or draft.client_id is None:  # `faults` has said so before
        raise Problem("An entry needs a client and a day.")
    at = datetime.combine(draft.day, draft.at or time(12), zone)
    episode = current_episode(session, draft.client_id, draft.day)
    entry.client_id = draft.client_id
    entry.episode_id = episode.id if episode else None
    entry.occurred_at, entry.occurred_zone = at, str(zone)
    entry.time_recorded = draft.at is not None
    entry.minutes = draft.minutes
    entry.kind, entry.method, entry.direction = draft.kind, draft.method, draft.direction
    entry.outcome, entry.location = draft.outcome, draft.location
    entry.miles, entry.expense_cents = draft.miles, draft.expense_cents
    entry.late_reason = draft.late_reason.strip()
    entry.purposes = list(draft.purposes)
    entry.narrative = draft.narrative.strip()
    entry.part2 = draft.part2
    entry.no_follow_up = not draft.follow_up.strip()
    entry.status = EntryStatus.READY_TO_SIGN
    session.add(entry)
    session.flush()


def _participants(session: Session, entry_id: int, draft: LogDraft) -> None:
    """Keep who took part. Where the outcome says nobody was reached, nobody was."""
    nobody = draft.outcome in UNREACHED
    session.execute(delete(EntryParticipant).where(EntryParticipant.entry_id == entry_id))
    session.add_all(
        EntryParticipant(
            entry_id=entry_id,
            person_id=person_id,
            position=position,
            reached=not nobody and person_id not in draft.not_reached,
        )
        for position, person_id in enumerate(draft.participants)
    )
    session.flush()


def _word(session: Session, entry_id: int, draft: LogDraft) -> None:
    before = verdicts.newest_wording(session, [entry_id]).get(entry_id)
    after = (
        list(draft.topics),
        draft.family_line.strip(),
        draft.short_line.strip(),
        list(draft.short_topics),
    )
    if before and after == (
        list(before.topics),
        before.family_line,
        before.short_line,
        list(before.short_topics),
    ):
        return
    word(session, entry_id, *after)


def word(
    session: Session,
    entry_id: int,
    topics: list[str],
    family_line: str,
    short_line: str = "",
    short_topics: list[str] | None = None,
) -> None:
    """Say anew what an entry is about and what may be told of it. Also of a signed one."""
    session.add(
        EntryWording(
            entry_id=entry_id,
            at=_after_all(session, entry_id),
            author=author(session),
            topics=topics,
            family_line=family_line.strip(),
            short_line=short_line.strip(),
            short_topics=short_topics or [],
        )
    )
    session.flush()


def choose(session: Session, entry_id: int, key: str, mark: str) -> None:
    """Mark an entry for one reader: share, short, keep_back, or "" to take the mark back."""
    person_id, organisation_id = parts_of(key)
    session.add(
        EntryMark(
            entry_id=entry_id,
            at=_after_all(session, entry_id),
            author=author(session),
            person_id=person_id,
            organisation_id=organisation_id,
            mark=mark,
        )
    )
    session.flush()


def _follow_up(session: Session, entry_id: int, draft: LogDraft) -> None:
    row = session.scalars(select(FollowUp).where(FollowUp.entry_id == entry_id)).one_or_none()
    text = draft.follow_up.strip()
    if row is None and text:
        session.add(FollowUp(entry_id=entry_id, text=text, due=draft.follow_up_on))
    elif row is not None and text:
        row.text, row.due = text, draft.follow_up_on
    elif row is not None:
        session.delete(row)


def sign_entry(session: Session, entry_id: int) -> None:
    """Freeze an entry: columns, narrative and participants. Its hash says what was signed."""
    entry = session.get_one(Entry, entry_id)
    if entry.status == EntryStatus.SIGNED:
        raise Problem("This entry is signed already.")
    session.flush()
    entry.signed_at, entry.signed_by = clock.now(session), author(session)
    entry.signature_hash = signing.seal(session, entry)
    entry.status = EntryStatus.SIGNED
    session.flush()


def add_addendum(session: Session, entry_id: int, kind: str, text: str, reason: str = "") -> None:
    """Add to a signed entry. A correction holds it back until it is worded anew."""
    if not text.strip():
        raise Problem("An addendum needs words.", "Say what is to be added.")
    if session.get_one(Entry, entry_id).status != EntryStatus.SIGNED:
        raise Problem("This entry is not signed yet.", "Change the entry itself.")
    session.add(
        Addendum(
            entry_id=entry_id,
            kind=kind,
            at=_after_all(session, entry_id),
            at_zone=str(clock.zone(session)),
            author=author(session),
            text=text.strip(),
            reason=reason,
        )
    )
    session.flush()


def mark_wrong_chart(session: Session, entry_id: int, reason: str, *, wrong: bool = True) -> None:
    """Hide an entry made in the wrong chart; it stays in the record and is never released.

    `wrong=False` takes the mark back. Both need a reason, and both stay in the record.
    """
    if not reason.strip():
        raise Problem("This needs a reason.", "Say how it came about.")
    session.add(
        EntryWrongChart(
            entry_id=entry_id,
            at=_after_all(session, entry_id),
            author=author(session),
            wrong=wrong,
            reason=reason.strip(),
        )
    )
    session.flush()


def wrong_chart(session: Session, entry_id: int) -> str:
    """Return why an entry is hidden, as last said; nothing while it is not."""
    newest = session.scalars(
        select(EntryWrongChart)
        .where(EntryWrongChart.entry_id == entry_id)
        .order_by(EntryWrongChart.at.desc(), EntryWrongChart.id.desc())
        .limit(1)
    ).one_or_none()
    return newest.reason if newest and newest.wrong else ""


def verified(session: Session, ids: Iterable[int]) -> dict[int, bool]:
    """Tell of each signed entry whether it still is what was signed; read by `signing`."""
    return signing.verified(session, ids)


def late(session: Session, ids: Sequence[int]) -> set[int]:
    """Return those that were entered late, by the practice's own hours."""
    hours = session.scalar(select(Practice.late_entry_hours).limit(1))
    found: set[int] = set()
    for start in range(0, len(ids), signing.CHUNK):
        chunk = ids[start : start + signing.CHUNK]
        rows = session.execute(
            select(Entry.id, Entry.occurred_at, Entry.entered_at).where(Entry.id.in_(chunk))
        )
        found |= {
            number
            for number, occurred, entered in rows
            if is_late(occurred, entered, USUAL_HOURS if hours is None else hours)
        }
    return found
