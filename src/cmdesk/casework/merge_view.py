"""What is laid side by side before two records become one, and what the merge takes along."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import client_form, client_list, clients, consents, contacts, merged
from cmdesk.casework.client_form import Bound
from cmdesk.casework.contacts import Someone
from cmdesk.casework.parties import name_of
from cmdesk.errors import Problem
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.entry import Entry, EntryParticipant
from cmdesk.models.person import ContactPoint, Person
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class Tie:
    """Whose circle someone stands in, and as what."""

    client: Name
    relationship: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two. `consents` counts those that hold today, `entries` what was logged."""

    id: int
    name: Name
    born: date | None
    status: str
    reach: tuple[str, ...]
    ties: tuple[Tie, ...]
    entries: int
    consents: int


@dataclass(frozen=True, slots=True)
class Naming:
    """A consent that holds today and names one of two people."""

    client: Name
    called: Name
    signed_on: date | None


def person_side(session: Session, person_id: int) -> Side:
    """Return what tells a person from another of the same name. Problem if they are gone."""
    person = _person(session, person_id)
    took = select(func.count()).where(
        EntryParticipant.person_id.in_(merged.person_ids(session, person_id))
    )
    own = session.scalars(select(Client.status).where(Client.person_id == person_id)).first()
    return Side(
        id=person_id,
        name=name_of(person),
        born=person.born,
        status=own or "",
        reach=_reach(session, person_id),
        ties=_ties(session, person_id),
        entries=session.scalar(took) or 0,
        consents=len(naming(session, person_id)),
    )


def _person(session: Session, person_id: int) -> Person:
    person = session.get(Person, person_id)
    if person is None:
        raise Problem("This person is no longer there.", "Close the dialog and look again.")
    return person


def _reach(session: Session, person_id: int) -> tuple[str, ...]:
    points = select(ContactPoint.value).where(ContactPoint.person_id == person_id)
    return tuple(session.scalars(points.order_by(ContactPoint.position, ContactPoint.id)))


def _ties(session: Session, person_id: int) -> tuple[Tie, ...]:
    query = (
        select(CircleMember.relationship, Person)
        .join(Client, CircleMember.client_id == Client.id)
        .join(Person, Client.person_id == Person.id)
        .where(CircleMember.person_id == person_id, CircleMember.until.is_(None))
    )
    return tuple(Tie(name_of(client), tie) for tie, client in session.execute(query))


def naming(session: Session, person_id: int) -> list[Naming]:
    """Return the consents that hold today and name this person, client by client."""
    called = name_of(_person(session, person_id))
    query = (
        select(Consent.client_id, Consent.id)
        .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
        .where(ConsentRecipient.person_id == person_id)
    )
    of_client: dict[int, set[int]] = {}
    for client_id, consent_id in session.execute(query):
        of_client.setdefault(client_id, set()).add(consent_id)
    return [
        Naming(clients.head(session, client_id).name, called, row.signed_on)
        for client_id, wanted in of_client.items()
        for row in consents.rows(session, client_id)
        if row.id in wanted and row.fault is None
    ]


def client_side(session: Session, client_id: int) -> Side:
    """Return what tells a chart from another of the same name. Problem if it is gone."""
    head = clients.head(session, client_id)
    own = merged.own_ids(session, client_id)
    person_id = session.get_one(Client, client_id).person_id
    logged = select(func.count()).where(Entry.client_id.in_(own))
    return Side(
        id=client_id,
        name=head.name,
        born=head.born,
        status=head.status,
        reach=_reach(session, person_id),
        ties=tuple(
            Tie(each.name, each.relationship) for each in clients.circle(session, client_id)
        ),
        entries=session.scalar(logged) or 0,
        consents=len(lapsing(session, client_id)),
    )


def lapsing(session: Session, client_id: int) -> list[Bound]:
    """Return the consents of a chart that hold today: they stop with the chart."""
    return [
        client_form.Bound(row.recipients, row.signed_on)
        for row in consents.rows(session, client_id)
        if row.fault is None
    ]


def other_clients(session: Session, text: str) -> list[Someone]:
    """Find charts by the words of the client's name: `c3`."""
    ids = [number for group in clients.GROUPS for number in clients.find(session, group, text)]
    rows = client_list.rows(session, ids[: contacts.SHOWN])
    return [Someone(f"c{row.id}", row.name.full, _age(row.age)) for row in rows]


def _age(age: int | None) -> str:
    return str(age) if age is not None else ""


def other_people(session: Session, text: str) -> list[Someone]:
    """Find people by the words of their names, without those who go by another record."""
    gone = set(session.scalars(merged.gone_people()))
    return [who for who in contacts.people(session, text) if int(who.key[1:]) not in gone]
