"""What keeps a goal, or how it moved, from being saved."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.rules.goal_draft import GoalForm, MoveForm, faults, move_faults
from cmdesk.rules.topics import Topic

TODAY = date(2026, 3, 9)
TOMORROW = date(2026, 3, 10)
SOUND = GoalForm("Sleep through the night", agreed_on=TODAY, target_on=TOMORROW)
MOVED = MoveForm(TODAY, quarters=0)


def test_a_goal_is_about_progress_and_its_protection_is_unknown_until_it_is_said() -> None:
    assert GoalForm().topics == (Topic.PROGRESS,)
    assert GoalForm().part2 == "unknown"
    assert GoalForm().family_line == MoveForm().family_line == ""


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({}, []),
        ({"name": " ", "words": "I want to wake up rested."}, []),
        ({"name": " "}, ["name"]),
        ({"agreed_on": TOMORROW}, ["agreed_on"]),
        ({"target_on": date(2026, 3, 8)}, ["target_on"]),
        ({"target_on": date(2026, 3, 8), "agreed_on": None}, []),
        ({"agreed_on": None, "target_on": None}, []),
    ],
)
def test_what_keeps_a_goal_from_being_saved(changes: dict[str, object], faulty: list[str]) -> None:
    draft = replace(SOUND, **changes)  # pyright: ignore[reportArgumentType] - any field
    assert list(faults(draft, TODAY)) == faulty


@pytest.mark.parametrize(
    ("draft", "faulty"),
    [
        (MOVED, []),
        (MoveForm(TODAY, note="Seven hours"), []),
        (MoveForm(TODAY, status="met"), []),
        (MoveForm(TODAY, note=" "), ["note"]),
        (replace(MOVED, moved_on=None), ["moved_on"]),
        (replace(MOVED, moved_on=TOMORROW), ["moved_on"]),
    ],
)
def test_what_keeps_a_move_from_being_saved(draft: MoveForm, faulty: list[str]) -> None:
    assert list(move_faults(draft, TODAY)) == faulty
