"""Scenes with a drive that is read-only or pulled out, played in a mount namespace of their own.

`unshare -rm python -m tests.hostile.drive VAULT CODE PLACE SCENE...` prints one JSON document: by
scene the sentences told, exceptions that were no Problem, and files made where none should be.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cmdesk.errors import Problem
from cmdesk.models.base import Base
from cmdesk.store import backup, keys, vault
from cmdesk.store.store import Store
from tests.records import Clock

told: list[str] = []
unexpected: list[str] = []


def tried(work: Callable[[], object]) -> None:
    """Do what must not work; note how it was refused."""
    try:
        work()
        unexpected.append("it worked")
    except Problem as problem:
        told.append(str(problem))
    except Exception as error:  # noqa: BLE001 - the very thing that is looked for
        unexpected.append(f"{type(error).__name__}: {error}")


def mounted(place: Path, source: Path) -> Path:
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", place], check=True)
    return Path(shutil.copytree(source, place / "a.cmdesk"))


def opened(folder: Path, code: str) -> Store:
    return vault.open_store(folder, keys.unlock(folder, code=code), Base.metadata, Clock())


def read_only(place: Path, source: Path, code: str) -> None:
    folder = mounted(place, source)
    before = set(folder.rglob("*"))
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    tried(lambda: opened(folder, code))
    tried(lambda: vault.create(place / "b.cmdesk", "lantern river oatmeal", Base.metadata, Clock()))
    assert set(folder.rglob("*")) == before


def pulled(place: Path, source: Path, code: str) -> None:
    store = opened(mounted(place, source), code)
    subprocess.run(["umount", "-l", place], check=True)
    tried(lambda: store.note("Printed", "print"))
    store.close()
    tried(lambda: opened(place / "a.cmdesk", code))


def pulled_while_backing_up(place: Path, source: Path, code: str) -> None:
    """The second place goes in the midst of a backup; the vault itself is elsewhere."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", place], check=True)
    aside = place.with_name("vault")
    store = opened(Path(shutil.copytree(source, aside)), code)
    stuck: list[bool] = []

    def pull(done: float) -> None:
        if done > 0.2 and not stuck:
            subprocess.run(["umount", "-l", place], check=True)
            stuck.append(True)

    tried(lambda: backup.make(store, place, progress=pull))
    assert stuck
    store.note("Printed", "print")  # the vault goes on
    store.close()


def main() -> None:
    source, code, place, *scenes = sys.argv[1:]
    found: dict[str, dict[str, list[str]]] = {}
    for scene in scenes:
        where = Path(place) / scene / "drive"
        where.mkdir(parents=True)
        os.environ["XDG_DATA_HOME"] = str(where.with_name("data"))
        globals()[scene](where, Path(source), code)
        made = [str(file) for file in where.rglob("*")] if not os.path.ismount(where) else []
        found[scene] = {"sentences": [*told], "unexpected": [*unexpected], "made": made}
        told.clear()
        unexpected.clear()
    json.dump(found, sys.stdout)


if __name__ == "__main__":
    main()
