"""Facts, visits, ties and saved views travel in a practice file and come back as they were."""

import json
from typing import Any, Final

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.models.provider import ProviderFact, ProviderTie, SavedView, SiteVisit
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.test_practice import bring_in

PRACTICE: dict[str, Any] = {
    "format": "cmdesk-practice",
    "version": 1,
    "organisations": [
        {
            "ref": "o-bridge",
            "name": "Bridge Street",
            "mine": False,
            "starred": True,
            "treats": ["mood"],
            "age_groups": ["young_adult"],
            "gender_groups": ["female"],
            "takes": ["medicaid"],
            "opening_on": "2026-03-24",
            "openings": 2,
            "wait_days": 14,
            "needs": "A TB test",
            "parent_name": "Bridge Health",
        }
    ],
    "people": [
        {
            "ref": "p-tess",
            "given_name": "Tess",
            "professional": {
                "role": "therapist",
                "treats": ["mood"],
                "modalities": ["dbt"],
                "verified_on": "2026-03-01",
            },
        }
    ],
    "provider_facts": [
        {
            "organisation": "o-bridge",
            "field": "wait",
            "words": "2 places",
            "told_by": "Ana Ruiz",
            "told_on": "2026-03-03",
        },
        {"person": "p-tess", "field": "wait", "told_by_person": "p-tess", "told_on": "2026-03-03"},
    ],
    "site_visits": [
        {"organisation": "o-bridge", "visited_on": "2025-11-12", "ratings": {"safety": 4}}
    ],
    "provider_ties": [
        {"organisation": "o-bridge", "kind": "gift", "what": "Lunch", "amount_cents": 1800}
    ],
    "saved_views": [
        {"place": "providers", "name": "Near", "position": 2, "chosen": {"text": "day"}}
    ],
}


def test_all_of_the_directory_goes_in_and_comes_out_whole(store: Store, rows: Rows) -> None:
    bring_in(store, PRACTICE)
    kept = [len(rows(model)) for model in (ProviderFact, SiteVisit, ProviderTie, SavedView)]
    assert kept == [2, 1, 1, 1]
    out = json.loads(store.ask(practice_file))
    for section in ("provider_facts", "site_visits", "provider_ties", "saved_views"):
        for wanted, told in zip(PRACTICE[section], out[section], strict=True):
            assert {key: told[key] for key in wanted} == wanted
    house = PRACTICE["organisations"][0]
    assert {key: out["organisations"][0][key] for key in house} == house
    again = bring_in(store, out)
    assert (again.added, again.updated) == (0, 0)


VISIT: Final = {"organisation": "o-bridge", "visited_on": "2026-03-01"}
VIEW: Final = {"place": "provider_twins", "name": "Not the same"}


@pytest.mark.parametrize(
    ("section", "row", "where"),
    [
        ("provider_facts", {"field": "wait"}, "told_on"),
        ("site_visits", {"visited_on": "2026-03-01"}, "organisation"),
        ("provider_ties", {"kind": "friendship"}, "kind"),
        ("saved_views", {"place": "providers"}, "name"),
        ("site_visits", VISIT | {"ratings": {"safety": "good"}}, "not a mark from 0 to 4"),
        ("site_visits", VISIT | {"ratings": {"safety": 5}}, "not a mark from 0 to 4"),
        ("site_visits", VISIT | {"ratings": {"safety": True}}, "not a mark from 0 to 4"),
        ("site_visits", VISIT | {"ratings": [1]}, "not an object"),
        ("saved_views", VIEW | {"chosen": [1]}, "not an object"),
        ("saved_views", VIEW | {"chosen": {"apart": "x"}}, "not a list of pairs"),
        ("saved_views", VIEW | {"chosen": {"apart": ["xy"]}}, "not a list of pairs"),
        ("saved_views", VIEW | {"chosen": {"apart": [["x", 1]]}}, "not a list of pairs"),
        ("saved_views", VIEW | {"chosen": {"apart": [["x"]]}}, "not a list of pairs"),
    ],
)
def test_what_is_wrong_is_named(section: str, row: dict[str, Any], where: str) -> None:
    with pytest.raises(Problem, match=where):
        practice_import.checked({**PRACTICE, section: [row]})
