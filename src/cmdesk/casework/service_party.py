"""Whom a referral goes to, and whom papers are asked of: by their number, or by a new name."""

from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import parties
from cmdesk.casework.parties import Party
from cmdesk.casework.stored import stored
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.rules.referral_draft import known

KIND: Final = "other"  # of one whose name was typed: no program to be searched for a place


def numbers(session: Session, recipient: str) -> tuple[int | None, int | None]:
    """Return the person and the organisation meant; one that is new is added to the directory.

    Of a national directory it is one’s own from now on. Raises Problem if it is gone.
    """
    typed = recipient.strip()
    person, house = known(typed)
    if person is not None:
        return stored(session, Person, person, "person").id, None
    if house is None and typed:
        house = _named(session, typed)
        if house is None:
            made = Organisation(name=typed, kind=KIND)
            session.add(made)
            session.flush()
            return None, made.id
    if house is not None:
        row = stored(session, Organisation, house, "provider")
        row.mine = True
        session.flush()
    return None, house


def _named(session: Session, typed: str) -> int | None:
    """Find one's own of this name, however its letters are: the database knows only plain ones."""
    own = select(Organisation.id, Organisation.name).where(Organisation.mine.is_(True))
    wanted = typed.casefold().split()
    rows = session.execute(own.order_by(Organisation.id))
    return next((number for number, name in rows if name.casefold().split() == wanted), None)


def key(row: Referral | RecordsRequest) -> str:
    """Return whom a row is with, as a form names them."""
    return parties.key_of(row.person_id, row.organisation_id) if party_known(row) else ""


def party_known(row: Referral | RecordsRequest) -> bool:
    return row.person_id is not None or row.organisation_id is not None


def names(session: Session, rows: Iterable[Referral | RecordsRequest]) -> dict[str, str]:
    """Return the full names of those some rows are with, by their keys."""
    found = parties.of_keys(session, {key(row) for row in rows if party_known(row)})
    return {each: party.full_name for each, party in found.items()}


def party(session: Session, recipient: str) -> Party | None:
    """Return those meant by a key; none for a name that is new."""
    person, house = known(recipient.strip())
    if person is None and house is None:
        return None
    return parties.of_key(session, recipient.strip())
