"""Backup files as they lie in a folder: their names, and what they say without a key."""

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from cmdesk.errors import Damaged, Problem
from cmdesk.store import container
from cmdesk.store import header as headers
from cmdesk.store.header import Header

SUFFIX: Final = ".cmbak"
BAD: Final = ".bad"
SCRATCH: Final = ".cmdesk-check-"
_STAMP: Final = "%Y-%m-%dT%H%M%SZ"
_NAME: Final = re.compile(
    r"(?P<stamp>\d{4}-\d\d-\d\dT\d{6}Z)-(?P<occasion>[a-z-]{1,40}?)(-\d+)?\.cmbak", re.ASCII
)
_REMAINS: Final = re.compile(r"\.\d{4}-\d\d-\d\dT\d{6}Z-[a-z-]+(-\d+)?\.cmbak\.[0-9a-f]{8}\.part")
_BAD_KEPT: Final = 3
_STALE: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says of itself without any key: nothing here is proved."""

    header: Header
    at: datetime
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup in a folder. It bears its name only once it was verified."""

    file: Path
    at: datetime
    occasion: str
    """`by_hand`, `quit`, …; `by_hand` also where somebody renamed the file"""
    size: int
    vault_id: str
    ours: bool = True
    """it bears the name it was given here; one that was renamed is somebody's own to keep"""


def name(at: datetime, occasion: str) -> str:
    return f"{at.astimezone(UTC).strftime(_STAMP)}-{occasion.replace('_', '-')}{SUFFIX}"


def unused(place: Path, wanted: str) -> Path:
    """Return a path of this name, or with a number after it, where nothing is yet."""
    stem, number, file = wanted.removesuffix(SUFFIX), 1, place / wanted
    while file.exists():
        number += 1
        file = place / f"{stem}-{number}{SUFFIX}"
    return file


def look(file: Path) -> Contents:
    """Read a backup's beginning. Raises Damaged, or Problem if it is gone or too new."""
    layout = container.look(file)
    header = parsed(layout.header)
    if layout.start != header.salt:
        raise Damaged(
            "The start of the backup's records is damaged.", "Choose another backup file."
        )
    return Contents(header, _told(file)[0], layout.size)


def parsed(raw: bytes) -> Header:
    try:
        return headers.parse(raw)
    except Damaged as damage:
        raise Damaged("The backup's header is damaged.", "Choose another backup file.") from damage


def listed(place: Path, vault_id: str | None = None) -> list[Listed]:
    """Return the backups in a folder, newest first; what can't be read is left out."""
    found: list[Listed] = []
    for file in files(place, SUFFIX):
        try:
            contents = look(file)
            at, occasion = _told(file)
        except (Problem, OSError):
            continue
        named, whose = bool(_NAME.fullmatch(file.name)), contents.header.vault_id
        if vault_id in (None, whose):
            found.append(Listed(file, at, occasion, contents.size, whose, named))
    return sorted(found, key=lambda one: (one.at, one.file.name), reverse=True)


def keep_bad(part: Path, wanted: str) -> Path:
    """Keep a copy that failed, as evidence; of many such only the newest."""
    bad = part.with_name(wanted + BAD)
    part.replace(bad)
    for older in sorted(files(bad.parent, SUFFIX + BAD))[:-_BAD_KEPT]:
        older.unlink(missing_ok=True)
    return bad


def sweep(place: Path, now: datetime) -> None:
    """Remove what a killed run left here more than a day ago."""
    for remains in [*files(place, ".part"), *place.glob(f"{SCRATCH}*")]:
        ours = remains.name.startswith(SCRATCH) or _REMAINS.fullmatch(remains.name)
        if ours and now - written(remains) > _STALE:
            if remains.is_dir():
                shutil.rmtree(remains, ignore_errors=True)
            else:
                remains.unlink(missing_ok=True)


def written(file: Path) -> datetime:
    """Return when a file was written last; long ago where that makes no sense."""
    try:
        return datetime.fromtimestamp(file.stat().st_mtime, UTC)
    except (ValueError, OverflowError):  # some disks keep years that no calendar has
        return datetime.fromtimestamp(0, UTC)


def _told(file: Path) -> tuple[datetime, str]:
    """Return when and why, by the name; else when the file was written."""
    said = _NAME.fullmatch(file.name)
    try:
        if said:
            at = datetime.strptime(said["stamp"], _STAMP).replace(tzinfo=UTC)
            return at, said["occasion"].replace("-", "_")
    except ValueError:  # a 30th of February
        pass
    return written(file), "by_hand"


def files(place: Path, ending: str) -> list[Path]:
    try:
        return [file for file in place.iterdir() if file.name.endswith(ending) and file.is_file()]
    except OSError:  # not plugged in
        return []
