"""A disk that gets full: warned of, refused, and one save that still finds room."""

import errno
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from cmdesk.errors import DiskFull
from cmdesk.store import lockfile, room
from cmdesk.store.check import check
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener

MB = 1_000_000


@pytest.fixture
def free(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the free bytes the disk says it has; they can be changed."""
    said = [10_000 * MB]

    def usage(_: object) -> SimpleNamespace:
        return SimpleNamespace(free=said[0])

    monkeypatch.setattr("cmdesk.store.room.shutil.disk_usage", usage)
    return said


def test_what_needs_much_is_refused_while_a_hundred_megabytes_would_not_be_left(
    tmp_path: Path, free: list[int]
) -> None:
    room.require(tmp_path, 9_900 * MB)
    with pytest.raises(DiskFull, match=r"10000 MB are free.*Make 1 MB of room"):
        room.require(tmp_path, 9_900 * MB + 1)
    free[0] = 99 * MB
    with pytest.raises(DiskFull):
        room.require(tmp_path, 0)


def test_little_room_is_told_and_not_taken_up(
    folder: Path, opened: Opener, free: list[int]
) -> None:
    (folder / room.BALLAST).unlink()
    free[0] = 499 * MB
    store = opened()
    assert store.told[0] == "Only 499 MB are free on the vault's disk. Make some room soon."
    assert not (folder / room.BALLAST).exists()
    store.close()
    free[0] = 500 * MB
    assert "MB are free" not in "".join(opened().told)
    assert (folder / room.BALLAST).stat().st_size == room.SIZE


def test_the_reserve_is_made_with_the_vault_and_left_alone(folder: Path, opened: Opener) -> None:
    before = (folder / room.BALLAST).read_bytes()
    assert len(before) == room.SIZE
    assert len(set(before[:4096])) > 200  # nothing a disk could pack
    opened().close()
    assert (folder / room.BALLAST).read_bytes() == before
    (folder / room.BALLAST).write_bytes(b"torn")
    opened()
    assert (folder / room.BALLAST).stat().st_size == room.SIZE


def test_reading_makes_no_reserve(folder: Path, opened: Opener) -> None:
    (folder / room.BALLAST).unlink()
    opened(read_only=True)
    assert not (folder / room.BALLAST).exists()


def test_a_reserve_that_cannot_be_made_stops_nothing(folder: Path, opened: Opener) -> None:
    (folder / room.BALLAST).unlink()
    (folder / room.BALLAST).mkdir()
    opened().do("Add client", small.add_client, "Maya")
    assert not room.give_up(folder)


def test_a_full_disk_gives_up_the_reserve_so_that_the_vault_opens(
    folder: Path, opened: Opener, free: list[int]
) -> None:
    free[0] = 0
    opened()
    assert not (folder / room.BALLAST).exists()


@pytest.fixture
def full(store: Store) -> Store:
    """Return a vault whose records may not grow: SQLite says that as it says a full disk."""

    def stop(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    store.maintain([], stop)
    return store


def much(session: Session) -> None:
    small.add_client(session, "Maya", os.urandom(200_000))


def test_a_full_disk_takes_the_reserve_then_says_so(full: Store) -> None:
    """Without room even then, nothing is half saved, and the next save tells the same."""
    for _ in range(2):
        with pytest.raises(DiskFull, match=r"The disk is full, so nothing was saved\. What you"):
            full.do("Add client", much)
    assert not (full.folder / room.BALLAST).exists()
    assert full.ask(small.everything) == ((), ())
    assert full.told.count(room.NEARLY_FULL) == 0
    assert check(full) == []


def test_the_reserve_saves_what_was_being_saved(full: Store) -> None:
    tries: list[bool] = []

    def grown(session: Session) -> int:
        tries.append((full.folder / room.BALLAST).exists())
        if not tries[-1]:
            session.execute(text("PRAGMA max_page_count = 1000000"))
        return small.add_client(session, "Maya", os.urandom(200_000))

    assert full.do("Add client", grown) == 1
    assert tries == [True, False]
    assert full.told.count(room.NEARLY_FULL) == 1
    assert full.undo() == "Add client"
    assert full.ask(small.clients) == []


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_lock_that_finds_no_room_says_so(tmp_path: Path) -> None:
    (tmp_path / lockfile.LOCK).symlink_to("/dev/full")
    with pytest.raises(DiskFull, match="the vault was not opened"):
        lockfile.take(tmp_path, small.NOON)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EDQUOT])
def test_a_lock_that_cannot_be_made_for_want_of_room_says_so(
    tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(code, "no room")

    monkeypatch.setattr("cmdesk.store.lockfile.os.open", refuse)
    with pytest.raises(DiskFull):
        lockfile.take(tmp_path, small.NOON)
