"""The whole practice in open formats: a practice file with its schema, tables, documents."""

import csv
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import date, datetime
from importlib import resources
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from cmdesk.casework.documents import content
from cmdesk.errors import Problem
from cmdesk.exchange.practice_fields import Row
from cmdesk.exchange.practice_stored import Standing
from cmdesk.models.backup_run import BackupRun
from cmdesk.models.base import Base
from cmdesk.models.document import Blob, BlobChunk, Document
from cmdesk.models.entry import Draft
from cmdesk.models.rhythm import CalendarEvent

SCHEMA: Final = "practice.schema.json"
# Contents stand as files; typing that is not saved yet, this computer's backups and what was read
# from a calendar file, which is there still, stay here.
NOT_TABLES: Final = frozenset(
    model.__tablename__ for model in (Blob, BlobChunk, Draft, BackupRun, CalendarEvent)
)
SECRET: Final = frozenset({"pdf_password"})  # in the practice file alone
PAGE: Final = 1_000  # rows
# A spreadsheet takes a cell that begins so for a formula (OWASP, "CSV Injection").
_FORMULA: Final = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


def practice_file(session: Session) -> bytes:
    """Write the whole practice as one practice file. The same practice gives the same bytes."""
    return _json(Standing(session).whole())


def export(session: Session, folder: Path) -> list[Path]:
    """Write the whole practice into a folder that is empty or not there yet.

    Returns the files. If anything fails, nothing of it stays.
    """
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise Problem(
            f"\u201c{folder.name}\u201d is not an empty folder.",
            "Choose an empty folder, or the name of a new one.",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        half = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", suffix=".part", dir=folder.parent))
    except OSError as error:
        raise Problem(_no_room(folder, error), "Choose another place.") from error
    try:
        files = [file.relative_to(half) for file in _write(session, half)]
        if folder.exists():
            folder.rmdir()  # an empty folder would be in the way on Windows
        half.rename(folder)
    except OSError as error:
        raise Problem(
            _no_room(folder, error), "Make room there or choose another place."
        ) from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return [folder / file for file in files]


def cell(value: object) -> object:
    """Guard a cell that a spreadsheet would run as a formula. Numbers stay numbers."""
    if isinstance(value, str) and value.lstrip("'").startswith(_FORMULA):
        return f"'{value}"
    return value


def _no_room(folder: Path, error: OSError) -> str:
    return (
        f"\u201c{folder.name}\u201d can\u2019t be written ({error.strerror or 'unknown reason'})."
    )


def _write(session: Session, folder: Path) -> Iterator[Path]:
    standing = Standing(session)
    yield _file(folder / "practice.json", _json(standing.whole()))
    shipped = resources.files("cmdesk.resources").joinpath(SCHEMA)
    yield _file(folder / SCHEMA, shipped.read_bytes())
    (folder / "tables").mkdir(mode=0o700)
    for table in Base.metadata.sorted_tables:
        if table.name not in NOT_TABLES:
            yield _table(session, table, folder / "tables" / f"{table.name}.csv")
    documents = standing.table(Document)
    if documents:
        (folder / "documents").mkdir(mode=0o700)
    for number, row in documents.items():
        if standing.has_content(number):
            yield _file(folder / row["file"], content(session, number))


def _table(session: Session, table: Table, path: Path) -> Path:
    columns = [column for column in table.columns if column.name not in SECRET]
    with os.fdopen(_new(path), "w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow([column.name for column in columns])
        query = select(*columns).order_by(table.c.id).execution_options(yield_per=PAGE)
        for row in session.execute(query):
            writer.writerow([cell(_plain(value)) for value in row])
    return path


def _file(path: Path, data: bytes) -> Path:
    with os.fdopen(_new(path), "wb") as file:
        file.write(data)
    return path


def _new(path: Path) -> int:
    """Open a new file that its owner alone may read."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)


def _json(made: Row) -> bytes:
    return f"{json.dumps(made, ensure_ascii=False, indent=2)}\n".encode()


def _plain(value: Any) -> object:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else value
