"""Writers that do it wrong: each must be caught, or the tests of the right ones prove nothing."""

import json
import os
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final, cast

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2 as sqlcipher

from cmdesk.casework import drafts
from cmdesk.store import engine, header, migrate
from cmdesk.store import keys as keyring
from cmdesk.store.engine import Raw
from cmdesk.store.header import HEADER, RECORDS
from cmdesk.store.keys import Keys
from cmdesk.store.store import Store
from tests.faults.operations import Migration, Operation, prefix
from tests.faults.scenes import METADATA, Progress, Scene

_KEY: Final = "fault:"
_DriverError = cast("type[Exception]", sqlcipher.DatabaseError)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue] - the driver has no stubs


class _Raw(Operation):
    """Drafts written past the open store, ten rows a step."""

    steps, counted = 12, False
    pragma = "PRAGMA synchronous = EXTRA"

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        raw = engine.connect(scene.vault / RECORDS, scene.keys(), guarded=False)
        raw.execute(self.pragma)
        while progress.count < self.steps:
            self.step(raw, progress)
        raw.close()

    def step(self, raw: Raw, progress: Progress) -> None:
        self.write(raw, progress.count + 1)
        raw.execute("COMMIT")
        progress.done()

    def write(self, raw: Raw, step: int) -> None:
        raw.execute("BEGIN IMMEDIATE")
        for row in range(10):
            values = (f"{_KEY}{step}:{row}", json.dumps({"text": "typed " * 500}))
            raw.execute(
                "INSERT INTO draft (key, saved_at, body) VALUES (?, '2026-03-11', ?)", values
            )

    def level(self, scene: Scene, store: Store) -> int:
        steps = [int(kept.key.split(":")[1]) for kept in store.ask(drafts.all_of, _KEY)]
        return prefix(set(steps), "steps")


class NoSync(_Raw):
    """Leaves it to the system when anything reaches the disk."""

    name = "no-sync"
    pragma = "PRAGMA synchronous = OFF"


class Hasty(_Raw):
    """Promises before it commits."""

    name = "hasty"

    def step(self, raw: Raw, progress: Progress) -> None:
        self.write(raw, progress.count + 1)
        progress.done()
        raw.execute("COMMIT")


class Deaf(_Raw):
    """Promises whatever the disk says."""

    name = "deaf"

    def step(self, raw: Raw, progress: Progress) -> None:
        with suppress(_DriverError):
            self.write(raw, progress.count + 1)
            raw.execute("COMMIT")
        if raw.in_transaction:
            raw.execute("ROLLBACK")
        progress.done()


class LegacyMigration(Migration):
    """Runs the same revisions statement by statement, as the driver does when nobody says BEGIN."""

    name = "legacy-migration"

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        keys = scene.keys()
        opened = create_engine(
            "sqlite+pysqlite://",
            module=sqlcipher,
            creator=lambda: engine.connect(
                scene.vault / RECORDS, keys, foreign_keys=False, guarded=False
            ),
            poolclass=NullPool,
        )
        with opened.connect() as connection:
            config = Config()
            config.set_main_option("script_location", str(migrate.default_place()))
            config.attributes.update({"connection": connection, "metadata": METADATA})
            command.upgrade(config, "head")
        progress.done()


class Headers(Operation):
    """Write the header anew, thirty times, as the store does."""

    name, steps = "header", 30

    def prepare(self, scene: Scene) -> None:
        (scene.vault / "ballast").unlink(missing_ok=True)

    def begin(self, scene: Scene) -> Store | None:
        return None

    def act(self, scene: Scene, store: Store | None, progress: Progress) -> None:
        keys = scene.keys()
        while progress.count < self.steps:
            self.write(scene, keys)
            progress.done(generation=str(keys.header.generation))

    def write(self, scene: Scene, keys: Keys) -> None:
        keyring.write(scene.vault, keys, keys.header)


class _OwnHeaders(Headers):
    def write(self, scene: Scene, keys: Keys) -> None:
        keys.header = replace(keys.header, generation=keys.header.generation + 1)
        self.put(scene.vault / HEADER, header.write_out(keys.header))

    def put(self, path: Path, data: bytes) -> None:
        raise NotImplementedError


class NoFolderSync(_OwnHeaders):
    """A temporary file, synced and renamed: all but the folder."""

    name = "header-without-folder-sync"

    def put(self, path: Path, data: bytes) -> None:
        part = path.with_suffix(".tmp")
        with part.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


class InPlace(_OwnHeaders):
    """Opens the header itself and writes over it."""

    name = "header-in-place"

    def put(self, path: Path, data: bytes) -> None:
        path.with_name(path.name + ".bak").unlink(missing_ok=True)
        path.write_bytes(data)


OPERATIONS: Final[dict[str, Operation]] = {
    one.name: one
    for one in (NoSync(), Hasty(), Deaf(), LegacyMigration(), Headers(), NoFolderSync(), InPlace())
}
