"""With whom a call to a provider is, as the log of that call begins."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.parties import name_of
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.provider import Organisation


@dataclass(frozen=True, slots=True)
class Met:
    """Who the call is with, and how what happened begins: a program is nobody to pick."""

    people: tuple[int, ...] = ()
    begins: str = ""


def met(session: Session, number: int) -> Met:
    """Return whom a call to a provider meets; below zero a professional, nobody if it is gone.

    Of a program it is the one whose name stands beside its numbers, or the only one on record
    there; with several and no such name that is left open.
    """
    if number < 0:
        return Met((-number,)) if session.get(Person, -number) else Met()
    house = session.get(Organisation, number)
    if house is None:
        return Met()
    who = select(Person).where(
        Person.organisation_id == number, Person.id.not_in(merged.gone_people())
    )
    staff = session.scalars(who.order_by(Person.id)).all()
    points = select(ContactPoint.label).where(ContactPoint.organisation_id == number)
    named = set(session.scalars(points))
    found = [one.id for one in staff if name_of(one).full in named] or [one.id for one in staff]
    return Met(tuple(found) if len(found) == 1 else (), f"{house.name}: ")
