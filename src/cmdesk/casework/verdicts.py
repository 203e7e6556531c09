"""Load what the rules need, and ask them: who may read what of one client's log."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, consent_ends, marks, merged, state_rules, wishes
from cmdesk.casework.columns import among, listed
from cmdesk.casework.consent_ends import Ends
from cmdesk.casework.parties import Party, called, key_of, outside_name, recipient
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Addendum, Entry, EntryWording, EntryWrongChart
from cmdesk.models.person import Person
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import Capacity, ConsentKind, RevokedHow, Signer, Statement
from cmdesk.rules.consent_codes import Way
from cmdesk.rules.contact_codes import AddendumKind, EntryStatus, Part2
from cmdesk.rules.family_codes import MinorCare
from cmdesk.rules.topics import Topic

_FROM: Final = Way.FROM.value
_kind, _signer, _capacity = cache(ConsentKind), cache(Signer), cache(Capacity)  # read by the score
CHUNK = 500  # SQLite takes so many ids in one question without complaint


@dataclass(frozen=True, slots=True)
class Wording:
    """What an entry is about and what may be said of it, as last worded."""

    at: datetime | None = None
    topics: Sequence[str] = ()
    family_line: str = ""
    short_line: str = ""
    short_topics: Sequence[str] = ()


UNWORDED = Wording()


@dataclass(frozen=True, slots=True)
class Judged:
    """One entry with what the rules say of it for one reader."""

    entry_id: int
    ref: str
    occurred_at: datetime
    verdict: rules.Verdict


def subject(session: Session, client_id: int) -> rules.Subject:
    person = session.scalar(
        select(Person).join(Client, Client.person_id == Person.id).where(Client.id == client_id)
    )
    if person is None:
        raise Problem("This client is no longer there.", "Go back to the list of clients.")
    # The client's own column is a note: only the state table lets a minor sign (domain.md 0.5).
    ages = state_rules.ages(session)
    return rules.Subject(
        called(person),
        person.born,
        mental_health_from=ages.get(MinorCare.MENTAL_HEALTH),
        substance_use_from=ages.get(MinorCare.SUBSTANCE_USE),
    )


def consents(session: Session, client_id: int) -> list[rules.Consent]:
    """Return all consents of a client, as the rules read them; none of a chart that closed.

    A page that stood open during a merge may still ask by the old number.
    """
    if merged.kept_client(session, client_id) != client_id:
        return []
    rows = session.scalars(select(Consent).where(Consent.client_id == client_id)).all()
    named: dict[int, set[str]] = {row.id: set() for row in rows}
    query = select(ConsentRecipient).join(Consent).where(Consent.client_id == client_id)
    for to in session.scalars(query):
        named[to.consent_id].add(key_of(to.person_id, to.organisation_id))
    ends = consent_ends.of(session, rows)
    return [consent_for_rules(session, row, named[row.id], ends) for row in rows]


def consent_for_rules(
    session: Session, row: Consent, recipients: Iterable[str], ends: Ends | None = None
) -> rules.Consent:
    """Return a consent as the rules read it. `ends` spares a question where many are read."""
    ends = ends or consent_ends.of(session, [row])
    return rules.Consent(
        ref=outside_name(row),
        kind=_kind(row.kind),
        # One that lets them tell us alone lets nothing out.
        recipients=frozenset(() if row.direction == _FROM else recipients),
        topics=topics(row.topics),
        purpose=row.purpose,
        signed_on=row.signed_on,
        begins_on=row.begins_on,
        expires_on=row.expires_on,
        expires_event=consent_ends.event(row, ends),
        signer=_signer(row.signer) if row.signer else None,
        signer_authority=row.signer_authority or None,
        capacity=_capacity(row.capacity),
        form_on_file=row.form_on_file,
        statements=_statements(tuple(row.statements)),
        channels=frozenset(row.channels),
        revoked_on=row.revoked_on,
        revoked_how=RevokedHow(row.revoked_how) if row.revoked_how else None,
        superseded_by=str(row.superseded_by_id) if row.superseded_by_id else None,
    )


def restrictions(session: Session, client_id: int) -> list[rules.Restriction]:
    """Return the wishes of a client, also those a file brought in under a number that is gone."""
    return [each for _, each in wishes.of_clients(session, merged.own_ids(session, client_id))]


def standing(session: Session, client_id: int, party: Party, on: date) -> rules.Standing:
    return rules.standing(
        subject(session, client_id),
        recipient(session, client_id, party),
        consents(session, client_id),
        restrictions(session, client_id),
        on,
    )


def topics(codes: Iterable[str]) -> frozenset[Topic]:
    return _topics(tuple(codes))


@lru_cache(maxsize=4096)
def _topics(codes: tuple[str, ...]) -> frozenset[Topic]:
    return frozenset(Topic(code) for code in codes)


@lru_cache(maxsize=256)
def _statements(codes: tuple[str, ...]) -> frozenset[Statement]:
    return frozenset(Statement(code) for code in codes)


def entries_of_period(session: Session, client_id: int, first: date, last: date) -> list[int]:
    """Return entries by their local date in the practice's zone, both ends inside, oldest first."""
    query = select(Entry.id).where(Entry.client_id.in_(merged.own_ids(session, client_id)))
    query = query.where(*_within(session, first, last))
    return list(session.scalars(query.order_by(Entry.occurred_at, Entry.id)))


def entries_of_charts(
    session: Session, clients: Iterable[int], first: date, last: date
) -> dict[int, list[int]]:
    """Return the same of many clients; those without an entry are left out."""
    charts = merged.charts(session, clients)
    query = select(Entry.client_id, Entry.id).where(Entry.client_id.in_(among("charts")))
    query = query.where(*_within(session, first, last)).order_by(Entry.occurred_at, Entry.id)
    found: dict[int, list[int]] = {}
    for client_id, number in session.execute(query, {"charts": listed(charts)}):
        found.setdefault(charts[client_id], []).append(number)
    return found


def _within(session: Session, first: date, last: date) -> Iterator[ColumnElement[bool]]:
    zone = clock.zone(session)
    if (begin := _midnight(first, zone)) is not None:
        yield Entry.occurred_at >= begin
    if (end := _midnight(last, zone, days=1)) is not None:
        yield Entry.occurred_at < end


def _midnight(day: date, zone: ZoneInfo, days: int = 0) -> datetime | None:
    """Return the moment a day begins; None at the ends of the calendar, which bound nothing."""
    try:
        return datetime.combine(day + timedelta(days=days), time(), zone).astimezone(UTC)
    except OverflowError:
        return None


def for_rules(session: Session, ids: Sequence[int]) -> list[tuple[int, datetime, rules.Entry]]:
    """Return entries as the rules read them: the newest wording, marks and corrections."""
    made: dict[int, tuple[int, datetime, rules.Entry]] = {}
    for start in range(0, len(ids), CHUNK):
        made |= _chunk_for_rules(session, ids[start : start + CHUNK])
    return [made[number] for number in ids if number in made]


def newest_wording(session: Session, ids: Sequence[int]) -> dict[int, Wording]:
    query = select(
        EntryWording.entry_id,
        EntryWording.at,
        EntryWording.topics,
        EntryWording.family_line,
        EntryWording.short_line,
        EntryWording.short_topics,
    ).where(EntryWording.entry_id.in_(ids))
    ordered = query.order_by(EntryWording.at, EntryWording.id)
    return {row[0]: Wording(*row[1:]) for row in session.execute(ordered)}


def wrong_charts(session: Session, ids: Sequence[int]) -> set[int]:
    query = select(EntryWrongChart.entry_id, EntryWrongChart.wrong)
    ordered = query.where(EntryWrongChart.entry_id.in_(ids)).order_by(
        EntryWrongChart.at, EntryWrongChart.id
    )
    newest = dict(session.execute(ordered).all())
    return {number for number, wrong in newest.items() if wrong}


def _chunk_for_rules(
    session: Session, ids: Sequence[int]
) -> dict[int, tuple[int, datetime, rules.Entry]]:
    wording = newest_wording(session, ids)
    corrections = (
        select(Addendum.entry_id, func.max(Addendum.at))
        .where(Addendum.entry_id.in_(ids), Addendum.kind == AddendumKind.CORRECTION)
        .group_by(Addendum.entry_id)
    )
    corrected = dict(session.execute(corrections).all())
    marked = marks.of_entries(session, ids)
    wrong = wrong_charts(session, ids)
    columns = select(Entry.id, Entry.ref, Entry.uid, Entry.occurred_at, Entry.status, Entry.part2)
    made: dict[int, tuple[int, datetime, rules.Entry]] = {}
    rows = session.execute(columns.where(Entry.id.in_(ids)))
    for number, ref, uid, occurred_at, status, part2 in rows:
        word = wording.get(number, UNWORDED)
        # No line at all: then no line is newer than the correction either (domain.md 0.7).
        corrected_at = corrected.get(number)
        newer = corrected_at is not None and (word.at is None or corrected_at >= word.at)
        entry = rules.Entry(
            ref=ref or uid,
            status=EntryStatus(status),
            topics=topics(word.topics),
            part2=Part2(part2),
            family_line=word.family_line,
            short_line=word.short_line,
            short_topics=topics(word.short_topics),
            marks=marked.get(number, {}),
            wrong_chart=number in wrong,
            corrected=newer,
        )
        made[number] = (number, occurred_at, entry)
    return made


def judge(session: Session, ids: Sequence[int], stand: rules.Standing) -> list[Judged]:
    return [
        Judged(number, entry.ref, occurred_at, rules.verdict(entry, stand))
        for number, occurred_at, entry in for_rules(session, ids)
    ]


def of_period(
    session: Session, client_id: int, party: Party, first: date, last: date, on: date | None = None
) -> list[Judged]:
    """Judge every entry of the period for one reader, on a day (today, if none is given)."""
    if last < first:
        raise Problem("The period ends before it begins.", "Give the earlier day first.")
    stand = standing(session, client_id, party, on or clock.today(session))
    return judge(session, entries_of_period(session, client_id, first, last), stand)
