"""Compare a vault's tables, indexes and triggers with those its migrations make."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, MetaData

from cmdesk.store import engine, migrate
from cmdesk.store.tables import DDL

_OBJECTS: Final = (
    "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
    "ORDER BY type, name"
)
MENDABLE: Final = frozenset({"index", "trigger"})


@dataclass(frozen=True, slots=True)
class Part:
    """One object of the schema, with the statement that makes it."""

    name: str
    kind: str
    sql: str


def expected(metadata: MetaData, migrations: Path) -> dict[str, Part]:
    """Build an empty database in memory by the same migrations; half a second, the first time."""
    return dict(_built(metadata, migrations, migrate.newest(migrations)))


@lru_cache(maxsize=1)
def _built(metadata: MetaData, migrations: Path, _newest: str) -> dict[str, Part]:
    scratch = engine.scratch()
    try:
        with scratch.begin() as connection:
            for statement in DDL:
                connection.exec_driver_sql(statement)
            migrate.build(connection, metadata, migrations)
            return present(connection)
    finally:
        scratch.dispose()


def present(connection: Connection) -> dict[str, Part]:
    rows = connection.exec_driver_sql(_OBJECTS)
    return {str(name): Part(str(name), str(kind), str(sql)) for name, kind, sql in rows}


def faults(connection: Connection, wanted: dict[str, Part]) -> dict[str, str]:
    """Return what is missing or otherwise than it should be, by name, in words."""
    there = present(connection)
    found: dict[str, str] = {}
    for name, part in wanted.items():
        if name not in there:
            found[name] = f"The {part.kind} {name} is missing."
        elif part.kind in MENDABLE and _plain(there[name].sql) != _plain(part.sql):
            found[name] = f"The {part.kind} {name} is not as it was made."
    for name, part in there.items():
        if name not in wanted and part.kind == "trigger":
            found[name] = f"The trigger {name} is not one of cmdesk's."
    return found


def put_back(connection: Connection, wanted: dict[str, Part]) -> list[str]:
    """Make indexes and triggers what they should be; return their names."""
    done: list[str] = []
    there = present(connection)
    for name in faults(connection, wanted):
        part = wanted.get(name) or there[name]
        if part.kind not in MENDABLE:
            continue
        if name in there:
            connection.exec_driver_sql(f'DROP {part.kind} "{name}"')
        if name in wanted:
            connection.exec_driver_sql(part.sql)
        done.append(name)
    return done


def _plain(sql: str) -> str:
    return " ".join(sql.split())
