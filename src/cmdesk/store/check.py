"""Look for damage in an open vault: header, anchors, records, trail, search, its own backups."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from cmdesk.errors import Damaged, Problem
from cmdesk.store import anchor, audit, backup, backup_files, device, mending, schema
from cmdesk.store.anchoring import device_key
from cmdesk.store.header import COPY, HEADER, parse
from cmdesk.store.migrate import BACKUPS, search_tables
from cmdesk.store.schema import Part
from cmdesk.store.sealing import zero
from cmdesk.store.store import Store

_RESTORE: Final = "Restore the newest backup into a new vault; keep this one until that is done."
_REBUILD: Final = "Run the check with mending: it makes the index anew; no record is affected."
_PUT_BACK: Final = "Run the check with mending: it puts it back; no record is affected."
_KEEP: Final = "Keep this vault and the newest backup as they are, and compare the two."
_AGAIN: Final = "Back up again, and move this file out of the backups."
_UNLOCK: Final = "Lock the vault and unlock it again."
_CLEANED: Final = (
    "Unused space in the records was damaged, as a power cut can do; it was cleaned, and no record "
    "is affected."
)
MOST: Final = 20  # findings of one kind; damage rarely comes alone
UNUSED: Final = "unused"  # the one finding that is already put right
_Run = tuple[str, str, Callable[[], list[str]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong: by which check, why, and what to do."""

    check: str
    why: str
    do: str


def check(store: Store) -> list[Finding]:
    """Run every check; about 10 s for 200 MB. An empty list means that all is well.

    What a first reading finds is read a second time before it is called damage. Damage in unused
    space alone is cleaned, told once (`unused`) and gone from the next check.
    """
    wanted = schema.expected(store.metadata, store.migrations)
    found = _examined(store, wanted)
    if found:
        found = _examined(store, wanted)
    if {finding.check for finding in found} == {"pages"} and not store.read_only:
        found = _cleaned(store, wanted) or found
    return [*_headers(store), *_device(store), *found, *_backups(store)]


def quick(store: Store) -> list[Finding]:
    """Look at pages and tables by reading alone, as after a crash; 1 s for 200 MB."""

    def look(session: Session) -> list[str]:
        rows = session.connection().exec_driver_sql("PRAGMA quick_check(20)")
        return [str(row[0]) for row in rows]

    try:
        whys = store.ask(look)
    except Problem as problem:
        whys = [problem.message]
    except DatabaseError as error:
        whys = [_met(error)]
    return [] if whys == ["ok"] else [Finding("database", why, _RESTORE) for why in whys]


def _examined(store: Store, wanted: dict[str, Part]) -> list[Finding]:
    found: list[Finding] = []
    noted = anchor.head_in(store.keys.header)

    def examine(connection: Connection, audit_key: bytearray) -> None:
        checks: list[_Run] = [
            ("anchor", anchor.WAYS_ON, lambda: _anchors(connection, store)),
            ("pages", _RESTORE, lambda: _pages(connection)),
            ("database", _RESTORE, lambda: _database(connection)),
            ("references", _RESTORE, lambda: _references(connection)),
            ("audit", _KEEP, lambda: audit.verify(connection, audit_key, noted)),
        ]
        if not store.read_only:  # the index can only be compared by a statement that may write
            checks.append(("search", _REBUILD, lambda: list(_search(connection))))
        for name, do, run in checks:
            found.extend(Finding(name, why, do) for why in _whys(run))
        faults = _whys(lambda: list(schema.faults(connection, wanted).values()))
        found.extend(Finding("schema", why, _for_part(why, wanted)) for why in faults)

    store.examine(examine)
    return found


def _whys(run: Callable[[], list[str]]) -> list[str]:
    try:
        return run()[:MOST]
    except DatabaseError as error:
        return [_met(error)]


def _met(error: DatabaseError) -> str:
    return f"The check itself met damage ({type(error.orig).__name__})."


def _cleaned(store: Store, wanted: dict[str, Part]) -> list[Finding]:
    """Clean what no row is in; an empty list if that was not all."""
    try:
        mending.clean_unused(store)
    except Problem:
        return []
    if _examined(store, wanted):
        return []
    store.note("Damaged unused space cleaned", mending.REPAIR)
    return [Finding(UNUSED, _CLEANED, "Nothing is left to do.")]


def _for_part(why: str, wanted: dict[str, Part]) -> str:
    tables = [part.name for part in wanted.values() if part.kind not in schema.MENDABLE]
    missing = any(why.endswith(f" {name} is missing.") for name in tables)
    return _RESTORE if missing else _PUT_BACK


def _headers(store: Store) -> Generator[Finding]:
    for name, words in ((HEADER, "The header"), (COPY, "The header's copy")):
        try:
            same = parse(_bytes(store.folder / name)) == store.keys.header
        except (Problem, OSError):
            yield Finding("header", f"{words} is damaged.", _UNLOCK)
        else:
            if not same:
                yield Finding("header", f"{words} is not the one that was written last.", _UNLOCK)


def _bytes(path: Path) -> bytes:
    return path.read_bytes()


def _memory(store: Store) -> device.Memory:
    key = device_key(store.keys)
    try:
        return device.recall(store.keys.header.vault_id, store.folder, key)
    finally:
        zero(key)


def _device(store: Store) -> Generator[Finding]:
    if _memory(store).damaged:
        yield Finding("device", "This computer's note of the last use is damaged.", _UNLOCK)


def _backups(store: Store) -> Generator[Finding]:
    """Prove the newest backup in the vault's own folder, and look at the beginning of the others.

    Proving takes a copy, so nothing but the beginning is looked at where nothing may be written.
    """
    place = store.folder / BACKUPS
    newest = (
        None
        if store.read_only
        else next(iter(backup.listed(place, store.keys.header.vault_id)), None)
    )
    for file in backup_files.files(place, backup_files.SUFFIX):
        try:
            if newest and file == newest.file:
                backup.verify(file, store.keys)
            else:
                backup.look(file)
        except Damaged as damage:
            yield Finding("backup", f"{file.name}: {damage.message}", _AGAIN)
        except (Problem, OSError):  # too new, no room for a copy: that is no damage
            continue


def _anchors(connection: Connection, store: Store) -> list[str]:
    """Compare with header and computer: an older state may have been put in place."""
    older = anchor.compare(
        audit.head(connection),
        lambda seq: audit.mac_at(connection, seq),
        store.keys.header,
        _memory(store).note,
    )
    return [older.message] if older else []


def _pages(connection: Connection) -> list[str]:
    """Authenticate every page of the file by its HMAC."""
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]


def _database(connection: Connection) -> list[str]:
    rows = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if rows == ["ok"] else rows


def _references(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return [f"Row {row[1]} of {row[0]} points at a row of {row[2]} that is gone." for row in rows]


def _search(connection: Connection) -> Generator[str]:
    """Compare every index with the rows it is of: rank 1 asks for that, nothing less sees drift."""
    for table in search_tables(connection):
        try:
            connection.exec_driver_sql(
                f'INSERT INTO "{table}" ("{table}", rank) VALUES (\'integrity-check\', 1)'  # noqa: S608 - named by the schema
            )
        except DatabaseError:
            yield f"The search index {table} does not match the records."
