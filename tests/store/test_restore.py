import hashlib
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.errors import Cancelled, Damaged, Problem, WrongSecret
from cmdesk.store import backup, check, container, engine, keys, restore, vault
from cmdesk.store.backup import Made
from cmdesk.store.header import FLOOR, HEADER, RECORDS, OpenBy, parse, read, write_out
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.store import small

pytestmark = pytest.mark.usefixtures("each_once")

Restore = Callable[..., Keys]


@pytest.fixture
def filled(store: Store) -> Store:
    client = store.do("Add client", small.add_client, "Maya", b"\x01" * 1_500_000)
    store.do("Add note", small.add_note, client, "walked to the harbor")
    return store


@pytest.fixture
def made(filled: Store, tmp_path: Path) -> Made:
    (tmp_path / "drive").mkdir()
    return backup.make(filled, tmp_path / "drive", "second_place")


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "new place" / "back.cmdesk"


def opened(folder: Path, held: Keys, migrations: Path, **more: bool) -> Store:
    return vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations, **more)


def left(made: Made, target: Path) -> bool:
    """Whether anything is there that should not be."""
    return target.parent.exists() or [made.file] != list(made.file.parent.iterdir())


def altered(made: Made, change: Callable[[bytes, bytearray], tuple[bytes, bytearray]]) -> Path:
    """Make a sound container around another header or other records."""
    layout = container.look(made.file)
    out = made.file.parent.parent / "out.db"
    container.extract(made.file, out, lambda _: None)
    header, records = change(layout.header, bytearray(out.read_bytes()))
    out.write_bytes(records)
    file = made.file.with_name("altered.cmbak")
    with out.open("rb") as source:
        container.write(file, header, source, len(records), lambda _: None)
    out.unlink()
    return file


def test_a_restored_vault_is_as_it_was_and_knows_where_it_comes_from(
    filled: Store, made: Made, target: Path, code: str, migrations: Path
) -> None:
    before, records = filled.ask(small.everything), filled.folder / RECORDS
    filled.do("Add client", small.add_client, "Ada")
    digest = hashlib.sha256(records.read_bytes()).digest()
    heard: list[float] = []
    held = restore.restore(made.file, target, code=code, clock=small.noon, progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1
    back = opened(target, held, migrations)
    assert back.ask(small.everything) == before
    assert back.ask(small.found, "harbor") == [1]
    acts = [row[:2] for row in back.ask(small.trail)]
    assert ("Restored from the backup of 2026-11-22 12:00 UTC", "restore") in acts
    assert acts[-1][1] == "unlock"
    assert check.check(back) == []
    back.do("Add client", small.add_client, "Ben")
    back.close()
    assert hashlib.sha256(records.read_bytes()).digest() == digest  # the old one stays untouched
    assert sorted(path.name for path in target.parent.iterdir()) == ["back.cmdesk"]
    if os.name != "nt":
        assert target.stat().st_mode & 0o777 == 0o700
        assert {(target / name).stat().st_mode & 0o777 for name in (HEADER, RECORDS)} == {0o600}


def test_the_passphrase_of_the_day_of_the_backup_opens_it(
    filled: Store, made: Made, target: Path
) -> None:
    keys.set_passphrase(filled.folder, filled.keys, "quite another passphrase", FLOOR)
    with pytest.raises(WrongSecret, match="does not open the backup"):
        restore.restore(made.file, target, passphrase="quite another passphrase", clock=small.noon)
    assert not left(made, target)
    restore.restore(made.file, target, passphrase=small.PASSPHRASE, clock=small.noon).forget()
    keys.unlock(target, small.PASSPHRASE).forget()


def test_a_code_of_another_day_speaks_of_the_backup(
    filled: Store, made: Made, target: Path
) -> None:
    code = small.replace_recovery(filled.folder, filled.keys)
    with pytest.raises(WrongSecret, match="recovery code does not open the backup"):
        restore.restore(made.file, target, code=code, clock=small.noon)
    with pytest.raises(WrongSecret, match="letters and digits"):
        restore.restore(made.file, target, code=code[:-1], clock=small.noon)
    assert not left(made, target)


def test_it_is_not_held_to_be_open_on_the_computer_that_made_it(
    filled: Store, made: Made, target: Path, code: str, migrations: Path
) -> None:
    def elsewhere(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
        there = OpenBy("stolen-laptop", small.NOON.isoformat())
        place = made.file.parent.parent / "signing"
        place.mkdir()
        held = keys.reopened(filled.keys, parse(header))
        keys.write(place, held, replace(held.header, open_by=there))
        return write_out(held.header), records

    restore.restore(altered(made, elsewhere), target, code=code, clock=small.noon).forget()
    assert read(target)[0].open_by is None
    opened(target, keys.unlock(target, code=code), migrations).close()


def test_a_folder_that_once_held_a_newer_vault_takes_the_restored_one(
    filled: Store, made: Made, code: str, migrations: Path
) -> None:
    folder = filled.folder
    filled.do("Add client", small.add_client, "Ada")
    filled.close()
    folder.rename(folder.with_name("before restore"))
    held = restore.restore(made.file, folder, code=code, clock=small.noon)
    opened(folder, held, migrations).close()  # an older vault in this place would be refused


def test_something_that_is_there_is_never_replaced(
    made: Made, filled: Store, tmp_path: Path, code: str
) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "Dropbox").mkdir()
    for place in (filled.folder, tmp_path / "file", made.file.parent):
        with pytest.raises(Problem, match="there already"):
            restore.restore(made.file, place, code=code, clock=small.noon)
    with pytest.raises(Problem, match="Dropbox"):
        restore.restore(made.file, tmp_path / "Dropbox" / "a", code=code, clock=small.noon)
    (tmp_path / "empty").mkdir()
    restore.restore(made.file, tmp_path / "empty", code=code, clock=small.noon).forget()


@pytest.mark.parametrize("at", [0.0, 0.2, 0.5, 0.8])
def test_a_stopped_restore_leaves_nothing(made: Made, target: Path, code: str, at: float) -> None:
    reached: list[float] = []
    with pytest.raises(Cancelled):
        restore.restore(
            made.file,
            target,
            code=code,
            clock=small.noon,
            progress=reached.append,
            cancelled=lambda: bool(reached[-1:] > [at]),
        )
    assert not left(made, target)


def test_no_room_is_told_before_anything_is_written(
    made: Made, target: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(made.file.parent)._replace(free=1_000)

    def full(_path: Path) -> object:
        return usage

    monkeypatch.setattr(shutil, "disk_usage", full)
    with pytest.raises(Problem, match="MB of free disk space"):
        restore.restore(made.file, target, code=code, clock=small.noon)
    with pytest.raises(Problem, match="MB of free disk space"):
        restore.prove(made.file, code=code)
    assert not left(made, target)


def flipped(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
    records[4096 * 5 + 77] ^= 1
    return header, records


def shortened(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
    return header, records[: len(records) // 2 // 4096 * 4096]


def bare(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
    return header, bytearray(b"SQLite format 3\0") + records[16:]


def unsigned(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
    found = parse(header)
    return write_out(replace(found, recovery_owed=not found.recovery_owed)), records


def torn(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
    return header.replace(b"dek", b"dec"), records


@pytest.mark.parametrize("change", [flipped, shortened, bare, unsigned, torn])
def test_a_container_that_is_sound_around_something_damaged_is_refused(
    made: Made,
    filled: Store,
    target: Path,
    code: str,
    change: Callable[[bytes, bytearray], tuple[bytes, bytearray]],
) -> None:
    file = altered(made, change)
    with pytest.raises(Damaged) as caught:
        restore.restore(file, target, code=code, clock=small.noon)
    assert caught.value.hint
    with pytest.raises(Damaged):
        backup.verify(file, filled.keys)
    with pytest.raises(Damaged):
        restore.drill(filled, file)
    with pytest.raises(Damaged):
        restore.prove(file, code=code)
    file.unlink()
    assert not left(made, target)


def records_changed(made: Made, held: Keys, *statements: str) -> Path:
    """Return a sound backup with the key of the vault itself: who holds it made it wrong."""

    def change(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
        out = made.file.parent.parent / "changed.db"
        out.write_bytes(records)
        raw = engine.connect(out, held, foreign_keys=False, guarded=False)
        for statement in statements:
            raw.execute(statement)
        raw.close()
        data = out.read_bytes()
        out.unlink()
        return header, bytearray(data)

    return altered(made, change)


STALE = "INSERT INTO note_fts (note_fts, rowid, words) VALUES ('delete', 1, 'walked to the harbor')"


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        ("UPDATE meta SET value = 'other' WHERE key = 'vault_id'", "another vault"),
        ("PRAGMA application_id = 7", "another vault"),
        ("UPDATE note SET client_id = 77", "points at nothing"),
        (STALE, "search index"),
        ("DROP TABLE meta", "damaged"),
    ],
)
def test_records_that_are_not_whole_are_refused(
    made: Made, filled: Store, statement: str, why: str
) -> None:
    with pytest.raises(Damaged, match=why):
        backup.verify(records_changed(made, filled.keys, statement), filled.keys)


def test_a_trail_without_its_end_is_noticed(made: Made, filled: Store) -> None:
    whole = "DROP TRIGGER audit_never_shrinks"
    cut = records_changed(made, filled.keys, whole, "DELETE FROM audit WHERE seq > 2")
    with pytest.raises(Damaged, match="it once held row"):
        backup.verify(cut, filled.keys)


def test_a_newer_programs_backup_is_named_as_such(
    made: Made, filled: Store, target: Path, code: str
) -> None:
    def newer(header: bytes, records: bytearray) -> tuple[bytes, bytearray]:
        place = made.file.parent.parent / "signing"
        place.mkdir()
        held = keys.reopened(filled.keys, parse(header))
        keys.write(place, held, replace(held.header, app_schema="9999"))
        return write_out(held.header), records

    with pytest.raises(Problem, match="newer cmdesk"):
        restore.restore(altered(made, newer), target, code=code, clock=small.noon)
    assert not target.parent.exists()


def test_a_test_restore_compares_and_is_written_down(filled: Store, made: Made) -> None:
    drilled = restore.drill(filled, made.file)
    assert (drilled.file, drilled.at, drilled.head) == (made.file, made.at, made.head)
    assert drilled.rows == made.rows
    assert drilled.newer == 1  # the backup's own row
    act, kind, _ = filled.ask(small.trail)[-1]
    assert (act, kind) == (
        f"Test restore of {made.file.name}: it opened and is whole",
        "restore_test",
    )
    filled.do("Add client", small.add_client, "Ada")
    assert restore.drill(filled, made.file).newer == 3
    assert list(made.file.parent.iterdir()) == [made.file]


def test_a_test_restore_needs_a_backup_of_this_vaults_past(
    filled: Store, made: Made, target: Path, code: str, migrations: Path, tmp_path: Path
) -> None:
    other, _ = vault.create(
        tmp_path / "other.cmdesk",
        small.PASSPHRASE,
        small.SMALL,
        small.noon,
        kdf=FLOOR,
        migrations=migrations,
    )
    with pytest.raises(Problem, match="another vault"):
        restore.drill(other, made.file)
    other.close()
    back = opened(
        target, restore.restore(made.file, target, code=code, clock=small.noon), migrations
    )
    back.do("Add client", small.add_client, "Ada")
    back.clock = lambda: small.NOON + timedelta(hours=1)
    later = backup.make(back, made.file.parent)
    back.close()
    with pytest.raises(Damaged, match="not of this vault's past"):
        restore.drill(filled, later.file)
