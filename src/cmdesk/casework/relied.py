"""What relied on a consent: the letters that left on it, and those begun for the people it names.

45 CFR 164.508(b)(5) and 42 CFR 2.31(a)(6): what was shared in reliance stays shared.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cmdesk.casework import accounting, consents, update_list
from cmdesk.casework.parties import outside_name
from cmdesk.models.consent import Consent


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
    name = outside_name(row)
    rows = (each.counts for each in reversed(accounting.rows(session, row.client_id)))
    told = [
        Told(each.at, each.recipient_name, each.what, each.channel)
        for each in rows
        if each is not None and name in each.consents
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
