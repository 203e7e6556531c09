"""SAMHSA's yearly National Directory as a workbook: programs on one sheet, the key on another."""

import io
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Event
from typing import Any, Final

import python_calamine as calamine
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import provider_rows, providers_csv, service_key, workbook_size
from cmdesk.exchange.choosing import ALL, Choice, Survey
from cmdesk.exchange.csv_table import MOST_COLUMNS, MOST_ROWS, Row, plain_name
from cmdesk.exchange.program import Program
from cmdesk.exchange.result import Result, Skipped
from cmdesk.exchange.service_key import ServiceKey

KIND: Final = "providers-xlsx"
NAMED: Final = 12  # codes without words that are named
LETTERS: Final = 12  # of such a code that are shown
LOOKED_AT: Final = 25  # rows in which a header is looked for: titles and notes may stand above
_YEAR: Final = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
# RuntimeError is what the archive's reader says to a locked part, and to methods it does not know.
_DAMAGED: Final = (
    *(calamine.CalamineError, zipfile.BadZipFile, zlib.error),
    *(OSError, ValueError, EOFError, RuntimeError),
)
_CARE: Final = {
    "substance use treatment": "substance use",
    "mental health treatment": "mental health",
}
_AGAIN: Final = "Download it again, or save the sheet as CSV (UTF-8) and import that."


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet below its header; `top` is the line of the header."""

    name: str
    columns: tuple[str, ...]
    top: int
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Directory:
    """What a workbook holds. `key` is its own, or None."""

    programs: list[Program]
    skipped: list[Skipped]
    key: ServiceKey | None
    columns: tuple[str, ...]

    def survey(self) -> Survey:
        """Count its programs by state and level of care."""
        counted = Survey()
        for program in self.programs:
            counted.add(program.state, program.levels_of_care)
        return counted

    def chosen(self, choice: Choice) -> list[Program]:
        return [each for each in self.programs if choice.takes(each.state, each.levels_of_care)]


def is_workbook(data: bytes) -> bool:
    """Say whether a file is an Office workbook of the present kind, whole or not."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        return b"xl/" in data[:65_536]


def read(data: bytes, name: str = "") -> Directory:
    """Read a workbook; `name` may tell the year of the edition. Problem for what can't be read."""
    sheets = list(_sheets(data))
    keys = [sheet for sheet in sheets if service_key.is_key(sheet.columns)]
    listed = [
        sheet
        for sheet in sheets
        if sheet not in keys and providers_csv.is_directory([*sheet.columns, *_place(sheet)])
    ]
    if not listed:
        raise Problem(
            "No sheet of this workbook names programs.",
            "Its header needs at least: name1 or name, and better street, city, state, zip, phone.",
        )
    own = service_key.read_key(keys[0].columns, keys[0].rows) if keys else None
    key = service_key.with_usual(own)
    as_of = _edition(" ".join((name, *(sheet.name for sheet in sheets))))
    found = providers_csv.Read([], [])
    for sheet in listed:
        taken = providers_csv.programs_of(_rows(sheet), sheet.columns, key, as_of)
        found.programs.extend(taken.programs)
        found.skipped.extend(taken.skipped)
    if not found.programs:
        raise Problem("No row of this workbook names a program.", _first(found.skipped))
    programs = _of_one_list(found.programs, key)
    return Directory(programs, [*_unnamed(programs, key), *found.skipped], own, listed[0].columns)


def bring_in(
    session: Session,
    data: bytes,
    name: str = "",
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
    choice: Choice = ALL,
) -> Result:
    """Take in the programs that are chosen. A second time changes nothing. Raises Cancelled."""
    directory = read(data, name)
    chosen = directory.chosen(choice)
    if not chosen:
        raise Problem("No program of this workbook is in what was chosen.", "Choose more states.")
    written = provider_rows.write(session, chosen, progress, stop)
    return written.result(KIND, directory.skipped)


def _of_one_list(programs: list[Program], key: ServiceKey) -> list[Program]:
    """Tell the two yearly lists apart, by the care that most of the programs on one give.

    A program may stand on both; what it is asked about there is not the same.
    """
    counted = Counter(
        care for program in programs for care in _CARE if care in _said(program, key)
    ).most_common(1)
    if not counted:
        return programs
    source = f"{providers_csv.NATIONAL}, {_CARE[counted[0][0]]}"
    national = providers_csv.NATIONAL
    return [replace(each, source=source) if each.source == national else each for each in programs]


def _unnamed(programs: Sequence[Program], key: ServiceKey) -> list[Skipped]:
    """Tell of codes that neither the key of the workbook nor the usual one has words for."""
    codes = sorted({code for each in programs for code in each.service_codes if code not in key})
    if not codes:
        return []
    named = ", ".join(code[:LETTERS] for code in codes[:NAMED])
    more = f" and {len(codes) - NAMED:,} more" if len(codes) > NAMED else ""
    why = f"No key has words for these codes, which are kept as they are: {named}{more}."
    return [Skipped(None, why)]


def _said(program: Program, key: ServiceKey) -> set[str]:
    return {key[code].casefold() for code in program.service_codes if code in key}


def _place(sheet: Sheet) -> Sequence[str]:
    """Let a sheet of one's own count as a directory when it says where its programs are."""
    return ("city",) if {"state", "zip", "phone"} & set(sheet.columns) else ()


def _first(skipped: Sequence[Skipped]) -> str:
    return f"Row {skipped[0].line}: {skipped[0].why}" if skipped else "There is only a header."


@contextmanager
def _plainly() -> Generator[None]:
    try:
        yield
    except calamine.PasswordError:
        why = "This workbook is locked with a password."
        raise Problem(why, "Open it, save it without one, and import that.") from None
    except _DAMAGED:
        raise Problem("This workbook is damaged and can\u2019t be read.", _AGAIN) from None


def _sheets(data: bytes) -> Iterator[Sheet]:
    """Yield the sheets that have a header."""
    with _plainly():
        workbook_size.require(data)
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for name in book.sheet_names:
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
            if len(rows) > MOST_ROWS:
                raise Problem(
                    f"A sheet of this workbook has more than {MOST_ROWS:,} rows.",
                    "Split it, for example by state, and import the parts.",
                )
            if sheet := _sheet(name, rows):
                yield sheet


def _sheet(name: str, rows: Sequence[Sequence[Any]]) -> Sheet | None:
    for at, row in enumerate(rows[:LOOKED_AT]):
        columns = tuple(plain_name(_text(cell).lstrip("\ufeff")) for cell in row[:MOST_COLUMNS])
        known = service_key.is_key(columns) or any(each in columns for each in providers_csv.NAME)
        if known and sum(map(bool, columns)) > 1:
            texts = [[_text(cell) for cell in each] for each in rows[at + 1 :]]
            return Sheet(name, columns, at + 1, texts)
    return None


def _rows(sheet: Sheet) -> Iterator[Row]:
    for line, cells in enumerate(sheet.rows, sheet.top + 1):
        named: dict[str, str] = {}
        for column, cell in zip(sheet.columns, cells, strict=False):
            if column and cell:
                named.setdefault(column, cell)
        if named:
            yield Row(line, named)


def _text(cell: object) -> str:
    """Give a cell as it is meant: a ZIP code kept as a number has no decimals."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, bool):
        return "1" if cell else "0"
    return " ".join(str(cell).replace("\ufeff", "").split())


def _edition(words: str) -> date | None:
    """Take the last day of the year a directory is named for: what it says is at least as old."""
    years = [int(year) for year in _YEAR.findall(words)]
    return date(max(years), 12, 31) if years else None
