"""One window at a time: a lock the system itself drops when the process ends, however it ends."""

import errno
import os
import platform
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from cmdesk.errors import DiskFull, Problem
from cmdesk.store.files import full_sync, sync_folder
from cmdesk.store.header import RECORDS

LOCK: Final = "lock"
_FLAGS: Final = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})
_NO_ROOM: Final = ("The disk is full, so the vault was not opened.", "Make some room first.")
_BYTE_LOCKED_ON_WINDOWS: Final = 4096  # beyond the text, which others must be able to read


def take(folder: Path, now: datetime) -> IO[bytes]:
    """Lock the vault; it stays locked until the returned file is closed.

    Raises Problem if another window holds it, or if the folder can't be written to.
    """
    try:
        descriptor = os.open(folder / LOCK, _FLAGS, 0o600)
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull(*_NO_ROOM) from None
        raise Problem(
            f"{folder} can't be written to.",
            "Check that the folder is there and not read-only; it can be opened for reading only.",
        ) from None
    file = os.fdopen(descriptor, "r+b", buffering=0)
    _lock_or_refuse(file)
    try:
        _mark(file, folder, now)
    except OSError as error:
        file.close()
        if error.errno in _FULL:
            raise DiskFull(*_NO_ROOM) from None
        raise Problem(f"{folder} can't be written to.", "Check the disk, then try again.") from None
    return file


def take_for_reading(folder: Path) -> IO[bytes] | None:
    """Lock the vault without writing anything; None if it never had a lock to hold."""
    try:
        file = (folder / LOCK).open("rb", buffering=0)
    except FileNotFoundError:
        return None
    except OSError:
        raise Problem(f"{folder} can't be read.", "Check who may open this folder.") from None
    _lock_or_refuse(file)
    return file


def left(folder: Path) -> bool:
    """Whether whoever had the vault last did not close it: a crash, a kill or a power cut."""
    try:
        return (folder / LOCK).stat().st_size > 0
    except OSError:
        return False


def has_journal(folder: Path) -> bool:
    """Whether SQLite would play a journal back: one that is not empty and not struck out."""
    try:
        with (folder / f"{RECORDS}-journal").open("rb") as file:
            return file.read(1) not in {b"", b"\0"}
    except OSError:
        return False


def release(file: IO[bytes], *, crashed: bool = False) -> None:
    """Empty the lock file and let go of it. The file stays: removing it would race a newcomer.

    With `crashed` the mark stays: the records were not opened after a crash that was before.
    """
    if file.closed:
        return
    try:
        if not crashed and file.writable():
            file.truncate(0)
    except OSError:  # the drive is gone; so is what it held
        pass
    finally:
        file.close()


def let_go_of_journal(file: IO[bytes], folder: Path) -> None:
    """Where a failing disk left a journal, let go at once, and keep the mark.

    The next opening has to know that the journal is of the last write: without it, that is lost.
    """
    if has_journal(folder):
        file.close()


def _lock_or_refuse(file: IO[bytes]) -> None:
    try:
        _lock(file)
    except OSError:
        holder = _holder(file)
        file.close()
        raise Problem(
            f"This vault is open in another window{holder}.", "Close it there, then try again."
        ) from None


def _mark(file: IO[bytes], folder: Path, now: datetime) -> None:
    """Write who holds the vault. Never empty for a moment, and on the disk before any record is.

    The text is what tells a crash from a proper close after the fact.
    """
    text = f"{os.getpid()} {now.isoformat(timespec='seconds')} {platform.node()}".encode()
    fresh = os.fstat(file.fileno()).st_size == 0
    file.seek(0)
    file.write(text)
    file.truncate(len(text))
    full_sync(file.fileno())
    if fresh:
        sync_folder(folder)


def _lock(file: IO[bytes]) -> None:
    if os.name == "nt":
        import msvcrt  # noqa: PLC0415 - Windows alone has it

        file.seek(_BYTE_LOCKED_ON_WINDOWS)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - typed on Windows alone
    else:
        import fcntl  # noqa: PLC0415 - Windows has none

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def _holder(file: IO[bytes]) -> str:
    """Say who holds the lock, as far as the text in it can be believed."""
    file.seek(0)
    words = file.read(200).decode(errors="replace").split(" ", 2)
    try:
        since = datetime.fromisoformat(words[1]).astimezone()
        return f" (since {since:%Y-%m-%d %H:%M}, process {int(words[0])})"
    except (ValueError, IndexError):
        return ""
