"""One backup in one file, read as if an enemy had written it.

`CMDESK-BACKUP 1` | header length | header | records length | records | SHA-256 of all before.
No archive, no compression, no names: nothing to unpack, nothing that grows, nowhere to escape to.
"""

import hashlib
import hmac
import os
import stat
from collections.abc import Callable, Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

from cmdesk.errors import Damaged, Problem
from cmdesk.store.files import full_sync
from cmdesk.store.header import LONGEST, PAGE_SIZE

Tick = Callable[[int], object]
"""Told how many bytes are done; it may raise to stop"""

FORMAT: Final = 1
_NAME: Final = b"CMDESK-BACKUP "
MAGIC: Final = _NAME + b"%d\n" % FORMAT
BLOCK: Final = 1 << 20  # bytes read at a time
_LENGTHS: Final = (4, 8)  # bytes of the two lengths, big-endian
_DIGEST: Final = 32
_FIXED: Final = len(MAGIC) + sum(_LENGTHS) + _DIGEST
_SMALLEST: Final = 2 * PAGE_SIZE
_ONE_BIT_FROM_FORMAT_1: Final = frozenset({b"0", b"3", b"5", b"9"})
_ANOTHER: Final = "Choose another backup file."


@dataclass(frozen=True, slots=True)
class Layout:
    """What the file's beginning says, checked against its real size and nothing else."""

    header: bytes
    start: bytes
    """the records' first 16 bytes: the salt"""
    length: int
    """of the records, in bytes"""
    size: int
    """of the whole file, in bytes"""


def look(file: Path) -> Layout:
    """Read the beginning alone. Raises Damaged, or Problem if there is no such file."""
    with _opened(file) as opened:
        return _begin(opened, _unsummed)


def write(part: Path, header: bytes, source: IO[bytes], length: int, tick: Tick) -> str:
    """Write a new file of the owner's alone, and sync it. Returns the SHA-256 of the whole file.

    Raises OSError, or Damaged if the source ends early; the caller removes what there is then.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    begin = source.tell()
    digest = hashlib.sha256()
    with os.fdopen(os.open(part, flags, 0o600), "wb", buffering=0) as target:
        lengths = (len(header).to_bytes(_LENGTHS[0]), length.to_bytes(_LENGTHS[1]))
        for piece in (MAGIC, lengths[0], header, lengths[1]):
            _put(target, piece)
            digest.update(piece)
        for done, block in _blocks(source, length):
            _put(target, block)
            tick(done // 2)
        # The disk takes its time to write what it was given: the sum is made meanwhile.
        with ThreadPoolExecutor(1, "sync") as disk:
            synced = disk.submit(full_sync, target.fileno())
            source.seek(begin)
            for done, block in _blocks(source, length):
                digest.update(block)
                tick((length + done) // 2)
            synced.result()
        mark = digest.digest()
        _put(target, mark)
        digest.update(mark)
        full_sync(target.fileno())
    return digest.hexdigest()


def extract(file: Path, out: Path, tick: Tick, *, sync: bool = False) -> tuple[bytes, str]:
    """Write the records to a new file. Returns the header and the SHA-256 of the whole backup.

    Raises Damaged and leaves nothing if a single bit is not as it was written.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    digest = hashlib.sha256()
    with _opened(file) as opened:
        # It has to come from the disk, not from what the system remembers of writing it.
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        layout = _begin(opened, digest.update, peek=False)
        target = os.fdopen(os.open(out, flags, 0o600), "wb", buffering=0)
        try:
            with target:
                for done, block in _blocks(opened, layout.length):
                    _put(target, block)
                    digest.update(block)
                    tick(done)
                mark = _exactly(opened, _DIGEST)
                _require_same(mark, digest.digest())
                digest.update(mark)
                if sync:
                    full_sync(target.fileno())
        except BaseException:
            out.unlink(missing_ok=True)
            raise
        return layout.header, digest.hexdigest()


def _opened(file: Path) -> IO[bytes]:
    """Open an ordinary file."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # a pipe would be waited for, for ever
            raise Problem(f"{file} is not a backup file.", "Choose a file that ends in .cmbak.")
        return file.open("rb", buffering=0)
    except (FileNotFoundError, NotADirectoryError):
        raise Problem(
            f"{file} does not exist.", "Check its name, and that its drive is plugged in."
        ) from None
    except PermissionError:
        raise Problem(f"{file} can't be read.", "Check who may read it.") from None


def _begin(opened: IO[bytes], add: Callable[[bytes], object], *, peek: bool = True) -> Layout:
    """Read up to the records; with `peek` also their first bytes. No length is believed."""
    size = os.fstat(opened.fileno()).st_size
    magic = _exactly(opened, len(MAGIC))
    _require_format(magic)
    first = _exactly(opened, _LENGTHS[0])
    header_length = int.from_bytes(first)
    if not 0 < header_length <= min(LONGEST, size - _FIXED):
        raise Damaged("The backup is damaged: its header's length is wrong.", _ANOTHER)
    header = _exactly(opened, header_length)
    second = _exactly(opened, _LENGTHS[1])
    length = int.from_bytes(second)
    if length != size - _FIXED - header_length or length < _SMALLEST or length % PAGE_SIZE:
        raise Damaged("The backup is damaged: it is longer or shorter than it says.", _ANOTHER)
    for piece in (magic, first, header, second):
        add(piece)
    return Layout(header, _exactly(opened, 16) if peek else b"", length, size)


def _require_same(mark: bytes, sealed: bytes) -> None:
    if not hmac.compare_digest(mark, sealed):
        raise Damaged("The backup is damaged.", _ANOTHER)


def _require_format(magic: bytes) -> None:
    if magic == MAGIC:
        return
    number = magic.removeprefix(_NAME).removesuffix(b"\n")
    known = magic.startswith(_NAME) and magic.endswith(b"\n") and number.isdigit()
    if known and number not in _ONE_BIT_FROM_FORMAT_1:
        raise Problem(
            f"This backup was made by a newer cmdesk (backup format {int(number)}).",
            "Install that version.",
        )
    raise Damaged("This is not a backup made by cmdesk, or its start is damaged.", _ANOTHER)


def _blocks(source: IO[bytes], length: int) -> Generator[tuple[int, bytes]]:
    """Give so many bytes of the source, block by block, with how many they are by then."""
    done = 0
    while done < length:
        block = source.read(min(length - done, BLOCK))
        if not block:
            raise Damaged("The records end too early.", _ANOTHER)
        done += len(block)
        yield done, block


def _unsummed(_piece: bytes) -> None:
    """Stand in for the sum where only the beginning is looked at."""


def _put(target: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[target.write(view) :]


def _exactly(opened: IO[bytes], count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = opened.read(count - len(data))
        if not more:
            raise Damaged("The backup is cut short.", _ANOTHER)
        data += more
    return data
