"""What the card of coverage says of days that are missing, and of a denial."""

from datetime import date

import pytest

from cmdesk.rules.appeal_steps import Act, Open
from cmdesk.rules.appeals import AppealLevel
from cmdesk.ui.parts import coverage_card
from cmdesk.words import Words

WORDS = Words()
MARCH_11 = date(2026, 3, 11)
MARCH_2 = date(2026, 3, 2)


def test_a_pause_between_two_approvals_is_one_sentence() -> None:
    said = coverage_card.pause(WORDS, date(2026, 3, 12), date(2026, 3, 14))
    assert said == "Approved through Mar 11, then nothing until Mar 15."


@pytest.mark.parametrize(
    ("act", "due", "said"),
    [
        (Act.BEGIN, MARCH_11, "Denied. Appeal by Mar 11."),
        (Act.BEGIN, None, "Denied."),
        (Act.FILE, MARCH_11, "Expedited appeal by Mar 11."),
        (Act.GO_ON, None, "Expedited appeal is not filed."),
        (Act.ANSWER, MARCH_11, "Expedited appeal: answer due by the end of Mar 11."),
        (Act.ANSWER, None, "Expedited appeal is filed."),
    ],
)
def test_the_open_step_against_a_denial_is_one_sentence(
    act: Act, due: date | None, said: str
) -> None:
    step = Open(act, AppealLevel.EXPEDITED_INTERNAL, due, MARCH_2)
    assert coverage_card.denied(WORDS, step) == said


def test_days_are_said_without_an_hour() -> None:
    step = Open(Act.ANSWER, AppealLevel.STANDARD_INTERNAL_1, MARCH_11, MARCH_2)
    assert coverage_card.denied(WORDS, step) == "Appeal: answer due Mar 11."


@pytest.mark.parametrize(
    ("due", "said"),
    [(MARCH_11, "Approved in part. Appeal the rest by Mar 11."), (None, "Approved in part.")],
)
def test_a_part_that_was_refused_is_said_as_such(due: date | None, said: str) -> None:
    step = Open(Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, due, MARCH_2, part=True)
    assert coverage_card.denied(WORDS, step) == said
