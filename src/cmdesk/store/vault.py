"""Make a vault, and open one after proving that it is what it should be."""

import os
import secrets
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC
from pathlib import Path

from sqlalchemy import MetaData

from cmdesk import folders
from cmdesk.errors import Problem
from cmdesk.store import backup, engine, migrate, new_folder
from cmdesk.store import keys as keyring
from cmdesk.store.header import RECORDS, Kdf
from cmdesk.store.keys import Keys, recovery_owed
from cmdesk.store.opening import Opening
from cmdesk.store.store import Clock, Store
from cmdesk.store.tables import DDL
from cmdesk.store.troubles import files_plainly, plainly

__all__ = [
    "Kdf",
    "create",
    "open_store",
    "recovery_owed",
    "unlock_and_open",
]


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
    kdf = kdf and keyring.strong_enough(kdf)
    now = clock()
    with plainly(), files_plainly(folder), new_folder.beside(folder, now) as part:
        created = now.astimezone(UTC).isoformat(timespec="seconds")
        keys, code = keyring.make(passphrase, vault_id=_new_id(), created=created, kdf=kdf)
        _make_records(part, keys, metadata, migrations or migrate.default_place())
    return open_store(folder, keys, metadata, clock, migrations=migrations), code


def unlock_and_open(
    folder: Path,
    metadata: MetaData,
    clock: Clock,
    *,
    passphrase: str | None = None,
    code: str | None = None,
    migrations: Path | None = None,
    read_only: bool = False,
    accept: bool = False,
) -> Store:
    keys = keyring.unlock(folder, passphrase, code)
    return open_store(
        folder, keys, metadata, clock, migrations=migrations, read_only=read_only, accept=accept
    )


def open_store(
    folder: Path,
    keys: Keys,
    metadata: MetaData,
    clock: Clock,
    *,
    migrations: Path | None = None,
    read_only: bool = False,
    accept: bool = False,
) -> Store:
    """Open the records, upgrading them if they are older. The store takes over `keys`.

    With `read_only` nothing at all is written into the vault's folder. Raises `anchor.Older` where
    the records are older than the last use (`accept` opens and re-anchors them), Damaged, or
    Problem if the vault is open elsewhere, too new, or out of reach.
    """
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    migrations = migrations or migrate.default_place()
    with plainly(), files_plainly(folder), ExitStack() as undo:
        undo.callback(keys.forget)
        opening = Opening(folder, keys, clock, undo, read_only=read_only, accept=accept)
        opening.look_at_place()
        lock = opening.lock()
        opening.look_at_header()
        proved = opening.prove_records()
        migrate.refuse_newer(proved.revision, migrations)
        after = migrate.newest(migrations)
        if proved.revision != after:
            _upgrade(opening, metadata, migrations, proved.revision, after)
        opening.write_header(after)
        more = {"read_only": read_only, "crashed": opening.crashed}
        engines = opening.engines()
        store = Store(folder, keys, engines, metadata, clock, lock, migrations=migrations, **more)
        opening.finish(store)
        undo.pop_all()
    return store


def _upgrade(
    opening: Opening, metadata: MetaData, migrations: Path, before: str, after: str
) -> None:
    if opening.read_only:
        raise Problem(
            "These records are of an older cmdesk and have to be upgraded first.",
            "Open the vault in the usual way once.",
        )
    migrate.room_for_copy(opening.folder)
    opening.drop_anchor()
    place = opening.folder / migrate.BACKUPS
    backup.copy(opening.folder, opening.keys, place, "before_migration", opening.clock)
    migrate.upgrade(opening.folder, opening.keys, metadata, migrations)
    opening.note(f"Records upgraded from {before or 'nothing'} to {after}", "migration")


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
