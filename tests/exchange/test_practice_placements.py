"""A search for a place goes in with all that was asked and said, and comes out whole."""

import json
from typing import Any

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.models.placement import (
    CandidateAnswer,
    CandidateMove,
    FamilyWord,
    PlacementCandidate,
    PlacementNeed,
    PlacementSearch,
)
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.test_practice import bring_in

SEARCH: dict[str, Any] = {
    "ref": "s-1",
    "looking_for": "Therapeutic boarding school",
    "levels": ["mh:therapeutic_boarding_school"],
    "by_on": "2026-04-02",
    "budget_cents": 1100000,
    "part2": "no",
    "decided_on": "2026-03-09",
    "decided_by": "Rosa",
    "decision": "We go and see it",
    "chosen": "o-2",
    "words": [{"candidate": "k-2", "person": "p-rosa", "words": "Fine", "leaning": "yes"}],
    "needs": [
        {
            "ref": "n-1",
            "text": "Treats school refusal",
            "weight": 3,
            "test": {"field": "treats", "codes": ["school_refusal"]},
            "question": "Ask about refusal",
        },
        {"ref": "n-2", "text": "A band", "must": False},
    ],
    "candidates": [
        {
            "ref": "k-2",
            "organisation": "o-2",
            "state": "packet_sent",
            "state_since": "2026-03-02",
            "leading": True,
            "quoted_cents": 1040000,
            "quoted_per": "month",
            "answers": [{"need": "n-1", "met": "yes", "words": "Core group", "told_by": "Renee"}],
            "moves": [{"state": "packet_sent", "moved_on": "2026-03-02"}],
        },
        {"ref": "k-1", "organisation": "o-1"},
    ],
}


def practice(**changes: Any) -> dict[str, Any]:
    return {
        "format": "cmdesk-practice",
        "version": 1,
        "organisations": [{"ref": "o-1", "name": "Cedar"}, {"ref": "o-2", "name": "Fernbrook"}],
        "people": [{"ref": "p-rosa", "given_name": "Rosa"}],
        "clients": [{"ref": "c-owen", "given_name": "Owen", "placements": [SEARCH | changes]}],
    }


def test_a_search_goes_in_and_comes_out_whole(store: Store, rows: Rows) -> None:
    bring_in(store, practice())
    tables = (
        *(PlacementSearch, PlacementNeed, PlacementCandidate),
        *(CandidateAnswer, CandidateMove, FamilyWord),
    )
    assert [len(rows(each)) for each in tables] == [1, 2, 2, 1, 1, 1]
    out = json.loads(store.ask(practice_file))
    (search,) = out["clients"][0]["placements"]
    assert {key: search[key] for key in SEARCH if key not in ("needs", "candidates")} == {
        key: SEARCH[key] for key in SEARCH if key not in ("needs", "candidates")
    }
    for key in ("needs", "candidates"):
        for told, said in zip(search[key], SEARCH[key], strict=True):
            assert {name: told[name] for name in said} == said
    again = bring_in(store, out)
    assert (again.added, again.updated) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"around": "mars"}, "around"),
        ({"budget_cents": -1}, "budget_cents"),
        ({"needs": [{"text": "A", "weight": 4}]}, "weight"),
        ({"needs": [{"text": "A", "test": {"field": "taste"}}]}, "test"),
        ({"needs": [{"text": "A", "test": 3}]}, "test"),
        ({"candidates": [{"organisation": "o-2", "state": "gone"}], "words": []}, "state"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(Problem, match=where):
        practice_import.checked(practice(**changes))
