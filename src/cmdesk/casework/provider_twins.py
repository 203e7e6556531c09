"""Providers that may stand twice: proposed by name, number and address, decided by the user."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import Final

from rapidfuzz import fuzz
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import professional_twins
from cmdesk.casework.duplicates import bare
from cmdesk.casework.merged import MERGED_PROVIDER
from cmdesk.casework.twin_entries import Entry, Twins, of, plain, street_key
from cmdesk.errors import Problem
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.provider import Organisation, SavedView

PLACE: Final = "provider_twins"  # under which the pairs that are no twins are kept, by uid
NAME: Final = "Not the same"
NEAR: Final = 88  # of 100: two spellings of one name
CROWD: Final = 12  # at one number or address stands an office building, not one program
SHOWN: Final = 100


@dataclass(frozen=True, slots=True)
class Proposals:
    """The pairs to look at first, and how many there are in all."""

    shown: tuple[Twins, ...] = ()
    total: int = 0


@dataclass(slots=True)
class _Marks:
    """What two entries are compared by."""

    entry: Entry
    name: str
    street: str
    phones: frozenset[str] = field(default_factory=frozenset[str])


def proposed(session: Session, among: Iterable[int] | None = None) -> Proposals:
    """Return the pairs that may be one, those with one's own first; `among` names one of each."""
    wanted = None if among is None else set(among)
    apart = _apart(session)
    pairs = chain(_pairs(_entries(session)), professional_twins.pairs(session))
    found = [
        twins
        for twins in pairs
        if (wanted is None or twins.one.id in wanted or twins.other.id in wanted)
        and _key(twins.one.uid, twins.other.uid) not in apart
    ]
    found.sort(key=_first)
    return Proposals(tuple(found[:SHOWN]), len(found))


def beside(session: Session, number: int) -> Proposals:
    """Return what may be the same as one provider; below zero, as a professional."""
    apart = _apart(session)
    near = _beside(session, number) if number > 0 else professional_twins.beside(session, -number)
    found = tuple(
        twins
        for twins in near
        if number in (twins.one.id, twins.other.id)
        and _key(twins.one.uid, twins.other.uid) not in apart
    )
    return Proposals(found, len(found))


def _beside(session: Session, organisation_id: int) -> Iterable[Twins]:
    """Look in its ZIP code and by its name."""
    here = select(Address.zip).where(Address.organisation_id == organisation_id)
    codes = [code[:5] for code in session.scalars(here) if code]
    near = select(Address.organisation_id).where(func.substr(Address.zip, 1, 5).in_(codes))
    own = select(Organisation.name).where(Organisation.id == organisation_id).scalar_subquery()
    called = select(Organisation.id).where(func.lower(Organisation.name) == func.lower(own))
    ids = {number for number in session.scalars(near.union(called)) if number is not None}
    return _pairs(_entries(session, ids)) if ids - {organisation_id} else ()


def _first(twins: Twins) -> tuple[bool, bool, int, int]:
    both = (twins.one.mine, twins.other.mine)
    return not any(both), not all(both), -len(twins.why), twins.one.id


def tell_apart(session: Session, one: int, other: int) -> None:
    """Keep that these two are not the same, so that they are not proposed again."""
    uids = [uid for number in (one, other) if (uid := _uid(session, number))]
    if len(set(uids)) < len((one, other)):
        raise Problem("One of them is no longer there.", "Close the dialog and look again.")
    view = session.scalars(select(SavedView).where(SavedView.place == PLACE)).first()
    if view is None:
        view = SavedView(place=PLACE, name=NAME)
        session.add(view)
        session.flush()
    pairs: list[list[str]] = list(view.chosen.get("apart", []))
    pair = list(_key(uids[0], uids[-1]))
    if pair not in pairs:
        view.chosen = {"apart": [*pairs, pair]}
    session.flush()


def _uid(session: Session, number: int) -> str | None:
    """Return what names a provider in a practice file, too; below zero it is a person."""
    row = session.get(Organisation, number) if number > 0 else session.get(Person, -number)
    return row.uid if row else None


def _key(one: str, other: str) -> tuple[str, str]:
    return (one, other) if one < other else (other, one)


def _apart(session: Session) -> set[tuple[str, str]]:
    kept = session.scalars(select(SavedView.chosen).where(SavedView.place == PLACE))
    return {_key(pair[0], pair[1]) for chosen in kept for pair in chosen.get("apart", [])}


_PROVIDERS: Final = (
    select(
        *(Organisation.id, Organisation.uid, Organisation.name, Organisation.name2),
        *(Organisation.mine, Organisation.source, Organisation.source_as_of),
    )
    .where(Organisation.kind != MERGED_PROVIDER)
    .order_by(Organisation.id)
)
_PLACES: Final = (
    select(Address.organisation_id, Address.street, Address.city, Address.state, Address.zip)
    .where(Address.until.is_(None))
    .order_by(Address.id.desc())
)
_NUMBERS: Final = (
    select(ContactPoint.organisation_id, ContactPoint.value)
    .where(ContactPoint.kind.in_(("work", "mobile", "home")))
    .order_by(ContactPoint.position, ContactPoint.id)
)


def _entries(session: Session, ids: set[int] | None = None) -> list[_Marks]:
    """Read what is compared, in three questions; of these numbers, or of all."""
    places_of = of(session, _PLACES, Address.organisation_id, ids)
    numbers_of = of(session, _NUMBERS, ContactPoint.organisation_id, ids)
    providers = of(session, _PROVIDERS, Organisation.id, ids)
    places: dict[int, tuple[str, str, str, str]] = {}
    for number, *place in places_of:
        if number is not None:
            places.setdefault(number, (place[0], place[1], place[2], place[3]))
    phones: defaultdict[int, list[str]] = defaultdict(list)
    for number, value in numbers_of:
        if number is not None:
            phones[number].append(value)
    found: list[_Marks] = []
    for number, uid, name, name2, mine, source, as_of in providers:
        place = places.get(number, ("", "", "", ""))
        own: list[str] = phones.get(number, [])
        entry = Entry(number, uid, name, name2, bool(mine), source, as_of, *place, tuple(own[:2]))
        street = street_key(place[0], place[3])
        digits = frozenset({bared for value in own if (bared := bare(value))})
        found.append(_Marks(entry, plain(f"{name} {name2}"), street, digits))
    return found


def _pairs(entries: Iterable[_Marks]) -> Iterator[Twins]:
    """Yield each pair once: near in name, and the same in number or address."""
    seen: set[tuple[int, int]] = set()
    for group in _groups(entries):
        for one, other in combinations(group, 2):
            pair = one.entry.id, other.entry.id
            why = () if pair in seen else _why(one, other)
            seen.add(pair)
            if why:
                yield Twins(one.entry, other.entry, why)


def _groups(entries: Iterable[_Marks]) -> list[list[_Marks]]:
    """Put together what shares an address, a number, or a name in one state."""
    groups: defaultdict[tuple[str, str], list[_Marks]] = defaultdict(list)
    for each in entries:
        if each.street:
            groups["address", each.street].append(each)
        for digits in each.phones:
            groups["phone", digits].append(each)
        groups["name", f"{each.name}|{each.entry.state}"].append(each)
    return [group for group in groups.values() if 1 < len(group) <= CROWD]


def _why(one: _Marks, other: _Marks) -> tuple[str, ...]:
    """Name what speaks for one provider; empty when it is not enough.

    One organisation has many places under one name and number, and one house many programs: so
    the name must be near, and the place the same or at least not another.
    """
    if fuzz.token_sort_ratio(one.name, other.name) < NEAR or _numbered(one.name, other.name):
        return ()
    same_street = bool(one.street) and one.street == other.street
    codes = one.entry.zip[:5], other.entry.zip[:5]
    apart = bool(one.street and other.street) or (all(codes) and codes[0] != codes[1])
    elsewhere = apart and not same_street
    same_phone = not one.phones.isdisjoint(other.phones)
    near = one.entry.city.casefold() == other.entry.city.casefold()
    if same_street:
        return ("name", "phone", "address") if same_phone else ("name", "address")
    if same_phone and not elsewhere:
        return ("name", "phone")
    bare_of_both = not (one.phones and other.phones) and not elsewhere
    return ("name",) if bare_of_both and near and one.name == other.name else ()


def _numbered(one: str, other: str) -> bool:
    """Say whether two names differ as "Unit 1" and "Unit 2" do."""
    first, second = set(one.split()), set(other.split())
    ways = (first - second, second - first)
    return all(any(len(word) <= len("II") or word.isdecimal() for word in way) for way in ways)
