"""The whole directory in memory, to be narrowed and counted between two frames.

Read once, off the window's thread; after a change only what it touched is read again. An index is
never changed: each revision is another one, so that a page may go on with the one it has.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import null, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, provider_rows
from cmdesk.models.person import Address
from cmdesk.models.provider import Professional, ProviderFact, SiteVisit
from cmdesk.rules.distance import Point, miles
from cmdesk.rules.facets import Chosen, Facets, bits_of, places_of
from cmdesk.rules.provider_marks import Listed, marks, soonest_first

CONCERNS: Final = frozenset(
    {
        "organisation",
        "professional",
        "person",
        "address",
        "episode",
        "provider_fact",
        "site_visit",
        "person_merge",
        "client_merge",
    }
)
FEW: Final = 400  # changed rows, above which all is read again
_CHILDREN: Final = {
    "address": Address,
    "provider_fact": ProviderFact,
    "professional": Professional,
    "site_visit": SiteVisit,
}


@dataclass(frozen=True, slots=True)
class Query:
    """What the list is narrowed by. `near` is a place and a number of miles around it.

    `among` are the only ones to show, as those that fit a client. `order` is opening, name, near
    or checked (longest ago first).
    """

    chosen: Chosen = field(default_factory=dict[str, frozenset[str]])
    text: str = ""
    near: tuple[Point, int] | None = None
    among: frozenset[int] | None = None
    order: str = "opening"


@dataclass(frozen=True, slots=True)
class Found:
    """The ids that answer a question, and what each mark would count."""

    ids: list[int]
    counts: Mapping[str, int]
    total: int


class Index:
    """Everybody in the directory on one day, one's own first, each soonest opening first."""

    def __init__(self, listed: Iterable[Listed], words: Mapping[int, str], today: date) -> None:
        """`words` is what the search looks through for each, already folded."""
        self.today = today
        self.listed = sorted(listed, key=lambda each: soonest_first(each, today))
        self.words = words
        self._texts = [words.get(each.id, "") for each in self.listed]
        self._places = {each.id: place for place, each in enumerate(self.listed)}
        self.facets = Facets([tuple(marks(each, today)) for each in self.listed])
        self._away: dict[Point, list[float]] = {}

    def __len__(self) -> int:
        return len(self.listed)

    def get(self, number: int) -> Listed | None:
        """Return one provider; none where the number is gone."""
        place = self._places.get(number)
        return self.listed[place] if place is not None else None

    def rows(self, ids: Sequence[int]) -> list[Listed]:
        """Return providers in the order asked."""
        return [each for number in ids if (each := self.get(number)) is not None]

    def distances(self, origin: Point) -> list[float]:
        """Return how far each is from a place, in miles; endless where that is unknown."""
        if origin not in self._away:
            known: dict[Point, float] = {}
            for each in self.listed:
                if each.point is not None and each.point not in known:
                    known[each.point] = miles(origin, each.point)
            far = float("inf")
            self._away = {
                origin: [known[each.point] if each.point else far for each in self.listed]
            }
        return self._away[origin]

    def count_near(self, away: Sequence[float], reach: int, within: int | None) -> int:
        """Count who lies within so many miles, among those given as bits."""
        near = bits_of((place for place, far in enumerate(away) if far <= reach), len(self))
        return (near if within is None else near & within).bit_count()

    def within(self, query: Query) -> int | None:
        """Give who answers to all but the facets; None where nothing else narrows."""
        bits: int | None = None
        for word in query.text.casefold().split():
            found = (place for place, text in enumerate(self._texts) if word in text)
            bits = _both(bits, bits_of(found, len(self)))
        if query.near is not None:
            origin, reach = query.near
            away = self.distances(origin)
            near = (place for place, far in enumerate(away) if far <= reach)
            bits = _both(bits, bits_of(near, len(self)))
        if query.among is not None:
            places = (self._places[each] for each in query.among if each in self._places)
            bits = _both(bits, bits_of(places, len(self)))
        return bits

    def find(self, query: Query) -> Found:
        """Answer a question: who, in which order, and what each mark counts."""
        within = self.within(query)
        matching = self.facets.matching(query.chosen, within)
        counts = self.facets.counts(query.chosen, within)
        places = self._ordered(places_of(matching), query)
        return Found([self.listed[place].id for place in places], counts, len(self))

    def _ordered(self, places: list[int], query: Query) -> list[int]:
        listed = self.listed
        if query.order == "name":
            places.sort(key=lambda place: listed[place].name.casefold())
        elif query.order == "checked":
            places.sort(key=lambda place: (not listed[place].mine, _checked(listed[place])))
        elif query.order == "near" and query.near is not None:
            places.sort(key=self.distances(query.near[0]).__getitem__)
        return places


def _both(one: int | None, other: int) -> int:
    return other if one is None else one & other


def _checked(each: Listed) -> date:
    return each.verified_on or date.min


def build(session: Session) -> Index:
    """Read the whole directory. For 25,000 programs this takes seconds: never while one waits."""
    read = provider_rows.everything(session)
    return Index(read.listed, read.words, clock.today(session))


def revised(session: Session, index: Index, rows: frozenset[tuple[str, int]]) -> Index:
    """Return the index after a change of these rows, as pairs of table and number."""
    mine = [(table, number) for table, number in rows if table in CONCERNS]
    if len(mine) > FEW or any(table.endswith("_merge") for table, _ in mine):
        return build(session)
    touched = _touched(session, mine)
    if touched is None:
        return build(session)
    read = provider_rows.everything(session, touched)
    placed = provider_rows.placed(session)
    kept = [
        provider_rows.with_placed(each, placed.get(each.id, 0))
        for each in index.listed
        if each.id not in touched
    ]
    words = {number: text for number, text in index.words.items() if number not in touched}
    return Index([*kept, *read.listed], words | dict(read.words), clock.today(session))


def _touched(session: Session, rows: Iterable[tuple[str, int]]) -> frozenset[int] | None:
    """Name the providers behind changed rows: organisations, and persons below zero.

    None where one of the rows is gone: whose it was is known no longer.
    """
    found: set[int] = set()
    children: dict[str, list[int]] = {}
    for table, number in rows:
        if table == "organisation":
            found.add(number)
        elif table == "person":
            found.add(-number)
        elif table in _CHILDREN:
            children.setdefault(table, []).append(number)
    for table, numbers in children.items():
        owners = _owners(session, table, numbers)
        if len(owners) < len(numbers):
            return None
        found.update(owners)
    return frozenset(found - {0})


def _owners(session: Session, table: str, numbers: list[int]) -> list[int]:
    """Name whose the rows of a table are."""
    model = _CHILDREN[table]
    house = getattr(model, "organisation_id", null())
    person = getattr(model, "person_id", null())
    found = session.execute(select(house, person).where(model.id.in_(numbers)))
    return [each or -(who or 0) for each, who in found]


def one(session: Session, number: int) -> Listed | None:
    """Return a provider as the list knows it, without reading the others."""
    return next(iter(provider_rows.everything(session, frozenset({number})).listed), None)
