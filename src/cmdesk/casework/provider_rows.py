"""Providers read as columns, a directory of them at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from sys import intern
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, func, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from cmdesk.casework import merged, zip_places
from cmdesk.casework.columns import Codes, among, listed, read
from cmdesk.casework.parties import name_of
from cmdesk.models.care import Episode
from cmdesk.models.person import Address, Person
from cmdesk.models.provider import Organisation, Professional, ProviderFact
from cmdesk.rules.distance import Point, five
from cmdesk.rules.provider_codes import Modality, ProviderRole, Treats
from cmdesk.rules.provider_marks import Listed, known, label_of, level_words
from cmdesk.rules.provider_opening import Told
from cmdesk.rules.provider_said import waiting

NO_PROVIDERS: Final = ("payer", "school", "court", "employer", "other")
LONG: Final = 400  # characters of each text the search looks through
_LISTS: Final = (
    "levels_of_care",
    "treats",
    "modalities",
    "takes",
    "payers_in_network",
    "age_groups",
    "gender_groups",
    "populations",
)
_PLAIN: Final = (
    "id", "name", "name2", "latitude", "longitude", "private_pay_cents", "private_pay_per",
    "opening_on", "wait_days", "wait", "verified_on", "visited_on", "mine", "starred",
    "treats_well", "clinical_director", "parent_name", "notes",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """Providers, and what the search looks through for each of them."""

    listed: list[Listed]
    words: Mapping[int, str]


def _list(column: InstrumentedAttribute[list[str]]) -> ColumnElement[Any]:
    return type_coerce(column, Codes).label(column.key)


def _houses() -> Select[*tuple[Any, ...]]:
    columns = [getattr(Organisation, name) for name in _PLAIN]
    lists = [_list(getattr(Organisation, name)) for name in _LISTS]
    provides = or_(
        Organisation.kind.not_in(NO_PROVIDERS), func.json_array_length(Organisation.levels_of_care)
    )
    return select(*columns, *lists).where(provides, Organisation.kind != merged.MERGED_PROVIDER)


_HOUSES: Final = _houses()
_SOME_HOUSES: Final = _HOUSES.where(Organisation.id.in_(among("ids")))
_PLACES: Final = (
    select(Address.organisation_id, Address.person_id, Address.city, Address.state, Address.zip)
    .where(Address.until.is_(None))
    .order_by(Address.id)  # of several the newest one is kept
)
_FACTS: Final = (
    select(
        ProviderFact.organisation_id, ProviderFact.person_id, ProviderFact.words,
        ProviderFact.told_on,
    )
    .where(ProviderFact.field == "wait")
    .order_by(ProviderFact.told_on.desc(), ProviderFact.id.desc())
)  # fmt: skip


def everything(session: Session, ids: frozenset[int] | None = None) -> Read:
    """Read all providers, or those of these numbers; persons' are below zero."""
    places, asked = _places(session, ids), _asked(session)
    done = placed(session)
    found: list[Listed] = []
    words: dict[int, str] = {}
    houses = (
        read(session, _HOUSES)
        if ids is None
        else read(session, _SOME_HOUSES, ids=listed(each for each in ids if each > 0))
    )
    for row in houses:
        place = places.get(row.id, ("", "", ""))
        each = _house(row, place, asked.get(row.id, row.verified_on), done.get(row.id, 0))
        found.append(each)
        words[each.id] = _searched(each, row.name2, row.treats_well, row.clinical_director,
                                   row.parent_name, row.notes)  # fmt: skip
    for person, row in _people(session, ids):
        each = _professional(person, row, places.get(-person.id, ("", "", "")), asked)
        found.append(each)
        words[each.id] = _searched(each, person.credentials, row.fees, row.availability)
    return Read(found, words)


def _places(session: Session, ids: frozenset[int] | None) -> dict[int, tuple[str, str, str]]:
    query = _PLACES
    if ids is not None:
        query = query.where(
            or_(
                Address.organisation_id.in_([each for each in ids if each > 0]),
                Address.person_id.in_([-each for each in ids if each < 0]),
            )
        )
    else:
        professional = select(Professional.person_id)
        query = query.where(
            or_(Address.organisation_id.is_not(None), Address.person_id.in_(professional))
        )
    return {
        house or -person: (intern(city), intern(state), five(zip_code))
        for house, person, city, state, zip_code in read(session, query)
    }


def _asked(session: Session) -> dict[int, date]:
    """Return when an opening was last told of; where nobody ever answered, when it was asked."""
    told: dict[int, date] = {}
    silent: dict[int, date] = {}
    for house, person, words, day in read(session, _FACTS):
        (told if words else silent).setdefault(house or -person, day)
    return silent | told


def placed(session: Session) -> dict[int, int]:
    """Count the clients of this practice who went to each organisation while it was with them."""
    owners = merged.owners(session)
    query = select(Episode.organisation_id, Episode.client_id).where(
        Episode.organisation_id.is_not(None),
        Episode.historical.is_(False),
        Episode.admitted.is_not(None),
    )
    who: dict[int, set[int]] = {}
    for house, client in session.execute(query):
        who.setdefault(house or 0, set()).add(owners.get(client, client))
    return {house: len(clients) for house, clients in who.items()}


def with_placed(each: Listed, count: int) -> Listed:
    """Return a provider with this many placed; the same one where it is no other number."""
    return each if each.placed == count or each.id < 0 else replace(each, placed=count)


def _house(row: Any, place: tuple[str, str, str], asked: date | None, done: int) -> Listed:
    city, state, zip_code = place
    point = Point(row.latitude, row.longitude) if row.latitude and row.longitude else None
    return Listed(
        id=row.id,
        name=row.name,
        city=city,
        state=state,
        zip=zip_code,
        point=point or (zip_places.point(zip_code) if zip_code else None),
        levels=row.levels_of_care,
        special=row.populations[0] if row.populations else "",
        treats=row.treats,
        modalities=row.modalities,
        takes=row.takes,
        plans=row.payers_in_network,
        ages=row.age_groups,
        genders=row.gender_groups,
        cost_cents=row.private_pay_cents,
        cost_per=row.private_pay_per,
        told=Told(row.opening_on, row.wait_days, row.wait, asked),
        verified_on=row.verified_on,
        visited=row.visited_on is not None,
        mine=bool(row.mine),
        starred=bool(row.starred),
        placed=done,
    )


def _people(session: Session, ids: frozenset[int] | None) -> Iterable[tuple[Person, Professional]]:
    query = select(Person, Professional).join(Professional, Professional.person_id == Person.id)
    query = query.where(Person.id.not_in(merged.gone_people()))
    if ids is not None:
        query = query.where(Person.id.in_([-each for each in ids if each < 0]))
    for found in session.execute(query.order_by(Person.id)):
        yield found[0], found[1]


def _professional(
    person: Person, row: Professional, place: tuple[str, str, str], asked: Mapping[int, date]
) -> Listed:
    city, state, zip_code = place
    wait = waiting(row.availability)
    return Listed(
        id=-person.id,
        name=", ".join(filter(None, (name_of(person).full, person.credentials))),
        role=known(ProviderRole, row.role),
        city=city,
        state=state or next(iter(row.telehealth_states), ""),
        zip=zip_code,
        point=zip_places.point(zip_code) if zip_code else None,
        treats=tuple(row.treats),
        modalities=tuple(row.modalities),
        plans=tuple(row.insurance),
        ages=tuple(row.age_groups),
        told=Told(
            None,
            wait.days if wait else None,
            row.availability,
            asked.get(-person.id, row.verified_on),
        ),
        verified_on=row.verified_on,
        mine=row.mine,
        starred=row.starred,
    )


def _searched(each: Listed, *texts: str) -> str:
    """Put together what the search looks through, folded."""
    named = [label_of(Treats, one) for one in each.treats]
    named += [label_of(Modality, one) for one in each.modalities]
    named += [level_words(one) for one in each.levels]
    named += [label_of(ProviderRole, each.role)] if each.role else []
    own = (each.name, each.city, each.state, each.zip, each.special)
    parts = (*own, *named, *each.plans, *(text[:LONG] for text in texts if text))
    return " ".join(filter(None, parts)).casefold()
