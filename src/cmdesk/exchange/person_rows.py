"""People of an address book into the records, and never over what the user wrote."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.merged import MERGED_PROVIDER
from cmdesk.exchange.card import (
    OWN,
    PersonCard,
    Place,
    conflicts,
    digest,
    first_keys,
    joined,
    name_key,
)
from cmdesk.exchange.result import Skipped
from cmdesk.exchange.written import (
    Point,
    Written,
    is_same,
    is_untouched,
    mark,
    point_key,
    point_row,
    remove_unused,
)
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation


@dataclass(frozen=True, slots=True)
class Known:
    """Finds a person by card UID or ref, else by name and a way to reach them."""

    by_uid: dict[str, int] = field(default_factory=dict[str, int])
    by_key: dict[str, int] = field(default_factory=dict[str, int])
    uids: dict[int, str] = field(default_factory=dict[int, str])

    def find(self, card: PersonCard) -> int | None:
        own = _uid(card)
        if own in self.by_uid:
            return self.by_uid[own]
        for key in first_keys(card):
            number = self.by_key.get(key)
            # Two UIDs are two people, whatever else they share.
            if number is not None and not (own and self.uids.get(number)):
                return number
        return None

    def add(self, number: int, uid: str, keys: Iterable[str]) -> None:
        if uid:
            self.by_uid[uid] = number
            self.uids[number] = uid
        for key in keys:
            self.by_key.setdefault(key, number)


def write(session: Session, people: Iterable[PersonCard]) -> Written:
    """Write people; cards that name the same one are joined first."""
    known = in_the_records(session)
    employers = Employers(session)
    written = Written()
    for card in _one_each(people):
        number = known.find(card)
        if number is None:
            number = _add(session, card, employers)
            known.add(number, _uid(card), first_keys(card))
            written.added += 1
        else:
            revise(session, number, card, employers, written)
    session.flush()
    return written


def _uid(card: PersonCard) -> str:
    return f"uid:{card.uid}" if card.uid else f"ref:{card.ref}" if card.ref else ""


def _one_each(people: Iterable[PersonCard]) -> list[PersonCard]:
    known = Known()
    each: list[PersonCard] = []
    for card in people:
        number = known.find(card)
        if number is None:
            number = len(each)
            each.append(card)
        else:
            each[number] = joined(each[number], card)
        known.add(number, _uid(card), first_keys(card))
    return each


def in_the_records(session: Session) -> Known:
    """Learn who is there; a card of somebody who goes by another record now finds that record."""
    known, gone = Known(), merged.people(session)
    names: dict[int, str] = {}
    columns = (Person.id, Person.card_uid, Person.ref, Person.given_name, Person.family_name)
    for number, uid, ref, given, family in session.execute(select(*columns)):
        if number not in gone:
            names[number] = name_key(PersonCard(given_name=given, family_name=family))
        for own in filter(None, (ref and f"ref:{ref}", uid and f"uid:{uid}")):
            known.add(gone.get(number, number), own, ())
    points = select(ContactPoint.person_id, ContactPoint.kind, ContactPoint.value)
    reachable: set[int] = set()
    for number, kind, value in session.execute(points.order_by(ContactPoint.id)):
        if number in names:
            reachable.add(number)
            known.add(number, "", [f"{names[number]}\n{point_key(Point(kind, value))}"])
    for number, name in names.items():
        if number not in reachable:
            known.add(number, "", [f"{name}\n"])
    return known


class Employers:
    """Organisations by name; one that is missing is made when first named."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._numbers: dict[str, int] | None = None

    def number(self, name: str) -> int | None:
        if not name:
            return None
        if self._numbers is None:
            query = select(Organisation.name, Organisation.id)
            rows = self._session.execute(query.where(Organisation.kind != MERGED_PROVIDER))
            self._numbers = {each.casefold(): number for each, number in rows}
        found = self._numbers.get(name.casefold())
        if found is None:
            made = Organisation(name=name, kind="other", source="An address book")
            self._session.add(made)
            self._session.flush()
            found = self._numbers[name.casefold()] = made.id
        return found


def _add(session: Session, card: PersonCard, employers: Employers) -> int:
    person = Person(
        **{name: getattr(card, name) for name in OWN},
        organisation_id=employers.number(card.organisation),
        card_uid=card.uid or None,
        ref=card.ref or None,
        imported_digest=digest(card),
    )
    session.add(person)
    session.flush()
    for position, point in enumerate(card.points):
        session.add(ContactPoint(person_id=person.id, **point_row(position, point)))
    for place in card.places:
        session.add(Address(person_id=person.id, **place._asdict()))
    return person.id


def _held(session: Session, person: Person) -> PersonCard:
    """Read a person back in the shape of a card."""
    own: dict[str, Any] = {name: getattr(person, name) for name in OWN}
    employer = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    points = session.scalars(
        select(ContactPoint)
        .where(ContactPoint.person_id == person.id)
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    places = session.scalars(
        select(Address).where(Address.person_id == person.id).order_by(Address.id)
    )
    return PersonCard(
        **own,
        organisation=employer.name if employer else "",
        points=tuple(Point(each.kind, each.value, each.label) for each in points),
        places=tuple(Place(*(getattr(each, name) for name in Place._fields)) for each in places),
    )


def revise(
    session: Session, number: int, card: PersonCard, employers: Employers, written: Written
) -> None:
    """Follow the card where the person is as imported; else fill gaps and say what differs."""
    person = session.get_one(Person, number)
    if is_same(person.imported_digest, digest(card)):
        written.unchanged += 1
        return
    held = _held(session, person)
    follow = is_untouched(person.imported_digest, digest(held))
    differing = [] if follow else conflicts(held, card)
    wanted = joined(card, held) if follow else joined(held, card)
    if digest(wanted) != digest(held):
        _store(session, person, wanted, employers)
        written.updated += 1
    elif not differing:
        written.unchanged += 1
    if differing:
        name = f"{held.given_name} {held.family_name}".strip()
        named = ", ".join(differing)
        why = f"{name} was changed here since, so what differs was left as it is: {named}."
        written.skipped.append(Skipped(card.line, why))
    else:
        person.imported_digest = mark(digest(card), digest(wanted))
    if card.uid and not person.card_uid and not _is_taken(session, card.uid):
        person.card_uid = card.uid


def _is_taken(session: Session, uid: str) -> bool:
    """Say whether a card is that of another record, as of one that was merged into this person."""
    return session.scalar(select(Person.id).where(Person.card_uid == uid)) is not None


def _store(session: Session, person: Person, wanted: PersonCard, employers: Employers) -> None:
    for name in OWN:
        setattr(person, name, getattr(wanted, name))
    person.organisation_id = employers.number(wanted.organisation)
    points = session.scalars(select(ContactPoint).where(ContactPoint.person_id == person.id))
    spare = {Point(each.kind, each.value, each.label): each for each in points}
    for position, point in enumerate(wanted.points):
        if spare.pop(point, None) is None:
            session.add(ContactPoint(person_id=person.id, **point_row(position, point)))
    remove_unused(session, spare.values())
    places = session.scalars(select(Address).where(Address.person_id == person.id))
    left = {Place(*(getattr(each, name) for name in Place._fields)): each for each in places}
    for place in wanted.places:
        if left.pop(place, None) is None:
            session.add(Address(person_id=person.id, **place._asdict()))
    for address in left.values():
        session.delete(address)
    session.flush()
