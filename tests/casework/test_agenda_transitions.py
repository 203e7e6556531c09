"""What moves ask for on the day's page: gaps in short, and what is late about each."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import (
    agenda,
    entries,
    episodes,
    first_visits,
    handoffs,
    rhythm,
    transition_begin,
    transition_edit,
    transition_lanes,
    transition_plan,
    transition_steps,
    transitions,
)
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.rules.agenda import AgendaRow, Group
from cmdesk.rules.transition_codes import Lane, VisitKind
from cmdesk.rules.transition_draft import HandoffForm, LaneForm, MoveForm, StepForm, VisitForm
from cmdesk.store.store import Store
from tests.records import Clock, Maya, contact

FRIDAY = date(2026, 3, 20)


def begun(store: Store, maya: Maya, leaves_on: date | None = FRIDAY, **named: str) -> int:
    form = MoveForm(maya.episode, to_words="Bridge Street", leaves_on=leaves_on, kind="both")
    form = replace(form, travel="By car", **named)  # pyright: ignore[reportArgumentType] - words
    return store.do("Begin", transition_begin.begin, maya.client, form)


def rows(store: Store, on: date | None = None) -> list[AgendaRow]:
    return [row for row in store.ask(agenda.on, on) if row.group == Group.MOVES]


def of_kind(store: Store, kind: str, on: date | None = None) -> list[tuple[str, str]]:
    return [(row.title, row.why) for row in rows(store, on) if row.kind == kind]


def test_a_plan_tells_the_leave_instead_of_its_stay(store: Store, maya: Maya) -> None:
    def leaves(session: Session) -> None:
        session.get_one(Episode, maya.episode).planned_discharge = FRIDAY

    store.do("Plan", leaves)
    (row,) = rows(store)
    assert (row.ref, row.why) == ("ep-1", "Nothing follows yet")
    move = begun(store, maya, medicine_days="12")
    for lane in (
        LaneForm(Lane.PROGRAM, "Bridge Street", since=date(2026, 3, 24)),
        LaneForm(Lane.THERAPIST, "Dr. Levin", since=date(2026, 3, 25)),
    ):
        store.do("Lane", transition_lanes.save, move, lane)
    (told,) = (row for row in rows(store) if row.kind == "move_plan")
    assert (told.record, told.due) == (move, FRIDAY)
    assert told.title == "Stillwater Ridge to Bridge Street"
    assert told.why == (
        "3 days uncovered, medicine runs out Apr 1, no settled place to sleep, no prescriber yet"
    )
    store.do("Close", transition_edit.close, move)
    assert [row.ref for row in rows(store)] == ["ep-1"]


def test_a_move_without_its_day_and_without_a_way_there(store: Store, maya: Maya) -> None:
    move = begun(store, maya, None)
    assert of_kind(store, "move_plan") == [
        ("Stillwater Ridge to Bridge Street", "No day of leaving yet")
    ]
    store.do("Remove", transition_edit.remove, move)
    store.do(
        *("Begin", transition_begin.begin, maya.client),
        MoveForm(maya.episode, to_words="Home", leaves_on=FRIDAY),
    )
    ((title, why),) = of_kind(store, "move_plan")
    assert title == "Stillwater Ridge to Home"
    assert why.startswith("No program follows yet, days of medicine not known")
    assert why.endswith("no therapist yet, no prescriber yet, travel is not booked")


def test_steps_are_told_on_their_day_and_when_late(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    (first, *_) = (row for row in rows(store) if row.kind == "move_step")
    assert (first.title, first.why) == (
        "Releases signed for the new team",
        "Before leaving, 3 days late",
    )
    tess = StepForm("day", "Bags packed", "Tess", fixed_on=date(2026, 3, 8))
    store.do("Add", transition_steps.save, move, tess)
    told = dict(of_kind(store, "move_step"))
    assert told["Bags packed"] == "On the day, Tess, 1 day late"
    number = store.ask(transition_plan.whole, move).steps[0].id
    assert first.record == number
    store.do("Tick", transition_steps.tick, number, done=True)
    assert first.title not in dict(of_kind(store, "move_step"))


def test_a_handoff_presses_after_its_call_and_before_the_move(store: Store, maya: Maya) -> None:
    move = begun(store, maya)
    pair = HandoffForm(maya.tess.person_id, to_words="Dr. Levin", call_on=date(2026, 3, 17))
    number = store.do("Add", handoffs.save, move, pair)
    assert of_kind(store, "handoff", date(2026, 3, 17)) == []
    late = ("Tess Holloway to Dr. Levin", "Handoff not confirmed, 1 day late")
    assert of_kind(store, "handoff", date(2026, 3, 18)) == [late]
    store.do("Confirm", handoffs.confirm, number, "sender", date(2026, 3, 9))
    ((_, why),) = of_kind(store, "handoff", date(2026, 3, 18))
    assert why == "Only who hands over confirmed, 1 day late"
    store.do("Back", handoffs.confirm, number, "sender", None)
    store.do("Confirm", handoffs.confirm, number, "receiver", date(2026, 3, 9))
    ((_, why),) = of_kind(store, "handoff", date(2026, 3, 18))
    assert why == "Only who takes over confirmed, 1 day late"
    store.do("Confirm", handoffs.confirm, number, "sender", date(2026, 3, 9))
    assert of_kind(store, "handoff", date(2026, 3, 18)) == []
    store.do("Add", handoffs.save, move, HandoffForm(from_words="Nurse", to_words="Nurse there"))
    assert of_kind(store, "handoff", date(2026, 3, 16)) == []
    store.do("No day", transition_begin.begin, maya.client, MoveForm(to_words="Home"))
    open_end = store.ask(transitions.of_client, maya.client)[-1]
    store.do("Add", handoffs.save, open_end, HandoffForm(from_words="A", to_words="B"))
    near = ("Nurse to Nurse there", "Handoff not confirmed, due Friday")
    assert of_kind(store, "handoff", date(2026, 3, 17)) == [near]


@pytest.mark.parametrize(
    ("attended", "why"),
    [
        (None, "First visit Mar 25: kept or missed?"),
        (False, "First visit missed Mar 25, no other is booked"),
    ],
)
def test_a_visit_nobody_kept_is_asked_about_until_another_is_booked(
    attended: bool | None, why: str, store: Store, maya: Maya, clock: Clock
) -> None:
    clock.forward(days=18)  # March 27
    move = begun(store, maya)
    visit = VisitForm(VisitKind.THERAPIST, label="Dr. Levin", visit_on=date(2026, 3, 25))
    store.do("Add", first_visits.save, move, replace(visit, attended=attended))
    assert of_kind(store, "first_visit") == [("Dr. Levin", why)]
    store.do("Again", first_visits.save, move, replace(visit, visit_on=date(2026, 4, 2)))
    assert bool(of_kind(store, "first_visit")) == (attended is None)


def test_days_of_follow_up_are_watched_once_they_left(
    store: Store, maya: Maya, clock: Clock
) -> None:
    clock.forward(days=17)  # March 26
    move = begun(store, maya)
    assert of_kind(store, "follow_up_day") == []
    store.do("Leave", transition_edit.leave, move, FRIDAY)
    assert of_kind(store, "follow_up_day") == [
        ("Talk by day 2", "None noted by Mar 22"),
        ("Visit of care by day 7", "Due Friday"),
    ]
    assert of_kind(store, "follow_up_day", date(2026, 3, 29)) == [
        ("Talk by day 2", "None noted by Mar 22"),
        ("Visit of care by day 7", "None noted by Mar 27"),
    ]
    (told,) = (row for row in rows(store) if row.kind == "move_plan")
    assert "not closed yet" not in told.why
    (told,) = (row for row in rows(store, date(2026, 5, 4)) if row.kind == "move_plan")
    assert told.why.startswith("No program follows yet")  # long after the days looked at


def test_a_day_that_was_missed_rests_once_it_was_made_good(
    store: Store, maya: Maya, clock: Clock
) -> None:
    clock.forward(days=23)  # April 1
    move = begun(store, maya)
    store.do("Leave", transition_edit.leave, move, FRIDAY)
    missed = ["Talk by day 2", "Visit of care by day 7"]
    assert [title for title, _ in of_kind(store, "follow_up_day")] == missed
    talk = contact(maya, day=date(2026, 3, 25), participants=())
    store.do("Log", entries.log, talk, sign=True)
    assert [title for title, _ in of_kind(store, "follow_up_day")] == missed[1:]
    late = VisitForm(VisitKind.THERAPIST, label="Dr. Levin", visit_on=date(2026, 3, 30))
    store.do("Visit", first_visits.save, move, replace(late, attended=True))
    assert of_kind(store, "follow_up_day") == []
    store.do("Visit", first_visits.save, move, replace(late, kind=VisitKind.MEDICAL))
    assert of_kind(store, "follow_up_day") == []


def test_a_visit_of_care_makes_a_missed_talk_good(store: Store, maya: Maya, clock: Clock) -> None:
    clock.forward(days=17)  # March 26
    move = begun(store, maya)
    store.do("Leave", transition_edit.leave, move, FRIDAY)
    seen = VisitForm(VisitKind.THERAPIST, label="A", visit_on=date(2026, 3, 25), attended=True)
    store.do("Visit", first_visits.save, move, seen)
    assert of_kind(store, "follow_up_day") == []


def over(session: Session, maya: Maya, status: str) -> None:
    session.get_one(Client, maya.client).status = status


def test_a_stay_they_left_asks_how_it_ended_also_after_the_move_was_closed(
    store: Store, maya: Maya, clock: Clock
) -> None:
    clock.forward(days=17)  # March 26
    move = begun(store, maya)
    assert of_kind(store, "stay_end") == []
    store.do("Leave", transition_edit.leave, move, FRIDAY)
    asked = [("Stillwater Ridge", "Why it ended is not noted")]
    assert of_kind(store, "stay_end") == asked
    store.do("Close", transition_edit.close, move)
    assert of_kind(store, "stay_end") == asked
    store.do("End", over, maya, "closed")
    assert rows(store) == []  # nobody works with them any more
    store.do("Again", over, maya, "active")
    (row,) = (row for row in rows(store) if row.kind == "stay_end")
    assert (row.ref, row.record, row.due) == ("ep-1", maya.episode, FRIDAY)
    form = replace(store.ask(episodes.read, maya.episode), discharge_reason="unknown")
    store.do("Stay", episodes.save, maya.client, form, maya.episode)
    assert rows(store) == []


def test_a_stay_opened_again_after_they_left_is_not_passed_over(
    store: Store, maya: Maya, clock: Clock
) -> None:
    """Its own planned day is told by the row that asks to close it, not by another one beside."""
    clock.forward(days=17)  # March 26
    move = begun(store, maya)
    store.do("Leave", transition_edit.leave, move, FRIDAY)
    form = replace(
        store.ask(episodes.read, maya.episode), discharged=None, planned_discharge=FRIDAY
    )
    store.do("Stay", episodes.save, maya.client, form, maya.episode)
    store.do("Close", transition_edit.close, move)
    assert [(row.kind, row.why) for row in rows(store)] == [("stay_end", "The stay is still open")]

    def bare(session: Session) -> None:
        stay = session.get_one(Episode, maya.episode)
        stay.organisation_id, stay.level_of_care = None, ""

    assert of_kind(store, "stay_end")[0][0] == "Stillwater Ridge"
    store.do("Bare", bare)
    assert of_kind(store, "stay_end") == [("Stay", "The stay is still open")]


@pytest.mark.parametrize(
    ("lane", "since", "said"),
    [
        (Lane.HOME, date(2026, 3, 21), "1 night with no settled place"),
        (Lane.HOME, date(2026, 3, 23), "3 nights with no settled place"),
        (Lane.THERAPIST, date(2026, 4, 2), "12 days with no therapist"),
        (Lane.PSYCHIATRIST, date(2026, 4, 25), "35 days with no prescriber"),
    ],
)
def test_a_gap_that_ends_is_told_by_its_length(
    lane: Lane, since: date, said: str, store: Store, maya: Maya
) -> None:
    move = begun(store, maya)
    store.do("Lane", transition_lanes.save, move, LaneForm(lane, "A", since=since))
    ((_, why),) = of_kind(store, "move_plan")
    assert said in why


def test_medicine_that_somebody_gives_after_the_supply_runs_out_when_that_ends(
    store: Store, maya: Maya
) -> None:
    move = begun(store, maya, medicine_days="3")
    given = LaneForm(
        Lane.MEDICINE, "Given by her aunt", since=date(2026, 3, 24), until=date(2026, 4, 4)
    )
    store.do("Lane", transition_lanes.save, move, given)
    ((_, why),) = of_kind(store, "move_plan")
    assert "medicine runs out Apr 4" in why
    ((_, why),) = of_kind(store, "move_plan", date(2026, 4, 5))
    assert "medicine ran out Apr 4" in why


def test_putting_a_plan_off_hides_no_stay_of_the_same_number(store: Store, maya: Maya) -> None:
    def another(session: Session) -> int:
        session.get_one(Episode, maya.episode).planned_discharge = FRIDAY
        made = Episode(client_id=maya.client, level_of_care="mh:iop", admitted=date(2026, 3, 2))
        session.add(made)
        session.flush()
        return made.id

    other = store.do("Add", another)
    form = MoveForm(other, to_words="Home", leaves_on=FRIDAY)
    move = store.do("Begin", transition_begin.begin, maya.client, form)
    assert move == maya.episode  # the first of either
    store.do("Put off", rhythm.snooze, "move_plan", move, date(2026, 3, 12))
    assert [row.ref for row in rows(store) if row.kind != "move_step"] == ["ep-1"]
