"""Change the data key of a closed vault: a copy under the new key takes the records' place.

Verified backup, header with both keys, copy, proof of the copy, rename, header with the new key.
Why a copy and not SQLCipher's own rekey: docs/decisions/0014-rotation.md.
"""

import os
from collections.abc import Callable
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Final

from cmdesk.errors import Cancelled, Damaged, Problem
from cmdesk.store import audit, copy_proof, engine, lockfile, opening_proof
from cmdesk.store import keys as keyring
from cmdesk.store.files import replace as replace_file
from cmdesk.store.files import sync_folder
from cmdesk.store.header import RECORDS
from cmdesk.store.keys import Keys
from cmdesk.store.troubles import files_plainly, plainly

Clock = Callable[[], datetime]
Progress = Callable[[float], object]
Stop = Callable[[], bool]

KIND: Final = "rotation"
ACT: Final = "Data key changed"
_COPY: Final = RECORDS + ".rotating"
_STEP: Final = 1024  # pages of 4 kB between two looks at `cancelled`
_COPIED: Final = 0.6  # of the whole, the rest is the proof of the copy


def rotate(
    folder: Path,
    keys: Keys,
    clock: Clock,
    *,
    backup: Callable[[], object],
    progress: Progress | None = None,
    cancelled: Stop | None = None,
) -> None:
    """Give the records of a closed vault a new data key; `keys` then holds it and stays usable.

    `backup` makes and verifies a backup, under the vault's lock; what it raises stops everything.
    `progress` is told 0 to 1, `cancelled` is asked until the copy takes the records' place.
    Passphrase, recovery code and keychain open the vault as before. Older backups keep the key
    they were made with. Raises Cancelled or Problem, and the vault is as it was. Open the vault
    once before: age and schema of the records are judged there.
    """
    tell, stop = progress or _nothing, cancelled or _never
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - resolve() would follow a link
    with plainly(), files_plainly(folder), ExitStack() as undo:
        crashed = lockfile.left(folder)
        lock = lockfile.take(folder, clock())
        undo.callback(lockfile.release, lock, crashed=crashed)
        keyring.refresh(folder, keys)
        opening_proof.refuse_foreign_journal(
            folder, crashed=crashed or keys.header.open_by is not None, read_only=False
        )
        undo.callback(lockfile.let_go_of_journal, lock, folder)
        opening_proof.prove_file(folder, keys.header.salt)
        settle(folder, keys)
        backup()
        _go_on_unless(stop)
        _change(folder, keys, clock, tell, stop)
    tell(1.0)


def settle(folder: Path, keys: Keys) -> bool:
    """Finish or take back a rotation that was interrupted; True if the records have the new key.

    Call it with the vault's lock held. Raises Damaged if neither key opens the records; nothing
    is changed then.
    """
    if keys.pending is None:
        return False
    changed = False
    try:
        engine.connect(folder / RECORDS, keys).close()
    except Damaged:
        engine.connect(folder / RECORDS, keyring.after_rotation(keys)).close()
        changed = True
    keyring.end_rotation(folder, keys, changed=changed)
    _sweep(folder)
    return changed


def _change(folder: Path, keys: Keys, clock: Clock, tell: Progress, stop: Stop) -> None:
    new = keyring.begin_rotation(folder, keys)
    try:
        _copy(folder, keys, new, tell, stop)
        _prove(folder, keys, new, tell, stop)
        _note(folder / _COPY, new, clock())
        _go_on_unless(stop)
    except BaseException:
        _sweep(folder)
        keyring.end_rotation(folder, keys, changed=False)
        raise
    replace_file(folder / _COPY, folder / RECORDS)  # from here on there is no way back
    sync_folder(folder)
    _sweep(folder)
    keyring.end_rotation(folder, keys, changed=True)


def _copy(folder: Path, old: Keys, new: Keys, tell: Progress, stop: Stop) -> None:
    """Copy page by page. The new key goes with the same salt, which the header vouches for."""
    copy = folder / _COPY
    _sweep(folder)

    def look(_status: int, left: int, total: int) -> None:
        _go_on_unless(stop)
        tell(_COPIED * (1 - left / max(total, 1)))

    copy.touch(mode=0o600)
    source = engine.connect(folder / RECORDS, old)
    try:
        target = engine.connect(copy, new)
        try:
            source.backup(target, pages=_STEP, progress=look)
        finally:
            target.close()
    finally:
        source.close()


def _prove(folder: Path, old: Keys, new: Keys, tell: Progress, stop: Stop) -> None:
    """Look at all of the copy with the new key, and compare it with the records."""

    def look(share: float) -> None:
        _go_on_unless(stop)
        tell(_COPIED + (1 - _COPIED) * share)

    try:
        found = copy_proof.prove(folder / _COPY, new, look)
    except Damaged as damage:
        raise Damaged(
            "The records are not whole, so their key was not changed.",
            "Run a check of the vault: it says what to do.",
        ) from damage
    source = engine.migrator(folder / RECORDS, old)
    try:
        with source.connect() as connection:
            if (audit.head(connection), copy_proof.counted(connection)) != (found.head, found.rows):
                raise Problem(
                    "The records were changed meanwhile, so their key was not.",
                    "Close other programs that open this vault, then try again.",
                )
    finally:
        source.dispose()


def _note(copy: Path, new: Keys, now: datetime) -> None:
    """Write the audit row into the copy: it is true from the moment the copy counts.

    SQLite brings every commit to the disk itself, as it did with the copy.
    """
    writer = engine.migrator(copy, new)
    key = new.audit_key()
    try:
        with writer.begin() as connection:
            audit.append(connection, key, now, ACT, KIND)
    finally:
        key[:] = bytes(len(key))
        writer.dispose()


def _sweep(folder: Path) -> None:
    for name in (_COPY, f"{_COPY}-journal"):
        (folder / name).unlink(missing_ok=True)


def _go_on_unless(stop: Stop) -> None:
    if stop():
        raise Cancelled


def _nothing(_share: float) -> None:
    """Stand in for the progress nobody watches."""


def _never() -> bool:
    return False
