"""Each test opens a copy of a vault of its own; what costs time and proves nothing is shared."""

import shutil
from pathlib import Path
from typing import Any, Final

from sqlalchemy.util import LRUCache

from cmdesk.store.room import BALLAST, SIZE
from cmdesk.store.store import Store

_MOST: Final = 5_000  # more statements than the program has
COMPILED: Final[LRUCache[Any, Any]] = LRUCache(_MOST)  # statements; engines share a dialect


def copied(vault: Path, folder: Path) -> Path:
    """Copy a closed vault with its reserve, of which the size alone is ever looked at."""
    shutil.copytree(vault, folder, ignore=shutil.ignore_patterns(BALLAST))
    if (vault / BALLAST).exists():
        with (folder / BALLAST).open("wb") as reserve:
            reserve.truncate(SIZE)
    return folder


def knowing(store: Store) -> Store:
    """Let a store begin with every statement that was compiled for others; return it."""
    for engine in (store._writer.engine, store._reader):
        engine.update_execution_options(compiled_cache=COMPILED)
    return store
