"""What one wants to know in the five seconds before dialing, on one card."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import takewhile

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged, people, verdicts
from cmdesk.casework.may_hear import MayHear, may_hear
from cmdesk.casework.parties import name_of, of_person
from cmdesk.casework.reached import happened
from cmdesk.models.client import CircleMember
from cmdesk.models.consent import Disclosure
from cmdesk.models.entry import Entry, EntryParticipant, FollowUp
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.codes import TaskState
from cmdesk.rules.contact_codes import EntryKind
from cmdesk.rules.log import UNREACHED
from cmdesk.rules.people import Name, phone_shown
from cmdesk.rules.people_draft import CALLABLE, language_shown

LOOKED_BACK = 200  # entries with this person, the newest
TOLD = 3
TALKS = (
    EntryKind.CONTACT,
    EntryKind.ATTEMPTED_CONTACT,
    EntryKind.MEETING,
    EntryKind.CRISIS_RESPONSE,
    EntryKind.COURT,
    EntryKind.CONSULTATION,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number to call, as it is shown; `voicemail` and `kind` are codes."""

    value: str
    kind: str
    may_call: bool
    voicemail: str
    may_text: bool
    best_times: str


@dataclass(frozen=True, slots=True)
class Talk:
    """A contact, or a try at one, on its local day."""

    on: date
    kind: str
    method: str
    direction: str
    outcome: str
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Promise:
    """Something open. `due` for what I owe, `since` for what I wait for."""

    text: str
    due: date | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Told:
    on: date
    what: str
    topics: tuple[str, ...]
    channel: str


@dataclass(frozen=True, slots=True)
class PreCall:
    """The card. `language` is empty for English; `tried` counts tries since the last contact."""

    person_id: int
    name: Name
    credentials: str
    organisation: str
    pronouns: str
    relationships: tuple[str, ...]
    roles: tuple[str, ...]
    warned: str
    numbers: tuple[Number, ...]
    language: str
    interpreter: bool
    reached: Talk | None
    tried: int
    last_try: Talk | None
    mine: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    may_hear: MayHear
    not_to_hear: tuple[str, ...]
    told: tuple[Told, ...]

    @property
    def number(self) -> Number | None:
        """The number to dial: the first that may be called."""
        return next((each for each in self.numbers if each.may_call), None)


def card(session: Session, client_id: int, person_id: int) -> PreCall:
    """Put together the card of one person of a client's circle, as things stand today.

    Raises Problem when the client or the person is gone.
    """
    party = of_person(session, person_id)
    number = party.person_id or person_id
    verdicts.subject(session, client_id)
    person = session.get_one(Person, number)
    house = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    places = session.scalars(_places(client_id, number)).all()
    talks = _talks(session, client_id, number)
    reached = next((talk for talk, there in talks if there), None)
    tries = [talk for talk, _ in takewhile(lambda each: not each[1], talks)]
    language = language_shown(person.language)
    return PreCall(
        person_id=number,
        name=name_of(person),
        credentials=person.credentials,
        organisation=house.name if house else "",
        pronouns=person.pronouns,
        relationships=tuple(place.relationship for place in places if place.relationship),
        roles=tuple(dict.fromkeys(role for place in places for role in place.roles)),
        warned=people.warned(session, client_id, number),
        numbers=_numbers(session, number),
        language="" if language == "English" else language,
        interpreter=person.interpreter,
        reached=reached,
        tried=len(tries),
        last_try=tries[0] if tries else None,
        mine=_mine(session, client_id, number),
        theirs=_theirs(session, client_id, number),
        may_hear=may_hear(session, client_id, party, clock.today(session)),
        not_to_hear=people.not_to_hear(session, client_id, number),
        told=_told(session, client_id, number),
    )


def _places(client_id: int, person_id: int) -> Select[CircleMember]:
    return (
        select(CircleMember)
        .where(
            CircleMember.client_id == client_id,
            CircleMember.person_id == person_id,
            CircleMember.until.is_(None),
        )
        .order_by(CircleMember.position, CircleMember.id)
    )


def _numbers(session: Session, person_id: int) -> tuple[Number, ...]:
    """Return telephones, a preferred one before the others."""
    rows = session.scalars(
        select(ContactPoint)
        .where(ContactPoint.person_id == person_id, ContactPoint.kind.in_(CALLABLE))
        .order_by(ContactPoint.preferred.desc(), ContactPoint.position, ContactPoint.id)
    )
    return tuple(
        Number(
            phone_shown(row.value),
            row.kind,
            row.may_call,
            row.voicemail,
            row.may_text,
            row.best_times,
        )
        for row in rows
    )


def _talks(session: Session, client_id: int, person_id: int) -> list[tuple[Talk, bool]]:
    """Return contacts with this person about this client, the newest first, and if they answered.

    What was entered in the wrong chart did not happen here, nor did what is dated ahead. Without
    a time recorded, a contact of today stands at noon: the day counts, not the hour.
    """
    rows = session.execute(
        select(Entry, EntryParticipant.reached)
        .join(EntryParticipant, EntryParticipant.entry_id == Entry.id)
        .where(
            Entry.client_id.in_(merged.own_ids(session, client_id)),
            EntryParticipant.person_id.in_(merged.person_ids(session, person_id)),
            Entry.kind.in_(TALKS),
        )
        .order_by(Entry.occurred_at.desc(), Entry.id.desc())
        .limit(LOOKED_BACK)
    ).all()
    wrong = verdicts.wrong_charts(session, [entry.id for entry, _ in rows])
    zone, today = clock.zone(session), clock.today(session)
    talks = [
        (
            Talk(
                entry.occurred_at.astimezone(zone).date(),
                entry.kind,
                entry.method,
                entry.direction,
                entry.outcome,
                entry.minutes,
            ),
            there and entry.outcome not in UNREACHED and entry.kind != EntryKind.ATTEMPTED_CONTACT,
        )
        for entry, there in rows
        if entry.id not in wrong
    ]
    return [(talk, there) for talk, there in talks if talk.on <= today]


def _mine(session: Session, client_id: int, person_id: int) -> tuple[Promise, ...]:
    """Return what I owe: follow-ups of contacts with them, and tasks about them."""
    own, them = merged.own_ids(session, client_id), merged.person_ids(session, person_id)
    with_them = select(EntryParticipant.entry_id).where(EntryParticipant.person_id.in_(them))
    promised = session.execute(
        select(FollowUp.text, FollowUp.due)
        .join(Entry, FollowUp.entry_id == Entry.id)
        .where(
            Entry.client_id.in_(own),
            Entry.id.in_(with_them),
            FollowUp.done_on.is_(None),
            happened(),
        )
    )
    linked = select(TaskLink.task_id).where(TaskLink.person_id.in_(them))
    tasks = session.execute(
        select(Task.text, Task.due).where(
            *_open_tasks(own),
            Task.state != TaskState.WAITING,
            Task.id.in_(linked) | Task.entry_id.in_(with_them),
        )
    )
    made = [Promise(text, due) for text, due in (*promised, *tasks)]
    return tuple(sorted(made, key=lambda each: (each.due or date.max, each.text)))


def _theirs(session: Session, client_id: int, person_id: int) -> tuple[Promise, ...]:
    """Return what I wait for from them, the longest first."""
    own, them = merged.own_ids(session, client_id), merged.person_ids(session, person_id)
    rows = session.execute(
        select(Task.text, Task.due, Task.waiting_since).where(
            *_open_tasks(own), Task.state == TaskState.WAITING, Task.waiting_on_id.in_(them)
        )
    )
    made = [Promise(text, due, since) for text, due, since in rows]
    return tuple(sorted(made, key=lambda each: (each.since or date.max, each.text)))


def _open_tasks(own: list[int]) -> tuple[ColumnElement[bool], ...]:
    return (Task.client_id.in_(own), Task.done_on.is_(None), Task.state != TaskState.DROPPED)


def _told(session: Session, client_id: int, person_id: int) -> tuple[Told, ...]:
    """Return the last disclosures to this person; one that was taken back did not happen."""
    corrected = select(Disclosure.correction_of_id).where(Disclosure.correction_of_id.is_not(None))
    rows = session.scalars(
        select(Disclosure)
        .where(
            Disclosure.client_id.in_(merged.own_ids(session, client_id)),
            Disclosure.recipient_person_id.in_(merged.person_ids(session, person_id)),
            Disclosure.correction_of_id.is_(None),
            Disclosure.id.not_in(corrected),
        )
        .order_by(Disclosure.at.desc(), Disclosure.id.desc())
        .limit(TOLD)
    )
    return tuple(
        Told(_day(session, row.at), row.what, tuple(row.categories), row.channel) for row in rows
    )


def _day(session: Session, at: datetime) -> date:
    return at.astimezone(clock.zone(session)).date()
