"""What the plans for letters rest on, asked for all of them at once: last sent, begun, covered."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from sqlalchemy import ScalarSelect, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, verdicts
from cmdesk.casework.parties import Party, person_key
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.consent import Consent as Form
from cmdesk.rules.consent import standing

Pair = tuple[int, int]  # client, person


def last_letter() -> ScalarSelect[datetime | None]:
    """Ask, for each plan, when its last letter left that was not withdrawn."""
    query = (
        select(func.max(func.coalesce(UpdateCopy.sent_at, UpdateCopy.created_at)))
        .join(Update, UpdateCopy.update_id == Update.id)
        .where(
            Update.client_id == UpdatePlan.client_id,
            UpdateCopy.person_id == UpdatePlan.recipient_id,
            Update.status != "withdrawn",
        )
    )
    return cast("ScalarSelect[datetime | None]", query.scalar_subquery())


def first_begun() -> ScalarSelect[date | None]:
    """Ask, for each plan, when the work with its client began."""
    query = select(func.min(Engagement.began_on)).where(
        Engagement.client_id == UpdatePlan.client_id
    )
    return cast("ScalarSelect[date | None]", query.scalar_subquery())


def no_consents(
    session: Session, readers: Sequence[tuple[int, Person]], day: date
) -> dict[Pair, str]:
    """Say for each client and reader why nothing may reach them; empty where a consent counts."""
    clients = {client_id for client_id, _ in readers}
    people = {person.id for _, person in readers}
    forms = _forms(session, clients, people)
    circle: dict[Pair, list[CircleMember]] = {}
    places = select(CircleMember).where(CircleMember.client_id.in_(clients))
    for member in session.scalars(places.order_by(CircleMember.position)):
        circle.setdefault((member.client_id, member.person_id), []).append(member)
    about = (
        select(Client.id, Person)
        .join(Person, Client.person_id == Person.id)
        .where(Client.id.in_(clients))
    )
    # What holds for all is asked once: which minors may sign stands in the state table.
    like = verdicts.subject(session, min(clients)) if clients else None
    subjects = {
        number: replace(like, called=parties.called(person), born=person.born)
        for number, person in session.execute(about)
        if like
    }
    found: dict[Pair, str] = {}
    for client_id, person in readers:
        pair = client_id, person.id
        reader = parties.in_circle(as_party(person), circle.get(pair, []))
        stand = standing(subjects[client_id], reader, forms.get(pair, []), (), day)
        found[pair] = stand.no_consent
    return found


def as_party(person: Person) -> Party:
    """Return a person as a party, for the rules alone: without the organisation's name."""
    called = parties.called(person)
    return Party(
        key=person_key(person.id),
        ref=parties.outside_name(person),
        called=called,
        full_name=parties.full_name(person) or called,
        person_id=person.id,
        language=person.language,
    )


def _forms(
    session: Session, clients: Collection[int], people: Collection[int]
) -> dict[Pair, list[Form]]:
    """Return the consents that name these people, by client and person."""
    query = (
        select(Consent, ConsentRecipient.person_id)
        .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
        .where(Consent.client_id.in_(clients), ConsentRecipient.person_id.in_(people))
    )
    made: dict[Pair, list[Form]] = {}
    for row, person in session.execute(query):
        if person is not None:
            form = verdicts.consent_for_rules(session, row, [person_key(person)])
            made.setdefault((row.client_id, person), []).append(form)
    return made


def local_day(session: Session, at: datetime | None) -> date | None:
    """Return the day of a moment in the practice's zone."""
    return at.astimezone(clock.zone(session)).date() if at else None
