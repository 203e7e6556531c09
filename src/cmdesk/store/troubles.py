"""SQLite's error codes in plain words, with what to do."""

import errno
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2 as sqlcipher

from cmdesk.errors import Damaged, DiskFull, Problem

BUSY: Final = 5
READONLY: Final = 8
_RESTORE: Final = "Restore the newest backup; keep this vault as it is until that is done."

_WORDS: Final[dict[int, tuple[type[Problem], str, str]]] = {
    BUSY: (
        Problem,
        "Another program is using the records.",
        "Close other programs that open this vault, then try again.",
    ),
    6: (Problem, "The records are in use by another part of cmdesk.", "Try again in a moment."),
    READONLY: (
        Problem,
        "The records can't be written to.",
        "Check that the vault's folder and its files are not set to read-only.",
    ),
    10: (
        Problem,
        "The disk did not answer while the records were being used.",
        "Check the disk and its cable. Nothing was half saved.",
    ),
    11: (Damaged, "The records are damaged.", _RESTORE),
    13: (
        DiskFull,
        "The disk is full, so nothing was saved.",
        "What you wrote is still on screen. Make some room, then try again.",
    ),
    14: (
        Problem,
        "The records can't be opened.",
        "Check that the vault's folder is still there and that you may use it.",
    ),
    26: (Damaged, "The records are damaged: the right key does not open them.", _RESTORE),
}

# What says nothing of the vault: the disk is gone, or does not do what it is told.
_SILENT: Final = frozenset(
    getattr(errno, name)
    for name in ("EIO", "ENODEV", "ENXIO", "ENOTCONN", "ESTALE", "ETIMEDOUT", "EREMOTEIO")
    if hasattr(errno, name)
)
# A copy from file to file (`backup`) raises what SQLite says in words, without its number.
_SAID: Final = {
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": 26,
}

_DriverError = cast("type[Exception]", sqlcipher.DatabaseError)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] - the driver has no stubs


@contextmanager
def plainly(*, reading: bool = False) -> Generator[None]:
    """Raise a Problem for what the user can put right; everything else passes as a bug.

    A read that tries to write is a bug as well, though SQLite calls it a read-only database.
    """
    try:
        yield
    except (DBAPIError, _DriverError) as error:
        code = error_code(error)
        if code not in _WORDS or (reading and code == READONLY):
            raise
        kind, message, hint = _WORDS[code]
        raise kind(message, hint) from error


@contextmanager
def files_plainly(place: Path) -> Generator[None]:
    """Raise a Problem where the disk is full or silent, or the place may not be written to."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull("The disk is full.", "Make some room, then try again.") from error
        if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOENT, errno.ENOTDIR}:
            raise Problem(
                f"{place} can't be written to.",
                "Choose a folder that you may write to, on a disk that is there.",
            ) from error
        if error.errno in _SILENT:
            raise Problem(
                f"The disk of {place} did not answer.", "Check its cable, then try again."
            ) from error
        raise


def error_code(error: BaseException) -> int:
    """Return SQLite's primary result code, 0 if there is none."""
    origin = error.orig if isinstance(error, DBAPIError) else error
    code = cast("int", getattr(origin, "sqlite_errorcode", 0)) & 0xFF
    return code or _SAID.get(str(origin), 0)
