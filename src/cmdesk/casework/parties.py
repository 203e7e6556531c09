"""Who is meant: people, organisations and clients, found by the names they are given outside."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.casework.columns import among, listed
from cmdesk.errors import Problem
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.coverage import Policy
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.rules.codes import CaseRole, Relationship, tpo_party
from cmdesk.rules.consent import Recipient
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class Party:
    """Someone a letter may go to: a person or an organisation."""

    key: str  # "p12" or "o3", as the rules name recipients
    ref: str
    called: str
    full_name: str
    person_id: int | None = None
    organisation_id: int | None = None
    organisation: str = ""
    language: str = ""


def outside_name(row: Record) -> str:
    """Return the name files and commands know a row by."""
    return row.ref or row.uid


def person_key(person_id: int) -> str:
    return f"p{person_id}"


def organisation_key(organisation_id: int) -> str:
    return f"o{organisation_id}"


def key_of(person_id: int | None, organisation_id: int | None) -> str:
    """Return the rules' name of a recipient row, which has one of the two."""
    return person_key(person_id) if person_id else organisation_key(organisation_id or 0)


def parts_of(key: str) -> tuple[int | None, int | None]:
    """Return the person and the organisation a key of the rules stands for: one of the two."""
    number = int(key[1:])
    return (number, None) if key[0] == "p" else (None, number)


def of_key(session: Session, key: str) -> Party:
    person_id, organisation_id = parts_of(key)
    if person_id is not None:
        return of_person(session, person_id)
    return of_organisation(session, organisation_id or 0)


def name_of(person: Person) -> Name:
    """Return the parts of a name, for lists and initials."""
    return Name(person.given_name, person.family_name, person.preferred_name)


def full_name(person: Person) -> str:
    return " ".join(part for part in (person.given_name, person.family_name) if part)


def called(person: Person) -> str:
    """Return what the person is called: the preferred name, else the given one."""
    return person.preferred_name or person.given_name or person.family_name


def of_person(session: Session, person_id: int) -> Party:
    person = session.get(Person, merged.kept_person(session, person_id))
    if person is None:
        raise Problem("This person is no longer there.", "Close the page and open it again.")
    house = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return _person(person, house)


def _person(person: Person, house: Organisation | None) -> Party:
    return Party(
        key=person_key(person.id),
        ref=outside_name(person),
        called=called(person),
        full_name=full_name(person) or called(person),
        person_id=person.id,
        organisation=house.name if house else "",
        language=person.language,
    )


def of_organisation(session: Session, organisation_id: int) -> Party:
    house = session.get(Organisation, organisation_id)
    if house is None:
        raise Problem("This organisation is no longer there.", "Close the page and open it again.")
    return _organisation(house)


def _organisation(house: Organisation) -> Party:
    return Party(
        key=organisation_key(house.id),
        ref=outside_name(house),
        called=house.name,
        full_name=house.name,
        organisation_id=house.id,
        organisation=house.name,
    )


def of_keys(session: Session, keys: Iterable[str]) -> dict[str, Party]:
    """Return what `of_key` does, of many at once; those who are no longer there are left out."""
    parts = {key: parts_of(key) for key in keys}
    if not parts:
        return {}
    now = merged.people(session)
    people = {number: now.get(number, number) for number, _ in parts.values() if number}
    query = select(Person).where(Person.id.in_(among("ids")))
    asked = {"ids": listed(set(people.values()))}
    found = {person.id: person for person in session.scalars(query, asked)}
    ids = {number for _, number in parts.values()} | {p.organisation_id for p in found.values()}
    whose = select(Organisation).where(Organisation.id.in_(among("ids")))
    asked = {"ids": listed(number for number in ids if number)}
    houses = {house.id: house for house in session.scalars(whose, asked)}
    made: dict[str, Party] = {}
    for key, (person_id, organisation_id) in parts.items():
        if person_id:
            person = found.get(people[person_id])
            if person is not None:
                made[key] = _person(person, houses.get(person.organisation_id or 0))
        elif organisation_id in houses:
            made[key] = _organisation(houses[organisation_id])
    return made


def _one(who: str, found: Iterable[tuple[str, str]], what: str) -> str:
    """Return the ref of the only match, or refuse with the candidates' refs."""
    candidates = list(found)
    if not candidates:
        raise Problem(f"There is no {what} “{who}” in this vault.", "Give a ref, or the full name.")
    if len(candidates) > 1:
        refs = ", ".join(sorted(ref for ref, _ in candidates))
        raise Problem(f"“{who}” could mean several: {refs}.", "Give one of these refs.")
    return candidates[0][0]


def _same(who: str, *names: str) -> bool:
    wanted = " ".join(who.split()).casefold()
    return any(wanted == " ".join(name.split()).casefold() for name in names if name)


def _person_names(person: Person) -> tuple[str, ...]:
    preferred = f"{person.preferred_name} {person.family_name}" if person.preferred_name else ""
    return (full_name(person), preferred, person.preferred_name, person.given_name)


def known_names(session: Session) -> frozenset[str]:
    """Return every single word that names someone, so that it can be hidden in running text."""
    columns = select(Person.given_name, Person.middle_name, Person.family_name)
    found = [part for row in session.execute(columns) for part in row]
    found += session.scalars(select(Person.preferred_name).distinct())
    return frozenset(word for name in found for word in name.split())


def client_names(session: Session) -> dict[str, str]:
    """Return every client's full name by the name they have outside."""
    found = session.execute(select(Client, Person).join(Person, Client.person_id == Person.id))
    return {outside_name(client): full_name(person) for client, person in found}


def client_by_name(session: Session, who: str) -> int:
    """Return the client meant by a ref, a uid or a name that is unique in the vault."""
    exact = select(Client.id).where(or_(Client.ref == who, Client.uid == who))
    client_id = session.scalar(exact)
    if client_id is not None:
        return merged.kept_client(session, client_id)
    pairs = session.execute(
        select(Client, Person)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.not_in(merged.gone_clients()))
    )
    found = {
        outside_name(client): client.id
        for client, person in pairs
        if _same(who, *_person_names(person))
    }
    return found[_one(who, ((ref, ref) for ref in found), "client")]


def party_by_name(session: Session, who: str) -> Party:
    """Return the person or organisation meant by a ref, a uid or a unique name."""
    for model, make in ((Person, of_person), (Organisation, of_organisation)):
        number = session.scalar(select(model.id).where(or_(model.ref == who, model.uid == who)))
        if number is not None:
            return make(session, number)
    people = {
        outside_name(person): (of_person, person.id)
        for person in session.scalars(select(Person).where(Person.id.not_in(merged.gone_people())))
        if _same(who, *_person_names(person))
    }
    names = select(Organisation.id, Organisation.ref, Organisation.uid, Organisation.name)
    houses = {
        ref or uid: (of_organisation, number)
        for number, ref, uid, name in session.execute(names)
        if _same(who, name)
    }
    found = people | houses
    make, number = found[_one(who, ((ref, ref) for ref in found), "person")]
    return make(session, number)


def recipient(session: Session, client_id: int, party: Party) -> Recipient:
    """Return what the rules need to know of a party in this client's life."""
    circle = session.scalars(
        select(CircleMember)
        .where(CircleMember.client_id == client_id, CircleMember.person_id == party.person_id)
        .order_by(CircleMember.position)
    ).all()
    tpo = not party.person_id and _takes_part(session, client_id, party)
    found = in_circle(party, circle, tpo=tpo)
    if found.tpo and kin_elsewhere(session, client_id, party):
        return replace(found, tpo=False)
    return found


def kin_elsewhere(session: Session, client_id: int, party: Party) -> bool:
    """Tell whether a place under a number that is gone excludes someone; none there adds a tie."""
    if not party.person_id:
        return False
    clients = merged.own_ids(session, client_id)
    people = merged.person_ids(session, party.person_id)
    return len(clients) + len(people) > 2 and close_to(session, client_id, party.person_id)


def close_to(session: Session, client_id: int, person_id: int) -> bool:
    """Tell whether a tie of kinship or the like stands anywhere between two."""
    clients, people = merged.own_ids(session, client_id), merged.person_ids(session, person_id)
    ties = select(CircleMember.relationship).where(
        CircleMember.client_id.in_(clients),
        CircleMember.person_id.in_(people),
        CircleMember.relationship != "",
    )
    # As a payer would stand, so that only a tie of kinship or the like excludes.
    found = [Relationship(tie) for tie in session.scalars(ties)]
    return bool(found) and not tpo_party(found, (CaseRole.PAYER,))


def in_circle(party: Party, circle: Sequence[CircleMember], *, tpo: bool = False) -> Recipient:
    """Return a party as the rules see it, given its places in the client's circle, in order.

    `tpo` says of an organisation, which has no such place, that it treats or pays.
    """
    ties = _ties(circle)
    open_ones = [member for member in circle if member.until is None]
    roles = [CaseRole(role) for member in open_ones for role in member.roles]
    # A tie of kinship excludes for ever; one of treatment counts while it lasts (domain.md 0.4, 3).
    person_treats = tpo_party(ties, roles) and tpo_party(_ties(open_ones), roles)
    return Recipient(
        ref=party.key,
        called=party.called,
        full_name=party.full_name,
        relation=ties[0].label.lower() if ties else "",
        tpo=person_treats if party.person_id else tpo,
    )


def _ties(circle: Sequence[CircleMember]) -> list[Relationship]:
    return [Relationship(member.relationship) for member in circle if member.relationship]


def _takes_part(session: Session, client_id: int, party: Party) -> bool:
    """Tell whether an organisation treats this client or pays for the treatment.

    It treats in a stay that goes on or is agreed: one that ended treats no longer (42 CFR 2.11,
    treating provider relationship), as with a person. It pays by a policy that is in force.
    """
    today = clock.today(session)
    stay = select(Episode.id).where(
        Episode.client_id == client_id,
        Episode.organisation_id == party.organisation_id,
        or_(Episode.discharged.is_(None), Episode.discharged >= today),
        Episode.status != ENDED,
    )
    policy = select(Policy.id).where(
        Policy.client_id == client_id,
        Policy.organisation_id == party.organisation_id,
        or_(Policy.effective_on.is_(None), Policy.effective_on <= today),
        or_(Policy.ends_on.is_(None), Policy.ends_on >= today),
    )
    return any(session.scalar(query.limit(1)) is not None for query in (stay, policy))
