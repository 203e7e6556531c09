"""The archive NPPES is handed out in, and the one list inside that is read of it."""

import io
import re
import zipfile
import zlib
from collections.abc import Generator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO, Final, cast

from cmdesk.errors import Problem

AHEAD: Final = 262_144  # bytes that are read at once
_LOCKED: Final = 0x1  # bit of a member's flags: a password is asked for
_PACKED: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_START: Final = b"PK\x03\x04"
_OF_A_WORKBOOK: Final = (b"[Content_Types].xml", b"xl/")
_AS_OF: Final = re.compile(r"-(20\d\d)(\d\d)(\d\d)")
_BROKEN: Final = (OSError, zipfile.BadZipFile, zlib.error, EOFError)
_OTHER_PACKING: Final = "This archive is packed in a way that can\u2019t be read here."
_UNPACK: Final = "Unpack it yourself and choose the CSV file."


def is_archive(place: Path) -> bool:
    """Say whether this is the archive the file is handed out in."""
    try:
        with zipfile.ZipFile(place) as archive:
            return any(is_main(name) for name in archive.namelist())
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def is_cut_off(place: Path, start: bytes) -> bool:
    """Say whether an archive begins here and lacks its end, as a download that broke off does.

    Of workbooks, which are archives too, their own reader says what is wrong.
    """
    if not start.startswith(_START) or any(part in start for part in _OF_A_WORKBOOK):
        return False
    return not zipfile.is_zipfile(place)


def edition(name: str) -> date | None:
    """Take the day up to which a file is, which stands in its name."""
    found = _AS_OF.findall(name)
    try:
        return date(*map(int, found[-1])) if found else None
    except ValueError:
        return None


@contextmanager
def opened(place: Path) -> Generator[tuple[BinaryIO, int]]:
    """Open the file, or the one inside the archive it is handed out as; answer its size too.

    Raises Problem for what can't be read, or not to its end.
    """
    with ExitStack() as held:
        try:
            stream, size = _opened(place, held)
        except (NotImplementedError, UnicodeDecodeError) as error:  # an archive of another kind
            raise Problem(_OTHER_PACKING, _UNPACK) from error
        except _BROKEN as error:
            raise _broken() from error
        try:
            yield stream, size
        except _BROKEN as error:
            raise _broken() from error


def _opened(place: Path, held: ExitStack) -> tuple[BinaryIO, int]:
    if not zipfile.is_zipfile(place):
        return held.enter_context(place.open("rb")), place.stat().st_size
    archive = held.enter_context(zipfile.ZipFile(place))
    inner = _list_in(archive)
    file = held.enter_context(archive.open(inner))
    # As a file of its own it is read by lines much faster.
    return io.BufferedReader(cast("io.RawIOBase", file), AHEAD), inner.file_size


def _broken() -> Problem:
    return Problem("This file can\u2019t be read to its end.", "Download it again.")


def _list_in(archive: zipfile.ZipFile) -> zipfile.ZipInfo:
    """Choose the list. Raises Problem for none, several, and one that can't be opened."""
    lists = [each for each in archive.infolist() if is_main(each.filename)]
    if not lists:
        raise Problem("This archive holds no list of providers.", "Choose the CSV file.")
    if len(lists) > 1:
        raise Problem("This archive holds several lists of providers.", _UNPACK)
    if lists[0].flag_bits & _LOCKED:
        raise Problem("This archive is locked with a password.", _UNPACK)
    if lists[0].compress_type not in _PACKED:
        raise Problem(_OTHER_PACKING, _UNPACK)
    return lists[0]


def is_main(name: str) -> bool:
    plain = name.rsplit("/", 1)[-1].casefold()
    return plain.startswith("npidata") and plain.endswith(".csv") and "header" not in plain
