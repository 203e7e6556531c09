"""One provider as its page shows it: what is known, who said so and when, and what was seen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, provider_index, zip_places
from cmdesk.casework.parties import name_of
from cmdesk.casework.provider_points import read_address
from cmdesk.casework.stored import stored
from cmdesk.errors import Problem
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.provider import (
    Organisation,
    Professional,
    ProviderFact,
    ProviderTie,
    SiteVisit,
)
from cmdesk.rules.distance import miles
from cmdesk.rules.people import phone_shown
from cmdesk.rules.people_draft import PHONES
from cmdesk.rules.provider_marks import Listed

HOUSE_TEXTS: Final = (
    "name2", "website", "ages", "genders", "treats_well", "does_not_take", "co_occurring",
    "psychiatry_hours", "nursing", "staff_ratio", "clinical_director", "family_program",
    "academics", "typical_stay", "wait", "admission_criteria", "exclusions", "private_pay_covers",
    "deposit", "single_case_history", "transport", "visit_policy", "restraint_policy",
    "outcomes_published", "communication_style", "conflicts", "needs", "parent_name", "notes",
    "licence_state", "licence_number", "licence_scope", "source", "facility_type",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """The newest that was said of one field."""

    field: str
    words: str
    told_by: str
    told_on: date


@dataclass(frozen=True, slots=True)
class Way:
    """A number or address, and whose it is."""

    kind: str
    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit as the page lists it. `ratings` are 0 to 4 by the code of an aspect."""

    id: int
    day: date
    met: str
    seen: str
    ratings: Mapping[str, int]
    notes: str
    follow_up: str
    travel_paid_by: str


@dataclass(frozen=True, slots=True)
class Tie:
    """A relationship or a payment as the page lists it; money in cents."""

    id: int
    kind: str
    what: str
    amount_cents: int | None
    day: date | None
    ended_on: date | None
    disclosed_to: str
    disclosed_on: date | None


@dataclass(frozen=True, slots=True)
class ProviderPage:
    """All of one provider; `texts` go by the names of their columns, lists hold codes.

    `people` are those who work there: names and what they do. `rating` is yours alone, 0 to 5.
    """

    listed: Listed
    texts: Mapping[str, str]
    facts: Mapping[str, Said]
    ways: Sequence[Way]
    people: Sequence[tuple[int, str, str]]
    visits: Sequence[Visit]
    ties: Sequence[Tie]
    accreditation: Sequence[str] = ()
    medications: Sequence[str] = ()
    populations: Sequence[str] = ()
    languages: Sequence[str] = ()
    detox_on_site: bool | None = None
    capacity: int | None = None
    openings: int | None = None
    verified_on: date | None = None
    visited_on: date | None = None
    licence_verified_on: date | None = None
    source_as_of: date | None = None
    rating: int | None = None
    sud_program: bool = False


def page(session: Session, number: int) -> ProviderPage:
    """Return a provider; below zero, a professional. Raises Problem if there is none."""
    return _person(session, -number) if number < 0 else _house(session, number)


def _house(session: Session, number: int) -> ProviderPage:
    row = stored(session, Organisation, number, "provider", "Choose another in the list.")
    found = provider_index.one(session, number)
    visits = select(SiteVisit).where(SiteVisit.organisation_id == number)
    seen = session.scalars(visits.order_by(SiteVisit.visited_on.desc(), SiteVisit.id.desc()))
    who = select(Person).where(
        Person.organisation_id == number, Person.id.not_in(merged.gone_people())
    )
    return ProviderPage(
        listed=found or Listed(number, row.name, mine=row.mine, starred=row.starred),
        texts={
            **{name: getattr(row, name) for name in HOUSE_TEXTS},
            "address": _address(session, organisation_id=number),
        },
        facts=_facts(session, ProviderFact.organisation_id == number),
        ways=_ways(session, ContactPoint.organisation_id == number),
        people=[
            (one.id, ", ".join(filter(None, (name_of(one).full, one.credentials))), one.job_title)
            for one in session.scalars(who.order_by(Person.family_name))
        ],
        visits=[_visit(one) for one in seen],
        ties=_ties(session, ProviderTie.organisation_id == number),
        accreditation=row.accreditation,
        medications=row.medications,
        populations=row.populations,
        detox_on_site=row.detox_on_site,
        capacity=row.capacity,
        openings=row.openings,
        verified_on=row.verified_on,
        visited_on=row.visited_on,
        licence_verified_on=row.licence_verified_on,
        source_as_of=row.source_as_of,
        rating=row.my_rating,
        sud_program=row.sud_program,
    )


def _person(session: Session, person_id: int) -> ProviderPage:
    person = stored(session, Person, person_id, "provider", "Choose another in the list.")
    row = session.scalars(
        select(Professional).where(Professional.person_id == person_id)
    ).one_or_none()
    if row is None:
        raise Problem("This provider is no longer there.", "Choose another in the list.")
    read = provider_index.one(session, -person_id)
    house = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    return ProviderPage(
        listed=read or Listed(-person_id, name_of(person).full),
        texts={
            "fees": row.fees,
            "wait": row.availability,
            "notes": person.notes,
            "parent_name": house.name if house else "",
            "telehealth": ", ".join(row.telehealth_states),
            "source": row.source,
            "address": _address(session, person_id=person_id),
        },
        facts=_facts(session, ProviderFact.person_id == person_id),
        ways=_ways(session, ContactPoint.person_id == person_id),
        people=(),
        visits=(),
        ties=_ties(session, ProviderTie.person_id == person_id),
        languages=row.languages,
        verified_on=row.verified_on,
        source_as_of=row.source_as_of,
    )


def _address(session: Session, **owner: int) -> str:
    """Write 12 Mill Road, Suite 2, Salem, MA 01970; nothing where no street is on record."""
    held = read_address(session, **owner)
    if not held["street"]:
        return ""
    region = " ".join(filter(None, (held["state"], held["zip"])))
    return ", ".join(filter(None, (held["street"], held["street2"], held["city"], region)))


def _facts(session: Session, whose: ColumnElement[bool]) -> dict[str, Said]:
    query = select(ProviderFact).where(whose).order_by(ProviderFact.told_on, ProviderFact.id)
    found: dict[str, Said] = {}
    for row in session.scalars(query):
        by = row.told_by
        if not by and row.told_by_id:
            by = name_of(session.get_one(Person, row.told_by_id)).full
        found[row.field] = Said(row.field, row.words, by, row.told_on)
    return found


def _ways(session: Session, whose: ColumnElement[bool]) -> list[Way]:
    query = select(ContactPoint).where(whose).order_by(ContactPoint.position, ContactPoint.id)
    return [
        Way(each.kind, phone_shown(each.value) if each.kind in PHONES else each.value, each.label)
        for each in session.scalars(query)
    ]


def _visit(row: SiteVisit) -> Visit:
    ratings: dict[str, Any] = row.ratings
    return Visit(
        id=row.id,
        day=row.visited_on,
        met=row.met,
        seen=row.seen,
        ratings={aspect: int(mark) for aspect, mark in ratings.items()},
        notes=row.notes,
        follow_up=row.follow_up,
        travel_paid_by=row.travel_paid_by,
    )


def _ties(session: Session, whose: ColumnElement[bool]) -> list[Tie]:
    query = select(ProviderTie).where(whose).order_by(ProviderTie.happened_on, ProviderTie.id)
    return [
        Tie(
            id=row.id,
            kind=row.kind,
            what=row.what,
            amount_cents=row.amount_cents,
            day=row.happened_on,
            ended_on=row.ended_on,
            disclosed_to=row.disclosed_to,
            disclosed_on=row.disclosed_on,
        )
        for row in session.scalars(query)
    ]


def miles_from_home(session: Session, number: int, client_id: int) -> float | None:
    """Return how far a provider is from a client's home, in miles; nothing where unknown."""
    each, home = provider_index.one(session, number), zip_places.home_of(session, client_id)
    if each is None or each.point is None or home is None:
        return None
    return miles(home, each.point)
