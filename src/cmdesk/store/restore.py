"""Bring a backup back: always into a new vault, proved before it gets its name."""

import shutil
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection

from cmdesk import folders
from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.store import (
    audit,
    backup,
    backup_files,
    container,
    copy_proof,
    device,
    engine,
    migrate,
    new_folder,
    places,
)
from cmdesk.store import header as headers
from cmdesk.store import keys as keyring
from cmdesk.store.anchoring import device_key
from cmdesk.store.audit import Head
from cmdesk.store.backup import Verified
from cmdesk.store.files import sync_folder
from cmdesk.store.header import RECORDS, Anchor
from cmdesk.store.keys import Keys
from cmdesk.store.recovery import parse_code
from cmdesk.store.sealing import zero
from cmdesk.store.store import Clock, Store
from cmdesk.store.troubles import files_plainly, plainly
from cmdesk.store.watching import Cancel, Progress, Watch

_READ: Final = 0.4  # of the whole way
_GROW_BY_THEMSELVES: Final = {"audit", "draft", "journal", "backup_run"}


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a test restore found. A test restore that fails raises instead."""

    file: Path
    at: datetime
    """when the backup was made"""
    head: Head
    rows: dict[str, int]
    newer: int
    """acts recorded since then, which the backup does not hold"""


def restore(
    file: Path,
    folder: Path,
    *,
    passphrase: str | None = None,
    code: str | None = None,
    clock: Clock,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Keys:
    """Make a new vault in `folder` from a backup, and return its keys. The caller forgets them.

    Passphrase and recovery code are those of the day of the backup. Raises WrongSecret, Damaged,
    Problem or Cancelled; nothing is left behind then.
    """
    folder = Path(folder.absolute())
    against = folders.against(folder)
    if against:
        raise Problem(against)
    watch = Watch(progress, cancelled)
    with plainly(), files_plainly(folder), ExitStack() as undo:
        with new_folder.beside(folder, clock()) as part:
            headers.write(part, backup.look(file).header)
            held = _unlocked(part, passphrase, code)
            undo.callback(held.forget)
            _bring_back(file, part, held, watch)
            anchor = _tell(part, held, clock(), file)
        undo.pop_all()
    _remember(folder, held, anchor)
    return held


def drill(
    store: Store,
    file: Path,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Drilled:
    """Restore a backup of this vault into a scratch vault, compare, and remove it again.

    Raises Damaged or Problem if it does not come back whole, or is not of this vault's past.
    """
    contents = backup.look(file)
    if contents.header.vault_id != store.keys.header.vault_id:
        raise Problem("This is a backup of another vault.", "Choose one of this vault.")
    held = keyring.reopened(store.keys, contents.header)
    try:
        with plainly(), files_plainly(file.parent), places.scratch(file, contents.size) as place:
            headers.write(place, contents.header)
            proved = _bring_back(file, place, held, Watch(progress, cancelled))
    finally:
        held.forget()
    newer = store.examine(lambda connection, _: _since(connection, proved))
    store.note(f"Test restore of {file.name}: it opened and is whole", "restore_test")
    return Drilled(file, contents.at, proved.head, proved.rows, newer)


def prove(
    file: Path,
    passphrase: str | None = None,
    code: str | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Verified:
    """Prove any backup by its own secret, without a vault; about 1 s for 70 MB after Argon2id.

    Raises WrongSecret, Damaged, Problem or Cancelled; nothing is left behind in any case.
    """
    contents = backup.look(file)
    with plainly(), files_plainly(file.parent), places.scratch(file, contents.size) as place:
        headers.write(place, contents.header)
        held = _unlocked(place, passphrase, code)
        try:
            return _bring_back(file, place, held, Watch(progress, cancelled))
        finally:
            held.forget()


def _unlocked(place: Path, passphrase: str | None, code: str | None) -> Keys:
    """Open a backup's keys; a wrong secret is told of the backup and its day, not of a vault."""
    if code is not None:
        zero(parse_code(code))  # a slip in typing is told as one
    try:
        return keyring.unlock(place, passphrase, code)
    except WrongSecret as wrong:
        if code is not None:
            told = "This recovery code does not open the backup.", "Use the sheet of its day."
        else:
            told = (
                "This passphrase does not open the backup.",
                "Use the one of the day it was made.",
            )
        raise WrongSecret(*told) from wrong


def _bring_back(file: Path, part: Path, keys: Keys, watch: Watch) -> Verified:
    """Write the records into a folder that has the header already, and prove them."""
    size = backup.look(file).size
    if shutil.disk_usage(part).free < size:
        raise Problem(
            f"Restoring needs {size // 1_000_000 + 1} MB of free disk space.",
            "Make some room, then try again.",
        )
    raw, sha256 = container.extract(file, part / RECORDS, watch.part(0, _READ, size), sync=True)
    if backup_files.parsed(raw) != keys.header:
        raise Damaged("The backup changed while it was being read.", "Try again.")
    (part / migrate.BACKUPS).mkdir(mode=0o700)
    migrate.refuse_newer(keys.header.app_schema, migrate.default_place())
    proved = copy_proof.prove(part / RECORDS, keys, watch.part(_READ, 1))
    sync_folder(part)
    return Verified(sha256, proved.head, proved.rows)


def _tell(part: Path, keys: Keys, now: datetime, file: Path) -> Anchor:
    """Write into the new vault's trail where it comes from, and its own anchor into its header."""
    opened, audit_key = engine.writer(part / RECORDS, keys, lambda: now), keys.audit_key()
    made = backup.look(file).at.astimezone(UTC)
    try:
        with opened.begin() as connection:
            act = f"Restored from the backup of {made:%Y-%m-%d %H:%M} UTC"
            audit.append(connection, audit_key, now, act, "restore")
            head = audit.head(connection)
    finally:
        zero(audit_key)
        opened.dispose()
    saves = keys.header.anchor.saves if keys.header.anchor else 0
    utc = now.astimezone(UTC).isoformat(timespec="seconds")
    anchor = Anchor(head.seq, bytes.fromhex(head.mac), saves, utc)
    # Whoever had the vault open when the backup was made does not have this one.
    keyring.write(part, keys, replace(keys.header, anchor=anchor, open_by=None))
    return anchor


def _remember(folder: Path, keys: Keys, anchor: Anchor) -> None:
    """Begin this computer's note anew: an older vault may have been in the same folder."""
    key = device_key(keys)
    with suppress(OSError):
        device.remember(keys.header.vault_id, folder, key, anchor, keys.header.generation)
    zero(key)


def _since(connection: Connection, proved: Verified) -> int:
    """Return how many acts came after the backup, once it is proved to be of this vault's past."""
    found = connection.exec_driver_sql("SELECT mac FROM audit WHERE seq = ?", (proved.head.seq,))
    if proved.head.seq and found.scalar() != proved.head.mac:
        raise Damaged(
            "The backup opened, but it is not of this vault's past.",
            "Keep both as they are; the newest backup of this vault is another file.",
        )
    written = connection.exec_driver_sql(
        "SELECT count(*) FROM audit WHERE seq > ? AND rows != '{}'", (proved.head.seq,)
    )
    now = copy_proof.counted(connection)
    same = {table: rows for table, rows in now.items() if table not in _GROW_BY_THEMSELVES}
    if not written.scalar_one() and any(
        proved.rows.get(table) != rows for table, rows in same.items()
    ):
        raise Damaged("The backup opened, but rows are missing from it.", "Take another backup.")
    return audit.head(connection).seq - proved.head.seq
