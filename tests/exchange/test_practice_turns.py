"""Stays with what bore on them, and turns of care, go in and come out word for word."""

import json
from typing import Any

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.store.store import Store
from tests.exchange.test_practice import bring_in

STAY: dict[str, Any] = {
    "ref": "ep-1", "level_of_care": "asam3:2.5", "admitted": "2024-02-20",
    "discharged": "2024-03-21", "historical": True, "presentation": ["mood", "opioids"],
    "factors": ["sleep", "his birthday"], "in_care_at_90": "other", "later": "Back home",
    "level_stays": [{"level_of_care": "asam3:2.1", "since": "2024-03-01"}],
}  # fmt: skip
TURN: dict[str, Any] = {
    "ref": "ev-1", "kind": "return_to_use", "happened_on": "2024-03-27", "episode": "ep-1",
    "entry": "e-1", "what": "Used", "came_before": "A weekend alone", "factors": ["alone"],
    "response": "Called Tess", "source": "Maya", "part2": "yes",
}  # fmt: skip


def practice(stay: dict[str, Any], turn: dict[str, Any]) -> dict[str, Any]:
    entry = {"ref": "e-1", "occurred_at": "2024-03-27T10:00-04:00", "status": "draft"}
    client = {
        "ref": "c-maya", "given_name": "Maya", "episodes": [STAY | stay],
        "entries": [entry], "care_events": [TURN | turn],
    }  # fmt: skip
    return {"format": "cmdesk-practice", "version": 1, "clients": [client]}


def test_how_exactly_days_are_known_goes_in_and_comes_out_and_is_whole_where_not_said(
    store: Store,
) -> None:
    bring_in(store, practice({"discharged_known": "month"}, {}))
    (stay,) = json.loads(store.ask(practice_file))["clients"][0]["episodes"]
    assert stay["discharged_known"] == "month"
    assert stay["admitted_known"] == "day"


def test_they_go_in_and_come_out_whole(store: Store) -> None:
    bring_in(store, practice({}, {}))
    out = json.loads(store.ask(practice_file))
    (client,) = out["clients"]
    (stay,), (turn,) = client["episodes"], client["care_events"]
    assert {key: stay[key] for key in STAY if key != "level_stays"} == {
        key: value for key, value in STAY.items() if key != "level_stays"
    }
    assert [each["since"] for each in stay["level_stays"]] == ["2024-03-01"]
    assert {key: turn[key] for key in TURN} == TURN
    again = bring_in(store, out)
    assert (again.added, again.updated) == (0, 0)


@pytest.mark.parametrize(
    ("stay", "turn", "where"),
    [
        ({}, {"kind": "relapse"}, "kind"),
        ({}, {"happened_on": "2024-13-01"}, "happened_on"),
        ({"presentation": ["sadness"]}, {}, "presentation"),
        ({"in_care_at_90": "perhaps"}, {}, "in_care_at_90"),
        ({"admitted_known": "about"}, {}, "admitted_known"),
    ],
)
def test_what_is_wrong_is_named(stay: dict[str, Any], turn: dict[str, Any], where: str) -> None:
    with pytest.raises(Problem, match=where):
        practice_import.checked(practice(stay, turn))
