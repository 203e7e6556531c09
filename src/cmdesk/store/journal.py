"""Remember what each write replaced, so that it can be announced, attested and taken back.

SQLite does the remembering: temporary triggers on the writing connection copy the old row into a
temporary table. They live as long as the connection, never reach the file, and miss nothing: bulk
statements and cascades are seen like any other. Values are copied, never printed into SQL text,
which would lose everything after a NUL character.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from sqlalchemy import Connection, Integer, MetaData, Table

BUDGET: Final = 20_000  # rows an act may touch and still be undone: it is held in memory
STEPS: Final = 50


@dataclass(frozen=True, slots=True)
class Change:
    """What a commit touched, as (table, id) pairs."""

    rows: frozenset[tuple[str, int]]

    def touches(self, *tables: str) -> bool:
        return any(table in tables for table, _ in self.rows)


@dataclass(frozen=True, slots=True)
class Label:
    """What the user did, in their words. Steps in a row with one merge key undo as one.

    An act that can't be taken back (`undoable=False`) also puts what came before it out of reach.
    `kind` names the act in the audit trail.
    """

    text: str
    merge: object = None
    undoable: bool = True
    kind: str = "write"


@dataclass(frozen=True, slots=True)
class Before:
    """One row as it was before it was inserted (no values), updated or deleted."""

    table: str
    event: str
    id: int
    values: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """What one act replaced, newest first, under the name the user knows it by."""

    label: Label
    before: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """All that is known of a finished act. `step` is None if it touched too many rows to keep."""

    change: Change
    digest: str
    step: Step | None


class Steps:
    """Undo and redo, fifty steps deep."""

    def __init__(self) -> None:
        self.undo: list[Step] = []
        self.redo: list[Step] = []
        self._merging = False

    def push(self, label: Label, step: Step | None) -> None:
        if step is None or not label.undoable:
            self.clear()
            return
        self.redo.clear()
        last = self.undo[-1] if self.undo and self._merging else None
        if last and label.merge is not None and label.merge == last.label.merge:
            step = Step(label, step.before + last.before)
            if len(step.before) <= BUDGET:
                self.undo.pop()
        self.undo.append(step)
        del self.undo[:-STEPS]
        self._merging = True

    def moved(self, source: list[Step], target: list[Step], step: Step | None) -> None:
        """Note that the newest step of one stack was replayed; `step` would replay it back."""
        source.pop()
        self._merging = False
        if step is None:
            target.clear()
        else:
            target.append(step)

    def clear(self) -> None:
        self.undo.clear()
        self.redo.clear()


def watched(metadata: MetaData) -> list[Table]:
    """Return the tables whose rows are remembered: all but those with info `journal: False`."""
    tables = [t for t in metadata.tables.values() if t.info.get("journal") is not False]
    for table in tables:
        key = [column for column in table.primary_key.columns if column.name == "id"]
        if len(table.primary_key.columns) != 1 or not key or not isinstance(key[0].type, Integer):
            raise ValueError(f"{table.name} needs an integer primary key named id")
    return sorted(tables, key=lambda table: table.name)


def watch(connection: Connection, metadata: MetaData) -> None:
    """Begin remembering on this connection."""
    driver = connection.connection.cursor()  # hundreds of statements, each of them asked once
    for statement in _watching(metadata):
        driver.execute(statement)
    driver.close()


@cache
def _watching(metadata: MetaData) -> tuple[str, ...]:
    """Return the statements that make the journal, and the triggers that write into it."""
    tables = watched(metadata)
    width = max((len(_names(table)) for table in tables), default=0)
    cells = "".join(f", c{n}" for n in range(width))
    made = [f"CREATE TEMP TABLE journal (n INTEGER PRIMARY KEY, tbl, event, id{cells})"]
    for table in tables:
        names = _names(table)
        into = "".join(f", c{n}" for n in range(len(names)))
        old = "".join(f', old."{name}"' for name in names)
        made.extend(
            f'CREATE TEMP TRIGGER "journal_{table.name}_{event}" '
            f'AFTER {event} ON main."{table.name}" BEGIN '
            f"INSERT INTO journal (tbl, event, id{columns}) "
            f"VALUES ('{table.name}', '{event}', {row}.id{values}); END"
            for event, row, columns, values in (
                ("INSERT", "new", "", ""),
                ("UPDATE", "new", into, old),
                ("DELETE", "old", into, old),
            )
        )
    return tuple(made)


def take(connection: Connection, metadata: MetaData, label: Label) -> Taken | None:
    """Empty the journal. None if nothing that is watched was written."""
    touched = connection.exec_driver_sql("SELECT DISTINCT tbl, id FROM journal").all()
    if not touched:
        return None
    change = Change(frozenset((table, id_) for table, id_ in touched))
    digest = _digest(connection, [metadata.tables[t] for t in sorted({t for t, _ in touched})])
    count = connection.exec_driver_sql("SELECT count(*) FROM journal").scalar_one()
    step = None
    if count <= BUDGET and label.undoable:
        rows = connection.exec_driver_sql("SELECT * FROM journal ORDER BY n DESC")
        widths = {table.name: len(_names(table)) for table in metadata.tables.values()}
        step = Step(
            label, tuple(Before(r[1], r[2], r[3], tuple(r[4 : 4 + widths[r[1]]])) for r in rows)
        )
    connection.exec_driver_sql("DELETE FROM journal")
    return Taken(change, digest, step)


def restore(connection: Connection, metadata: MetaData, befores: Sequence[Before]) -> None:
    """Put the old rows back."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    for before in befores:
        _put_back(connection, metadata.tables[before.table], before)


def _put_back(connection: Connection, table: Table, before: Before) -> None:
    names = _names(table)
    if before.event == "INSERT":
        connection.exec_driver_sql(f'DELETE FROM "{table.name}" WHERE id = ?', (before.id,))
        return
    if before.event == "DELETE":
        connection.exec_driver_sql(
            f'INSERT INTO "{table.name}" ({_listed(names)}) VALUES ({", ".join("?" * len(names))})',
            before.values,
        )
        return
    now = connection.exec_driver_sql(
        f'SELECT {_listed(names)} FROM "{table.name}" WHERE id = ?', (before.id,)
    ).one()
    # Only what differs is set, so that triggers that guard single columns are not woken.
    differing = {
        name: old
        for name, old, new in zip(names, before.values, now, strict=True)
        if type(old) is not type(new) or old != new
    }
    if differing:
        connection.exec_driver_sql(
            f'UPDATE "{table.name}" SET {", ".join(f"{_quoted(n)} = ?" for n in differing)} '
            "WHERE id = ?",
            (*differing.values(), before.id),
        )


def _digest(connection: Connection, tables: Iterable[Table]) -> str:
    """Attest the touched rows: SHA-256 over each as it was first found and as it is now."""
    hashed = hashlib.sha256()
    for table in tables:
        for rows in (_first_found(connection, table), _as_now(connection, table)):
            hashed.update(f"\n{table.name}\n".encode())
            for row in rows:
                hashed.update(repr(row).encode("utf-8", "surrogatepass"))
    return hashed.hexdigest()


def _first_found(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    cells = ", ".join(f"c{n}" for n in range(len(_names(table))))
    rows = connection.exec_driver_sql(
        f"SELECT {cells} FROM journal WHERE event <> 'INSERT' AND n IN "
        "(SELECT min(n) FROM journal WHERE tbl = ? GROUP BY id) ORDER BY id",
        (table.name,),
    )
    return (tuple(row) for row in rows)


def _as_now(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    rows = connection.exec_driver_sql(
        f'SELECT {_listed(_names(table))} FROM "{table.name}" '
        "WHERE id IN (SELECT id FROM journal WHERE tbl = ?) ORDER BY id",
        (table.name,),
    )
    return (tuple(row) for row in rows)


def _names(table: Table) -> list[str]:
    """Return the columns that hold values of their own; computed ones follow by themselves."""
    return [column.name for column in table.columns if column.computed is None]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(_quoted(name) for name in names)


def _quoted(name: str) -> str:
    return f'"{name}"'
