"""Coverage, safety plans, goals, rhythms, templates and merges go in and come out whole."""

import json
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import practice_file
from cmdesk.models.coverage import Appeal, Authorization, Extension, Policy, ReviewCall
from cmdesk.models.goal import GoalMove
from cmdesk.models.inquiry import Inquiry
from cmdesk.models.merge import ClientMerge, PersonMerge
from cmdesk.models.rhythm import CadenceRule, CalendarEvent, Snooze
from cmdesk.models.safety import SafetyPlan, SafetyStep
from cmdesk.models.task import TaskLink
from cmdesk.models.template import TaskSetStep
from cmdesk.store.store import Store
from tests.exchange.conftest import MONDAY_NOON, Rows
from tests.exchange.test_practice import bring_in, counts

PEOPLE: list[dict[str, Any]] = [
    {"ref": "p-tess", "given_name": "Tess"},
    {"ref": "p-tessa", "given_name": "Tessa"},
    {"ref": "p-t", "given_name": "T."},
]
MAYA: dict[str, Any] = {
    "ref": "c-maya",
    "given_name": "Maya",
    "safety_plans": [
        {
            "concern": "moderate",
            "reviewed_on": "2026-03-02",
            "steps": [
                {"step": 4, "text": "Mother"},
                {"step": 1, "text": "No sleep"},
                {"step": 4, "person": "p-tess", "phone": "(860) 555-0119"},
                {"step": 1, "text": "Quiet"},
            ],
        }
    ],
    "medications": [{"name": "sertraline", "supply_ends_on": "2026-04-01", "prescriber": "p-tess"}],
    "policies": [{"ref": "y-1", "payer": "Meridian", "plan_type": "ppo"}],
    "authorizations": [
        {"ref": "a-1", "policy": "y-1", "units_authorized": 37, "through_on": "2026-03-11"},
        {
            "ref": "a-2",
            "policy": "y-1",
            "decision": "denied",
            "rate_cents": 78000,
            "rate_per": "day",
            "goes_on_from": {"extends": "a-1"},
            "reviews": [
                {"due_on": "2026-03-11", "reviewer": "Kevin", "entry": "e-1"},
                {"held_on": "2026-03-02", "outcome": "No"},
            ],
            "appeals": [
                {
                    "level": "peer_to_peer",
                    "denied_on": "2026-03-02",
                    "decided_on": "2026-03-04",
                    "outcome": "upheld",
                    "parity_argued": True,
                }
            ],
        },
    ],
    "cadences": [
        {"person": "p-tess", "weekday": "monday"},
        {"times_a_week": 2},
    ],
    "entries": [
        {"ref": "e-1", "occurred_at": "2026-03-06T11:00:00-05:00", "status": "draft"},
    ],
    "goals": [
        {
            "name": "Sleep through the night",
            "words": "I want to wake up rested.",
            "domain": "mental_health",
            "topics": ["progress"],
            "moves": [
                {"moved_on": "2026-02-20", "status": "active"},
                {"moved_on": "2026-03-06", "quarters": 3, "note": "Seven hours", "entry": "e-1"},
            ],
        }
    ],
    "tasks": [
        {
            "text": "Call",
            "links": [{"authorization": "a-1", "person": "p-tess"}, {"inquiry": "i-1"}, {}],
        },
    ],
}
WHOLE: dict[str, Any] = {
    "format": "cmdesk-practice",
    "version": 1,
    "people": PEOPLE,
    "clients": [MAYA, {"ref": "c-m", "given_name": "Maya"}],
    "person_merges": [{"person": "p-tessa", "kept": "p-tess"}],
    "client_merges": [{"client": "c-m", "kept": "c-maya"}],
    "inquiries": [
        {
            "ref": "i-1",
            "received_at": "2026-03-06T16:20:00-05:00",
            "caller_name": "Harriet",
            "caller": "p-t",
            "client": "c-maya",
            "urgency": "this_week",
        }
    ],
    "snippets": [{"name": "lm", "text": "Left a message.", "topics": ["attendance"]}],
    "task_sets": [
        {"name": "Admission", "steps": [{"text": "Bed", "offset_days": -1}, {"text": "Arrived"}]}
    ],
    "state_rules": [{"state": "NY", "care": "mental_health", "minor_may_consent_from": 16}],
}


def exported(store: Store) -> dict[str, Any]:
    return json.loads(store.ask(practice_file))


def test_what_is_told_stands_in_the_tables(store: Store, rows: Rows) -> None:
    assert counts(bring_in(store, WHOLE)) == (21, 0, 0)
    approved, denied = rows(Authorization)
    assert (approved["policy_id"], approved["decision"], approved["unit"]) == (
        rows(Policy)[0]["id"],
        "pending",
        "days",
    )
    (link,) = rows(Extension)
    assert (link["authorization_id"], link["extends_id"]) == (denied["id"], approved["id"])
    calls = [(row["entry_id"], row["outcome"]) for row in rows(ReviewCall)]
    assert calls == [(1, ""), (None, "No")]
    (step,) = rows(Appeal)
    assert (step["level"], step["parity_argued"]) == ("peer_to_peer", True)
    assert [row["person_id"] for row in rows(CadenceRule)] == [1, None]
    asked = [
        (row["person_id"], row["authorization_id"], row["inquiry_id"]) for row in rows(TaskLink)
    ]
    assert asked == [(None, 1, None), (1, None, None), (None, None, 1)]
    (called,) = rows(Inquiry)
    assert (called["status"], called["received_at"].hour) == ("new", 21)
    assert [(row["person_id"], row["kept_id"]) for row in rows(PersonMerge)] == [(2, 1)]
    assert [(row["client_id"], row["kept_id"]) for row in rows(ClientMerge)] == [(2, 1)]
    moves = [(row["goal_id"], row["quarters"], row["entry_id"]) for row in rows(GoalMove)]
    assert moves == [(1, None, None), (1, 3, 1)]


def test_the_second_time_it_is_all_known(store: Store) -> None:
    bring_in(store, WHOLE)
    assert counts(bring_in(store, WHOLE)) == (0, 0, 21)
    told = exported(store)
    assert counts(bring_in(store, told)) == (0, 0, 21)
    assert told["clients"][0]["tasks"][0]["links"] == [
        {"authorization": "a-1"},
        {"person": "p-tess"},
        {"inquiry": "i-1"},
    ]
    assert told["task_sets"][0]["steps"] == [
        {"text": "Bed", "offset_days": -1},
        {"text": "Arrived"},
    ]


def test_what_was_agreed_anew_changes_the_row_that_stands(store: Store, rows: Rows) -> None:
    bring_in(store, WHOLE)
    anew = json.loads(json.dumps(WHOLE))
    maya = anew["clients"][0]
    maya["authorizations"][0]["units_authorized"] = 44
    maya["medications"][0]["supply_ends_on"] = "2026-04-15"
    maya["safety_plans"][0]["steps"].pop(0)
    maya["goals"][0]["moves"].append({"moved_on": "2026-03-08", "status": "met"})
    anew["snippets"][0]["text"] = "Left word."
    anew["person_merges"][0]["kept"] = "p-t"
    anew["task_sets"][0]["steps"].reverse()
    assert counts(bring_in(store, anew)) == (0, 7, 14)
    assert [row["units_authorized"] for row in rows(Authorization)] == [44, None]
    assert [row["step"] for row in sorted(rows(SafetyStep), key=lambda row: row["position"])] == [
        1,
        1,
        4,
    ]
    assert [step["text"] for step in exported(store)["task_sets"][0]["steps"]] == ["Arrived", "Bed"]


def swap(session: Session) -> None:
    """Change places as the editor does, which keeps the rows and moves what they say."""
    first, second = session.scalars(select(TaskSetStep).order_by(TaskSetStep.id))
    first.position, second.position = 1, 0
    session.execute(update(SafetyStep).where(SafetyStep.text == "No sleep").values(position=9))


def test_lines_come_in_their_order_whatever_their_numbers(store: Store) -> None:
    bring_in(store, WHOLE)
    plan = exported(store)["clients"][0]["safety_plans"][0]
    assert [step.get("text") for step in plan["steps"]] == ["No sleep", "Quiet", "Mother", None]
    store.do("Swap", swap)
    told = exported(store)
    steps = told["clients"][0]["safety_plans"][0]["steps"]
    assert [step.get("text") for step in steps] == ["Quiet", "No sleep", "Mother", None]
    assert [step["text"] for step in told["task_sets"][0]["steps"]] == ["Arrived", "Bed"]


@pytest.mark.parametrize(
    ("merges", "told"),
    [
        ([("p-t", "p-t")], "lead back"),
        ([("p-t", "p-tess"), ("p-tess", "p-tessa"), ("p-tessa", "p-t")], "lead back"),
        ([("p-t", "p-tess"), ("p-t", "p-tessa")], "another has already"),
    ],
)
def test_merges_that_keep_nobody_are_refused(
    store: Store, merges: list[tuple[str, str]], told: str
) -> None:
    practice = {"format": "cmdesk-practice", "version": 1, "people": PEOPLE}
    practice["person_merges"] = [{"person": one, "kept": kept} for one, kept in merges]
    with pytest.raises(Problem, match=told):
        bring_in(store, practice)
    assert "people" not in exported(store)


@pytest.mark.parametrize(
    ("where", "row", "told"),
    [
        ("safety_plans", {"steps": [{"step": 7}]}, "between 1 and 6"),
        ("safety_plans", {"concern": "grave"}, "low, moderate, high"),
        ("cadences", {"every_days": 0}, "between"),
        ("cadences", {"person": "p-gone"}, "p-gone"),
        ("policies", {"plan_type": "ppo"}, "payer"),
        ("authorizations", {"unit": "weeks"}, "days, sessions"),
        ("medications", {}, "name"),
        ("goals", {"moves": [{"note": "Better"}]}, "moved_on"),
        ("goals", {"moves": [{"moved_on": "2026-03-06", "quarters": 5}]}, "between 0 and 4"),
        ("goals", {"status": "won"}, "proposed, active"),
    ],
)
def test_what_cannot_be_is_refused(where: str, row: dict[str, Any], told: str) -> None:
    client = {"ref": "c-1", "given_name": "Maya", where: [row]}
    practice = {"format": "cmdesk-practice", "version": 1, "clients": [client]}
    with pytest.raises(Problem, match=told):
        practice_import.read(json.dumps(practice).encode())


def merge(one: str, kept: str) -> dict[str, Any]:
    merges = [{"person": one, "kept": kept}]
    people = {"format": "cmdesk-practice", "version": 1, "people": PEOPLE}
    return {**people, "person_merges": merges}


def test_a_merge_names_whoever_is_kept_in_the_end(store: Store, rows: Rows) -> None:
    practice = merge("p-t", "p-tessa")
    practice["person_merges"].append({"person": "p-tessa", "kept": "p-tess"})
    bring_in(store, practice)
    assert [(row["person_id"], row["kept_id"]) for row in rows(PersonMerge)] == [(3, 1), (2, 1)]


def test_a_file_cannot_merge_into_one_that_is_gone_here(store: Store) -> None:
    bring_in(store, merge("p-t", "p-tess"))
    before = exported(store)
    practice = merge("p-new", "p-t")
    practice["people"] = [*PEOPLE, {"ref": "p-new", "given_name": "New"}]
    with pytest.raises(Problem, match="merged into another one here"):
        bring_in(store, practice)
    assert exported(store) == before


def test_a_file_cannot_merge_who_stands_here_already(store: Store, rows: Rows) -> None:
    """Else a file from anywhere could put one family's log into the chart of another."""
    apart = {"format": "cmdesk-practice", "version": 1, "people": PEOPLE}
    apart["clients"] = [
        {"ref": "c-maya", "given_name": "Maya"},
        {"ref": "c-m", "given_name": "Maja"},
    ]
    bring_in(store, apart)
    new = [{"ref": "c-new", "given_name": "Mallory"}]
    merges: dict[str, Any] = {
        "person_merges": [{"person": "p-t", "kept": "p-tess"}],
        "client_merges": [{"client": "c-m", "kept": "c-maya"}],
    }
    done = bring_in(store, apart | merges)
    said = [row.why for row in done.skipped]
    assert len(said) == 2
    assert all("merge them here if they are one" in why for why in said)
    told = apart | {"clients": [*apart["clients"], *new]}
    done = bring_in(store, told | {"client_merges": [{"client": "c-maya", "kept": "c-new"}]})
    assert len(done.skipped) == 1
    assert not rows(PersonMerge)
    assert not rows(ClientMerge)


def put_off(session: Session) -> None:
    session.add(Snooze(kind="task", record=1, until=date(2026, 3, 12)))
    session.add(CalendarEvent(starts_at=MONDAY_NOON, title="Dentist"))


def test_passing_marks_and_the_calendar_stay_behind(store: Store) -> None:
    bring_in(store, WHOLE)
    before = exported(store)
    store.do("Put off", put_off)
    assert exported(store) == before


def end_plans(session: Session) -> None:
    session.execute(update(SafetyPlan).values(ended_on=date(2026, 3, 9)))


def test_a_plan_changed_here_is_kept(store: Store, rows: Rows) -> None:
    bring_in(store, WHOLE)
    store.do("End", end_plans)
    anew = json.loads(json.dumps(WHOLE))
    anew["clients"][0]["safety_plans"][0]["concern"] = "high"
    result = bring_in(store, anew)
    assert ["Safety plan" in each.why for each in result.skipped] == [True]
    assert [row["concern"] for row in rows(SafetyPlan)] == ["moderate"]
