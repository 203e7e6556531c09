"""What the log dialog reads and writes: whom to pick, what is proposed, an entry gone on with."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, time

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, drafts, entries, merged, namesakes, verdicts
from cmdesk.casework.parties import name_of, organisation_key, person_key
from cmdesk.casework.signing import stands_as_signed
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.entry import Addendum, Entry, EntryParticipant, FollowUp
from cmdesk.models.person import Person
from cmdesk.models.practice import Practice
from cmdesk.models.provider import Organisation, Professional
from cmdesk.rules.codes import CaseRole, Relationship
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.log import UNREACHED, LogDraft, is_late
from cmdesk.rules.topics import Topic

RECENT = 200  # entries that say which topics come up most
SHOWN = 8  # names in a pick list


@dataclass(frozen=True, slots=True)
class Someone:
    """A person, client or organisation to pick: `p12`, `c3`, `o7`."""

    key: str
    name: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Added:
    """An addendum as it is read."""

    kind: str
    at: datetime
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Opened:
    """An entry as the dialog shows it; a signed one takes wording and addenda only.

    `entered_at` is the other date of a late entry. `stands` is False when a signed entry is no
    longer what was signed.
    """

    draft: LogDraft
    signed: bool
    signed_at: datetime | None
    signed_by: str
    added: tuple[Added, ...]
    entered_at: datetime | None = None
    late: bool = False
    wrong_chart: str = ""  # why it is hidden; empty while it is not
    stands: bool = True


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added to a signed entry; empty text adds nothing."""

    kind: str
    text: str = ""


def now(session: Session) -> datetime:
    """Return the moment in the practice's zone."""
    return clock.now(session).astimezone(clock.zone(session))


def late(session: Session, draft: LogDraft) -> bool:
    """Tell whether a contact would be a late entry now; without a time, noon is taken."""
    hours = session.scalar(select(Practice.late_entry_hours).limit(1))
    if draft.day is None or hours is None:
        return False
    at = datetime.combine(draft.day, draft.at or time(12), clock.zone(session))
    return is_late(at, clock.now(session), hours)


def all_clients(session: Session) -> list[Someone]:
    """Return every client, those worked for first, with what tells namesakes apart."""
    ids = [number for group in clients.GROUPS for number in clients.find(session, group)]
    query = select(Client.id, Person).join(Person, Client.person_id == Person.id)
    names = {number: name_of(person).full for number, person in session.execute(query)}
    apart = namesakes.telling(session)
    return [Someone(f"c{number}", names[number], apart.get(number, "")) for number in ids]


def around(session: Session, client_id: int) -> list[Someone]:
    """Return the client and the circle, to be offered before anybody else."""
    client = session.get_one(Client, client_id)
    name = name_of(session.get_one(Person, client.person_id))
    own = Someone(person_key(client.person_id), name.full)
    circle = [
        Someone(
            person_key(each.person_id),
            ", ".join(filter(None, (each.name.full, each.credentials))),
            ", ".join(filter(None, (_warning(each), _tie(each), each.organisation))),
        )
        for each in clients.circle(session, client_id)
    ]
    return [own, *circle]


def _tie(someone: clients.CirclePerson) -> str:
    return Relationship(someone.relationship).label if someone.relationship else ""


def _warning(someone: clients.CirclePerson) -> str:
    return CaseRole.DO_NOT_CONTACT.label if CaseRole.DO_NOT_CONTACT in someone.roles else ""


def people(session: Session, text: str) -> list[Someone]:
    """Find people anywhere in the vault by the words of their names."""
    query = select(Person, Organisation.name).outerjoin(
        Organisation, Person.organisation_id == Organisation.id
    )
    query = query.outerjoin(Professional, Professional.person_id == Person.id)
    query = query.where(Person.id.not_in(merged.gone_people()))
    for word in text.split():
        columns = (Person.given_name, Person.family_name, Person.preferred_name)
        query = query.where(or_(*(each.istartswith(word, autoescape=True) for each in columns)))
    mine = func.coalesce(Professional.mine, true()).desc()  # a national list comes after
    found = session.execute(query.order_by(mine, Person.family_name, Person.id).limit(SHOWN))
    return [
        Someone(
            person_key(person.id),
            ", ".join(filter(None, (name_of(person).full, person.credentials))),
            house or "",
        )
        for person, house in found
    ]


def organisations(session: Session, text: str) -> list[Someone]:
    """Find programs, payers and the like by the words of their names."""
    stays = Organisation.kind != merged.MERGED_PROVIDER
    query = select(Organisation.id, Organisation.name, Organisation.kind).where(stays)
    for word in text.split():
        query = query.where(Organisation.name.icontains(word, autoescape=True))
    query = query.order_by(Organisation.mine.desc(), Organisation.name).limit(SHOWN)
    return [
        Someone(organisation_key(number), name, kind.replace("_", " ").capitalize())
        for number, name, kind in session.execute(query)
    ]


def named(session: Session, keys: Iterable[str]) -> list[Someone]:
    """Return those of these keys, in this order."""
    found: list[Someone] = []
    for key in keys:
        if key[0] == "o":
            house = session.get_one(Organisation, int(key[1:]))
            found.append(Someone(key, house.name))
        else:
            person = session.get_one(Person, int(key[1:]))
            full = ", ".join(filter(None, (name_of(person).full, person.credentials)))
            found.append(Someone(key, full))
    return found


def usual_topics(session: Session, client_id: int | None) -> list[str]:
    """Return all topics, those that come up most in this client's log first."""
    query = select(Entry.id).order_by(Entry.occurred_at.desc()).limit(RECENT)
    if client_id is not None:
        query = query.where(Entry.client_id == client_id)
    wordings = verdicts.newest_wording(session, list(session.scalars(query)))
    used = Counter(topic for wording in wordings.values() for topic in wording.topics)
    return [topic.value for topic in sorted(Topic, key=lambda topic: -used[topic])]


def proposed_part2(session: Session, draft: LogDraft) -> str:
    """Propose `yes` for substance use, with someone or a stay of a Part 2 program.

    domain.md 0.3: it is proposed while typing; the stored mark alone decides.
    """
    if Topic.SUBSTANCE_USE not in draft.topics or draft.client_id is None:
        return Part2.UNKNOWN
    treated = select(Organisation.id).where(Organisation.sud_program.is_(True))
    with_them = treated.join(Person, Person.organisation_id == Organisation.id).where(
        Person.id.in_(draft.participants)
    )
    stay = None
    if draft.day:
        stay = clients.current_episode(session, draft.client_id, draft.day)
    there = session.scalar(with_them.limit(1)) is not None
    return Part2.YES if there or _protected(session, stay) else Part2.UNKNOWN


def _protected(session: Session, stay: Episode | None) -> bool:
    if stay is None:
        return False
    house = session.get(Organisation, stay.organisation_id) if stay.organisation_id else None
    return stay.part2 == Part2.YES or bool(house and house.sud_program)


def opened(session: Session, entry_id: int) -> Opened:
    """Return an entry with its newest wording, marks and addenda. Problem if it is gone."""
    entry = session.get(Entry, entry_id)
    if entry is None:
        raise Problem("This entry is no longer there.", "Go back to the log.")
    zone = clock.zone(session)
    added = session.scalars(
        select(Addendum).where(Addendum.entry_id == entry_id).order_by(Addendum.at, Addendum.id)
    )
    return Opened(
        draft=_draft(session, entry, entry.occurred_at.astimezone(zone)),
        signed=entry.status == EntryStatus.SIGNED,
        signed_at=entry.signed_at.astimezone(zone) if entry.signed_at else None,
        signed_by=entry.signed_by,
        added=tuple(
            Added(row.kind, row.at.astimezone(zone), row.author, row.text) for row in added
        ),
        entered_at=entry.entered_at.astimezone(zone),
        late=entry_id in entries.late(session, [entry_id]),
        wrong_chart=entries.wrong_chart(session, entry_id),
        stands=entry.status != EntryStatus.SIGNED or stands_as_signed(session, entry_id),
    )


def _draft(session: Session, entry: Entry, at: datetime) -> LogDraft:
    rows = session.execute(
        select(EntryParticipant.person_id, EntryParticipant.reached)
        .where(EntryParticipant.entry_id == entry.id)
        .order_by(EntryParticipant.position)
    ).all()
    missed = () if entry.outcome in UNREACHED else (who for who, reached in rows if not reached)
    promise = session.scalars(select(FollowUp).where(FollowUp.entry_id == entry.id)).one_or_none()
    word = verdicts.newest_wording(session, [entry.id]).get(entry.id, verdicts.UNWORDED)
    judged = verdicts.for_rules(session, [entry.id])[0][2]
    return LogDraft(
        client_id=entry.client_id,
        day=at.date(),
        at=at.time() if entry.time_recorded else None,
        minutes=entry.minutes,
        kind=entry.kind,
        method=entry.method,
        direction=entry.direction,
        outcome=entry.outcome,
        location=entry.location,
        participants=tuple(who for who, _ in rows),
        not_reached=tuple(missed),
        miles=entry.miles,
        expense_cents=entry.expense_cents,
        late_reason=entry.late_reason,
        purposes=tuple(entry.purposes),
        narrative=entry.narrative,
        topics=tuple(word.topics),
        part2=entry.part2,
        family_line=word.family_line,
        short_line=word.short_line,
        short_topics=tuple(word.short_topics),
        marks=tuple((key, mark.value) for key, mark in judged.marks.items()),
        follow_up=promise.text if promise else "",
        follow_up_on=promise.due if promise else None,
    )


def keep(
    session: Session, draft: LogDraft, entry_id: int | None, draft_key: str, *, sign: bool
) -> int:
    """Log a contact and throw its draft away, in one step. Marks that stand already are not new."""
    standing = opened(session, entry_id).draft.marks if entry_id else ()
    fresh = replace(draft, marks=tuple(mark for mark in draft.marks if mark not in standing))
    number = entries.log(session, fresh, entry_id, sign=sign)
    drafts.discard(session, draft_key)
    return number


def word_anew(
    session: Session, entry_id: int, draft: LogDraft, draft_key: str, addition: Addition
) -> None:
    """Word a signed entry anew and add to it. The addition goes first: new lines answer it."""
    before = opened(session, entry_id).draft
    if addition.text.strip():
        entries.add_addendum(session, entry_id, addition.kind, addition.text)
    worded = (draft.topics, draft.family_line, draft.short_line, draft.short_topics)
    if worded != (before.topics, before.family_line, before.short_line, before.short_topics):
        entries.word(
            session,
            entry_id,
            list(draft.topics),
            draft.family_line,
            draft.short_line,
            list(draft.short_topics),
        )
    for key, mark in draft.marks:
        if (key, mark) not in before.marks:
            entries.choose(session, entry_id, key, mark)
    drafts.discard(session, draft_key)
