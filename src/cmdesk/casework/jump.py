"""Jump anywhere from a few letters: people, plans, the log, files, tasks, telephone numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    jump_acts,
    jump_hits,
    jump_plans,
    merged,
    name_search,
    namesakes,
    parties,
    search,
)
from cmdesk.casework.jump_acts import JumpAct
from cmdesk.casework.jump_hits import Hit, joined
from cmdesk.casework.jump_plans import Plan
from cmdesk.casework.name_search import MOST, Known, Names, called
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation
from cmdesk.rules.codes import ClientStatus, Relationship
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.people import phone_shown

PLANS, LOG, FILES, TASKS = 4, 4, 3, 3  # how many of each are shown
LOOKED_AT = 40  # hits of the full-text index looked through for those
NUMBERS = ("mobile", "home", "work")


@dataclass(frozen=True, slots=True)
class Found:
    """The answers by kind; `act` is what was asked to be done for the first `named` people."""

    people: tuple[Hit, ...] = ()
    plans: tuple[Hit, ...] = ()
    log: tuple[Hit, ...] = ()
    files: tuple[Hit, ...] = ()
    tasks: tuple[Hit, ...] = ()
    act: JumpAct | None = None
    named: int = 0  # how many were found by their names

    @property
    def nothing(self) -> bool:
        return not (self.people or self.plans or self.log or self.files or self.tasks)


@dataclass(frozen=True, slots=True)
class Index:
    """What is read once, as the search opens, and looked through at every key."""

    names: Names
    plans: tuple[Plan, ...] = ()


def read(session: Session) -> Index:
    names = name_search.names(session)
    return Index(names, jump_plans.read(session, names))


def find(session: Session, index: Index, typed: str, *, people_only: bool = False) -> Found:
    """Answer what was typed; with words left over, the log of those named is searched for them."""
    names, plans = index.names, index.plans
    act, typed = jump_acts.split(names, typed)
    known, rest = called(names, typed)
    planned = jump_plans.find(plans, typed)
    calls = [hit for hit in planned if hit.kind == "inquiry"][:PLANS]
    if people_only:
        people = _people(session, known)
        return Found(people=(*people, *calls), act=act, named=len(known))
    hits = search.search(session, " ".join(rest) if rest else typed, LOOKED_AT)
    people = _people(session, [*known, *_by_number(hits, known, names)])
    if known and rest:
        near = _families(session, known)
        within = [hit for hit in hits if hit.client_id in near]
        hits = within or hits
        planned = [*planned, *jump_plans.find(plans, " ".join(rest), near)]
    return Found(
        (*people, *calls),
        tuple(hit for hit in dict.fromkeys(planned) if hit.kind != "inquiry")[:PLANS],
        tuple(jump_hits.log(session, [hit for hit in hits if hit.kind == "entry"][:LOG])),
        tuple(jump_hits.files(session, hits))[:FILES],
        tuple(jump_hits.tasks(session, [hit.id for hit in hits if hit.kind == "task"][:TASKS])),
        act,
        len(known),
    )


def _by_number(hits: Sequence[search.Hit], known: Sequence[Known], names: Names) -> list[Known]:
    """Give those whom the index knows by something else than a name: a number, a city, a note."""
    there = {(one.kind, one.id) for one in known}
    wanted = [
        (hit.kind, hit.id)
        for hit in hits
        if hit.kind in ("client", "person", "organisation") and (hit.kind, hit.id) not in there
    ][: max(MOST - len(known), 0)]
    if not wanted:
        return []
    by_place = {(one.kind, one.id): one for one in names.known}
    return [by_place[place] for place in dict.fromkeys(wanted) if place in by_place]


def _families(session: Session, known: Sequence[Known]) -> set[int]:
    """Give the clients in whose circle those named stand, and those who are clients."""
    persons = [one.person_id for one in known if one.person_id]
    circles = select(CircleMember.client_id).where(CircleMember.person_id.in_(persons))
    return {one.id for one in known if one.kind == "client"} | set(session.scalars(circles))


def _people(session: Session, known: Sequence[Known]) -> list[Hit]:
    persons = [one.person_id for one in known if one.person_id]
    ties = _ties(session, persons)
    phones = _phones(session, known)
    places = _places(session, [one.id for one in known if one.kind == "client"])
    apart = namesakes.telling(session) if any(one.kind == "client" for one in known) else {}
    cities = _cities(session, [one.id for one in known if one.kind == "organisation"])
    made: list[Hit] = []
    for one in known:
        phone = phones.get((one.kind, one.id), "")
        client_id, tie = ties.get(one.person_id or 0, (None, ""))
        if one.kind == "client":
            client_id, tie = one.id, joined(apart.get(one.id, ""), places.get(one.id, ""))
        elif one.kind == "organisation":
            tie = cities.get(one.id, "")
        detail = joined(tie, phone if one.kind != "client" else "")
        telling = apart.get(one.id, "") if one.kind == "client" else ""
        made.append(Hit(one.kind, one.id, one.name, detail, client_id, phone, telling=telling))
    return made


def _ties(session: Session, persons: Sequence[int]) -> dict[int, tuple[int, str]]:
    """Say whose mother, therapist or friend each person is; of several, the last recorded.

    One that stands today comes before one that ended: what is done from here goes to that chart.
    """
    query = (
        select(CircleMember, Client.id, Person)
        .join(Client, CircleMember.client_id == Client.id)
        .join(Person, Client.person_id == Person.id)
        .where(CircleMember.person_id.in_(persons), Client.id.not_in(merged.gone_clients()))
        .order_by(CircleMember.until.is_(None), CircleMember.id)
    )
    ties: dict[int, tuple[int, str]] = {}
    for member, client_id, person in session.execute(query):
        word = Relationship(member.relationship).label.lower() if member.relationship else "circle"
        ties[member.person_id] = (client_id, f"{parties.called(person)}\u2019s {word}")
    return ties


def _phones(session: Session, known: Sequence[Known]) -> dict[tuple[str, int], str]:
    persons = {one.person_id: (one.kind, one.id) for one in known if one.person_id}
    houses = {one.id: (one.kind, one.id) for one in known if one.kind == "organisation"}
    query = (
        select(ContactPoint)
        .where(
            ContactPoint.kind.in_(NUMBERS),
            ContactPoint.person_id.in_(persons) | ContactPoint.organisation_id.in_(houses),
        )
        .order_by(ContactPoint.preferred.desc(), ContactPoint.position, ContactPoint.id)
    )
    phones: dict[tuple[str, int], str] = {}
    for point in session.scalars(query):
        place = persons.get(point.person_id or 0) or houses.get(point.organisation_id or 0)
        if place:
            phones.setdefault(place, phone_shown(point.value))
    return phones


def _places(session: Session, clients: Sequence[int]) -> dict[int, str]:
    """Say where each client is, or that it is one who is no longer worked with."""
    stays = (
        select(Episode.client_id, Organisation.name)
        .join(Organisation, Episode.organisation_id == Organisation.id)
        .where(Episode.client_id.in_(clients), Episode.admitted <= clock.today(session))
        .where(Episode.discharged.is_(None), Episode.status != ENDED)
        .order_by(Episode.admitted)
    )
    where = {stay.client_id: stay.name for stay in session.execute(stays)}
    rows = session.execute(select(Client.id, Client.status).where(Client.id.in_(clients)))
    said: dict[int, str] = {}
    for number, status in rows:
        plain = status == ClientStatus.ACTIVE
        word = "Client" if plain else f"Client, {ClientStatus(status).label.lower()}"
        said[number] = joined(word, where.get(number, ""))
    return said


def _cities(session: Session, houses: Sequence[int]) -> dict[int, str]:
    query = select(Address.organisation_id, Address.city, Address.state).where(
        Address.organisation_id.in_(houses)
    )
    return {
        number: ", ".join(part for part in (city, state) if part)
        for number, city, state in session.execute(query)
        if number
    }
