"""Put right what can be made anew from the records themselves; the records are never touched."""

import os
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from cmdesk.errors import Damaged
from cmdesk.store import engine, lockfile, opening_proof, schema
from cmdesk.store.files import atomic_write, full_sync
from cmdesk.store.header import PAGE_SIZE, RECORDS
from cmdesk.store.keys import Keys
from cmdesk.store.migrate import search_tables
from cmdesk.store.store import Clock, Store
from cmdesk.store.troubles import plainly

KEPT: Final = f"{RECORDS}.first-page"  # the damaged page, as evidence
REPAIR: Final = "repair"  # kind of the audit rows
_AT_ONCE: Final = 4096  # pages in one row


def mend(store: Store) -> list[str]:
    """Put back indexes and triggers, and make every search index anew. Says what was done."""
    wanted = schema.expected(store.metadata, store.migrations)
    done: list[str] = []

    def work(connection: Connection) -> None:
        done[:] = [f"{name} was put back." for name in schema.put_back(connection, wanted)]
        for table in search_tables(connection):
            connection.exec_driver_sql(f'INSERT INTO "{table}" ("{table}") VALUES (\'rebuild\')')  # noqa: S608 - named by the schema
            done.append(f"The search index {table} was made anew.")

    store.maintain([("Indexes and triggers made anew", REPAIR)], work)
    return done


def clean_unused(store: Store) -> None:
    """Write every unused page of the records anew. Raises Problem if something else writes."""
    with store.still(), plainly():
        _rewrite_unused(store.folder, store.keys)


def clean_unused_of(folder: Path, keys: Keys) -> bool:
    """Do so where unused pages alone are damaged, as a power cut may leave them; say whether.

    SQLite's journal does not hold such pages: there is nothing in them to bring back.
    """
    with plainly():
        raw = engine.connect(folder / RECORDS, keys)
        try:
            damaged = raw.execute("PRAGMA cipher_integrity_check").fetchall()
            if not damaged or raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
                return False
        finally:
            raw.close()
        _rewrite_unused(folder, keys)
    return True


def _rewrite_unused(folder: Path, keys: Keys) -> None:
    """Let a table take all unused pages, and give them back: SQLite does not read those first.

    VACUUM does read them, to journal them, and fails on a damaged one (measured: MemoryError).
    """
    raw = engine.connect(folder / RECORDS, keys)
    try:
        raw.execute("BEGIN IMMEDIATE")
        row = raw.execute("PRAGMA freelist_count").fetchone()
        raw.execute("CREATE TABLE unused_space (bytes BLOB)")
        for left in range(int(row[0]) if row else 0, 0, -_AT_ONCE):
            size = min(left, _AT_ONCE) * PAGE_SIZE
            raw.execute("INSERT INTO unused_space VALUES (zeroblob(?))", (size,))
        raw.execute("DROP TABLE unused_space")
        raw.execute("COMMIT")
    finally:
        raw.close()


def repair_start(folder: Path, keys: Keys, clock: Clock) -> bool:
    """Put back the first 16 bytes of the records, which the header knows. True if they were wrong.

    For a closed vault; the page as it was is kept in `records.db.first-page`. Raises Damaged, and
    the records are as they were, if more than these bytes is wrong.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    records = folder / RECORDS
    crashed = lockfile.left(folder) or keys.header.open_by is not None
    lock = lockfile.take(folder, clock())
    try:
        first = _first_page(records)
        salt = keys.header.salt
        if len(first) < PAGE_SIZE or first.startswith((salt, b"SQLite format 3")):
            return False
        opening_proof.refuse_foreign_journal(folder, crashed=crashed, read_only=False)
        engine.connect(records, keys).close()  # it reads past them: the key brings its own salt
        atomic_write(folder / KEPT, first)
        descriptor = os.open(records, os.O_RDWR | getattr(os, "O_BINARY", 0))
        try:
            os.write(descriptor, salt)
            full_sync(descriptor)
        finally:
            os.close(descriptor)
        return True
    finally:
        lockfile.release(lock, crashed=crashed)


def _first_page(records: Path) -> bytes:
    try:
        with records.open("rb") as file:
            return file.read(PAGE_SIZE)
    except FileNotFoundError:
        raise Damaged("The vault's records are missing.", "Restore the newest backup.") from None
