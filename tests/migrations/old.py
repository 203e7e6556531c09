"""A vault of an earlier schema, copied and filled, and all that must still be in it afterwards."""

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    insert,
)

from cmdesk.models import complete
from cmdesk.store import audit, engine, migrate
from cmdesk.store import keys as keyring
from cmdesk.store.header import RECORDS
from cmdesk.store.keys import Keys

FILES: Final = Path(__file__).parent / "files"
PASSPHRASE: Final = "open the sample practice"
CODE: Final = "16706-BBVY3-3KYPF-GQQN3-AEXTW-X1P47-DB5D1"
MIGRATED: Final = datetime(2026, 3, 10, 13, tzinfo=UTC)
ROWS: Final = 200
SOME_DAY: Final = MIGRATED.replace(tzinfo=None)
OF_THE_STORE: Final = frozenset({"alembic_version", "audit", "meta"})
NOW_DIFFERENT: Final = frozenset(  # a number's bare digits are indexed, too (revision 0003)
    {"search_names_source", *(f"search_contact_point_{e}" for e in ("insert", "delete", "update"))}
)

Rows = list[tuple[object, ...]]


def now() -> datetime:
    return MIGRATED


@cache
def _kept_keys() -> Keys:
    """Return the keys by the recovery code: a millisecond, where the passphrase costs a fifth."""
    return keyring.unlock(FILES / "first-schema.cmdesk", code=CODE)


def keys() -> Keys:
    """Return the old vault's keys, to be used up."""
    kept = _kept_keys()
    return replace(kept, vmk=bytearray(kept.vmk), dek=bytearray(kept.dek))


def copied(place: Path) -> Path:
    return Path(shutil.copytree(FILES / "first-schema.cmdesk", place / "first-schema.cmdesk"))


def upgrade(folder: Path) -> None:
    migrate.upgrade(folder, keys(), complete(), migrate.default_place())


@dataclass(frozen=True)
class Seen:
    """What a file holds: columns and rows by table, and the statement behind every other thing."""

    columns: dict[str, list[str]]
    rows: dict[str, Rows]
    sql: dict[tuple[str, str], str]

    def named(self, kind: str) -> set[str]:
        return {name for each, name in self.sql if each == kind}


def seen(folder: Path, columns: dict[str, list[str]] | None = None) -> Seen:
    """Read everything; of tables that an earlier reading knew, the columns of then."""
    raw = engine.connect(folder / RECORDS, keys())
    try:
        made = raw.execute("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL")
        sql = {(kind, name): text for kind, name, text in made.fetchall()}
        tables = [
            name
            for kind, name in sql
            if kind == "table" and not name.startswith(("search", "sqlite"))
        ]
        known = columns or {}
        found: dict[str, list[str]] = {}
        rows: dict[str, Rows] = {}
        for table in sorted(tables):
            told = raw.execute(f'PRAGMA table_info("{table}")').fetchall()
            found[table] = known.get(table) or [str(column[1]) for column in told]
            listed = ", ".join(f'"{column}"' for column in found[table])
            rows[table] = raw.execute(f'SELECT {listed} FROM "{table}" ORDER BY 1').fetchall()
        return Seen(found, rows, sql)
    finally:
        raw.close()


def found(folder: Path, index: str, question: str) -> list[int]:
    """Return the numbers a search index finds."""
    raw = engine.connect(folder / RECORDS, keys())
    try:
        ask = f"SELECT rowid FROM {index} WHERE {index} MATCH ? ORDER BY rowid"
        return [row[0] for row in raw.execute(ask, (question,)).fetchall()]
    finally:
        raw.close()


def fill(folder: Path) -> None:
    """Add 200 rows to every table, each pointing at rows added with it, and 200 acts."""
    opened = engine.migrator(folder / RECORDS, keys())  # foreign keys off: any order will do
    with opened.begin() as connection:
        tables = _tables(connection)
        first = {table.name: _next(connection, table) for table in tables}
        for table in tables:
            values = [_row(table, number, first) for number in range(ROWS)]
            connection.execute(insert(table), values)
        key = keys().audit_key()
        for number in range(ROWS):
            at = MIGRATED - timedelta(hours=ROWS - number)
            audit.append(connection, key, at, f"Chart c-{number} opened", "view")
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    opened.dispose()


def _tables(connection: Connection) -> Sequence[Table]:
    made = MetaData()
    made.reflect(
        connection,
        only=lambda name, _: name not in OF_THE_STORE and not name.startswith("search"),
    )
    return list(made.tables.values())


def _next(connection: Connection, table: Table) -> int:
    query = f'SELECT coalesce(max(id), 0) + 1 FROM "{table.name}"'
    return int(connection.exec_driver_sql(query).scalar_one())


def _row(table: Table, number: int, first: dict[str, int]) -> dict[str, object]:
    row = {column.name: _value(table, column, number, first) for column in table.columns}
    if table.name == "entry":
        row["status"] = "draft"  # a signed one would refuse its participants
    if table.name == "contact_point":
        row["value"] = f"+1 (986) 555-{number:04}"
    return row


def _value(table: Table, column: Column[Any], number: int, first: dict[str, int]) -> object:
    if column.primary_key:
        return first[table.name] + number
    for key in column.foreign_keys:
        return first[key.column.table.name] + number
    if column.nullable and number % 3 == 0:
        return None
    kind = column.type
    ways: tuple[tuple[type[object], object], ...] = (
        (JSON, [] if number % 2 else {"number": number}),
        (Boolean, number % 2 == 0),
        (DateTime, SOME_DAY + timedelta(minutes=number)),
        (Date, SOME_DAY.date() + timedelta(days=number)),
        (Integer, number),
        (Float, number / 8),
        (LargeBinary, bytes([number]) * 64),
    )
    for base, value in ways:
        if isinstance(kind, base):
            return value
    return f"{table.name} {column.name} {number} Łódź"


def expected_export() -> dict[str, Any]:
    """Return the practice file that the program of that schema wrote of this vault."""
    return json.loads((FILES / "first-schema.json").read_text("utf-8"))
