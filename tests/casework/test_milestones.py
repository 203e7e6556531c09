"""Milestones stand among the contacts of their days, and for one's own eyes alone."""

from datetime import date

from cmdesk.casework import goals, milestones
from cmdesk.rules.goal_draft import GoalForm, MoveForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, log

FRIDAY = date(2026, 3, 6)  # the day of Maya's one entry


def test_moves_stand_before_the_contacts_of_their_day(store: Store, maya: Maya) -> None:
    late = log(store, maya, day=date(2026, 3, 8))
    assert store.ask(milestones.find, maya.client) == [late, maya.entry]
    form = GoalForm("Sleep through the night", agreed_on=date(2026, 2, 20))
    goal = store.do("Set", goals.save, maya.client, form)
    half = store.do("Move", goals.move, goal, MoveForm(FRIDAY, 2, note="Seven hours"))
    met = store.do("Move", goals.move, goal, MoveForm(MONDAY, status="met"))
    (begun,) = {each.id for each in store.ask(goals.one, goal).moves} - {half, met}
    ids = store.ask(milestones.find, maya.client)
    assert ids == [-met, late, -half, maya.entry, -begun]
    assert store.ask(milestones.find, maya.client, "milestones") == [-met, -half, -begun]
    assert store.ask(milestones.find, maya.client, "milestones", "seven HOURS") == [-half]
    assert store.ask(milestones.find, maya.client, "milestones", "sleep 100%") == []
    assert store.ask(milestones.find, maya.client, "calls", "") == [late, maya.entry]
    assert store.ask(milestones.find, maya.client, own_eyes=False) == [late, maya.entry]
    assert store.ask(milestones.find, maya.client, "milestones", own_eyes=False) == []
    rows = {row.id: row for row in store.ask(milestones.rows, [-met, -half, -begun])}
    told = [rows[number].milestone for number in (-met, -half, -begun)]
    assert [each and (each.name, each.status, each.quarters, each.begins) for each in told] == [
        ("Sleep through the night", "met", None, False),
        ("Sleep through the night", "", 2, False),
        ("Sleep through the night", "active", None, True),
    ]
    half_way = rows[-half]
    assert (half_way.at.date(), half_way.narrative, half_way.seen) == (FRIDAY, "Seven hours", ())
