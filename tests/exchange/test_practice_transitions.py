"""Moves go into the vault with all that belongs to them, and come out word for word."""

import json
from typing import Any

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.models.transition import FirstVisit, Handoff, Transition, TransitionLane, TransitionStep
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.test_practice import bring_in

MOVE: dict[str, Any] = {
    "ref": "x-1",
    "from_episode": "ep-1",
    "to_organisation": "o-2",
    "leaves_on": "2026-03-20",
    "kind": "both",
    "medicine_days": 12,
    "family_plan": "They disagree.",
    "lanes": [
        {"lane": "program", "label": "Residential 3.5", "organisation": "o-1"},
        {"lane": "home", "label": "Home or not", "since": "2026-03-24", "settled": False},
    ],
    "handoffs": [
        {"from": "p-tess", "to_words": "Dr. Levin", "consent": "k-1", "call_on": "2026-03-17"}
    ],
    "steps": [
        {"part": "before", "text": "Ride settled", "owner": "You", "offset_days": -8},
        {"part": "after", "text": "First day", "fixed_on": "2026-03-24"},
    ],
    "first_visits": [{"kind": "therapist", "person": "p-tess", "visit_on": "2026-03-25"}],
}


def practice(**changes: Any) -> dict[str, Any]:
    return {
        "format": "cmdesk-practice",
        "version": 1,
        "organisations": [{"ref": "o-1", "name": "Stillwater"}, {"ref": "o-2", "name": "Bridge"}],
        "people": [{"ref": "p-tess", "given_name": "Tess"}],
        "clients": [
            {
                "ref": "c-maya",
                "given_name": "Maya",
                "episodes": [{"ref": "ep-1", "organisation": "o-1"}],
                "consents": [{"ref": "k-1", "kind": "hipaa"}],
                "transitions": [MOVE | changes],
            }
        ],
    }


def test_a_move_goes_in_and_comes_out_whole(store: Store, rows: Rows) -> None:
    bring_in(store, practice())
    counts = [
        len(rows(m)) for m in (Transition, TransitionLane, Handoff, TransitionStep, FirstVisit)
    ]
    assert counts == [1, 2, 1, 2, 1]
    out = json.loads(store.ask(practice_file))
    (moved,) = out["clients"][0]["transitions"]
    assert {key: moved[key] for key in MOVE} == MOVE
    again = bring_in(store, out)
    assert (again.added, again.updated) == (0, 0)


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"kind": "moving"}, "kind"),
        ({"medicine_days": -1}, "medicine_days"),
        ({"lanes": [{"label": "Nowhere"}]}, "lane"),
        ({"steps": [{"part": "later", "text": "A"}]}, "part"),
        ({"first_visits": [{"kind": "therapist", "visit_on": "soon"}]}, "visit_on"),
    ],
)
def test_what_is_wrong_is_named(changes: dict[str, Any], where: str) -> None:
    with pytest.raises(Problem, match=where):
        practice_import.checked(practice(**changes))
