"""Room on the disk: a warning before it gets short, and a reserve for the moment it is gone."""

import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Final

from cmdesk.errors import DiskFull

BALLAST: Final = "ballast"
SIZE: Final = 8 << 20  # bytes kept in reserve
_WARN: Final = 500_000_000
_REFUSE: Final = 100_000_000
_DESPERATE: Final = 1 << 20  # less than this, and a vault can't even be opened
NEARLY_FULL: Final = (
    "The disk is nearly full: what was saved last took room kept in reserve. Make some room soon."
)


def require(folder: Path, needed: int) -> None:
    """Refuse what brings much in where it would leave less than 100 MB. Raises DiskFull."""
    free = shutil.disk_usage(folder).free
    if free - needed < _REFUSE:
        raise DiskFull(
            f"Only {free // 1_000_000} MB are free on the disk, too little for this.",
            f"Make {(_REFUSE + needed - free) // 1_000_000 + 1} MB of room, then try again.",
        )


def warning(folder: Path) -> str:
    """Say that room gets short; empty while there is enough."""
    free = shutil.disk_usage(folder).free
    if free >= _WARN:
        return ""
    return f"Only {free // 1_000_000} MB are free on the vault's disk. Make some room soon."


def open_up(folder: Path) -> None:
    """Give up the reserve where a vault could not even be opened for want of room."""
    if shutil.disk_usage(folder).free < _DESPERATE:
        give_up(folder)


def give_up(folder: Path) -> bool:
    """Delete the reserve; say whether there was one."""
    try:
        (folder / BALLAST).unlink()
    except OSError:
        return False
    return True


def keep_reserve(folder: Path) -> None:
    """Make the reserve if it is missing and there is room; random, so that no disk packs it.

    Not synced: it holds nothing, and a torn one is made anew.
    """
    ballast = folder / BALLAST
    with suppress(OSError):
        if ballast.stat().st_size == SIZE:
            return
    try:
        if shutil.disk_usage(folder).free < _WARN:
            return
        descriptor = os.open(ballast, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(SIZE))
    except OSError:
        give_up(folder)
