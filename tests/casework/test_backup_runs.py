"""The history of backups: newest first, and never in the way of undo."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cmdesk.casework import backup_runs, clients
from cmdesk.casework.backup_runs import Run
from cmdesk.models.backup_run import BackupRun
from cmdesk.store.store import Store
from tests.records import MONDAY_NOON, Maya, audited

FIRST = Run(
    MONDAY_NOON,
    "Travel drive",
    48_200_000,
    "checked",
    "daily",
    file_name="2026-03-09T160000Z-daily.cmbak",
    sha256="ab" * 32,
    verified=True,
    rows={"client": 6},
)
DRILL = Run(MONDAY_NOON + timedelta(days=1), "Office safe", 47, "opened_in_test_restore", "drill")
BROKEN = Run(MONDAY_NOON + timedelta(days=2), "Gone", 0, "failed", "quit", why="No such drive.")


def test_tries_are_read_newest_first(store: Store) -> None:
    for run in (DRILL, FIRST, BROKEN):
        store.do("Backed up", backup_runs.record, run)
    assert store.ask(backup_runs.recent) == [BROKEN, DRILL, FIRST]
    assert store.ask(backup_runs.recent, 1) == [BROKEN]
    assert store.ask(backup_runs.count) == 3


def test_the_newest_that_ended_well(store: Store) -> None:
    assert store.ask(backup_runs.newest) is None
    for run in (FIRST, DRILL, BROKEN):
        store.do("Backed up", backup_runs.record, run)
    assert store.ask(backup_runs.newest) == DRILL
    assert store.ask(backup_runs.newest, "checked") == FIRST
    assert store.ask(backup_runs.newest, "failed") == BROKEN


def test_a_row_may_be_handed_in_as_it_is(store: Store) -> None:
    row = BackupRun(at=MONDAY_NOON, occasion="by_hand", place="Here", result="checked")
    assert store.do("Backed up", backup_runs.record, row) == 1
    assert store.ask(backup_runs.recent) == [Run(MONDAY_NOON, "Here", 0, "checked", "by_hand")]


def test_a_result_must_be_known(store: Store) -> None:
    with pytest.raises(ValueError, match="fine"):
        store.do("Backed up", backup_runs.record, Run(MONDAY_NOON, "", 0, "fine", "quit"))


def test_undo_and_the_trail_know_nothing_of_it(store: Store, maya: Maya) -> None:
    store.do("Say", clients.say_where_things_stand, maya.client, "Steady")
    rows = audited(store)
    store.do("Backed up", backup_runs.record, FIRST)
    assert store.undo_label == "Say"
    assert audited(store) == rows
    assert store.undo() == "Say"
    assert store.ask(backup_runs.recent) == [FIRST]


def test_a_folder_whose_name_is_no_text_is_spelled_out(store: Store) -> None:
    odd = replace(BROKEN, place="/media/Stick \udcff", why="No folder Stick \udcff.")
    store.do("Backed up", backup_runs.record, odd)
    (found,) = store.ask(backup_runs.recent)
    assert found.place == "/media/Stick \\udcff"
