"""What relied on a consent: the letters that left on it, and those begun for the people it names.

45 CFR 164.508(b)(5) and 42 CFR 2.31(a)(6): what was shared in reliance stays shared.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, consents, update_list
from cmdesk.casework.parties import outside_name
from cmdesk.models.consent import Consent, Disclosure


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that left; `at` in the practice's zone."""

    at: datetime
    recipient: str
    what: str
    channel: str


@dataclass(frozen=True, slots=True)
class Open:
    """A letter that was begun and has not left."""

    key: str  # of the reader: p12, o3
    recipient: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Relied:
    told: tuple[Told, ...]
    open: tuple[Open, ...]


def on(session: Session, consent_id: int) -> Relied:
    """List what relied on a consent, the newest first; what did not happen is left out."""
    row = consents.get(session, consent_id)
    zone = clock.zone(session)
    corrected = select(Disclosure.correction_of_id).where(Disclosure.correction_of_id.is_not(None))
    query = select(Disclosure).where(
        Disclosure.client_id == row.client_id,
        Disclosure.correction_of_id.is_(None),
        Disclosure.id.not_in(corrected),
    )
    name = outside_name(row)
    told = [
        Told(each.at.astimezone(zone), each.recipient_name, each.what, each.channel)
        for each in session.scalars(query.order_by(Disclosure.at.desc(), Disclosure.id.desc()))
        if each.consent_id == row.id or name in each.consents
    ]
    return Relied(tuple(told), tuple(_begun(session, row)))


def _begun(session: Session, row: Consent) -> list[Open]:
    """Leave out letters about days after the end: they were never begun on this consent."""
    keys = consents.keys_of(session, row.id)
    over = row.revoked_on or date.max
    return [
        Open(letter.party.key, letter.party.full_name, letter.first, letter.last)
        for letter in update_list.begun(session)
        if letter.client_id == row.client_id and letter.party.key in keys and letter.first <= over
    ]
