"""Where backups go, and where a copy may lie while it is looked at: there, ours, and with room."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from cmdesk.errors import Problem
from cmdesk.store.backup_files import SCRATCH
from cmdesk.store.header import RECORDS
from cmdesk.store.migrate import BACKUPS
from cmdesk.store.troubles import files_plainly


@contextmanager
def scratch(file: Path, size: int) -> Generator[Path]:
    """Give a folder for an encrypted copy, beside the file or where the system has such."""
    try:
        made = tempfile.mkdtemp(prefix=SCRATCH, dir=file.absolute().parent)
    except OSError:  # a backup on a medium that is read-only
        made = tempfile.mkdtemp(prefix="cmdesk-check-")
    folder = Path(made)
    try:
        if shutil.disk_usage(folder).free < size:
            raise Problem(
                f"Checking the backup needs {size // 1_000_000 + 1} MB of free disk space.",
                "Make some room, then try again.",
            )
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def require(folder: Path, place: Path) -> None:
    vault, there = folder.resolve(), place.resolve()
    if there == vault / BACKUPS:
        place.mkdir(mode=0o700, exist_ok=True)
    elif vault in (there, *there.parents):
        raise Problem("A backup can't go into the vault itself.", "Choose a folder beside it.")
    if not place.is_dir():
        raise Problem(
            f"The folder {place} is not there.", "Plug its drive in, or choose another folder."
        )
    needed = 2 * (folder / RECORDS).stat().st_size + (1 << 20)
    if shutil.disk_usage(place).free < needed:
        raise Problem(
            f"A backup in {place} needs {needed // 1_000_000 + 1} MB of free disk space.",
            "Make some room there, or choose another folder.",
        )


@contextmanager
def plainly(place: Path) -> Generator[None]:
    try:
        with files_plainly(place):
            yield
    except OSError as error:
        raise Problem(
            f"The disk of {place} did not answer while the backup was written.",
            "Check its cable, then try again. No half backup is left there.",
        ) from error
