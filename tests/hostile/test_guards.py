"""S4, S5: no records without encryption, and no statement that could let them out."""

import sqlite3
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged, Problem
from cmdesk.store import engine
from cmdesk.store.header import RECORDS
from cmdesk.store.store import Store
from tests.hostile.kept import Kept, hashes

REFUSED = (
    "ATTACH DATABASE '{place}' AS out",
    "ATTACH DATABASE ':memory:' AS out",
    "ATTACH DATABASE '{place}' AS out KEY ''",
    "DETACH DATABASE main",
    "SELECT load_extension('{place}')",
    "SELECT sqlcipher_export('main')",
    "SELECT fts3_tokenizer('simple')",
    "PRAGMA temp_store = FILE",
    "PRAGMA temp_store_directory = '{folder}'",
    "PRAGMA key = 'x'",
    "PRAGMA rekey = 'x'",
    "PRAGMA hexkey = '00'",
    "PRAGMA hexrekey = '00'",
    "PRAGMA textkey = 'x'",
    "PRAGMA textrekey = 'x'",
    "PRAGMA journal_mode = MEMORY",
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA writable_schema = ON",
    "PRAGMA cipher_log = '{place}'",
    "PRAGMA cipher_profile = '{place}'",
    "PRAGMA cipher_use_hmac = OFF",
    "PRAGMA secure_delete = OFF",
    "PRAGMA foreign_keys = OFF",
    "PRAGMA trusted_schema = ON",
    "PRAGMA cell_size_check = OFF",
    "PRAGMA ignore_check_constraints = ON",
    "PRAGMA fullfsync = OFF",
    "PRAGMA KEY = 'x'",
    "pragma Temp_Store = 1",
    "PRAGMA main.journal_mode = OFF",
    "PRAGMA cipher_plaintext_header_size = 32",
    "PRAGMA cipher_migrate",
    "PRAGMA cipher_log_level = TRACE",
    "PRAGMA checkpoint_fullfsync = OFF",
    "PRAGMA mmap_size = 268435456",
    "PRAGMA cipher_default_use_hmac = OFF",
    "PRAGMA cipher_salt = 'x'",
    "PRAGMA cipher_memory_security = OFF",
)


@pytest.fixture
def store(kept: Kept, folder: Path) -> Generator[Store]:
    made = kept.open(folder)
    yield made
    made.close()


@pytest.fixture(scope="module")
def unharmed(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """Return one store for all that is denied: it leaves nothing."""
    made = kept.open(kept.copied(tmp_path_factory.mktemp("guards") / "a.cmdesk"))
    yield made
    made.close()


def denied(connection: Connection, statement: str) -> bool:
    try:
        connection.exec_driver_sql(statement).all()
    except DatabaseError as error:
        words = str(error.orig)
        return "not authorized" in words or "prohibited" in words or "authorization" in words
    except Exception as error:  # noqa: BLE001 - a statement without rows
        return "authoriz" in str(error)
    return False


@pytest.mark.parametrize("statement", REFUSED)
def test_statements_are_denied_by_both_engines(
    unharmed: Store, tmp_path: Path, statement: str
) -> None:
    place = tmp_path / "plain.db"
    asked = statement.format(place=place, folder=tmp_path)

    def read(session: Session) -> bool:
        return denied(session.connection(), asked)

    def write(connection: Connection, _key: bytearray) -> bool:
        return denied(connection, asked)

    assert (unharmed.ask(read), unharmed.examine(write)) == (True, True)
    assert not place.exists()


def test_nothing_is_vacuumed_out(kept: Kept, folder: Path, tmp_path: Path) -> None:
    """It is refused by the attaching it does inside."""
    held = kept.fresh_keys()
    raw = engine.connect(folder / RECORDS, held)
    held.forget()
    for statement in (f"VACUUM INTO '{tmp_path / 'plain.db'}'", "VACUUM"):
        with pytest.raises(Exception, match="author"):
            raw.execute(statement)
    raw.close()
    assert not (tmp_path / "plain.db").exists()


def test_control_a_connection_without_the_guard_lets_records_out(
    kept: Kept, folder: Path, tmp_path: Path
) -> None:
    held = kept.fresh_keys()
    raw = engine.connect(folder / RECORDS, held, guarded=False)
    held.forget()
    raw.execute(f"ATTACH DATABASE '{tmp_path / 'plain.db'}' AS out KEY ''")
    raw.execute("SELECT sqlcipher_export('out')").fetchall()
    raw.execute("DETACH DATABASE out")
    raw.close()
    assert b"Brenner" in (tmp_path / "plain.db").read_bytes()


def test_readers_write_nothing(store: Store) -> None:
    def write(session: Session) -> None:
        session.connection().exec_driver_sql("UPDATE person SET notes = 'x'")

    with pytest.raises(DatabaseError, match="readonly"):
        store.ask(write)


class PlainSQLite(sqlite3.Connection):
    """What a build linked to plain SQLite would be: it takes a key and encrypts nothing."""

    def set_key(self, key: bytearray) -> None:
        assert key


@pytest.fixture
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    def connect(path: str, **options: Any) -> PlainSQLite:
        return sqlite3.connect(path, factory=PlainSQLite, **options)

    monkeypatch.setattr(engine, "_connect", connect)


def zeroed(folder: Path) -> None:
    (folder / RECORDS).write_bytes(b"")


def unencrypted(folder: Path) -> None:
    (folder / RECORDS).unlink()
    made = sqlite3.connect(folder / RECORDS)
    made.execute("CREATE TABLE meta (key TEXT, value TEXT)")
    made.commit()
    made.close()


@pytest.mark.usefixtures("plain")
@pytest.mark.parametrize("spoil", [zeroed, unencrypted])
def test_a_program_without_sqlcipher_opens_nothing(kept: Kept, folder: Path, spoil: Any) -> None:
    """The incident of another program: a new build wrote its records unencrypted, silently."""
    spoil(folder)
    held = kept.fresh_keys()
    before = hashes(folder)
    with pytest.raises(Damaged, match="not encrypted"):
        engine.connect(folder / RECORDS, held)
    with pytest.raises(Problem):
        kept.open(folder)
    assert hashes(folder) == before


@pytest.mark.usefixtures("plain")
def test_control_plain_sqlite_would_have_opened_it(folder: Path) -> None:
    unencrypted(folder)
    made = sqlite3.connect(folder / RECORDS)
    assert made.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    made.close()


def test_a_key_that_is_not_the_right_one_opens_nothing(kept: Kept, folder: Path) -> None:
    held = kept.fresh_keys()
    held.dek[0] ^= 1
    with pytest.raises(Damaged, match="right key does not open"):
        engine.connect(folder / RECORDS, held)
    held.dek[:] = bytes(len(held.dek))
    with pytest.raises(Damaged, match="right key does not open"):
        engine.connect(folder / RECORDS, held)


def test_an_engine_never_makes_a_file(kept: Kept, folder: Path) -> None:
    (folder / RECORDS).unlink()
    with pytest.raises(Problem, match="can't be opened"):
        engine.connect(folder / RECORDS, kept.fresh_keys())
    assert not (folder / RECORDS).exists()
