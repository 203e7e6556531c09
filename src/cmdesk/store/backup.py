"""Back the vault up into one file, and prove at once that the file holds all of it."""

import os
import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from sqlalchemy import Connection

from cmdesk.errors import Damaged, Problem
from cmdesk.rules.backup_keeping import NOTHING, USUAL, Held, Keeping, Thinning
from cmdesk.store import (
    audit,
    backup_files,
    container,
    copy_proof,
    device,
    engine,
    mending,
    places,
    thinning,
)
from cmdesk.store import keys as keyring
from cmdesk.store.audit import Head
from cmdesk.store.backup_files import Contents, Listed, listed, look
from cmdesk.store.files import replace as replace_file
from cmdesk.store.files import sync_folder
from cmdesk.store.header import RECORDS, write_out
from cmdesk.store.keys import Keys
from cmdesk.store.store import Clock, Store
from cmdesk.store.troubles import plainly
from cmdesk.store.watching import Cancel, Progress, Watch

__all__ = [
    "Contents", "Listed", "Made", "Verified", "changed", "copy", "listed", "look", "make", "verify",
]  # fmt: skip

WRITTEN: Final = 0.4  # of the whole way; the rest is the verification
_READ_BACK: Final = 0.3  # of the verification


@dataclass(frozen=True, slots=True)
class Verified:
    """What a backup was proved to hold."""

    sha256: str  # of the whole file
    head: Head
    rows: dict[str, int]


@dataclass(frozen=True, slots=True)
class Made:
    """One finished backup, verified."""

    file: Path
    at: datetime
    size: int  # bytes
    holds: Verified
    thinned: Thinning = NOTHING
    """the older ones that were removed, or why none was"""

    @property
    def verified(self) -> bool:
        return True  # what fails is `.bad`, and an error

    @property
    def sha256(self) -> str:
        return self.holds.sha256

    @property
    def head(self) -> Head:
        return self.holds.head

    @property
    def rows(self) -> dict[str, int]:
        return self.holds.rows


@dataclass(frozen=True, slots=True)
class Records:
    """What is backed up, and how it is kept still meanwhile."""

    folder: Path
    keys: Keys
    still: Callable[[], AbstractContextManager[None]]
    source: Callable[[], IO[bytes]] | None
    read_only: bool


def make(
    store: Store,
    place: Path,
    occasion: str = "by_hand",
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    keeping: Keeping | None = USUAL,
) -> Made:
    """Back an open vault up into a folder that is there; saving waits only while bytes are copied.

    Older backups of this vault in that folder are thinned by `keeping`; None keeps all. Raises
    Damaged, Problem, or Cancelled (also when the vault is locked meanwhile): nothing is left then.
    """

    def stopped() -> bool:
        locked = not any(store.keys.vmk)
        return locked or bool(cancelled and cancelled())

    moved = thinning.clock_moved(store) if keeping else False
    _anchored(store)  # so that the backup knows its own last row
    made = copy(
        store.folder,
        store.keys,
        place,
        occasion,
        store.clock,
        still=store.still,
        source=store.records,
        progress=progress,
        cancelled=stopped,
        read_only=store.read_only,
    )
    if keeping:
        made = replace(made, thinned=thinning.thin(store, place, keeping, moved=moved))
    with suppress(Problem):  # the backup stands, though the vault be locked or its disk full
        store.note(_told(made), "backup")
    _anchored(store)
    device.note_backup(store.folder, made.at)
    return made


def changed(store: Store) -> bool:
    """Whether anything was written since the newest backup was made; the trail itself says so."""
    return store.examine(lambda connection, _: _changed(connection))


def _changed(connection: Connection) -> bool:
    found = connection.exec_driver_sql(
        "SELECT 1 FROM audit WHERE seq > "
        "(SELECT coalesce(max(seq), 0) FROM audit WHERE kind = 'backup') AND (rows != '{}' OR "
        "kind IN ('passphrase', 'recovery', 'keychain', 'rotation', 'migration')) LIMIT 1"
    )
    return found.first() is not None


def _told(made: Made) -> str:
    gone = len(made.thinned.remove)
    more = f"; {gone} older removed" if gone else ""
    if made.thinned.held is Held.CLOCK_MOVED:
        more = "; no older one removed, the clock seems to have moved"
    return f"Backed up to {made.file}{more}"


def _anchored(store: Store) -> None:
    with suppress(Problem, OSError):  # a header that can't be written must not stop a backup
        store.anchor()


def copy(
    folder: Path,
    keys: Keys,
    place: Path,
    occasion: str,
    clock: Clock,
    *,
    still: Callable[[], AbstractContextManager[None]] = nullcontext,
    source: Callable[[], IO[bytes]] | None = None,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
    read_only: bool = False,
) -> Made:
    """Back the vault in `folder` up; nobody else may write to it meanwhile, or only when `still`.

    Without `source` no engine may be open on the records. Raises Problem, Damaged (the file is kept
    as `.bad` then) or Cancelled.
    """
    watch, at = Watch(progress, cancelled), clock().astimezone(UTC)
    wanted = backup_files.name(at, occasion)
    held = keyring.reopened(keys, keys.header)  # the vault may be locked meanwhile
    try:
        with plainly(), places.plainly(place):
            places.require(folder, place)
            backup_files.sweep(place, at)

            def attempt() -> Made:
                records = Records(folder, held, still, source, read_only)
                return _attempt(records, place, wanted, at, watch)

            try:
                return attempt()
            except Damaged:  # a disk that errs once is given one more chance
                if not read_only:
                    with still():
                        mending.clean_unused_of(folder, held)  # what a power cut may have left
                return attempt()
    finally:
        held.forget()


def _attempt(records: Records, place: Path, wanted: str, at: datetime, watch: Watch) -> Made:
    part = place / f".{wanted}.{secrets.token_hex(4)}.part"
    try:
        written = _written(records, part, watch)
        _verify_part(part, records.keys, written, watch)
        size = part.stat().st_size
        return Made(_named(part, wanted), at, size, written)
    except Damaged:
        if part.exists():
            backup_files.keep_bad(part, wanted)
        raise
    finally:
        part.unlink(missing_ok=True)


def verify(
    file: Path,
    keys: Keys,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Verified:
    """Prove a backup of this vault, by opening a copy of what is in it; about 1 s for 70 MB.

    Raises Damaged, Cancelled, or Problem if the file is gone or of another vault.
    """
    return _verify(file, keys, Watch(progress, cancelled).part(0, 1))


def _named(part: Path, wanted: str) -> Path:
    file = backup_files.unused(part.parent, wanted)
    replace_file(part, file)
    sync_folder(part.parent)
    return file


def _written(origin: Records, part: Path, watch: Watch) -> Verified:
    """Copy the records' own bytes, encrypted as they are, under a read lock.

    With it SQLite has played back what a crash left, and no writer may touch the file until it is
    gone.
    `conn.backup()` would decrypt and encrypt each page: eight times as long as copying.
    """
    records, keys = origin.folder / RECORDS, origin.keys
    with origin.still(), ExitStack() as undo:
        opened = origin.source() if origin.source else undo.enter_context(_source(records))
        reader = engine.reader(records, keys, lambda: None, read_only=origin.read_only)
        undo.callback(reader.dispose)
        with reader.connect() as connection:
            rows, head = copy_proof.counted(connection), audit.head(connection)  # the lock is taken
            length = _length(records, opened)
            tick = watch.part(0, WRITTEN, length)
            sha256 = container.write(part, write_out(keys.header), opened, length, tick)
    return Verified(sha256, head, rows)


def _source(records: Path) -> IO[bytes]:
    return records.open("rb", buffering=0)


def _length(records: Path, opened: IO[bytes]) -> int:
    """Return how many bytes to copy, once the file is proved to be the one that is there."""
    found, there = os.fstat(opened.fileno()), records.stat()
    if (found.st_dev, found.st_ino) != (there.st_dev, there.st_ino):
        raise Problem("The vault was moved or replaced while it was open.", "Unlock it again.")
    opened.seek(0)
    return found.st_size


def _verify_part(part: Path, keys: Keys, written: Verified, watch: Watch) -> None:
    """Compare what is in the file with what was in the vault when it was copied."""
    if _verify(part, keys, watch.part(WRITTEN, 1)) != written:
        raise Damaged("The backup does not hold what the vault holds.", "Try again.")


def _verify(file: Path, keys: Keys, tell: Progress) -> Verified:
    contents = look(file)
    if contents.header.vault_id != keys.header.vault_id:
        raise Problem("This is a backup of another vault.", "Choose one of this vault.")
    with places.scratch(file, contents.size) as folder:
        out = folder / RECORDS
        _, sha256 = container.extract(
            file, out, lambda done: tell(_READ_BACK * done / contents.size)
        )
        held = keyring.reopened(keys, contents.header)
        try:
            proved = copy_proof.prove(
                out, held, lambda done: tell(_READ_BACK + (1 - _READ_BACK) * done)
            )
        finally:
            held.forget()
    return Verified(sha256, proved.head, proved.rows)
