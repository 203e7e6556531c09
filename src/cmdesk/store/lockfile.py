"""One window at a time: a lock the system itself drops when the process ends, however it ends."""

import os
import platform
from datetime import datetime
from pathlib import Path
from typing import IO, Final

from cmdesk.errors import Problem

LOCK: Final = "lock"
_BYTE_LOCKED_ON_WINDOWS: Final = 4096  # beyond the text, which others must be able to read


def take(folder: Path, now: datetime) -> IO[bytes]:
    """Lock the vault; it stays locked until the returned file is closed.

    Raises Problem if another window holds it, or if the folder can't be written to.
    """
    try:
        file = (folder / LOCK).open("a+b")
    except OSError:
        raise Problem(
            f"{folder} can't be written to.", "Check that the folder is there and not read-only."
        ) from None
    try:
        _lock(file)
    except OSError:
        holder = _holder(file)
        file.close()
        raise Problem(
            f"This vault is open in another window{holder}.", "Close it there, then try again."
        ) from None
    file.seek(0)
    file.truncate()
    file.write(f"{os.getpid()} {now.isoformat(timespec='seconds')} {platform.node()}".encode())
    file.flush()
    return file


def release(file: IO[bytes]) -> None:
    """Empty the lock file and let go of it. The file stays: removing it would race a newcomer."""
    file.seek(0)
    file.truncate()
    file.close()


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
