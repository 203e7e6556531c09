"""The sample's moves are those of the design's picture, and on no weekday late."""

from datetime import date, timedelta

import pytest

from cmdesk.casework import agenda, placements, transition_plan, transitions
from cmdesk.exchange import intake, sample
from cmdesk.rules.agenda import Group
from cmdesk.rules.transition_codes import Lane, StepPart
from cmdesk.store.store import Store

MONDAY = date(2026, 3, 9)


def test_maya_s_move_is_as_it_is_drawn(store: Store) -> None:
    store.do("Import", intake.bring_in, sample.practice(MONDAY))
    maya = next(row for row in store.ask(transitions.ahead) if row.to_name == "Bridge Street")
    plan = store.ask(transition_plan.whole, maya.id)
    assert [(gap.lane, gap.days) for gap in plan.days.gaps[:2]] == [
        (Lane.PROGRAM, 3),
        (Lane.MEDICINE, 5),
    ]
    assert plan.days.gaps[2].lane == Lane.HOME
    assert maya.open_gaps == 3
    done = [sum(step.done_on is not None for step in plan.part(part)) for part in StepPart]
    assert done == [5, 0, 0]
    assert [len(plan.part(part)) for part in StepPart] == [9, 4, 5]
    assert all(pair.release.signed for pair in plan.handoffs)
    assert [pair.talked_on for pair in plan.handoffs] == [None, None, date(2026, 3, 6)]
    assert len(store.ask(transitions.ahead)) == 2
    (search,) = store.ask(placements.searches)
    stays = [each.known.stays for each in store.ask(placements.board, search.id).candidates]
    assert stays[:4] == [(4, 3), (1, 1), (0, 0), (2, 1)]  # of the picture of Owen's search


@pytest.mark.parametrize("into_week", [4, 6])
def test_what_is_open_about_a_move_is_not_late_on_any_weekday(into_week: int, store: Store) -> None:
    today = MONDAY + timedelta(days=into_week)
    store.do("Import", intake.bring_in, sample.practice(today))
    rows = [row for row in store.ask(agenda.on, today) if row.group == Group.MOVES]
    assert {row.kind for row in rows} == {"move_plan"}
