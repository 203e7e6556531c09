"""Bring a vault's tables to the newest shape, or leave them exactly as they were.

One transaction, foreign keys off *before* it begins: with them on, rebuilding a table deletes it
first, and ON DELETE CASCADE empties its children while every later check comes out clean.
"""

import shutil
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, MetaData

import cmdesk
from cmdesk.errors import Problem
from cmdesk.store.engine import Raw, migrator
from cmdesk.store.header import RECORDS
from cmdesk.store.keys import Keys

BACKUPS: Final = "backups"
_NONE: Final = ""  # the version of a file without tables
_OBJECTS: Final = (
    "SELECT name, type FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' "
    "AND name NOT LIKE '%\\_fts\\_%' ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%'"
)


class MigrationRefused(Problem):
    """A guard found that the upgrade would lose something; nothing was changed."""


def default_place() -> Path:
    """Return the migrations beside the package, else at the root of the repository."""
    package = Path(cmdesk.__file__).parent
    beside = package / "migrations"
    return beside if beside.is_dir() else package.parents[1] / "migrations"


def newest(migrations: Path) -> str:
    """Return the newest revision. Files are numbered `0001_words.py`, so Alembic is not needed."""
    numbers = [
        file.name[:4] for file in (migrations / "versions").glob("[0-9][0-9][0-9][0-9]_*.py")
    ]
    return max(numbers, default=_NONE)


def current(raw: Raw) -> str:
    """Return the revision a file stands at."""
    if not raw.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone():
        return _NONE
    row = raw.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else _NONE


def refuse_newer(found: str, migrations: Path) -> None:
    known = newest(migrations)
    if found > known:
        raise Problem(
            f"These records were made by a newer cmdesk (records version {found}; this program "
            f"knows {known or 'none'}).",
            "Install that version.",
        )


def upgrade(folder: Path, keys: Keys, metadata: MetaData, migrations: Path) -> None:
    """Run every missing migration. Raises MigrationRefused, and the file is as it was."""
    engine = migrator(folder / RECORDS, keys)
    try:
        with engine.begin() as connection:
            _guarded(connection, metadata, migrations)
    finally:
        engine.dispose()


def build(connection: Connection, metadata: MetaData, migrations: Path) -> None:
    """Make every table in an empty database."""
    _run(connection, metadata, migrations)


def room_for_copy(folder: Path) -> None:
    """Refuse an upgrade that would run out of disk half way."""
    needed = 3 * (folder / RECORDS).stat().st_size
    if shutil.disk_usage(folder).free < needed:
        raise Problem(
            f"Upgrading the records needs {needed // 1_000_000 + 1} MB of free disk space.",
            "Make some room, then open the vault again.",
        )


def _guarded(connection: Connection, metadata: MetaData, migrations: Path) -> None:
    if _column(connection, "PRAGMA foreign_keys") != [0]:
        raise MigrationRefused("The upgrade was stopped: foreign keys must be off.")
    rows, objects = _inventory(connection)
    may_shrink = _run(connection, metadata, migrations)
    rows_after, objects_after = _inventory(connection)
    lost = [t for t, count in rows.items() if rows_after.get(t, 0) < count and t not in may_shrink]
    if lost:
        raise MigrationRefused(f"The upgrade was stopped: rows would be lost from {_and(lost)}.")
    gone = sorted(objects - objects_after - may_shrink)
    if gone:
        raise MigrationRefused(f"The upgrade was stopped: {_and(gone)} would be lost.")
    if _column(connection, "PRAGMA foreign_key_check"):
        raise MigrationRefused("The upgrade was stopped: rows would point at nothing.")
    for table in search_tables(connection):
        connection.exec_driver_sql(
            f'INSERT INTO "{table}" ("{table}", rank) VALUES (\'integrity-check\', 1)'  # noqa: S608 - named by the schema
        )
    if _column(connection, "PRAGMA integrity_check") != ["ok"]:
        raise MigrationRefused("The upgrade was stopped: the records would be damaged by it.")


def _run(connection: Connection, metadata: MetaData, migrations: Path) -> set[str]:
    """Upgrade to the newest revision; return what the revisions say they take away."""
    from alembic import command  # noqa: PLC0415 - 0.3 s that an ordinary unlock does not need
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    config.attributes["metadata"] = metadata
    scripts = ScriptDirectory.from_config(config)
    if (scripts.get_current_head() or _NONE) != newest(migrations):
        raise ValueError("a revision's name must be the number of its file")
    command.upgrade(config, "head")
    return {
        name
        for script in scripts.walk_revisions()
        for name in getattr(script.module, "may_shrink", ())
    }


def search_tables(connection: Connection) -> list[str]:
    """Return the names of all full-text tables."""
    found = _column(
        connection,
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE "
        "'CREATE VIRTUAL TABLE%USING fts5%'",
    )
    return [str(name) for name in found]


def _inventory(connection: Connection) -> tuple[dict[str, int], set[str]]:
    """Count every table's rows, and name every trigger and index."""
    found = connection.exec_driver_sql(_OBJECTS).all()
    rows = {
        name: int(_column(connection, f'SELECT count(*) FROM "{name}"')[0])  # noqa: S608 - as above
        for name, kind in found
        if kind == "table"
    }
    return rows, {name for name, kind in found if kind in {"trigger", "index"}}


def _column(connection: Connection, query: str) -> list[Any]:
    return [row[0] for row in connection.exec_driver_sql(query)]


def _and(names: list[str]) -> str:
    return ", ".join(names)
