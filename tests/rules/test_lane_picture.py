"""The lanes of a move as they are drawn: as in the design, and whatever the days."""

from datetime import date

from hypothesis import given
from tests.rules.test_transition import FRIDAY, maya, moves

from cmdesk.rules.lane_picture import LAST_SEEN, WEEKS, Kind, picture
from cmdesk.rules.transition import Leaving, Span, gaps
from cmdesk.rules.transition_codes import Lane


def test_the_picture_of_the_design() -> None:
    move = maya()
    drawn = picture(move, gaps(move))
    assert (drawn.first, drawn.days) == (date(2026, 3, 9), WEEKS)
    assert drawn.ticks[:3] == (date(2026, 3, 9), date(2026, 3, 16), date(2026, 3, 23))
    assert drawn.at(FRIDAY) == 11
    lanes = {lane: [(bar.kind, bar.left, bar.right) for bar in drawn.lane(lane)] for lane in Lane}
    before, end = (Kind.SOLID, 0, 11), WEEKS
    assert lanes == {
        Lane.HOME: [before, (Kind.GAP, 11, 15), (Kind.LOOSE, 15, end)],
        Lane.PROGRAM: [before, (Kind.GAP, 11, 15), (Kind.SOLID, 15, end)],
        Lane.THERAPIST: [before, (Kind.SOLID, 16, end)],
        Lane.PSYCHIATRIST: [before, (Kind.SOLID, 28, end)],
        Lane.MEDICINE: [before, (Kind.SUPPLY, 11, 23), (Kind.GAP, 23, 28)],
    }
    assert drawn.shade == (11, 15)


def test_a_gap_far_ahead_is_still_seen() -> None:
    move = Leaving(FRIDAY, (Span(Lane.PROGRAM, since=FRIDAY, until=date(2026, 5, 20)),), 90)
    drawn = picture(move, gaps(move))
    (gap,) = [bar for bar in drawn.lane(Lane.PROGRAM) if bar.kind == Kind.GAP]
    assert gap.right <= drawn.days <= LAST_SEEN
    assert drawn.shade is None


def test_without_any_span_the_days_right_after_are_shaded() -> None:
    move = Leaving(FRIDAY)
    assert picture(move, gaps(move)).shade == (11, WEEKS)


def test_a_stay_of_the_day_they_leave_alone_is_seen_beside_the_gap_after_it() -> None:
    move = Leaving(FRIDAY, (Span(Lane.PROGRAM, since=FRIDAY, until=FRIDAY),))
    drawn = picture(move, gaps(move))
    bars = [(bar.kind, bar.left, bar.right) for bar in drawn.lane(Lane.PROGRAM)]
    assert bars[:2] == [(Kind.SOLID, 11, 12), (Kind.GAP, 12, drawn.days)]
    assert drawn.shade == (12, drawn.days)


@given(moves)
def test_no_gap_covers_all_of_what_is_settled(move: Leaving) -> None:
    drawn = picture(move, gaps(move))
    holes = [bar for bar in drawn.bars if bar.kind == Kind.GAP]
    for bar in drawn.bars:
        over = [hole for hole in holes if hole.lane == bar.lane]
        if bar.kind == Kind.SOLID:
            assert not any(hole.left <= bar.left and bar.right <= hole.right for hole in over)


@given(moves)
def test_every_bar_lies_within_the_picture_and_every_near_gap_is_drawn(move: Leaving) -> None:
    found = gaps(move)
    drawn = picture(move, found)
    assert all(0 <= bar.left < bar.right <= drawn.days for bar in drawn.bars)
    for gap in found:
        if drawn.at(gap.first) < drawn.days - 1:
            bars = [bar for bar in drawn.lane(gap.lane) if bar.kind in (Kind.GAP, Kind.LOOSE)]
            assert any(bar.left <= drawn.at(gap.first) <= bar.right for bar in bars)
