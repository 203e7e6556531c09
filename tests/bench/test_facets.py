"""A facet ticked in a directory of 25,000 programs: the list and the count of every mark."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

from cmdesk.casework.provider_index import Index, Query
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.distance import Point
from cmdesk.rules.facets import parted
from cmdesk.rules.provider_codes import AgeGroup, GenderGroup, Modality, Takes, Treats
from cmdesk.rules.provider_marks import Listed
from cmdesk.rules.provider_opening import Told
from tests.bench.floor import beside

PROGRAMS = 25_000
CLICKS = 60
MOST = 50  # ms
TODAY = date(2026, 3, 9)
STATES = [f"{first}{second}" for first in "ACMNOW" for second in "AEIKLNTY"]
WORDS = [
    "river",
    "ridge",
    "hollow",
    "oak",
    "stone",
    "harbor",
    "maple",
    "lantern",
    "cedar",
    "juniper",
    "alder",
    "north",
]


def programs() -> Iterator[Listed]:
    """Make a national directory up, a few hundred of it one's own."""
    chance = Random(20260309)  # noqa: S311 - made-up programs, not a secret

    def some(codes: Any, most: int) -> tuple[str, ...]:
        return tuple(each.value for each in chance.sample(list(codes), chance.randrange(most)))

    for number in range(1, PROGRAMS + 1):
        name = " ".join(chance.choices(WORDS, k=3)).title()
        mine = number % 70 == 0
        asked = TODAY - timedelta(days=chance.randrange(120)) if mine else None
        yield Listed(
            number,
            f"{name} {number}",
            city=chance.choice(WORDS).title(),
            state=chance.choice(STATES),
            point=Point(chance.uniform(26, 48), chance.uniform(-122, -70)),
            levels=some(LevelOfCare, 5),
            treats=some(Treats, 8),
            modalities=some(Modality, 8),
            takes=some(Takes, 5),
            plans=tuple(f"Plan {chance.randrange(40)}" for _ in range(chance.randrange(4))),
            ages=some(AgeGroup, 4),
            genders=some(GenderGroup, 3),
            cost_cents=chance.randrange(20_000, 200_000) if mine else None,
            cost_per="day" if mine else "",
            told=Told(wait_days=chance.randrange(60), asked_on=asked) if mine else Told(),
            mine=mine,
        )


def clicks(index: Index) -> list[Query]:
    """Tick one to four marks at random, each third time with words, each fourth near a place."""
    chance = Random(7)  # noqa: S311 - as above
    names = [
        (facet, option)
        for facet in ("level", "treats", "approach", "takes", "ages", "gender", "state", "opening")
        for option in index.facets.options(facet)
    ]
    home = Point(40.694, -73.9903)
    found: list[Query] = []
    for number in range(CLICKS):
        chosen: dict[str, frozenset[str]] = {}
        for facet, option in chance.sample(names, number % 4):
            chosen[facet] = chosen.get(facet, frozenset()) | {option}
        text = " ".join(chance.sample(WORDS, 2)) if number % 3 == 0 else ""
        near = (home, 100) if number % 4 == 3 else None
        order = ("opening", "name", "checked")[number % 3]
        found.append(Query(chosen, text, near, order=order))
    return found


def test_a_facet_ticked(benchmark: Any) -> None:
    """The floor looks once at every program, as any answer about all of them must."""
    listed = list(programs())
    words = {each.id: f"{each.name} {each.city}".casefold() for each in listed}
    index = Index(listed, words, TODAY)
    asked = clicks(index)

    def floor(query: Query) -> int:
        return sum(query.text in words[each.id] for each in listed)

    whole = index.find(Query())
    assert len(whole.ids) == whole.total == PROGRAMS
    assert sum(n for name, n in whole.counts.items() if parted(name)[0] == "cost") == PROGRAMS
    assert all(index.listed[place].mine for place in range(PROGRAMS // 70))
    figure = beside(
        benchmark, "directory of 25,000: a facet ticked", index.find, floor, asked, lambda _: MOST
    )
    assert figure.found <= figure.allowed, figure.line
