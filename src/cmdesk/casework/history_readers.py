"""Who may be sent a history for an admission: programs and professionals whom a consent names."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import composing, parties
from cmdesk.casework.composing import Reader
from cmdesk.models.person import Person
from cmdesk.models.provider import Professional


def readers(session: Session, client_id: int) -> list[Reader]:
    """Return them by name; nobody of the family, who gets letters of another kind."""
    allowed = [each for each in composing.readers(session, client_id) if not each.no_consent]
    found = [each for each in allowed if _professional(session, client_id, each)]
    return sorted(found, key=lambda each: each.party.full_name.casefold())


def _professional(session: Session, client_id: int, reader: Reader) -> bool:
    party = reader.party
    if party.organisation_id is not None:
        return True
    if parties.recipient(session, client_id, party).tpo:
        return True
    works = select(Person.id).where(
        Person.id == party.person_id, Person.organisation_id.is_not(None)
    )
    role = select(Professional.id).where(Professional.person_id == party.person_id)
    return any(session.scalars(each.limit(1)).first() is not None for each in (works, role))


__all__ = ["readers"]
