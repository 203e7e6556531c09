"""What the card of coverage says of days that are missing, and of a denial."""

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.casework.coverage import Standing
from cmdesk.rules.appeal_steps import Act, Open
from cmdesk.rules.appeals import AppealLevel
from cmdesk.rules.coverage import Spent
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import coverage_card
from cmdesk.ui.widgets.label import Label
from cmdesk.words import Words

WORDS = Words()
MARCH_11 = date(2026, 3, 11)
MARCH_2 = date(2026, 3, 2)
MONDAY = date(2026, 3, 9)


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
    assert coverage_card.denied(WORDS, step, MONDAY) == said


def test_days_are_said_without_an_hour() -> None:
    step = Open(Act.ANSWER, AppealLevel.STANDARD_INTERNAL_1, MARCH_11, MARCH_2)
    assert coverage_card.denied(WORDS, step, MONDAY) == "Appeal: answer due Mar 11."


@pytest.mark.parametrize(
    ("due", "said"),
    [(MARCH_11, "Approved in part. Appeal the rest by Mar 11."), (None, "Approved in part.")],
)
def test_a_part_that_was_refused_is_said_as_such(due: date | None, said: str) -> None:
    step = Open(Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, due, MARCH_2, part=True)
    assert coverage_card.denied(WORDS, step, MONDAY) == said


def test_a_last_day_in_another_year_is_said_with_it() -> None:
    step = Open(Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, date(2027, 1, 5), MARCH_2)
    assert coverage_card.denied(WORDS, step, MONDAY) == "Denied. Appeal by Jan 5, 2027."


def test_what_no_policy_pays_for_is_said_and_the_denial_with_it(desk: Desk, qtbot: QtBot) -> None:
    card = coverage_card.CoverageCard(desk)
    qtbot.addWidget(card)
    step = Open(Act.BEGIN, AppealLevel.STANDARD_INTERNAL_1, MARCH_11, MARCH_2)
    spent = Spent(9, 2, 7, MARCH_11)
    paid = Standing(
        payer="",
        plan_type="",
        level="Residential 3.5",
        pays="",
        spent=spent,
        pending=False,
        leaves=None,
        ends_early=False,
        denied=step,
        given_by="Meridian",
    )
    card.show_coverage(paid)
    card.show()
    told = [label.text() for label in card.findChildren(Label) if label.isVisible()]
    assert "No policy in force" in told
    assert "Denied. Appeal by Mar 11." in told
    assert "7 days left" in told
    assert "2 of 9 approved days used. Approved by Meridian." in told
