"""What the plans for letters rest on, asked for all of them at once: last sent, begun, covered."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, cast

from sqlalchemy import ScalarSelect, func, select, type_coerce
from sqlalchemy.orm import Session

from cmdesk.casework import consent_ends, merged, parties, state_rules, verdicts
from cmdesk.casework.columns import Codes, among, listed, read
from cmdesk.casework.parties import Party, person_key
from cmdesk.models.client import CircleMember, Client, Engagement
from cmdesk.models.consent import Consent, ConsentRecipient
from cmdesk.models.person import Person
from cmdesk.models.update import Update, UpdateCopy, UpdatePlan
from cmdesk.rules.consent import Consent as Form
from cmdesk.rules.consent import Recipient, Subject
from cmdesk.rules.family_codes import MinorCare
from cmdesk.rules.standing import no_consent

Pair = tuple[int, int]  # client, person


@dataclass(frozen=True, slots=True)
class Reader:
    """One who is written to about a client."""

    client_id: int
    person_id: int
    called: str


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


FORM: Final = (  # what verdicts.consent_for_rules reads of a consent
    *(Consent.id, Consent.ref, Consent.uid, Consent.client_id, Consent.kind, Consent.direction),
    *(
        type_coerce(Consent.topics, Codes).label("topics"),
        Consent.purpose,
        Consent.signed_on,
        Consent.begins_on,
        Consent.expires_on,
    ),
    *(Consent.expires_episode_id, Consent.expires_with_engagement, Consent.signer),
    *(
        Consent.signer_authority,
        Consent.capacity,
        Consent.form_on_file,
        type_coerce(Consent.statements, Codes).label("statements"),
    ),
    *(
        type_coerce(Consent.channels, Codes).label("channels"),
        Consent.revoked_on,
        Consent.revoked_how,
        Consent.superseded_by_id,
    ),
)
_ANYBODY: Final = Party(key="", ref="", called="", full_name="", person_id=-1)
_FORMS: Final = (
    select(*FORM, ConsentRecipient.person_id)
    .join(ConsentRecipient, ConsentRecipient.consent_id == Consent.id)
    .where(Consent.client_id.in_(among("clients")), ConsentRecipient.person_id.in_(among("people")))
)
_PLACES: Final = (
    select(
        CircleMember.client_id,
        CircleMember.person_id,
        CircleMember.relationship,
        type_coerce(CircleMember.roles, Codes).label("roles"),
        CircleMember.until,
    )
    .where(CircleMember.client_id.in_(among("clients")))
    .where(CircleMember.person_id.in_(among("people")))
    .order_by(CircleMember.position)
)
_SUBJECTS: Final = (
    select(Client.id, Person.preferred_name, Person.given_name, Person.family_name, Person.born)
    .join(Person, Client.person_id == Person.id)
    .where(Client.id.in_(among("clients")))
)


def no_consents(session: Session, readers: Collection[Reader], day: date) -> dict[Pair, str]:
    """Say for each client and reader why nothing may reach them; empty where a consent counts."""
    if not readers:
        return {}
    asked = {
        "clients": listed({reader.client_id for reader in readers}),
        "people": listed({reader.person_id for reader in readers}),
    }
    forms, ties = _forms(session, asked), _ties(session, asked)
    who = subjects(session, {reader.client_id for reader in readers})
    found: dict[Pair, str] = {}
    for reader in readers:
        pair = reader.client_id, reader.person_id
        relation, tpo = ties.get(pair, ("", False))
        called = reader.called
        told = Recipient(person_key(reader.person_id), called, called, relation, tpo)
        found[pair] = no_consent(who[reader.client_id], told, forms.get(pair, ()), day)
    return found | _merged(session, found, day)


def _ties(session: Session, asked: dict[str, str]) -> dict[Pair, tuple[str, bool]]:
    """Return how people stand to clients, and whether as treating ones; many stand alike."""
    circle: dict[Pair, list[Any]] = {}
    for place in read(session, _PLACES, **asked):
        circle.setdefault((place.client_id, place.person_id), []).append(place)
    alike: dict[tuple[Any, ...], tuple[str, bool]] = {}
    found: dict[Pair, tuple[str, bool]] = {}
    for pair, places in circle.items():
        how = tuple(place[2:] for place in places)  # as what, in which roles, until when
        if how not in alike:
            known = parties.in_circle(_ANYBODY, places)
            alike[how] = known.relation, known.tpo
        found[pair] = alike[how]
    return found


def several(session: Session) -> tuple[set[int], set[int]]:
    """Return the clients and the people who are known by several numbers."""
    charts, people = merged.owners(session), merged.people(session)
    return {*charts, *charts.values()}, {*people, *people.values()}


def _merged(session: Session, pairs: Collection[Pair], day: date) -> dict[Pair, str]:
    """Say it one by one of those who were merged: their places stand under several numbers."""
    charts, people = several(session)
    return {
        pair: verdicts.standing(
            session, pair[0], parties.of_person(session, pair[1]), day
        ).no_consent
        for pair in pairs
        if pair[0] in charts or pair[1] in people
    }


def subjects(session: Session, clients: Collection[int]) -> dict[int, Subject]:
    """Return clients as the rules see them, by number; those who are gone are left out."""
    ages = state_rules.ages(session)  # the state's, for all of them
    own = ages.get(MinorCare.MENTAL_HEALTH), ages.get(MinorCare.SUBSTANCE_USE)
    found = read(session, _SUBJECTS, clients=listed(clients))
    return {row.id: Subject(parties.called(row), row.born, *own) for row in found}


def _forms(session: Session, asked: dict[str, str]) -> dict[Pair, list[Form]]:
    """Return the consents that name these people, by client and person."""
    rows = read(session, _FORMS, **asked)
    ends = consent_ends.of(session, rows)
    made: dict[Pair, list[Form]] = {}
    for row in rows:
        form = verdicts.consent_for_rules(session, row, [person_key(row.person_id)], ends)
        made.setdefault((row.client_id, row.person_id), []).append(form)
    return made
