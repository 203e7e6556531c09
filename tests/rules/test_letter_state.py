"""Where a letter stands, in words."""

from datetime import date

from cmdesk.rules.letter_state import LetterState, said

TODAY = date(2026, 3, 11)


def test_the_state_is_said_with_its_day_and_reason() -> None:
    back = date(2026, 3, 10)
    full = "The mailbox is full"
    assert said(LetterState.CAME_BACK, back, full, TODAY) == f"Came back Mar 10: {full}"
    assert said(LetterState.SENT, back, "", TODAY) == "Sent Mar 10"
    assert said(LetterState.HANDED_OVER, back, "", TODAY) == "Handed over"
    assert said(LetterState.WITHDRAWN, None, "", TODAY) == "Withdrawn"
