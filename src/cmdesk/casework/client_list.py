"""The list of clients: who needs what next, one question per need and none per client."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clock, merged
from cmdesk.casework.clients import GROUPS, named
from cmdesk.casework.next_updates import NextUpdate, next_updates
from cmdesk.casework.parties import name_of
from cmdesk.casework.reached import happened
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.entry import Entry, EntryParticipant, EntryWrongChart, FollowUp
from cmdesk.models.merge import PersonMerge
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.codes import TaskState
from cmdesk.rules.days import age_on
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class Step:
    """The most urgent of what is open for a client."""

    text: str
    due: date | None


@dataclass(frozen=True, slots=True)
class Stay:
    """Where a client is today; `day` counts from 1 on the day of admission."""

    level: str
    place: str
    day: int | None


@dataclass(frozen=True, slots=True)
class Contact:
    """The last contact. `at` is in the practice's zone; `who` is the first who took part."""

    at: datetime
    kind: str
    method: str
    outcome: str
    direction: str
    who: Name | None


@dataclass(frozen=True, slots=True)
class Call:
    """What is known of a family that called and has no chart yet."""

    status: str
    urgency: str


@dataclass(frozen=True, slots=True)
class ClientRow:
    """One line of the list; with a `call` it is an inquiry, whose `id` is below zero."""

    id: int
    name: Name
    pronouns: str
    age: int | None
    since: date | None
    stay: Stay | None
    step: Step | None
    contact: Contact | None
    update: NextUpdate | None
    call: Call | None = None


def names(session: Session) -> list[tuple[int, Name]]:
    """Return the active clients with their names, in the order of these, by one question."""
    query = named(GROUPS["active"], "").order_by(Person.family_name, Person.given_name, Client.id)
    found = session.execute(query.with_only_columns(Client.id, Person)).all()
    return [(number, name_of(person)) for number, person in found]


def find(
    session: Session,
    group: str = "active",
    text: str = "",
    *,
    order: str = "step",
    late: bool = False,
    level: str = "",
) -> list[int]:
    """Return the clients of a group whose name holds every word.

    `order` is step (what is due first stands first), name or contact (longest ago first); `late`
    leaves only those with something late, `level` those at this level of care today.
    """
    query = named(GROUPS[group], text).order_by(Person.family_name, Person.given_name, Client.id)
    ids = list(session.scalars(query))
    if level:
        stays = _stays(session, ids, clock.today(session))
        ids = [number for number in ids if number in stays and stays[number].level == level]
    steps = _steps(session, ids) if late or order == "step" else {}
    if late:
        today = clock.today(session)
        ids = [number for number in ids if number in steps and _before(steps[number], today)]
    if order == "step":
        ids.sort(key=lambda number: (number not in steps, _due(steps.get(number))))
    if order == "contact":
        latest = _latest(session, ids)
        ids.sort(key=lambda number: latest.get(number, ("", 0))[0])
    return ids


def levels(session: Session, group: str) -> list[str]:
    """Return the levels of care at which somebody of a group is today, by name."""
    ids = list(session.scalars(named(GROUPS[group], "")))
    stays = _stays(session, ids, clock.today(session)).values()
    return sorted({stay.level for stay in stays if stay.level})


def _due(step: Step | None) -> date:
    return (step and step.due) or date.max


def _before(step: Step, day: date) -> bool:
    return step.due is not None and step.due < day


def rows(session: Session, ids: Sequence[int]) -> list[ClientRow]:
    """Return some lines of the list, in the order asked."""
    today = clock.today(session)
    people = session.execute(
        select(Client.id, Person)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.in_(ids))
    )
    since = _since(session, ids)
    stays, steps = _stays(session, ids, today), _steps(session, ids)
    contacts, updates = _contacts(session, ids), next_updates(session, ids, since, today)
    found = {
        number: ClientRow(
            id=number,
            name=name_of(person),
            pronouns=person.pronouns,
            age=age_on(person.born, today) if person.born else None,
            since=since.get(number),
            stay=stays.get(number),
            step=steps.get(number),
            contact=contacts.get(number),
            update=updates.get(number),
        )
        for number, person in people
    }
    return [found[number] for number in ids if number in found]


def _since(session: Session, ids: Sequence[int]) -> dict[int, date]:
    owners = merged.charts(session, ids)
    query = (
        select(Engagement.client_id, func.min(Engagement.began_on))
        .where(Engagement.client_id.in_(owners))
        .group_by(Engagement.client_id)
    )
    first: dict[int, date] = {}
    for number, began in session.execute(query):
        if began:
            first[owners[number]] = min(began, first.get(owners[number], began))
    return first


def _stays(session: Session, ids: Sequence[int], on: date) -> dict[int, Stay]:
    """Of several stays the one begun last counts, as in `clients.current_episode`."""
    query = (
        select(Episode, Organisation.name)
        .outerjoin(Organisation, Episode.organisation_id == Organisation.id)
        .where(
            Episode.client_id.in_(ids),
            or_(Episode.admitted.is_(None), Episode.admitted <= on),
            or_(Episode.discharged.is_(None), Episode.discharged >= on),
            Episode.status != ENDED,
        )
        .order_by(Episode.admitted, Episode.id)
    )
    return {
        stay.client_id: Stay(
            level=LevelOfCare(stay.level_of_care).label if stay.level_of_care else "",
            place=place or "",
            day=(on - stay.first_day).days + 1 if stay.first_day else None,
        )
        for stay, place in session.execute(query)
    }


def _steps(session: Session, ids: Sequence[int]) -> dict[int, Step]:
    """Return the earliest open task or promise of each client, but of no entry put aside."""
    owners = merged.charts(session, ids)
    tasks = select(Task.client_id, Task.text, Task.due).where(
        Task.client_id.in_(ids), Task.done_on.is_(None), Task.state != TaskState.DROPPED
    )
    promised = (
        select(Entry.client_id, FollowUp.text, FollowUp.due)
        .join(FollowUp, FollowUp.entry_id == Entry.id)
        .where(Entry.client_id.in_(owners), FollowUp.done_on.is_(None), happened())
    )
    first: dict[int, Step] = {}
    for query in (tasks, promised):
        for asked, text, due in session.execute(query):
            step, number = Step(text, due), owners[asked or 0]
            if number not in first or (_due(step), text) < (
                _due(first[number]),
                first[number].text,
            ):
                first[number] = step
    return first


def _latest(session: Session, ids: Sequence[int]) -> dict[int, tuple[str, int]]:
    """Return when each client's last entry was, as text that sorts, and its number.

    Entries in the wrong chart don't count.
    """
    mark = aliased(EntryWrongChart)
    newest_mark = (
        select(mark.wrong)
        .where(mark.entry_id == Entry.id)
        .order_by(mark.at.desc(), mark.id.desc())
        .limit(1)
        .correlate(Entry)
        .scalar_subquery()
    )
    last = (
        select(Entry.id)
        .where(Entry.client_id == Client.id, func.coalesce(newest_mark, 0) == 0)
        .order_by(Entry.occurred_at.desc(), Entry.id.desc())
        .limit(1)
        .correlate(Client)
        .scalar_subquery()
    )
    owners = merged.charts(session, ids)
    query = (
        select(Client.id, Entry.occurred_at, Entry.id)
        .join(Entry, Entry.id == last)
        .where(Client.id.in_(owners))
    )
    latest: dict[int, tuple[str, int]] = {}
    for number, at, entry in session.execute(query):
        own = owners[number]
        latest[own] = max((at.isoformat(), entry), latest.get(own, ("", 0)))
    return latest


def _contacts(session: Session, ids: Sequence[int]) -> dict[int, Contact]:
    zone = clock.zone(session)
    owner = {entry: number for number, (_, entry) in _latest(session, ids).items()}
    entries = list(owner)
    who: dict[int, Name] = {}
    took_part = (
        select(EntryParticipant.entry_id, Person)
        .outerjoin(PersonMerge, PersonMerge.person_id == EntryParticipant.person_id)
        .join(Person, func.coalesce(PersonMerge.kept_id, EntryParticipant.person_id) == Person.id)
        .where(EntryParticipant.entry_id.in_(entries))
        .order_by(EntryParticipant.position, EntryParticipant.id)
    )
    for entry, person in session.execute(took_part):
        who.setdefault(entry, name_of(person))
    kept = session.scalars(select(Entry).where(Entry.id.in_(entries)))
    return {
        owner[entry.id]: Contact(
            at=entry.occurred_at.astimezone(zone),
            kind=entry.kind,
            method=entry.method,
            outcome=entry.outcome,
            direction=entry.direction,
            who=who.get(entry.id),
        )
        for entry in kept
    }
