"""The door's other ways: older records, reading only, a new data key, a backup at the lock."""

import platform
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.app import Program
from cmdesk.casework import backup_runs
from cmdesk.errors import Problem
from cmdesk.models import complete
from cmdesk.store import backup, device, keys, vault
from cmdesk.store.header import RECORDS
from cmdesk.ui.dialogs.new_data_key import NewDataKey
from cmdesk.ui.overlay import open_over
from cmdesk.ui.page import Route
from cmdesk.ui.widgets.note import Note
from tests.store import small
from tests.test_app import (
    PASSPHRASE,
    SECONDS,
    Now,
    Start,
    bar,
    choices,
    door,
    folder,
    in_sight,
    made,
    now,
    open_first_chart,
    open_up,
    start,
    unlock,
)

__all__ = ["folder", "made", "now", "start"]


@pytest.fixture
def older(folder: Path) -> Path:
    """Return a vault whose records were put back to what they were before the last use."""
    before = (folder / RECORDS).read_bytes()
    store = vault.unlock_and_open(folder, complete(), Now(), passphrase=PASSPHRASE)
    store.note("Something", "view")
    store.close()
    (folder / RECORDS).write_bytes(before)
    return folder


def shown(qtbot: QtBot, program: Program, title: str) -> None:
    unlock(qtbot, program)
    qtbot.waitUntil(lambda: title in in_sight(program), timeout=SECONDS)


OLDER = "These records are older than when you last used them"


def test_older_records_open_to_read_only(qtbot: QtBot, start: Start, older: Path) -> None:
    program = start(older)
    shown(qtbot, program, OLDER)
    assert "No backup was found" in in_sight(program)
    held = program._door._undecided
    choices(program).buttons[0].click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)
    assert held
    assert program.desk
    assert program.desk.read_only
    window = program.window

    def seen() -> list[Note]:
        return [note for note in window.findChildren(Note) if note.isVisible()]

    qtbot.waitUntil(lambda: len(seen()) == 1)  # the pages follow the desk by a moment
    notes = seen()
    program.desk.go(Route("settings", tab="backups"))
    assert notes[0].isVisible()
    assert bar(program).text  # why they were doubted is said again
    bar(program).hide()
    open_first_chart(qtbot)
    qtbot.waitUntil(lambda: program.window.windowTitle().startswith("Chart"))
    program.desk.go(Route("clients"))
    qtbot.wait(1)
    assert not bar(program).isVisible()  # what is only looked at is not written down
    with pytest.raises(Problem):
        program.desk._store.do("Write", lambda _: None)


def test_records_open_on_another_computer(
    qtbot: QtBot, start: Start, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as there:
        there.setattr(platform, "node", lambda: "office")
        store = vault.unlock_and_open(folder, complete(), Now(), passphrase=PASSPHRASE)
        header = (folder / "header.json").read_bytes()
        store.close()
    (folder / "header.json").write_bytes(header)
    program = start(folder)
    shown(qtbot, program, "Your records are open on another computer")
    assert "office" in in_sight(program)
    choices(program).buttons[1].click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)
    assert program.desk
    assert program.desk.read_only


def test_older_records_are_taken_as_they_are(qtbot: QtBot, start: Start, older: Path) -> None:
    program = start(older)
    shown(qtbot, program, OLDER)
    choices(program).buttons[2].click()
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)
    assert program.desk
    assert not program.desk.read_only


def test_keys_that_wait_for_a_choice_are_forgotten(qtbot: QtBot, start: Start, older: Path) -> None:
    program = start(older)
    shown(qtbot, program, OLDER)
    waiting = program._door._undecided
    assert waiting
    program._door._patience.timeout.emit()
    assert not any(waiting.held.vmk)
    assert door(program).isVisible()


def test_a_lock_backs_up_what_changed(
    qtbot: QtBot, start: Start, folder: Path, tmp_path: Path
) -> None:
    drive = tmp_path / "drive"
    drive.mkdir()
    program = start(folder)
    program._settings.change(backup_folder=str(drive))
    open_up(qtbot, program)
    program.lock()
    closing = program._door.closing
    assert closing
    assert closing.wait(20)
    assert [each.occasion for each in backup.listed(drive)] == ["lock"]
    assert device.last_backup(folder) == Now().time
    open_up(qtbot, program)
    assert program.desk
    assert [run.occasion for run in program.desk.ask(backup_runs.recent)] == ["lock"]
    program._lock_at_once()
    qtbot.waitUntil(lambda: "Backed up" not in in_sight(program))
    assert len(backup.listed(drive)) == 1


def test_wrong_tries_are_counted_for_the_record(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start(folder)
    unlock(qtbot, program, "not this one at all")
    qtbot.waitUntil(lambda: "Try again" in in_sight(program), timeout=SECONDS)
    page = door(program)
    page._on_second_passed()
    page.field.clear()
    open_up(qtbot, program)
    assert program.desk
    rows = program.desk._store.examine(
        lambda connection, _: connection.exec_driver_sql(
            "SELECT act FROM audit WHERE kind = 'failed_unlock'"
        ).fetchall()
    )
    assert len(rows) == 1


def test_the_data_key_is_renewed_behind_the_door(qtbot: QtBot, start: Start, folder: Path) -> None:
    program = start(folder)
    open_up(qtbot, program)
    assert program.desk
    before = keys.unlock(folder, PASSPHRASE)
    asked = NewDataKey(program.desk)
    open_over(program.window, asked)
    QTest.keyClicks(asked.passphrase, PASSPHRASE)
    asked.go.click()
    qtbot.waitUntil(lambda: "Making a new data key" in in_sight(program), timeout=SECONDS)
    qtbot.waitUntil(lambda: program.desk is not None, timeout=SECONDS)
    after = keys.unlock(folder, PASSPHRASE)
    assert before.dek != after.dek
    assert [each.occasion for each in backup.listed(folder / "backups")] == ["before_rotation"]
    assert program.desk


def test_an_owed_sheet_can_be_made_from_the_bar(qtbot: QtBot, start: Start, folder: Path) -> None:
    held = keys.unlock(folder, PASSPHRASE)
    small.replace_recovery(folder, held)
    held.forget()
    program = start(folder)
    open_up(qtbot, program)
    assert bar(program).action.text() == "Make the sheet"
    bar(program).action.click()
    assert "The sheet" in in_sight(program) or "Recovery sheet" in in_sight(program)
