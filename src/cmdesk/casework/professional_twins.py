"""Professionals that may stand twice: by their NPI, else by name and where they are reached."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from rapidfuzz.distance import OSA
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.duplicates import FORGIVING_FROM, bare
from cmdesk.casework.name_search import folded
from cmdesk.casework.twin_entries import Entry, Twins, of, street_key
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation, Professional
from cmdesk.rules.people import Name

CROWD: Final = 60  # of names that begin alike at one number, address or employer
BEGINNING: Final = 2  # letters of a last name by which people of one place are put together
_TITLES: Final = frozenset({"dr", "doctor", "prof", "professor", "mr", "mrs", "ms", "miss", "rev"})
_DEGREES: Final = frozenset(
    {"md", "do", "phd", "psyd", "edd", "lcsw", "licsw", "lmsw", "lsw", "msw", "lmft", "mft", "lmhc",
     "lpc", "lpcc", "lcpc", "lcmhc", "cadc", "ladc", "lcadc", "casac", "np", "aprn", "pmhnp", "dnp",
     "rn", "bsn", "msn", "pa", "pac", "ma", "ms", "med", "bcba", "jd", "mph", "facp"}
)  # fmt: skip
_JOINED: Final = re.compile(r"['’.\-]")
_WORD: Final = re.compile(r"[^\W\d_]+")

_PEOPLE: Final = (
    select(
        *(Person.id, Person.uid, Person.given_name, Person.middle_name, Person.family_name),
        *(Person.preferred_name, Person.suffix, Person.credentials, Person.job_title),
        *(Person.organisation_id, Professional.npi, Professional.mine, Professional.source),
        *(Professional.source_as_of, Organisation.name.label("house")),
    )
    .join(Professional, Professional.person_id == Person.id)
    .outerjoin(Organisation, Organisation.id == Person.organisation_id)
    .where(Person.id.not_in(merged.gone_people()))
    .order_by(Person.id)
)
_OF_A_PROFESSIONAL: Final = select(Professional.person_id)
_PLACES: Final = (
    select(Address.person_id, Address.street, Address.city, Address.state, Address.zip)
    .where(Address.person_id.in_(_OF_A_PROFESSIONAL))
    .order_by(Address.id)
)
_NUMBERS: Final = (
    select(ContactPoint.person_id, ContactPoint.value)
    .where(
        ContactPoint.person_id.in_(_OF_A_PROFESSIONAL),
        ContactPoint.kind.in_(("work", "mobile", "home")),
    )
    .order_by(ContactPoint.position, ContactPoint.id)
)


@dataclass(slots=True)
class _Marks:
    """What two professionals are compared by. `firsts` are all first names somebody goes by."""

    entry: Entry
    firsts: frozenset[str]
    last: str
    middle: str
    suffix: str
    npi: str
    house: int | None
    street: str
    phones: frozenset[str]


def pairs(session: Session, ids: set[int] | None = None) -> Iterator[Twins]:
    """Yield each pair once, of these people or of all; their numbers are below zero."""
    seen: set[tuple[int, int]] = set()
    for group in _groups(_all(session, ids)):
        for one, other in combinations(group, 2):
            pair = one.entry.id, other.entry.id
            why = () if pair in seen else _why(one, other)
            seen.add(pair)
            if why:
                yield Twins(one.entry, other.entry, why)


def beside(session: Session, person_id: int) -> Iterator[Twins]:
    """Yield the pairs among those who share the last name or the NPI of one of them."""
    own = session.get(Person, person_id)
    if own is None:
        return iter(())
    npi = select(Professional.npi).where(Professional.person_id == person_id).scalar_subquery()
    same = or_(func.lower(Person.family_name) == own.family_name.lower(), Professional.npi == npi)
    who = select(Person.id).join(Professional, Professional.person_id == Person.id).where(same)
    ids = set(session.scalars(who))
    return pairs(session, ids | {person_id}) if ids - {person_id} else iter(())


def _all(session: Session, ids: set[int] | None) -> Iterator[_Marks]:
    """Read what is compared, in three questions."""
    places: dict[int, tuple[str, str, str, str]] = {}
    for number, street, city, state, code in of(session, _PLACES, Address.person_id, ids):
        places.setdefault(number, (street, city, state, code))
    phones: defaultdict[int, list[str]] = defaultdict(list)
    for number, value in of(session, _NUMBERS, ContactPoint.person_id, ids):
        phones[number].append(value)
    for row in of(session, _PEOPLE, Person.id, ids):
        yield _marks(row, places.get(row.id, ("", "", "", "")), phones.get(row.id, []))


def _marks(row: Any, place: tuple[str, str, str, str], phones: list[str]) -> _Marks:
    given, last = _named(row.given_name, row.family_name)
    called = _WORD.findall(folded(row.preferred_name))
    name = Name(row.given_name, row.family_name, row.preferred_name).full
    number = f"NPI {row.npi}" if row.npi else ""
    entry = Entry(
        id=-row.id,
        uid=row.uid,
        name=", ".join(filter(None, (name, row.credentials))),
        name2=", ".join(filter(None, (row.job_title, row.house, number))),
        mine=bool(row.mine),
        source=row.source,
        as_of=row.source_as_of,
        street=place[0],
        city=place[1],
        state=place[2],
        zip=place[3],
        phones=tuple(phones[:2]),
    )
    return _Marks(
        entry,
        firsts=frozenset(filter(None, (given, *called[:1]))),
        last=last,
        middle=folded(row.middle_name)[:1],
        suffix=_JOINED.sub("", folded(row.suffix)),
        npi=row.npi or "",
        house=row.organisation_id,
        street=street_key(place[0], place[3]),
        phones=frozenset({digits for value in phones if (digits := bare(value))}),
    )


def _named(given: str, family: str) -> tuple[str, str]:
    """Give first and last name, without titles before and degrees behind them."""
    words = _WORD.findall(_JOINED.sub("", folded(f"{given} {family}")))
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    while len(words) > 2 and words[-1] in _DEGREES:
        del words[-1]
    return (words[0] if len(words) > 1 else "", words[-1] if words else "")


def _groups(people: Iterable[_Marks]) -> list[list[_Marks]]:
    """Put together who shares an NPI; and of those at one place, whose last names begin alike."""
    groups: defaultdict[tuple[str, object, str], list[_Marks]] = defaultdict(list)
    for each in people:
        begins = each.last[:BEGINNING]
        if each.npi:
            groups["npi", each.npi, ""].append(each)
        if each.street:
            groups["address", each.street, begins].append(each)
        if each.house:
            groups["workplace", each.house, begins].append(each)
        for digits in each.phones:
            groups["phone", digits, begins].append(each)
    return [small for group in groups.values() if len(group) > 1 for small in _parted(group)]


def _parted(group: list[_Marks]) -> list[list[_Marks]]:
    """Part a crowd, as at the number of a hospital, by whole last names."""
    if len(group) <= CROWD:
        return [group]
    named: defaultdict[str, list[_Marks]] = defaultdict(list)
    for each in group:
        named[each.last].append(each)
    return [alike for alike in named.values() if 1 < len(alike) <= CROWD]


def _why(one: _Marks, other: _Marks) -> tuple[str, ...]:
    """Name what speaks for one person; nobody has two NPIs, and one house has many people."""
    if one.npi and other.npi and one.npi != other.npi:
        return ()
    shared = (
        ("phone", not one.phones.isdisjoint(other.phones)),
        ("address", bool(one.street) and one.street == other.street),
        ("workplace", bool(one.house) and one.house == other.house),
    )
    places = tuple(name for name, is_shared in shared if is_shared)
    name = ("name",) if _near(one, other) else ()
    if one.npi and one.npi == other.npi:
        return ("npi", *name, *places)
    return (*name, *places) if name and places else ()


def _near(one: _Marks, other: _Marks) -> bool:
    for known, theirs in ((one.middle, other.middle), (one.suffix, other.suffix)):
        if known and theirs and known != theirs:
            return False
    if one.last != other.last and not _close(one.last, other.last):
        return False
    firsts = [(first, theirs) for first in one.firsts for theirs in other.firsts]
    return any(_same_first(*each) for each in firsts)


def _same_first(one: str, other: str) -> bool:
    """Say whether two first names may be one: an initial stands for all names it begins."""
    if one == other or _close(one, other):
        return True
    return 1 in (len(one), len(other)) and one[0] == other[0]


def _close(one: str, other: str) -> bool:
    """Forgive one slip in a name that is long enough."""
    if min(len(one), len(other)) < FORGIVING_FROM:
        return False
    return OSA.distance(one, other, score_cutoff=1) <= 1
