"""Look for damage in an open vault: pages, tables, references, audit trail and search index."""

from collections.abc import Callable, Generator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DatabaseError

from cmdesk.errors import Problem
from cmdesk.store import audit
from cmdesk.store.audit import Head
from cmdesk.store.header import HEADER, parse
from cmdesk.store.migrate import search_tables
from cmdesk.store.store import Store

_RESTORE: Final = "Restore the newest backup into a new vault; keep this one until that is done."
_REBUILD: Final = "Rebuild the search index; no record is affected."
_KEEP: Final = "Keep this vault and the newest backup as they are, and compare the two."
_MOST: Final = 20  # findings of one kind; damage rarely comes alone


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found wrong: by which check, why, and what to do."""

    check: str
    why: str
    do: str


def check(store: Store) -> list[Finding]:
    """Run every check; about 5 s for 200 MB. An empty list means that all is well."""
    found = list(_header(store))
    anchor = store.keys.header.anchor
    head = Head(anchor.audit_seq, anchor.audit_mac.hex()) if anchor else None

    def examine(connection: Connection, audit_key: bytearray) -> None:
        checks: tuple[tuple[str, str, Callable[[], list[str]]], ...] = (
            ("pages", _RESTORE, lambda: _pages(connection)),
            ("database", _RESTORE, lambda: _database(connection)),
            ("references", _RESTORE, lambda: _references(connection)),
            ("audit", _KEEP, lambda: audit.verify(connection, audit_key, head)),
            ("search", _REBUILD, lambda: list(_search(connection))),
        )
        for name, do, run in checks:
            try:
                whys = run()
            except DatabaseError as error:
                whys = [f"The check itself met damage ({type(error.orig).__name__})."]
            found.extend(Finding(name, why, do) for why in whys[:_MOST])

    store.examine(examine)
    return found


def _header(store: Store) -> Generator[Finding]:
    try:
        parse((store.folder / HEADER).read_bytes())
    except (Problem, OSError) as error:
        yield Finding("header", str(error), "Lock the vault and unlock it again.")


def _pages(connection: Connection) -> list[str]:
    """Authenticate every page of the file by its HMAC."""
    return [str(row[0]) for row in connection.exec_driver_sql("PRAGMA cipher_integrity_check")]


def _database(connection: Connection) -> list[str]:
    rows = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    return [] if rows == ["ok"] else rows


def _references(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return [f"Row {row[1]} of {row[0]} points at a row of {row[2]} that is gone." for row in rows]


def _search(connection: Connection) -> Generator[str]:
    """Compare every index with the rows it is of: rank 1 asks for that, nothing less sees drift."""
    for table in search_tables(connection):
        try:
            connection.exec_driver_sql(
                f'INSERT INTO "{table}" ("{table}", rank) VALUES (\'integrity-check\', 1)'  # noqa: S608 - named by the schema
            )
        except DatabaseError:
            yield f"The search index {table} does not match the records."
