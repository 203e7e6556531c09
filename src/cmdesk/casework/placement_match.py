"""One client's needs against the whole directory: what each place lacks, and what is to be asked.

Only the columns the needs look at are read, and each is judged once for all places that say the
same: 25,000 programs are matched while one types (tests/bench/test_placement.py).
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, literal, select, type_coerce
from sqlalchemy.orm import Session

from cmdesk.casework import clock, placements, zip_places
from cmdesk.casework.columns import Codes, among, listed, read
from cmdesk.casework.merged import MERGED_PROVIDER
from cmdesk.casework.placement_places import Origins, apart, origins
from cmdesk.casework.stored import stored
from cmdesk.models.person import Address
from cmdesk.models.placement import PlacementCandidate, PlacementSearch
from cmdesk.models.provider import Organisation
from cmdesk.rules.distance import Point
from cmdesk.rules.placement import Asked, Fit, Met, Need, fit, judged, order, reads

SHOWN: Final = 200  # of those found, the first
NO_PROGRAMS: Final = ("payer", "court", "employer", "other", MERGED_PROVIDER)
_LISTS: Final[Mapping[str, Any]] = {
    "treats": Organisation.treats,
    "levels": Organisation.levels_of_care,
    "modalities": Organisation.modalities,
    "takes": Organisation.takes,
    "payers": Organisation.payers_in_network,
    "ages": Organisation.age_groups,
    "genders": Organisation.gender_groups,
    "accreditation": Organisation.accreditation,
    "medications": Organisation.medications,
}
_PLAIN: Final[Mapping[str, Any]] = {
    "detox": Organisation.detox_on_site,
    "cents": Organisation.private_pay_cents,
    "per": Organisation.private_pay_per,
    "opening_on": Organisation.opening_on,
    "openings": Organisation.openings,
    "wait_days": Organisation.wait_days,
    "told_on": Organisation.verified_on,
}
FAR: Final = frozenset({"home", "here"})


@dataclass(frozen=True, slots=True)
class Found:
    """One program that could be added: how it stands to the needs, in their own words."""

    id: int
    name: str
    where: str
    mine: bool
    fit: Fit
    lacks: tuple[str, ...]
    to_ask: tuple[str, ...]
    candidate: bool = False

    @property
    def fits(self) -> bool:
        return not self.lacks


@dataclass(frozen=True, slots=True)
class Answer:
    """The first programs, one's own before others, and how many there are in all."""

    found: tuple[Found, ...]
    total: int


def find(session: Session, search_id: int, text: str = "", *, fits: bool = False) -> Answer:
    """Find programs for a search: one's own first, then by how many must-haves each lacks.

    With `fits`, none that lacks a must-have. Raises Problem if the search is gone.
    """
    needs, rows, fitted = _held(session, search_id, text)
    out = _lacking(needs, fitted) if fits else set[Fit]()
    kept = [pair for pair in zip(fitted, rows, strict=True) if pair[0] not in out]
    there = _there(session, search_id)
    first = list(islice(_ordered(needs, kept, there), SHOWN))
    return Answer(_told(session, there, needs, first), len(kept))


def _ordered(
    needs: Sequence[Need], kept: Iterable[tuple[Fit, Any]], there: set[int]
) -> Iterator[tuple[Fit, Any]]:
    """Give one's own first, then by what each lacks, then by name; those in the search last.

    Only the names of the groups that are reached are put in order.
    """
    alike: dict[tuple[Fit, bool, bool], list[tuple[Fit, Any]]] = {}
    for pair in kept:
        row = pair[1]
        alike.setdefault((pair[0], row.id in there, not row.mine), []).append(pair)
    ranks = {key: (key[1], key[2], *order(needs, key[0])) for key in alike}
    for rank in sorted(set(ranks.values())):
        group = [pair for key in alike if ranks[key] == rank for pair in alike[key]]
        yield from sorted(group, key=lambda pair: pair[1].name.casefold())


def _there(session: Session, search_id: int) -> set[int]:
    """Return the programs that are in the search already: they are listed last."""
    query = select(PlacementCandidate.organisation_id)
    return set(session.scalars(query.where(PlacementCandidate.search_id == search_id)))


def fitting(session: Session, search_id: int) -> frozenset[int]:
    """Return every program that lacks none of a search's must-haves, as far as it is known."""
    needs, rows, fitted = _held(session, search_id, "")
    lacking = _lacking(needs, fitted)
    return frozenset(row.id for each, row in zip(fitted, rows, strict=True) if each not in lacking)


def _held(
    session: Session, search_id: int, text: str
) -> tuple[tuple[Need, ...], list[Any], list[Fit]]:
    """Hold the programs whose name or town has these words against the needs of a search."""
    search = stored(session, PlacementSearch, search_id, "search")
    needs, nowhere = placements.needs_of(session, search_id), Origins(None, None)
    far = _far(needs)
    ends = origins(session, search.client_id, search.around_zip) if far else nowhere
    rows = _rows(session, needs, text)
    return (
        needs,
        rows,
        matched(needs, rows, clock.today(session), _away(session, needs, rows, ends)),
    )


def _lacking(needs: Sequence[Need], fitted: Iterable[Fit]) -> set[Fit]:
    """Return those of some standings in which a must-have is not met."""
    return {each for each in set(fitted) if any(needs[at].must for at in each.lacks)}


def _far(needs: Sequence[Need]) -> bool:
    return any(need.test is not None and FAR & set(reads(need.test)) for need in needs)


def _rows(session: Session, needs: Sequence[Need], text: str) -> list[Any]:
    """Read the columns these needs look at."""
    wanted = {name for need in needs if need.test for name in reads(need.test)}
    query = _query(frozenset(wanted))
    for word in text.split():
        like = f"%{word.replace('%', '')}%"
        query = query.where(Organisation.name.ilike(like) | _town().ilike(like))
    return read(session, query)


def _town() -> ColumnElement[str]:
    towns = select(Address.city + ", " + Address.state).where(
        Address.organisation_id == Organisation.id, Address.until.is_(None)
    )
    return towns.order_by(Address.id.desc()).limit(1).scalar_subquery()


def _query(wanted: frozenset[str]) -> Select[*tuple[Any, ...]]:
    columns: list[Any] = [Organisation.id, Organisation.name, Organisation.mine]
    columns += [
        type_coerce(column, Codes).label(name) for name, column in _LISTS.items() if name in wanted
    ]
    columns += [column.label(name) for name, column in _PLAIN.items() if name in wanted]
    if "states" in wanted:
        state = select(Address.state).where(
            Address.organisation_id == Organisation.id, Address.until.is_(None)
        )
        columns.append(state.limit(1).scalar_subquery().label("states"))
    if FAR & wanted:
        columns += [Organisation.latitude, Organisation.longitude]
        columns += [literal(None).label(name) for name in sorted(FAR & wanted)]
    return select(*columns).where(Organisation.kind.not_in(NO_PROGRAMS))


def matched(
    needs: Sequence[Need],
    rows: Sequence[Any],
    today: date,
    away: Mapping[Asked, Sequence[Met]] | None = None,
) -> list[Fit]:
    """Match every place with every need; `away` is what is known already of distances."""
    columns: list[Sequence[Met]] = []
    for need in needs:
        asked = need.test.asked if need.test else None
        if away and asked is not None and asked in away:
            columns.append(away[asked])
            continue
        columns.append(judged(need.test, rows, today))
    if not columns:
        return [Fit()] * len(rows)
    known: dict[tuple[Met, ...], Fit] = {}
    made: list[Fit] = []
    for found in zip(*columns, strict=True):
        stands = known.get(found)
        if stands is None:
            stands = known[found] = fit(found)
        made.append(stands)
    return made


def _away(
    session: Session, needs: Sequence[Need], rows: Sequence[Any], ends: Origins
) -> dict[Asked, Sequence[Met]]:
    """Judge distances: by the place itself, else by the middle of its ZIP."""
    asked = [need.test for need in needs if need.test and FAR & set(reads(need.test))]
    if not asked:
        return {}
    zips = _zips(session, [row.id for row in rows if row.latitude is None])
    points = [
        Point(row.latitude, row.longitude)
        if row.latitude is not None and row.longitude is not None
        else zip_places.point(zips[row.id])
        if row.id in zips
        else None
        for row in rows
    ]
    found: dict[Asked, Sequence[Met]] = {}
    for test in asked:
        end = ends.home if test.asked is Asked.HOME else ends.here
        most = test.most
        miles = [apart(end, point) for point in points]
        found[test.asked] = [
            Met.UNKNOWN if far is None or most is None else Met.YES if far <= most else Met.NO
            for far in miles
        ]
    return found


def _zips(session: Session, ids: Sequence[int]) -> dict[int, str]:
    query = select(Address.organisation_id, Address.zip).where(
        Address.organisation_id.in_(among("ids")), Address.until.is_(None), Address.zip != ""
    )
    found = read(session, query.order_by(Address.id.desc()), ids=listed(ids))
    return {row.organisation_id: row.zip for row in found}


def _told(
    session: Session, there: set[int], needs: Sequence[Need], kept: Sequence[tuple[Fit, Any]]
) -> tuple[Found, ...]:
    towns = _towns(session, [row.id for _, row in kept])
    return tuple(
        Found(
            row.id,
            row.name,
            towns.get(row.id, ""),
            bool(row.mine),
            each,
            tuple(needs[at].text for at in each.lacks if needs[at].must),
            tuple(needs[at].text for at in each.unknown if needs[at].must),
            row.id in there,
        )
        for each, row in kept
    )


def _towns(session: Session, ids: Sequence[int]) -> dict[int, str]:
    query = select(Address.organisation_id, Address.city, Address.state).where(
        Address.organisation_id.in_(among("ids")), Address.until.is_(None)
    )
    found = read(session, query.order_by(Address.id.desc()), ids=listed(ids))
    return {
        row.organisation_id: ", ".join(part for part in (row.city, row.state) if part)
        for row in found
    }
