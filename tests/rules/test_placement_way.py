"""The board’s columns hold every state, and a move says what it has to."""

from datetime import date

from cmdesk.rules import placement_way as way
from cmdesk.rules.placement_way import Column, MoveForm
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState

TODAY = date(2026, 3, 9)


def test_every_state_stands_in_a_column_and_every_column_can_be_reached() -> None:
    over = {state for state in ReferralState if way.column(state) is Column.NOT_GOING_AHEAD}
    assert over == NOT_GOING_AHEAD
    assert all(way.column(way.INTO[each]) is each for each in Column)
    assert way.beside(Column.ASKED, -1) is None
    assert way.beside(Column.FAMILY_DECIDES, 1) is Column.NOT_GOING_AHEAD
    assert way.beside(Column.NOT_GOING_AHEAD, 1) is None


def test_a_step_back_from_records_sent_says_that_they_did_not_go() -> None:
    back = {state for state in ReferralState if way.recalled("packet_sent", state)}
    assert back == {"considered", "contacted"}
    assert not way.recalled("under_review", "contacted")  # they went, and one asks once more
    assert not way.recalled("", "contacted")


def test_an_answer_is_waited_for_until_it_came() -> None:
    asked = date(2026, 3, 6)
    assert way.waited("contacted", asked, TODAY) == 3
    assert way.waited("contacted", None, TODAY) is None
    assert way.waited("contacted", date(2026, 3, 10), TODAY) is None
    assert way.waited("accepted", asked, TODAY) is None


def test_a_no_says_why_and_no_move_is_still_to_come() -> None:
    assert way.move_faults(MoveForm("contacted", TODAY), TODAY) == {}
    assert way.move_faults(MoveForm("no_show"), TODAY).keys() == {"moved_on", "reason"}
    late = MoveForm("no_show", date(2026, 3, 10), "Never came")
    assert way.move_faults(late, TODAY).keys() == {"moved_on"}
