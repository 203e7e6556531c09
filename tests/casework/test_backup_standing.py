"""How the backups stand, also after a time in which the clock was wrong."""

from dataclasses import replace
from datetime import time, timedelta

from cmdesk.casework import backup_runs, backup_standing
from cmdesk.casework.backup_runs import CHECKED, FAILED, OPENED, Run
from cmdesk.rules import backup_keeping
from cmdesk.store.store import Store
from tests.records import MONDAY_NOON

NEXT_YEAR = MONDAY_NOON + timedelta(days=365)
MADE = Run(MONDAY_NOON, "Office safe", 47, CHECKED, "daily")
DRILL = Run(MONDAY_NOON, "Office safe", 47, OPENED, "drill")
BROKEN = Run(MONDAY_NOON, "Office safe", 0, FAILED, "daily", why="No such drive.")


def test_a_backup_of_a_wrong_clock_is_not_the_newest_for_ever(store: Store) -> None:
    """Else every look at the clock, once a minute, would find the daily backup due."""
    for run in (replace(MADE, at=NEXT_YEAR), replace(DRILL, at=NEXT_YEAR), MADE, DRILL):
        store.do("Backed up", backup_runs.record, run)
    known = store.ask(backup_standing.look, "Office safe")
    later = MONDAY_NOON + timedelta(minutes=1)
    assert known.made == MADE
    assert not backup_keeping.due_daily(later, MADE.at, time(12, 0))
    assert not backup_keeping.due_drill(later, known.drilled)
    assert not backup_keeping.due_second_place(later, known.second)


def test_a_try_that_failed_is_over_once_another_came_off(store: Store) -> None:
    store.do("Backed up", backup_runs.record, replace(BROKEN, at=NEXT_YEAR))
    assert store.ask(backup_standing.look).failed == replace(BROKEN, at=NEXT_YEAR)
    store.do("Backed up", backup_runs.record, MADE)
    assert store.ask(backup_standing.look).failed is None
