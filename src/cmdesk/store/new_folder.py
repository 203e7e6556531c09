"""Make a vault's folder beside its place: it gets its name once it is whole, or is gone again."""

import re
import secrets
import shutil
from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from cmdesk.store.backup_files import written
from cmdesk.store.files import sync_folder
from cmdesk.store.header import COPY, HEADER, RECORDS
from cmdesk.store.migrate import BACKUPS

_REMAINS: Final = re.compile(r"\..+\.[0-9a-f]{8}\.part")
_HELD: Final = frozenset(
    {HEADER, f"{HEADER}.tmp", COPY, f"{COPY}.tmp", RECORDS, f"{RECORDS}-journal", BACKUPS}
)
_STALE: Final = timedelta(days=1)


@contextmanager
def beside(folder: Path, now: datetime) -> Generator[Path]:
    """Give a folder to fill. Raises OSError; `folder` is missing or empty, as was checked."""
    with ExitStack() as undo:
        _make_parents(folder.parent, undo)
        with suppress(OSError):  # what can't be looked at is not in the way
            _sweep(folder.parent, now)
        part = folder.with_name(f".{folder.name}.{secrets.token_hex(4)}.part")
        part.mkdir(mode=0o700)
        undo.callback(shutil.rmtree, part, ignore_errors=True)
        yield part
        if folder.is_dir():
            folder.rmdir()  # Windows does not rename over it
        part.rename(folder)
        undo.pop_all()
        sync_folder(folder.parent)


def _make_parents(parent: Path, undo: ExitStack) -> None:
    missing = [place for place in (parent, *parent.parents) if not place.exists()]
    for place in reversed(missing):
        place.mkdir(mode=0o700)
        undo.callback(place.rmdir)


def _sweep(parent: Path, now: datetime) -> None:
    """Remove what a killed run left unfinished more than a day ago, if it holds nothing else."""
    for remains in parent.iterdir():
        if _REMAINS.fullmatch(remains.name) and remains.is_dir() and not remains.is_symlink():
            ours = {held.name for held in remains.iterdir()} <= _HELD
            if ours and now - written(remains) > _STALE:
                shutil.rmtree(remains, ignore_errors=True)
