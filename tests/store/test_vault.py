import os
import shutil
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.store import engine, keys, vault
from cmdesk.store.header import COPY, FLOOR, HEADER, RECORDS, Kdf
from cmdesk.store.store import Store
from tests.store import small

pytestmark = pytest.mark.usefixtures("each_once")


def unlock(folder: Path, migrations: Path, passphrase: str = small.PASSPHRASE) -> Store:
    return vault.unlock_and_open(
        folder, small.SMALL, small.noon, passphrase=passphrase, migrations=migrations
    )


def make(folder: Path, migrations: Path, kdf: Kdf = FLOOR) -> tuple[Store, str]:
    return vault.create(
        folder, small.PASSPHRASE, small.SMALL, small.noon, kdf=kdf, migrations=migrations
    )


def contents(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file() and p.name != "lock"}


def test_what_was_written_is_there_after_opening_again(tmp_path: Path, migrations: Path) -> None:
    store, code = make(tmp_path / "new" / "Practice 100%#?.cmdesk", migrations)
    store.do("Add client", small.add_client, "Maya Brenner")
    store.close()
    again = vault.unlock_and_open(
        store.folder, small.SMALL, small.noon, code=code, migrations=migrations
    )
    assert again.ask(small.everything) == (((1, "Maya Brenner", None),), ())
    assert [row[:2] for row in again.ask(small.trail)] == [
        ("Unlocked", "unlock"),
        ("Add client", "write"),
        ("Unlocked", "unlock"),
    ]
    again.close()
    held = b"".join(contents(store.folder).values())
    assert b"Maya" not in held
    assert b"SQLite format" not in held
    assert vault.recovery_owed(store.folder)
    if os.name != "nt":
        assert store.folder.stat().st_mode & 0o077 == 0
        assert (store.folder / RECORDS).stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_touches_nothing(folder: Path, migrations: Path) -> None:
    before = contents(folder)
    with pytest.raises(WrongSecret):
        unlock(folder, migrations, "not the passphrase")
    assert contents(folder) == before


def test_a_vault_is_not_made_over_anything(tmp_path: Path, migrations: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "letter.txt").write_text("x")
    (tmp_path / "file").touch()
    for name in ("full", "file"):
        with pytest.raises(Problem):
            make(tmp_path / name, migrations)
    assert [p.name for p in (tmp_path / "full").iterdir()] == ["letter.txt"]
    (tmp_path / "empty").mkdir()
    make(tmp_path / "empty", migrations)[0].close()


def test_a_vault_that_cannot_be_made_leaves_nothing(tmp_path: Path, migrations: Path) -> None:
    broken = Path(shutil.copytree(migrations, tmp_path / "migrations"))
    small.revision(broken, "0002", "0001", "raise ZeroDivisionError")
    with pytest.raises(ZeroDivisionError):
        make(tmp_path / "a" / "b" / "new.cmdesk", broken)
    assert [p.name for p in tmp_path.iterdir()] == ["migrations"]
    with pytest.raises(ValueError, match="floor"):
        make(tmp_path / "new.cmdesk", migrations, Kdf(memory=64))


def test_a_vault_is_not_made_where_it_would_be_synced(tmp_path: Path, migrations: Path) -> None:
    with pytest.raises(Problem, match="Dropbox"):
        make(tmp_path / "Dropbox" / "new.cmdesk", migrations)
    assert not list(tmp_path.iterdir())


def test_a_place_that_may_not_be_written_to_is_named(tmp_path: Path, migrations: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="can't be written to"):
        make(tmp_path / "file" / "new.cmdesk", migrations)


def cut(raw: bytes, size: int) -> bytes:
    return raw[:size]


def flipped(raw: bytes, place: int) -> bytes:
    return raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]


def unencrypted(raw: bytes, _: int) -> bytes:
    return b"SQLite format 3\0" + raw[16:]


def blanked(raw: bytes, size: int) -> bytes:
    return raw[:size] + bytes(len(raw) - size)


@pytest.mark.parametrize(
    ("harm", "where", "why"),
    [
        (cut, 0, "cut short"),
        (cut, 4096, "cut short"),
        (cut, -100, "cut short"),
        (unencrypted, 0, "not encrypted"),
        (flipped, 0, "start of the records"),
        (blanked, 16, "damaged"),
        (flipped, 200, "damaged"),
    ],
)
def test_harmed_records_are_refused_and_not_touched(
    folder: Path, migrations: Path, harm: Callable[[bytes, int], bytes], where: int, why: str
) -> None:
    records = folder / RECORDS
    records.write_bytes(harm(records.read_bytes(), where))
    before = contents(folder)
    with pytest.raises(Damaged, match=why):
        unlock(folder, migrations)
    assert contents(folder) == before


def test_missing_records_are_not_made_anew(folder: Path, migrations: Path) -> None:
    (folder / RECORDS).unlink()
    with pytest.raises(Damaged, match="missing"):
        unlock(folder, migrations)
    assert not (folder / RECORDS).exists()


def test_another_vaults_records_are_refused(folder: Path, migrations: Path, tmp_path: Path) -> None:
    other, _ = make(tmp_path / "other.cmdesk", migrations)
    other.close()
    shutil.copy(tmp_path / "other.cmdesk" / RECORDS, folder / RECORDS)
    with pytest.raises(Damaged):
        unlock(folder, migrations)


def test_records_of_another_vault_under_this_key_are_refused(
    folder: Path, migrations: Path
) -> None:
    held = keys.unlock(folder, small.PASSPHRASE)
    raw = engine.connect(folder / RECORDS, held)
    raw.execute("UPDATE meta SET value = 'another' WHERE key = 'vault_id'")
    raw.close()
    with pytest.raises(Damaged, match="another vault"):
        unlock(folder, migrations)


def test_the_header_is_mended_from_its_copy_and_the_damage_kept(
    folder: Path, migrations: Path
) -> None:
    (folder / HEADER).write_bytes(b"torn")
    store = unlock(folder, migrations)
    assert ("Damaged header replaced by its copy", "repair", "{}") in store.ask(small.trail)
    store.close()
    assert (folder / f"{HEADER}.damaged").read_bytes() == b"torn"
    (folder / COPY).unlink()
    unlock(folder, migrations).close()


def test_a_reader_cannot_write(store: Store) -> None:
    store.do("Add client", small.add_client, "Maya")
    with pytest.raises(DatabaseError, match="readonly"):
        store.ask(small.rename_all, "Mia")

    def loosen(session: Session) -> None:
        session.execute(text("PRAGMA query_only = OFF"))

    with pytest.raises(DatabaseError, match="not authorized"):
        store.ask(loosen)
    assert store.ask(small.everything) == (((1, "Maya", None),), ())


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'plain.db' AS plain KEY ''",
        "PRAGMA temp_store = FILE",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = OFF",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA rekey = 'x'",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
        "SELECT sqlcipher_export('main')",
        "VACUUM INTO 'copy.db'",
    ],
)
def test_what_could_leak_is_denied(store: Store, statement: str) -> None:
    def run(session: Session) -> None:
        session.execute(text(statement))

    for use in (store.ask, partial(store.do, "Try")):
        with pytest.raises(DatabaseError, match=r"not authorized|prohibited|VACUUM"):
            use(run)


def test_connections_are_set_up_for_safety(store: Store) -> None:
    def pragmas(session: Session) -> dict[str, str]:
        names = "temp_store journal_mode synchronous foreign_keys cipher_status".split()  # noqa: SIM905
        return {n: str(session.execute(text(f"PRAGMA {n}")).scalar_one()) for n in names}

    right = {
        "temp_store": "2",
        "journal_mode": "truncate",
        "synchronous": "3",
        "foreign_keys": "1",
        "cipher_status": "1",
    }
    assert store.ask(pragmas) == right
    assert store.do("Look", pragmas) == right


def test_closing_forgets_the_keys_and_refuses_further_use(store: Store) -> None:
    vmk, dek = store.keys.vmk, store.keys.dek
    store.do("Add client", small.add_client, "Maya")
    store.close()
    assert not any(vmk)
    assert not any(dek)
    assert store.undo_label is None
    with pytest.raises(Problem, match="locked"):
        store.ask(small.everything)
    with pytest.raises(Problem, match="locked"):
        store.do("Add client", small.add_client, "Maya")
    store.close()


def test_a_failed_opening_lets_go_of_lock_and_keys(folder: Path, migrations: Path) -> None:
    held = keys.unlock(folder, small.PASSPHRASE)
    raw = (folder / RECORDS).read_bytes()
    (folder / RECORDS).write_bytes(b"")
    with pytest.raises(Damaged):
        vault.open_store(folder, held, small.SMALL, small.noon, migrations=migrations)
    assert not any(held.vmk)
    (folder / RECORDS).write_bytes(raw)
    unlock(folder, migrations).close()


def test_the_clock_reaches_sessions_and_statements(store: Store) -> None:
    def clocks(session: Session) -> tuple[object, object]:
        options = session.connection().get_execution_options()
        return session.info["clock"], options["clock"]

    assert store.ask(clocks) == (small.noon, small.noon)
    assert store.do("Look", clocks) == (small.noon, small.noon)


def test_a_vault_moved_away_is_not_written_to(store: Store, tmp_path: Path) -> None:
    store.do("Add client", small.add_client, "Maya")
    (store.folder / RECORDS).rename(tmp_path / "moved.db")
    with pytest.raises(Problem, match="moved or deleted"):
        store.do("Rename", small.rename_all, "Mia")
    (tmp_path / "moved.db").rename(store.folder / RECORDS)
    assert store.ask(small.everything) == (((1, "Maya", None),), ())
    store.do("Rename", small.rename_all, "Mia")


def test_a_write_inside_a_write_is_a_bug(store: Store) -> None:
    def nest(session: Session) -> None:
        store.do("Inner", small.add_client, "Maya")

    with pytest.raises(RuntimeError, match="inside"):
        store.do("Outer", nest)
    store.do("Add client", small.add_client, "Maya")


def test_work_that_commits_by_itself_keeps_its_audit_row(store: Store) -> None:
    def hasty(session: Session) -> None:
        small.add_client(session, "Maya")
        session.commit()

    store.do("Hasty", hasty)
    assert store.ask(small.trail)[-1] == ("Hasty", "write", '{"client":[1]}')
    assert store.undo() == "Hasty"
    assert store.ask(small.everything) == ((), ())
