"""Make a vault, and open one after proving that it is what it should be."""

import os
import secrets
import shutil
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC
from pathlib import Path
from typing import Final

from sqlalchemy import MetaData

from cmdesk import folders
from cmdesk.errors import Damaged, Problem
from cmdesk.store import engine, lockfile, migrate
from cmdesk.store import keys as keyring
from cmdesk.store.files import replace as replace_file
from cmdesk.store.files import sync_folder
from cmdesk.store.header import HEADER, PAGE_SIZE, RECORDS, Kdf
from cmdesk.store.keys import Keys, confirm_recovery, recovery_owed, replace_recovery
from cmdesk.store.store import Clock, Store
from cmdesk.store.tables import DDL
from cmdesk.store.troubles import files_plainly, plainly

__all__ = [
    "Kdf",
    "confirm_recovery",
    "create",
    "open_store",
    "recovery_owed",
    "replace_recovery",
    "unlock_and_open",
]

_RESTORE: Final = "Restore the newest backup; keep this vault as it is until that is done."
_SALT: Final = 16  # bytes at the head of the file
_SMALLEST: Final = 2 * PAGE_SIZE


def create(
    folder: Path,
    passphrase: str,
    metadata: MetaData,
    clock: Clock,
    *,
    kdf: Kdf | None = None,
    migrations: Path | None = None,
) -> tuple[Store, str]:
    """Make a vault and open it; return it with its recovery code, owed until confirmed.

    It is made beside its place and renamed into it, so that a failure leaves nothing behind.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    _refuse_place(folder)
    kdf = keyring.strong_enough(kdf or Kdf())
    with plainly(), files_plainly(folder), ExitStack() as undo:
        _make_parents(folder.parent, undo)
        part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
        part.mkdir(mode=0o700)
        undo.callback(shutil.rmtree, part, ignore_errors=True)
        created = clock().astimezone(UTC).isoformat(timespec="seconds")
        keys, code = keyring.make(passphrase, vault_id=_new_id(), created=created, kdf=kdf)
        _make_records(part, keys, metadata, migrations or migrate.default_place())
        if folder.is_dir():
            folder.rmdir()  # empty, as was checked; Windows does not rename over it
        part.rename(folder)
        undo.pop_all()
        sync_folder(folder.parent)
    return open_store(folder, keys, metadata, clock, migrations=migrations), code


def unlock_and_open(
    folder: Path,
    metadata: MetaData,
    clock: Clock,
    *,
    passphrase: str | None = None,
    code: str | None = None,
    migrations: Path | None = None,
) -> Store:
    keys = keyring.unlock(folder, passphrase, code)
    return open_store(folder, keys, metadata, clock, migrations=migrations)


def open_store(
    folder: Path,
    keys: Keys,
    metadata: MetaData,
    clock: Clock,
    *,
    migrations: Path | None = None,
) -> Store:
    """Open the records, upgrading them if they are older. The store takes over `keys`.

    Raises Damaged, or Problem if the vault is open elsewhere, too new, or out of reach.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    migrations = migrations or migrate.default_place()
    with plainly(), files_plainly(folder), ExitStack() as undo:
        undo.callback(keys.forget)
        lock = lockfile.take(folder, clock())
        undo.callback(lockfile.release, lock)
        before = _proved(folder, keys)
        migrate.refuse_newer(before, migrations)
        after = migrate.newest(migrations)
        if before != after:
            migrate.room_for_copy(folder)
            migrate.set_aside(folder, keys, before, clock())
            migrate.upgrade(folder, keys, metadata, migrations)
        repaired = keys.from_copy
        if repaired and (folder / HEADER).exists():
            replace_file(folder / HEADER, folder / f"{HEADER}.damaged")  # evidence is kept
        if repaired or keys.header.app_schema != after:
            keyring.write(folder, keys, replace(keys.header, app_schema=after))
        records = folder / RECORDS
        engines = engine.writer(records, keys, clock), engine.reader(records, keys, clock)
        for each in engines:
            undo.callback(each.dispose)
        store = Store(folder, keys, engines, metadata, clock, lock)
        undo.pop_all()
    _tell(store, before, after, repaired=repaired)
    return store


def _tell(store: Store, before: str, after: str, *, repaired: bool) -> None:
    """Write what the opening itself has to say into the audit trail."""
    if before != after:
        store.note(f"Records upgraded from {before or 'nothing'} to {after}", "migration")
    if repaired:
        store.note("Damaged header replaced by its copy", "repair")
    store.note("Unlocked", "unlock")


def _refuse_place(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        raise Problem(f"{folder} already holds something.", "Choose a new name for the vault.")
    if folder.exists() and not folder.is_dir():
        raise Problem(f"{folder} is a file.", "Choose a new name for the vault.")
    shared = folders.synced_by(folder)
    if shared:
        raise Problem(
            f"{folder} is kept in step with other computers by {shared}, which can damage records "
            "in use.",
            "Choose a folder on this computer alone; backups may go there.",
        )
    if folders.is_network(folder):
        raise Problem(
            f"{folder} is on a network drive, where records in use are not safe.",
            "Choose a folder on this computer; backups may go there.",
        )


def _make_parents(parent: Path, undo: ExitStack) -> None:
    missing = [place for place in (parent, *parent.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700)
        undo.callback(place.rmdir)


def _new_id() -> str:
    digits = secrets.token_hex(16)
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def _make_records(part: Path, keys: Keys, metadata: MetaData, migrations: Path) -> None:
    records = part / RECORDS
    records.touch(mode=0o600)
    (part / migrate.BACKUPS).mkdir(mode=0o700)
    raw = engine.connect(records, keys)
    try:
        raw.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
        for statement in DDL:
            raw.execute(statement)
        raw.execute("INSERT INTO meta VALUES ('vault_id', ?)", (keys.header.vault_id,))
    finally:
        raw.close()
    migrate.upgrade(part, keys, metadata, migrations)
    header = replace(keys.header, app_schema=migrate.newest(migrations))
    keyring.write(part, keys, header)


def _proved(folder: Path, keys: Keys) -> str:
    """Return the records' revision, once they are proved to be this vault's and whole enough."""
    records = folder / RECORDS
    _prove_file(records, keys.header.salt)
    raw = engine.connect(records, keys)
    try:
        mark = raw.execute("PRAGMA application_id").fetchone()
        has_meta = raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone()
        id_ = has_meta and raw.execute("SELECT value FROM meta WHERE key = 'vault_id'").fetchone()
        if mark != (engine.APPLICATION_ID,) or id_ != (keys.header.vault_id,):
            raise Damaged("The records belong to another vault.", _RESTORE)
        return migrate.current(raw)
    finally:
        raw.close()


def _prove_file(records: Path, salt: bytes) -> None:
    """Look at the file itself, before an engine is open: afterwards that drops SQLite's locks."""
    try:
        size = records.stat().st_size
        with records.open("rb") as file:
            start = file.read(_SALT)
    except FileNotFoundError:
        raise Damaged("The vault's records are missing.", _RESTORE) from None
    except PermissionError:
        raise Problem(
            "The vault's records can't be read.", "Check who may open this folder."
        ) from None
    journal = records.with_name(records.name + "-journal")
    interrupted = journal.exists() and journal.stat().st_size > 0  # the open will roll it back
    if size < _SMALLEST or (size % PAGE_SIZE and not interrupted):
        raise Damaged("The vault's records are cut short.", _RESTORE)
    if start.startswith(b"SQLite format 3"):
        raise Damaged("The records are not encrypted, so they were not opened.", _RESTORE)
    if start != salt:
        raise Damaged("The start of the records is damaged.", _RESTORE)
