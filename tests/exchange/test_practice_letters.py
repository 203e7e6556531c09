"""Letters go in and come out with what was told, promised and became of them; so do rights."""

import json
from typing import Any

import pytest

from cmdesk.errors import Problem
from cmdesk.exchange.export import practice_file
from cmdesk.exchange.practice_format import checked
from cmdesk.models.rights import PrivacyIncident
from cmdesk.models.template import LetterTemplate
from cmdesk.models.update import LetterEvent, LetterPromise, ToldStatement
from cmdesk.store.store import Store
from tests.exchange.conftest import Rows
from tests.exchange.test_practice import bring_in, counts

LETTER: dict[str, Any] = {
    "ref": "l-1",
    "person": "p-diane",
    "headline": "A steady week",
    "events": [
        {"kind": "sent", "happened_on": "2026-03-09"},
        {"kind": "replaced", "happened_on": "2026-03-10", "other_copy": "l-2"},
    ],
    "promises": [
        {"client": "c-maya", "what": "Call the insurer", "who": "Nora", "due": "2026-03-11"},
        {"client": "c-maya", "what": "Visit", "task": "t-1", "outcome": "done"},
    ],
    "told": [
        {"client": "c-maya", "person": "p-diane", "told_on": "2026-03-09", "text": "She slept."}
    ],
}
WHOLE: dict[str, Any] = {
    "format": "cmdesk-practice",
    "version": 1,
    "people": [{"ref": "p-diane", "given_name": "Diane"}],
    "clients": [
        {
            "ref": "c-maya",
            "given_name": "Maya",
            "update_plans": [{"recipient": "p-diane", "template": "own_sunday"}],
            "updates": [
                {
                    "ref": "u-1",
                    "number": 1,
                    "period_from": "2026-03-02",
                    "period_until": "2026-03-08",
                    "copies": [LETTER, {"ref": "l-2", "person": "p-diane", "headline": "Again"}],
                }
            ],
            "disclosures": [
                {
                    "ref": "d-1",
                    "at": "2026-03-09T12:00:00-04:00",
                    "basis": "consent",
                    "recipient_name": "Diane",
                    "discloser": "Nora",
                    "what": "Letter",
                    "channel": "paper",
                }
            ],
            "tasks": [{"ref": "t-1", "text": "Visit"}],
            "measures": [{"instrument": "phq9", "score": 9, "taken_on": "2026-03-05"}],
            "rights_requests": [{"kind": "access", "received_on": "2026-03-01"}],
        }
    ],
    "letter_templates": [
        {"code": "own_sunday", "name": "Sunday", "parts": [{"kind": "text", "key": "help"}]}
    ],
    "privacy_incidents": [
        {"discovered_on": "2026-03-10", "what": "Wrong address", "disclosure": "d-1"}
    ],
}


def test_a_letter_brings_all_that_followed_it(store: Store, rows: Rows) -> None:
    assert counts(bring_in(store, WHOLE)) == (12, 0, 0)
    first, second = rows(LetterEvent)
    assert (first["kind"], second["other_copy_id"]) == ("sent", 2)
    assert [(row["position"], row["task_id"]) for row in rows(LetterPromise)] == [(0, None), (1, 1)]
    assert [row["text"] for row in rows(ToldStatement)] == ["She slept."]
    assert [row["parts"] for row in rows(LetterTemplate)] == [[{"kind": "text", "key": "help"}]]
    assert [row["disclosure_id"] for row in rows(PrivacyIncident)] == [1]
    assert counts(bring_in(store, WHOLE)) == (0, 0, 12)
    told = json.loads(store.ask(practice_file))
    assert told["clients"][0]["updates"][0]["copies"][0]["events"] == LETTER["events"]
    assert counts(bring_in(store, told)) == (0, 0, 12)


def test_a_kind_of_letter_nobody_knows_is_refused(store: Store) -> None:
    anew = json.loads(json.dumps(WHOLE))
    anew["clients"][0]["update_plans"][0]["template"] = "own_sundy"
    with pytest.raises(Problem, match=r"own_sundy. is not one it knows; write .own_sunday"):
        bring_in(store, anew)
    anew["clients"][0]["updates"][0]["template"] = "zzz"
    anew["clients"][0]["update_plans"] = []
    with pytest.raises(Problem, match=r"zzz. is not one it knows; give it in letter_templates"):
        bring_in(store, anew)


OWN: dict[str, Any] = {"parts": [{"kind": "text", "key": "a"}]}
LINE: dict[str, Any] = {"entry": "e", "text": "A", "verdict": "share"}
UNREADABLE: list[tuple[dict[str, Any], str]] = [
    (OWN | {"parts": [{"kind": "zzz", "key": "a"}]}, "not those of a letter"),
    (OWN | {"parts": [{"kind": "text"}]}, "not those of a letter"),
    (OWN | {"parts": []}, "needs a section that says something"),
    (OWN | {"words": {"en": 5}}, "not those of a letter"),
    (OWN | {"words": {"en": {"parts": []}}}, "not those of a letter"),
    (OWN | {"words": {"de": {"parts": {"a": {"title": 5}}}}}, "not those of a letter"),
    (OWN | {"span": "century"}, "not a known code"),
    (OWN | {"readers": "all"}, "not a known code"),
    (OWN | {"topics": ["private"]}, "never tells of other people"),
    ({"code": "weekly", "words": {"en": 5}}, "not those of a letter"),
]
SECTIONS: list[dict[str, Any]] = [
    {"zzz": 1},
    {"parts": [{"kind": "zzz"}]},
    {"parts": "abc"},
    {"parts": {}},
    {"closed": 5},
    {"closed": [{"what": "x"}]},
    {"closed": [{"when": 1, "what": "x", "became": ""}]},
    {"texts": {"help": 5}},
    {"replaces": "l-1"},
]
LINES: list[dict[str, Any]] = [
    {"shared": [{"zzz": 1}]},
    {"shared": [LINE], "kept_back": [{"entry": "e", "reach": 1}]},
]


@pytest.mark.parametrize(("kind", "why"), UNREADABLE)
def test_a_kind_of_letter_that_can_not_be_read_is_refused(kind: dict[str, Any], why: str) -> None:
    one = {"code": "own_one", "name": "One", **kind}
    file = {"format": "cmdesk-practice", "version": 1, "letter_templates": [one]}
    with pytest.raises(Problem, match=why):
        checked(file)
    sound = {"code": "weekly", "name": "Ours", "span": "", "readers": "", "hidden": True}
    (kept,) = checked(file | {"letter_templates": [sound]})["letter_templates"]
    assert kept == {"code": "weekly", "name": "Ours", "hidden": True}


@pytest.mark.parametrize("copy", [*({"sections": made} for made in SECTIONS), *LINES])
def test_a_letter_nobody_could_go_on_with_is_refused(copy: dict[str, Any]) -> None:
    anew = json.loads(json.dumps(WHOLE))
    anew["clients"][0]["updates"][0]["copies"][0].update(copy)
    with pytest.raises(Problem, match="In clients"):
        checked(anew)
