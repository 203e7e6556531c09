"""Consents a parent signed: they end on the client's 18th birthday, and it is said before."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, consents
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.clients import GROUPS
from cmdesk.casework.columns import read
from cmdesk.casework.parties import called
from cmdesk.models.client import Client
from cmdesk.models.consent import Consent
from cmdesk.models.person import Person
from cmdesk.rules.agenda_items import Ending
from cmdesk.rules.codes import Signer
from cmdesk.rules.days import add_months, later
from cmdesk.rules.validity import MAJORITY

SOON = 30  # days
_MINORS: Final = (
    select(Client.id, Person.preferred_name, Person.given_name, Person.family_name)
    .join(Person, Client.person_id == Person.id)
    .join(Consent, Consent.client_id == Client.id)
    .where(
        Consent.signer == Signer.PARENT,
        Person.born.between(bindparam("first"), bindparam("last")),
        Client.status.in_((*GROUPS["active"], *GROUPS["inquiries"], *GROUPS["paused"])),
    )
    .distinct()
)


@dataclass(frozen=True, slots=True)
class ComingOfAge:
    """A client whose parent's consents end on `on`, the 18th birthday (1 March for 29 February)."""

    client_id: int
    called: str
    on: date
    consents: tuple[int, ...]
    recipients: tuple[str, ...]


def soon(session: Session, day: date | None = None, within: int = SOON) -> list[ComingOfAge]:
    """Return whose birthday comes within so many days of a day, the nearest first.

    Only consents that count today and would have gone on are told.
    """
    day = day or clock.today(session)
    found: list[ComingOfAge] = []
    first, last = _born(day), later(_born(later(day, within)), 1)
    for person in read(session, _MINORS, first=first, last=last):
        number = person.id
        ending = [row for row in consents.rows(session, number) if row.ends_of_age]
        on = next((row.of_age_on for row in ending if row.of_age_on), None)
        if on is None or not day < on <= later(day, within):
            continue
        names = dict.fromkeys(name for row in ending for name in row.recipients)
        ids = tuple(row.id for row in ending)
        found.append(ComingOfAge(number, called(person), on, ids, tuple(names)))
    return sorted(found, key=lambda each: (each.on, each.client_id))


def _born(birthday: date) -> date:
    """Give the day someone was born who comes of age on a day."""
    return add_months(birthday, -12 * MAJORITY)


def endings(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give the birthdays on which a parent's signature ceases to count, for the day's page."""
    for each in soon(session, day):
        if each.client_id in refs:
            yield Ending(
                *("coming_of_age", refs[each.client_id], refs[each.client_id], None),
                what=f"{each.called} turns {MAJORITY}",
                says=f"{each.called} turns {MAJORITY}",
                last_day=each.on,
                detail="what a parent signed ends then",
                record=each.client_id,
            )
