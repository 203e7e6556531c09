"""Where somebody gets mail, in one line: the accounting names an address where one is known."""

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged, parties
from cmdesk.casework.parties import Party
from cmdesk.models.person import Address, ContactPoint
from cmdesk.rules.codes import ContactPointKind


def of(session: Session, party: Party) -> str:
    """Return the postal address that holds today, the one kept last first; empty if none is known.

    45 CFR 164.528(b)(2)(ii). One with the town alone counts as well.
    """
    today = clock.today(session)
    people = merged.person_ids(session, party.person_id) if party.person_id is not None else []
    lives = select(Address).where(or_(Address.until.is_(None), Address.until >= today))
    if people:
        lives = lives.where(Address.person_id.in_(people))
        mail = ContactPoint.person_id.in_(people)
    else:
        lives = lives.where(Address.organisation_id == party.organisation_id)
        mail = ContactPoint.organisation_id == party.organisation_id
    lines = [in_line(row) for row in session.scalars(lives.order_by(Address.id.desc()))]
    known = next(filter(None, lines), "")
    typed = select(ContactPoint.value).where(mail, ContactPoint.kind == ContactPointKind.POSTAL)
    order = (ContactPoint.preferred.desc(), ContactPoint.position, ContactPoint.id)
    return known or session.scalars(typed.order_by(*order)).first() or ""


def of_key(session: Session, key: str) -> str:
    return of(session, parties.of_key(session, key))


def in_line(row: Address) -> str:
    """Write an address as it stands on an envelope: `12 Elm St, Brooklyn, NY 11215`."""
    state = " ".join(filter(None, (row.state.strip(), row.zip.strip())))
    parts = (row.street, row.street2, row.city, state, row.country)
    return ", ".join(part.strip() for part in parts if part.strip())
