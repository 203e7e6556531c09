"""What is typed about a move: days read from words, and what keeps each form unsaved."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules.transition_draft import (
    HandoffForm,
    LaneForm,
    MoveForm,
    StepForm,
    VisitForm,
    day_fault,
    days,
    handoff_faults,
    lane_faults,
    move_faults,
    offset,
    opened_again,
    step_faults,
    visit_faults,
)
from cmdesk.rules.transition_steps import BUILT_IN

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 20)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("12", 12),
        (" 12 days ", 12),
        ("1 day", 1),
        ("2 weeks", 14),
        ("2wk.", 14),
        ("0", 0),
        ("", None),
        ("some", None),
        ("-3", None),
        ("12 or 14", None),
        ("9999", None),
        ("60 weeks", None),
    ],
)
def test_days_of_medicine(typed: str, wanted: int | None) -> None:
    assert days(typed) == wanted


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("-7", -7), ("\u22127", -7), ("+3", 3), ("0", 0), ("", None), ("x", None), ("9000", None)],
)
def test_days_from_leaving(typed: str, wanted: int | None) -> None:
    assert offset(typed) == wanted


def test_a_move_says_where_to_and_not_before_they_came() -> None:
    assert move_faults(MoveForm()) == {"to_words": "Where do they go? A word will do."}
    assert move_faults(MoveForm(to_organisation_id=1, medicine_days="soon")) == {}
    before = MoveForm(to_words="Home", leaves_on=MONDAY)
    assert move_faults(before, FRIDAY) == {"leaves_on": "This is before they came."}
    assert move_faults(before, MONDAY) == {}


def test_a_day_of_leaving() -> None:
    assert day_fault(None, None) == "On which day do they leave?"
    assert day_fault(MONDAY, FRIDAY) == "This is before they came."
    assert day_fault(FRIDAY, FRIDAY) == ""
    assert day_fault(FRIDAY, None) == ""


def test_a_lane_names_someone_and_ends_after_it_begins() -> None:
    assert set(lane_faults(LaneForm(since=FRIDAY, until=MONDAY))) == {"label", "until"}
    assert lane_faults(LaneForm(label="Home", since=FRIDAY)) == {}


def test_a_handoff_has_two_ends_and_only_days_that_were() -> None:
    assert set(handoff_faults(HandoffForm(), MONDAY)) == {"from_words", "to_words"}
    pair = HandoffForm(from_id=1, to_id=1)
    assert handoff_faults(pair, MONDAY) == {"to_words": "They can\u2019t hand over to themselves."}
    ahead = HandoffForm(from_id=1, to_id=2, call_on=FRIDAY, sender_confirmed_on=FRIDAY)
    assert set(handoff_faults(ahead, MONDAY)) == {"sender_confirmed_on"}
    odd = HandoffForm(None, "A", None, "B", None, None, None, None, FRIDAY, MONDAY)
    assert set(handoff_faults(odd, FRIDAY)) == {"records_received_on"}


def test_a_step_has_words_and_a_number_of_days() -> None:
    assert set(step_faults(StepForm(days="soon"))) == {"text", "days"}
    assert step_faults(StepForm(text="Pack")) == {}


def test_a_visit_is_kept_once_its_day_came() -> None:
    assert set(visit_faults(VisitForm(visit_on=FRIDAY, attended=True), MONDAY)) == {
        "label",
        "visit_on",
    }
    assert visit_faults(VisitForm(label="Dr. Levin", visit_on=MONDAY, attended=False), MONDAY) == {}


def test_the_first_checklists_stand_where_their_days_are() -> None:
    places = {"before": -1, "day": 0, "after": 1}
    for step in BUILT_IN:
        assert (step.offset_days > 0) - (step.offset_days < 0) == places[step.part]


@pytest.mark.parametrize(
    ("on", "was", "attended", "left"),
    [
        (FRIDAY, False, False, None),  # moved to a day to come
        (None, True, True, None),
        (MONDAY, False, False, False),  # the day was typed wrong: what was said of it stands
        (date(2026, 3, 4), False, False, False),
        (FRIDAY, False, True, True),  # said of this very day: a fault tells it
    ],
)
def test_a_visit_moved_to_a_day_to_come_is_open_again(
    on: date | None, was: bool, attended: bool, left: bool | None
) -> None:
    before = VisitForm(label="A", visit_on=date(2026, 3, 4), attended=was)
    typed = replace(before, visit_on=on, attended=attended)
    assert opened_again(typed, before, MONDAY).attended is left
