"""Facets against a plain count of the same things."""

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.rules.facets import Facets, bits_of, mark, parted, places_of

OPTIONS = {"level": ("day", "iop", "none"), "treats": ("mood", "trauma"), "own": ("mine",)}
NAMES = [mark(facet, option) for facet, options in OPTIONS.items() for option in options]
THINGS = st.lists(st.frozensets(st.sampled_from(NAMES)), max_size=40)
CHOSEN = st.fixed_dictionaries(
    {facet: st.frozensets(st.sampled_from(options)) for facet, options in OPTIONS.items()}
)


def answers(thing: frozenset[str], chosen: dict[str, frozenset[str]]) -> bool:
    return all(
        not options or any(mark(facet, option) in thing for option in options)
        for facet, options in chosen.items()
    )


@given(THINGS, CHOSEN, st.none() | st.frozensets(st.integers(0, 39)))
def test_list_and_counts_are_those_of_a_plain_search(
    things: list[frozenset[str]],
    chosen: dict[str, frozenset[str]],
    among: frozenset[int] | None,
) -> None:
    facets = Facets(things)
    here = [place for place in range(len(things)) if among is None or place in among]
    within = None if among is None else bits_of(here, len(things))
    wanted = [place for place in here if answers(things[place], chosen)]
    assert places_of(facets.matching(chosen, within)) == wanted
    for name, count in facets.counts(chosen, within).items():
        facet, option = parted(name)
        instead = chosen | {facet: frozenset({option})}
        assert count == sum(answers(things[place], instead) for place in here)


def test_what_nobody_bears_matches_nobody() -> None:
    facets = Facets([{mark("level", "day")}, set[str]()])
    assert facets.options("level") == ["day"]
    assert facets.options("cost") == []
    assert facets.matching({"level": frozenset({"sea"})}) == 0
    assert places_of(facets.matching({})) == [0, 1]
    assert places_of(Facets([]).everything) == []
