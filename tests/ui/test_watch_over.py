"""Records that were moved away are told of once; those a crash left are looked at again."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from cmdesk.store import keys, vault
from cmdesk.store.header import RECORDS
from cmdesk.store.lockfile import LOCK
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.watch_over import WatchOver
from tests.records import Template
from tests.store import small
from tests.ui.conftest import Said


@pytest.fixture
def crashed(folder: Path) -> None:
    """Leave the vault as a killed program leaves it."""
    (folder / LOCK).write_bytes(b"1234 2026-11-21T09:00:00+00:00 laptop")


@pytest.fixture
def harmed(folder: Path, small_vault: tuple[Template, Path]) -> None:
    """Leave it so, with one bit turned in the middle of the notes."""
    held = keys.unlock(folder, small.PASSPHRASE)
    store = vault.open_store(folder, held, small.SMALL, small.noon, migrations=small_vault[1])
    store.do("Add", add_notes)
    store.close()
    raw = bytearray((folder / RECORDS).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / RECORDS).write_bytes(raw)
    (folder / LOCK).write_bytes(b"1234 2026-11-21T09:00:00+00:00 laptop")


def add_notes(session: Session) -> None:
    client = small.add_client(session, "Maya")
    for number in range(400):
        small.add_note(session, client, f"note {number} " + "word " * 40)


def test_what_stays_in_place_is_not_told(desk: Desk, store: Store, said: Said) -> None:
    watch = WatchOver(desk, store)
    watch.start()
    watch.look()
    assert said.problems == []


def test_a_vault_that_was_moved_is_told_once(
    desk: Desk, store: Store, said: Said, folder: Path
) -> None:
    watch = WatchOver(desk, store)
    watch.start()
    folder.rename(folder.with_name("elsewhere.cmdesk"))
    watch.look()
    (told,) = said.problems
    said.problems.clear()
    assert "moved" in told
    assert not watch.watches
    folder.with_name("elsewhere.cmdesk").rename(folder)


@pytest.mark.usefixtures("crashed")
def test_after_a_crash_whole_records_cause_no_alarm(
    desk: Desk, store: Store, said: Said, qtbot: QtBot
) -> None:
    assert store.crashed
    watch = WatchOver(desk, store)
    watch.start()
    qtbot.waitUntil(lambda: watch.looked)
    assert said.problems == []


@pytest.mark.usefixtures("harmed")
def test_after_a_crash_damage_is_told(desk: Desk, store: Store, said: Said, qtbot: QtBot) -> None:
    watch = WatchOver(desk, store)
    watch.start()
    qtbot.waitUntil(lambda: watch.looked)
    (told,) = said.problems
    said.problems.clear()
    assert "ended unexpectedly" in told
    assert "backup" in told
