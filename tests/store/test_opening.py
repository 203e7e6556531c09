"""The steps of opening that tell, refuse or note something of their own."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from cmdesk.errors import Damaged, Problem
from cmdesk.store import device, keys, lockfile, vault
from cmdesk.store import header as headers
from cmdesk.store.anchor import Older
from cmdesk.store.header import HEADER, RECORDS
from cmdesk.store.store import Store
from tests.store import small
from tests.store.conftest import Opener


def open_at(
    folder: Path, code: str, migrations: Path, *, read_only: bool = False, accept: bool = False
) -> Store:
    return vault.unlock_and_open(
        folder,
        small.SMALL,
        small.noon,
        code=code,
        migrations=migrations,
        read_only=read_only,
        accept=accept,
    )


def test_a_vault_found_in_a_synced_place_is_told_and_opens(
    folder: Path, tmp_path: Path, code: str, migrations: Path
) -> None:
    synced = Path(shutil.copytree(folder, tmp_path / "Dropbox" / "small.cmdesk"))
    store = open_at(synced, code, migrations)
    assert "The vault lies where Dropbox copies it" in store.told[0]
    store.do("Add client", small.add_client, "Maya")
    store.close()


@pytest.mark.skipif(sys.platform != "linux", reason="a table of mounts")
def test_a_vault_found_on_a_network_drive_is_told_and_opens(
    folder: Path, code: str, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = folder.parent / "mounts"
    table.write_text(f"server:/share {folder.parent} nfs4 rw 0 0\n")

    def path(name: str) -> Path:
        return table if name == "/proc/self/mounts" else Path(name)

    monkeypatch.setattr("cmdesk.folders.Path", path)
    store = open_at(folder, code, migrations)
    assert "lies on a network drive" in store.told[0]
    store.close()


def test_older_records_of_an_older_program_are_not_upgraded_for_reading(
    folder: Path, code: str, migrations: Path, tmp_path: Path
) -> None:
    newer = Path(shutil.copytree(migrations, tmp_path / "newer"))
    small.revision(newer, "0002", "0001", "pass")
    before = (folder / RECORDS).read_bytes()
    with pytest.raises(Problem, match="have to be upgraded first"):
        open_at(folder, code, newer, read_only=True)
    assert (folder / RECORDS).read_bytes() == before


def test_a_rotation_that_was_interrupted_waits_for_a_usual_opening(
    folder: Path, code: str, migrations: Path
) -> None:
    held = keys.unlock(folder, code=code)
    keys.begin_rotation(folder, held)
    before = (folder / HEADER).read_bytes()
    with pytest.raises(Problem, match="change of the data key was interrupted"):
        open_at(folder, code, migrations, read_only=True)
    assert (folder / HEADER).read_bytes() == before
    open_at(folder, code, migrations).close()
    assert headers.read(folder)[0].pending is None


def test_a_header_written_since_the_unlock_is_the_one_that_counts(
    folder: Path, code: str, migrations: Path
) -> None:
    held, other = keys.unlock(folder, code=code), keys.unlock(folder, code=code)
    keys.confirm_recovery(folder, other)
    vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations).close()
    assert not headers.read(folder)[0].recovery_owed


def test_a_stronger_slot_is_written_with_the_opening(
    folder: Path, code: str, migrations: Path
) -> None:
    held = keys.unlock(folder, code=code)
    slot = held.header.slot(keys.slots.PASSPHRASE)
    assert slot
    held.stronger = replace(slot, nonce=bytes(12))
    store = vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations)
    assert ("Passphrase made costlier to guess", "passphrase", "{}") in store.ask(small.trail)
    store.close()
    written = headers.read(folder)[0].slot(keys.slots.PASSPHRASE)
    assert written
    assert written.nonce == bytes(12)


def test_opening_writes_one_header_and_closing_one(folder: Path, opened: Opener) -> None:
    opened().close()
    first = headers.read(folder)[0].generation
    store = opened()
    assert headers.read(folder)[0].generation == first + 1
    store.close()
    assert headers.read(folder)[0].generation == first + 2
    note = device.path_of(headers.read(folder)[0].vault_id, folder)
    assert device.parse(note.read_bytes()).generation == first + 2


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="needs modes of files")
def test_a_lock_that_may_not_be_read_is_told(folder: Path, code: str, migrations: Path) -> None:
    (folder / "lock").unlink(missing_ok=True)
    (folder / "lock").mkdir()
    for read_only in (False, True):
        with pytest.raises(Problem, match=r"can't be (written|read)"):
            open_at(folder, code, migrations, read_only=read_only)


def test_a_vault_that_was_moved_is_not_in_place(store: Store, tmp_path: Path) -> None:
    assert store.in_place()
    (store.folder / RECORDS).rename(tmp_path / "elsewhere.db")
    assert not store.in_place()
    with pytest.raises(Problem, match="moved or deleted"):
        store.anchor()
    (store.folder / RECORDS).write_bytes(b"something else")
    assert not store.in_place()


def upgraded(migrations: Path, tmp_path: Path) -> Path:
    """Return migrations that go one step further."""
    further = Path(shutil.copytree(migrations, tmp_path / "further"))
    small.revision(
        further, "0002", "0001", "op.get_bind().exec_driver_sql('CREATE TABLE more (id INTEGER)')"
    )
    return further


def test_a_journal_that_a_failing_disk_leaves_is_known_as_our_own(
    folder: Path, code: str, migrations: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else the next opening would ask to move it away, and half a commit would be all there is."""
    journal = folder / f"{RECORDS}-journal"

    def fail(*_: object) -> None:
        journal.write_bytes(b"\xd9\xd5\x05\xf9 what SQLite could not play back")
        raise Problem("The disk did not answer.")

    monkeypatch.setattr("cmdesk.store.migrate.upgrade", fail)
    with pytest.raises(Problem, match="did not answer"):
        open_at(folder, code, upgraded(migrations, tmp_path))
    assert lockfile.left(folder)


def test_a_journal_of_another_time_stays_refused(folder: Path, code: str, migrations: Path) -> None:
    """The refusal itself must not look like a crash to the next opening."""
    (folder / f"{RECORDS}-journal").write_bytes(b"\xd9\xd5\x05\xf9 of another time")
    for _ in range(2):
        with pytest.raises(Damaged, match="journal of another time"):
            open_at(folder, code, migrations)


def test_an_opening_that_fails_leaves_no_mark(
    folder: Path, code: str, migrations: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Problem("The records can't be written to.")

    monkeypatch.setattr("cmdesk.store.journal.watch", fail)
    with pytest.raises(Problem, match="can't be written"):
        open_at(folder, code, migrations)
    assert headers.read(folder)[0].open_by is None
    assert not lockfile.left(folder)


def test_accepted_older_records_can_be_upgraded(
    folder: Path, code: str, migrations: Path, tmp_path: Path
) -> None:
    older = (folder / RECORDS).read_bytes()
    store = open_at(folder, code, migrations)
    store.do("Add client", small.add_client, "Maya")
    store.close()
    (folder / RECORDS).write_bytes(older)
    further = upgraded(migrations, tmp_path)
    with pytest.raises(Older):
        open_at(folder, code, further)
    store = open_at(folder, code, further, accept=True)
    assert ("Older records accepted", "rollback", "{}") in store.ask(small.trail)
    store.close()
    open_at(folder, code, further).close()
