"""Where e-mail drafts lie while the mail program takes them: a folder of the owner's alone.

A draft names an address and holds the sealed letter; it is written to no other place unasked, and
goes with the next lock. What a crash left behind goes as soon as another draft is made.
"""

import atexit
import shutil
import tempfile
from pathlib import Path
from typing import Final

PREFIX: Final = "cmdesk-outbox-"
_folders: list[Path] = []


def place(name: str) -> Path:
    """Give a free place under this very name; each draft has a folder of its own (mode 0700)."""
    if not _folders:
        _sweep()
    made = Path(tempfile.mkdtemp(prefix=PREFIX))
    _folders.append(made)
    return made / name


def empty() -> None:
    """Throw away all drafts of this run; what a mail program still holds goes the next time."""
    while _folders:
        _remove(_folders.pop())


def _sweep() -> None:
    """Throw away what an earlier run left: one program runs at a time."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not left.is_symlink() and left not in _folders:
            _remove(left)


def _remove(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)  # another user's stays: we may not even look


atexit.register(empty)  # the program may end without a lock
