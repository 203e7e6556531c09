"""Services and requests for records go in with all that is known of them, and come out whole."""

import json
from typing import Any

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.models.referral import RecordsRequest, Referral
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.test_practice import bring_in

SERVICE: dict[str, Any] = {
    "ref": "s-1",
    "kind": "sober_companion",
    "what": "First two weeks at home",
    "organisation": "o-1",
    "state": "closed",
    "asked_on": "2026-03-02",
    "state_since": "2026-03-05",
    "outcome": "partly",
    "barrier": "cost",
    "barrier_words": "One week only",
    "cost_cents": 95000,
    "cost_per": "day",
    "closed_on": "2026-03-09",
    "topics": ["progress"],
    "family_line": "Somebody is with her at first.",
    "part2": "no",
}
PAPERS: dict[str, Any] = {
    "ref": "q-1",
    "direction": "from",
    "person": "p-rosa",
    "what": "School records",
    "asked_on": "2026-03-02",
    "asked_how": "fax",
    "chase_days": 7,
    "chased_on": "2026-03-09",
    "chases": 1,
    "fee_cents": 2500,
    "part2": "no",
}


def practice(key: str = "referrals", **changes: Any) -> dict[str, Any]:
    said = {"referrals": SERVICE, "records_requests": PAPERS}
    said[key] = said[key] | changes
    return {
        "format": "cmdesk-practice",
        "version": 1,
        "organisations": [{"ref": "o-1", "name": "Steady Company"}],
        "people": [{"ref": "p-rosa", "given_name": "Rosa"}],
        "clients": [
            {"ref": "c-1", "given_name": "Owen", **{name: [row] for name, row in said.items()}}
        ],
    }


def test_both_go_in_and_come_out_whole(store: Store, rows: Rows) -> None:
    bring_in(store, practice())
    assert (len(rows(Referral)), len(rows(RecordsRequest))) == (1, 1)
    out = json.loads(store.ask(practice_file))
    (client,) = out["clients"]
    for key, said in (("referrals", SERVICE), ("records_requests", PAPERS)):
        (told,) = client[key]
        assert {name: told.get(name, said[name]) for name in said} == said
    again = bring_in(store, out)
    assert (again.added, again.updated) == (0, 0)


@pytest.mark.parametrize(
    ("key", "changes", "where"),
    [
        ("referrals", {"kind": "gardening"}, "kind"),
        ("referrals", {"outcome": "maybe"}, "outcome"),
        ("referrals", {"topics": ["weather"]}, "topics"),
        ("records_requests", {"direction": "sideways"}, "direction"),
        ("records_requests", {"chase_days": 0}, "chase_days"),
    ],
)
def test_what_is_wrong_is_named(key: str, changes: dict[str, Any], where: str) -> None:
    with pytest.raises(Problem, match=where):
        practice_import.checked(practice(key, **changes))
