"""What one letter rests on: who reads, about whom, which days, and where the reader stands."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, verdicts
from cmdesk.casework.parties import Party, name_of
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.rules import consent as rules
from cmdesk.rules.people import Name


@dataclass(frozen=True, slots=True)
class Case:
    """All that one letter rests on, loaded once: who reads, about whom, on which day."""

    client_id: int
    party: Party
    first: date
    last: date
    on: date
    name: Name
    pronouns: str
    standing: rules.Standing
    consents: dict[str, rules.Consent]


def case(session: Session, client_id: int, party: Party, first: date, last: date) -> Case:
    if last < first:
        raise Problem("The period ends before it begins.", "Give the earlier day first.")
    person = session.scalars(
        select(Person).join(Client, Client.person_id == Person.id).where(Client.id == client_id)
    ).one()
    on = clock.today(session)
    return Case(
        client_id=client_id,
        party=party,
        first=first,
        last=last,
        on=on,
        name=name_of(person),
        pronouns=person.pronouns,
        standing=verdicts.standing(session, client_id, party, on),
        consents={consent.ref: consent for consent in verdicts.consents(session, client_id)},
    )
