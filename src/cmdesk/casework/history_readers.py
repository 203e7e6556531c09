"""Who may be sent a history for an admission: programs and professionals whom a consent names."""

from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import composing, parties
from cmdesk.casework.composing import Reader
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation, Professional

NO_CARE: Final = frozenset({"payer", "school", "court", "employer", "other"})  # of organisations


def readers(session: Session, client_id: int) -> list[Reader]:
    """Return them by name; nobody of the family, who gets letters of another kind."""
    allowed = [each for each in composing.readers(session, client_id) if not each.no_consent]
    found = [each for each in allowed if _professional(session, client_id, each)]
    return sorted(found, key=lambda each: each.party.full_name.casefold())


def _professional(session: Session, client_id: int, reader: Reader) -> bool:
    """Whether somebody, or the house they work in, cares for people."""
    party = reader.party
    if party.organisation_id is not None:
        return _cares(session, party.organisation_id)
    if parties.recipient(session, client_id, party).tpo:
        return True
    works = select(Person.organisation_id).where(Person.id == party.person_id)
    house = session.scalar(works)
    role = select(Professional.id).where(Professional.person_id == party.person_id)
    return session.scalar(role.limit(1)) is not None or bool(house and _cares(session, house))


def _cares(session: Session, organisation_id: int) -> bool:
    return session.get_one(Organisation, organisation_id).kind not in NO_CARE


__all__ = ["readers"]
