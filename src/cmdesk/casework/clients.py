"""Clients: the list, the chart's head, the circle, and where each of them is."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, case, func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.casework.parties import name_of, outside_name
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.codes import ClientStatus, Relationship
from cmdesk.rules.days import age_on
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.people import Name

# The list's four groups, as the sidebar of picture 03 names them.
GROUPS: dict[str, tuple[str, ...]] = {
    "active": (ClientStatus.ACTIVE, ClientStatus.MONITORING),
    "inquiries": (ClientStatus.PROSPECTIVE,),
    "paused": (ClientStatus.ON_HOLD,),
    "closed": (ClientStatus.CLOSED, ClientStatus.DECEASED, ClientStatus.DECLINED),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a client is cared for, as of a day."""

    level: str
    organisation: str
    admitted: date | None
    leaves: date | None


@dataclass(frozen=True, slots=True)
class ClientHead:
    """The head of a chart."""

    id: int
    ref: str
    name: Name
    pronouns: str
    age: int | None
    born: date | None
    status: str
    since: date | None
    place: Place | None
    where_things_stand: str
    where_things_stand_at: datetime | None


@dataclass(frozen=True, slots=True)
class CirclePerson:
    """One person around a client."""

    member_id: int
    person_id: int
    name: Name
    credentials: str
    organisation: str
    relationship: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ClientDraft:
    given_name: str = ""
    family_name: str = ""
    preferred_name: str = ""
    pronouns: str = ""
    born: date | None = None
    status: str = ClientStatus.ACTIVE


def named(statuses: tuple[str, ...] | None, text: str) -> Select[int]:
    query = (
        select(Client.id)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.not_in(merged.gone_clients()))
    )
    if statuses is not None:
        query = query.where(Client.status.in_(statuses))
    for word in text.split():
        query = query.where(
            or_(
                Person.given_name.icontains(word, autoescape=True),
                Person.family_name.icontains(word, autoescape=True),
                Person.preferred_name.icontains(word, autoescape=True),
            )
        )
    return query


def find(session: Session, group: str = "active", text: str = "") -> list[int]:
    """Return the clients of a group whose name holds every word, by family name."""
    query = named(GROUPS[group], text)
    return list(session.scalars(query.order_by(Person.family_name, Person.given_name, Client.id)))


def counts(session: Session) -> dict[str, int]:
    """Return how many clients each group holds."""
    groups = case(
        *((Client.status.in_(statuses), name) for name, statuses in GROUPS.items()), else_=""
    )
    shown = select(groups, func.count()).where(Client.id.not_in(merged.gone_clients()))
    found = dict(session.execute(shown.group_by(groups)).all())
    return {name: found.get(name, 0) for name in GROUPS}


def heads(session: Session, ids: list[int]) -> list[ClientHead]:
    """Return the heads of some charts, in the order asked."""
    today = clock.today(session)
    rows = session.execute(
        select(Client, Person).join(Person, Client.person_id == Person.id).where(Client.id.in_(ids))
    )
    found = {client.id: _head(session, client, person, today) for client, person in rows}
    return [found[number] for number in ids if number in found]


def head(session: Session, client_id: int) -> ClientHead:
    found = heads(session, [client_id])
    if not found:
        raise Problem("This client is no longer there.", "Go back to the list of clients.")
    return found[0]


def _head(session: Session, client: Client, person: Person, today: date) -> ClientHead:
    began = session.scalar(
        select(func.min(Engagement.began_on)).where(
            Engagement.client_id.in_(merged.own_ids(session, client.id))
        )
    )
    return ClientHead(
        id=client.id,
        ref=outside_name(client),
        name=name_of(person),
        pronouns=person.pronouns,
        age=age_on(person.born, today) if person.born else None,
        born=person.born,
        status=client.status,
        since=began,
        place=place(session, client.id, today),
        where_things_stand=client.where_things_stand,
        where_things_stand_at=client.where_things_stand_at,
    )


def current_episode(session: Session, client_id: int, on: date) -> Episode | None:
    """Return the stay a day falls into, the one begun last if several."""
    query = (
        select(Episode)
        .where(
            Episode.client_id == client_id,
            or_(Episode.admitted.is_(None), Episode.admitted <= on),
            or_(Episode.discharged.is_(None), Episode.discharged >= on),
            Episode.status != ENDED,  # on a day nobody knows
        )
        .order_by(Episode.admitted.desc(), Episode.id.desc())
    )
    return session.scalars(query.limit(1)).first()


def place(session: Session, client_id: int, on: date) -> Place | None:
    episode = current_episode(session, client_id, on)
    if episode is None:
        return None
    house = session.get(Organisation, episode.organisation_id) if episode.organisation_id else None
    return Place(
        level=LevelOfCare(episode.level_of_care).label if episode.level_of_care else "",
        organisation=house.name if house else "",
        admitted=episode.first_day,
        leaves=episode.planned_discharge,
    )


def circle(session: Session, client_id: int) -> list[CirclePerson]:
    """Return the people around a client, in the order they were put."""
    rows = session.execute(
        select(CircleMember, Person, Organisation.name)
        .join(Person, CircleMember.person_id == Person.id)
        .outerjoin(Organisation, Person.organisation_id == Organisation.id)
        .where(CircleMember.client_id == client_id, CircleMember.until.is_(None))
        .order_by(CircleMember.position, CircleMember.id)
    )
    return [
        CirclePerson(
            member_id=member.id,
            person_id=person.id,
            name=name_of(person),
            credentials=person.credentials,
            organisation=organisation or "",
            relationship=member.relationship,
            roles=tuple(member.roles),
        )
        for member, person, organisation in rows
    ]


def add(session: Session, draft: ClientDraft) -> int:
    """Add a client; an engagement begins today unless it is an inquiry."""
    if not (draft.given_name.strip() or draft.preferred_name.strip()):
        raise Problem("A client needs a first name.", "Type what they are called.")
    if draft.born and draft.born > clock.today(session):
        raise Problem("This birth date is still to come.", "Check the year.")
    person = Person(
        given_name=draft.given_name.strip(),
        family_name=draft.family_name.strip(),
        preferred_name=draft.preferred_name.strip(),
        pronouns=draft.pronouns.strip(),
        born=draft.born,
    )
    session.add(person)
    session.flush()
    client = Client(person_id=person.id, status=draft.status)
    session.add(client)
    session.flush()
    if draft.status == ClientStatus.ACTIVE:
        session.add(Engagement(client_id=client.id, began_on=clock.today(session)))
    return client.id


def add_to_circle(
    session: Session, client_id: int, given_name: str, family_name: str, relationship: str
) -> int:
    """Add someone new to a client's circle; return the person."""
    if not (given_name.strip() or family_name.strip()):
        raise Problem("A person needs a name.", "Type at least one.")
    person = Person(given_name=given_name.strip(), family_name=family_name.strip())
    session.add(person)
    session.flush()
    position = session.scalar(select(func.count()).where(CircleMember.client_id == client_id))
    session.add(
        CircleMember(
            client_id=client_id,
            person_id=person.id,
            relationship=Relationship(relationship),
            position=position or 0,
        )
    )
    return person.id


def say_where_things_stand(session: Session, client_id: int, text: str) -> None:
    client = session.get_one(Client, client_id)
    client.where_things_stand = text.strip()
    client.where_things_stand_at = clock.now(session)
