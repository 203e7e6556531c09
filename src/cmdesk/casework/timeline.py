"""The log as it is read: newest first, each entry with who may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, bindparam, exists, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from cmdesk.casework import clock, merged, signing, verdicts, worklist
from cmdesk.casework.parties import Party, of_person, recipient
from cmdesk.models.client import CircleMember
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import (
    Addendum,
    Entry,
    EntryParticipant,
    EntryWording,
    EntryWrongChart,
    FollowUp,
)
from cmdesk.models.merge import PersonMerge
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice
from cmdesk.rules import consent as rules
from cmdesk.rules.contact_codes import EntryStatus, Method
from cmdesk.rules.log import is_late
from cmdesk.rules.people import Name

FILTERS: dict[str, tuple[str, ...]] = {
    "calls": (Method.PHONE, Method.VIDEO, Method.VOICEMAIL),
    "meetings": (Method.IN_PERSON,),
    "messages": (Method.TEXT, Method.E_MAIL, Method.SECURE_MESSAGE, Method.LETTER, Method.PORTAL),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """What the rules say of an entry for one reader."""

    called: str
    outcome: str
    why: str
    text: str = ""  # what that reader may read


@dataclass(frozen=True, slots=True)
class Milestone:
    """How a goal moved; `begins`: it was set on that day."""

    goal_id: int
    name: str
    status: str
    quarters: int | None
    begins: bool


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One entry as the timeline shows it, or a milestone. `at` is in the practice's zone."""

    id: int
    at: datetime
    time_recorded: bool
    minutes: int | None
    kind: str
    method: str
    direction: str
    outcome: str
    narrative: str
    status: str
    amended: bool
    late: bool  # entered long after it happened
    wrong: bool  # it stands in the wrong chart
    people: tuple[Name, ...]
    credentials: str
    topics: tuple[str, ...]
    family_line: str
    follow_up: str
    follow_up_on: date | None
    follow_up_done: bool
    seen: tuple[Seen, ...]
    milestone: Milestone | None = None
    missing: tuple[str, ...] = ()  # fields without which it can't be signed


def find(
    session: Session, client_id: int, kind: str = "all", text: str = "", *, wrong: bool = False
) -> list[int]:
    """Return the entries of a client, newest first; those in the wrong chart only if asked for.

    Each word of the text stands in what was written, told or promised, added later, or in the name
    of somebody who took part.
    """
    query = select(Entry.id).where(Entry.client_id.in_(merged.own_ids(session, client_id)))
    if kind in FILTERS:
        query = query.where(Entry.method.in_(FILTERS[kind]))
    for word in text.split():
        query = query.where(_says(word))
    ids = list(session.scalars(query.order_by(Entry.occurred_at.desc(), Entry.id.desc())))
    left_out = set[int]() if wrong else in_wrong_chart(session, client_id)
    return [number for number in ids if number not in left_out] if left_out else ids


def _says(word: str) -> ColumnElement[bool]:
    """Whether an entry has a word anywhere one reads it; of its lines the newest count."""
    newer = aliased(EntryWording)
    newest = (
        select(newer.id)
        .where(newer.entry_id == Entry.id)
        .order_by(newer.at.desc(), newer.id.desc())
        .limit(1)
        .correlate(Entry)
        .scalar_subquery()
    )
    people = (
        select(EntryParticipant.id)
        .outerjoin(PersonMerge, PersonMerge.person_id == EntryParticipant.person_id)
        .join(Person, func.coalesce(PersonMerge.kept_id, EntryParticipant.person_id) == Person.id)
        .where(
            EntryParticipant.entry_id == Entry.id,
            _has(word, Person.given_name, Person.family_name, Person.preferred_name),
        )
    )
    return or_(
        _has(word, Entry.narrative),
        exists(people.correlate(Entry)),
        *(
            exists().where(*whose, _has(word, *columns))
            for whose, columns in (
                ((FollowUp.entry_id == Entry.id,), (FollowUp.text,)),
                ((Addendum.entry_id == Entry.id,), (Addendum.text,)),
                (
                    (EntryWording.id == newest,),
                    (EntryWording.family_line, EntryWording.short_line),
                ),
            )
        ),
    )


def _has(word: str, *columns: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    return or_(*(column.icontains(word, autoescape=True) for column in columns))


def in_wrong_chart(session: Session, client_id: int) -> set[int]:
    """Return the entries of a client that were marked as another's."""
    marked = (
        select(EntryWrongChart.entry_id)
        .join(Entry, EntryWrongChart.entry_id == Entry.id)
        .where(Entry.client_id.in_(merged.own_ids(session, client_id)))
    )
    return verdicts.wrong_charts(session, list(session.scalars(marked)))


def readers(session: Session, client_id: int) -> list[Party]:
    """Return the people of the circle whom a consent names, in the circle's order."""
    named = (
        select(CircleMember.person_id)
        .join(ConsentRecipient, ConsentRecipient.person_id == CircleMember.person_id)
        .join(Consent, ConsentRecipient.consent_id == Consent.id)
        .where(
            CircleMember.client_id == client_id,
            Consent.client_id == client_id,
            CircleMember.until.is_(None),
        )
        .order_by(CircleMember.position, CircleMember.id)
    )
    return [of_person(session, number) for number in dict.fromkeys(session.scalars(named))]


def standings(session: Session, client_id: int) -> list[rules.Standing]:
    """Return where each reader stands today. Good until a consent or restriction changes."""
    today, subject = clock.today(session), verdicts.subject(session, client_id)
    consents = verdicts.consents(session, client_id)
    restrictions = verdicts.restrictions(session, client_id)
    return [
        rules.standing(subject, recipient(session, client_id, party), consents, restrictions, today)
        for party in readers(session, client_id)
    ]


_SHOWN = select(  # made once: to put it together costs more than to ask it
    Entry.id,
    Entry.occurred_at,
    Entry.time_recorded,
    Entry.minutes,
    Entry.kind,
    Entry.method,
    Entry.direction,
    Entry.outcome,
    Entry.narrative,
    Entry.status,
    Entry.entered_at,
).where(Entry.id.in_(bindparam("ids", expanding=True)))


def rows(
    session: Session, ids: Sequence[int], stands: Sequence[rules.Standing] = ()
) -> list[TimelineRow]:
    """Return some entries, in the order asked, judged for each standing."""
    zone, people, promises = clock.zone(session), _people(session, ids), _promises(session, ids)
    amended = set(session.scalars(select(Addendum.entry_id).where(Addendum.entry_id.in_(ids))))
    judged = {number: entry for number, _, entry in verdicts.for_rules(session, ids)}
    wrong = verdicts.wrong_charts(session, list(ids))
    hours = session.scalar(select(Practice.late_entry_hours).limit(1))
    found: dict[int, TimelineRow] = {}
    shown = session.execute(_SHOWN, {"ids": list(ids)}).all()
    missing = worklist.lacking(session, [e.id for e in shown if e.status != EntryStatus.SIGNED])
    for entry in shown:
        names, read = people.get(entry.id, []), judged[entry.id]
        promise = promises.get(entry.id)
        found[entry.id] = TimelineRow(
            id=entry.id,
            at=entry.occurred_at.astimezone(zone),
            time_recorded=entry.time_recorded,
            minutes=entry.minutes,
            kind=entry.kind,
            method=entry.method,
            direction=entry.direction,
            outcome=entry.outcome,
            narrative=entry.narrative,
            status=entry.status,
            amended=entry.id in amended,
            late=hours is not None and is_late(entry.occurred_at, entry.entered_at, hours),
            wrong=entry.id in wrong,
            people=tuple(name for name, _ in names),
            credentials=names[0][1] if len(names) == 1 else "",
            topics=tuple(topic.value for topic in sorted(read.topics)),
            family_line=read.family_line or "",
            seen=tuple(_seen(read, stand) for stand in stands),
            follow_up=promise.text if promise else "",
            follow_up_on=promise.due if promise else None,
            follow_up_done=promise is not None and promise.done_on is not None,
            missing=missing.get(entry.id, ()),
        )
    return [found[number] for number in ids if number in found]


def broken_seals(session: Session, ids: Sequence[int]) -> set[int]:
    """Return which of some entries are no longer, to the letter, what was signed."""
    return {number for number, stands in signing.verified(session, ids).items() if not stands}


def _promises(session: Session, ids: Sequence[int]) -> dict[int, FollowUp]:
    kept = session.scalars(select(FollowUp).where(FollowUp.entry_id.in_(ids)))
    return {promise.entry_id: promise for promise in kept}


def _seen(entry: rules.Entry, stand: rules.Standing) -> Seen:
    verdict = rules.verdict(entry, stand)
    return Seen(stand.recipient.called, verdict.outcome, verdict.why, verdict.text or "")


def _people(session: Session, ids: Sequence[int]) -> dict[int, list[tuple[Name, str]]]:
    query = (
        select(
            EntryParticipant.entry_id,
            Person.given_name,
            Person.family_name,
            Person.preferred_name,
            Person.credentials,
        )
        .outerjoin(PersonMerge, PersonMerge.person_id == EntryParticipant.person_id)
        .join(Person, func.coalesce(PersonMerge.kept_id, EntryParticipant.person_id) == Person.id)
        .where(EntryParticipant.entry_id.in_(ids))
        .order_by(EntryParticipant.position, EntryParticipant.id)
    )
    people: dict[int, list[tuple[Name, str]]] = {}
    for number, given, family, preferred, credentials in session.execute(query):
        people.setdefault(number, []).append((Name(given, family, preferred), credentials))
    return people
