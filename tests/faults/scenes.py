"""A stage for one run: a vault, a place for backups and a home, below one watched folder."""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.orm import Session

from cmdesk.models import complete
from cmdesk.store import keys as keyring
from cmdesk.store import vault
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.faults import shim
from tests.migrations import old

METADATA: Final = complete()
CODE: Final = old.CODE
PASSPHRASE: Final = old.PASSPHRASE
START: Final = datetime(2026, 3, 11, 14, tzinfo=UTC)  # a Wednesday, after all the old vault holds
_HOMES: Final = ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
_UNCOUNTED: Final = frozenset({"audit", "backup_run"})  # grow by the opening itself

Told = dict[str, Any]


class Ticking:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self, start: datetime = START) -> None:
        self.now = start

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@dataclass(frozen=True)
class Scene:
    """Where a run takes place. The same paths each time: what a computer remembers goes by path."""

    root: Path
    clock: Ticking = field(default_factory=Ticking, compare=False)
    soak: tuple[int, int] = (0, 0)  # saves in all, and locks among them

    @property
    def vault(self) -> Path:
        return self.root / "practice.cmdesk"

    @property
    def backups(self) -> Path:
        return self.root / "second place"

    @property
    def restored(self) -> Path:
        return self.root / "restored.cmdesk"

    @property
    def log(self) -> Path:
        return self.root.with_name("log")

    def keys(self, folder: Path | None = None, *, code: str = CODE) -> Keys:
        return keyring.unlock(folder or self.vault, code=code)

    def open(self, folder: Path | None = None, keys: Keys | None = None) -> Store:
        where = folder or self.vault
        return vault.open_store(where, keys or self.keys(where), METADATA, self.clock)

    def live_here(self) -> None:
        """Let this process remember things of this computer below the scene."""
        for name in _HOMES:
            os.environ[name] = str(self.root / "home" / name.lower())

    @contextmanager
    def visited(self) -> Generator[None]:
        before = {name: os.environ.get(name) for name in _HOMES}
        self.live_here()
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value

    def set_up_from(self, kept: Path) -> None:
        shutil.rmtree(self.root, ignore_errors=True)
        shutil.copytree(kept, self.root)
        self.log.unlink(missing_ok=True)


@dataclass
class Progress:
    """What a run has promised so far; each promise goes into the shim's log."""

    count: int = 0

    def ready(self, store: Store | None) -> None:
        shim.acknowledge({"n": self.count, **_counts(store)})

    def done(self, store: Store | None = None, **more: str) -> None:
        told = _counts(store)
        self.count += 1
        shim.acknowledge({"n": self.count, **told, **more})


def _counts(store: Store | None) -> Told:
    return {"counts": store.ask(counted)} if store else {}


def counted(session: Session) -> dict[str, int]:
    """Count the rows of every table of records."""
    asked = session.connection().exec_driver_sql
    names = asked(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' "
        "AND name NOT LIKE 'search%'"
    )
    known = [name for (name,) in names if name not in _UNCOUNTED]
    counts = asked("SELECT " + ", ".join(f'(SELECT count(*) FROM "{name}")' for name in known))
    return dict(zip(known, counts.one(), strict=True))


def make(root: Path) -> Scene:
    """Set a scene up: the vault of the first schema, brought to the newest, and opened once."""
    scene = Scene(root)
    make_old(scene)
    with scene.visited():
        scene.open().close()
        for copy in (scene.vault / "backups").iterdir():
            copy.unlink()  # what the migration set aside is none of the other operations'
        scene.open().close()
    return scene


def make_old(scene: Scene) -> None:
    """Set a scene up with the vault as the first release left it."""
    shutil.rmtree(scene.root, ignore_errors=True)
    scene.root.mkdir(parents=True)
    shutil.copytree(old.FILES / "first-schema.cmdesk", scene.vault)
    scene.backups.mkdir()
    (scene.root / "home").mkdir()
