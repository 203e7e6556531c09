"""Tables as other programs write them, read row by row with the line each stands on."""

import codecs
import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from cmdesk.errors import Problem
from cmdesk.exchange.result import Skipped

LARGEST_CELL: Final = 1_000_000  # characters; an honest cell of a directory has some hundreds
MOST_COLUMNS: Final = 2_000
MOST_ROWS: Final = 100_000
NOT_A_TABLE: Final = "This file is not a table of text."
WHAT_TO_DO: Final = "Save it as CSV (comma separated, UTF-8) and import that file."

# The reader of the standard library refuses cells over 128 kB by ending the whole table. Ours
# skips the one row, so the limit stands above any cell that a file in memory can hold.
csv.field_size_limit(2**31 - 1)

_LINE_END = re.compile(r"\r\n|\r|\n")
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_NAME = re.compile(r"[^a-z0-9]+")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])")
BINARY: Final = re.compile(r"[\x00-\x08\x0e-\x1f]")
_RESTARTS: Final = 20


@dataclass(frozen=True, slots=True)
class Row:
    """One record. `cells` has the filled cells only, by the plain form of their headers."""

    line: int
    cells: Mapping[str, str]

    def first(self, *names: str) -> str:
        """Return the first filled cell among these columns, or nothing."""
        return next((self.cells[name] for name in names if name in self.cells), "")


@dataclass(frozen=True, slots=True)
class Table:
    """A decoded table. `notes` is what the user should know of how it was read."""

    columns: tuple[str, ...]
    text: str = field(repr=False)
    start: int  # where the header line begins in `text`
    delimiter: str
    notes: tuple[Skipped, ...] = ()

    def rows(self) -> Iterator[Row | Skipped]:
        """Yield each record, or why it can't be read.

        Raises Problem after 100,000 records.
        """
        records = iter(_Records(self.text, self.start, self.delimiter))
        width = len(next(records)[1] or ())
        count = 0
        for line, cells in records:
            if cells is not None and not any(cells):
                continue
            count += 1
            if count > MOST_ROWS:
                raise Problem(
                    f"This table has more than {MOST_ROWS:,} rows.",
                    "Split it, for example by state, and import the parts.",
                )
            why = _fault(line, cells, width)
            yield Skipped(line, why) if why else Row(line, self._named(cells or []))

    @property
    def is_bare(self) -> bool:
        """Whether no row stands below the header."""
        return next(self.rows(), None) is None

    def _named(self, cells: list[str]) -> dict[str, str]:
        named: dict[str, str] = {}
        for column, cell in zip(self.columns, cells, strict=False):
            value = _GUARDED.sub("", cell, count=1) if cell.startswith("'") else cell
            value = value.strip()
            if value and column:
                named.setdefault(column, value)
        return named


def read(data: bytes) -> Table:
    """Decode a table and read its header line. Raises Problem for what is not a table."""
    text, notes = decode(data)
    start = len(text) - len(text.lstrip("\r\n \ufeff"))
    header_line = _LINE.match(text, start)
    if header_line is None:
        raise Problem("This file is empty.", "Choose a file with at least a header and one row.")
    delimiter = _delimiter(header_line.group())
    header = next(iter(_Records(text, start, delimiter)))[1]
    if header is None:
        raise Problem("The header of this table opens a quotation mark and never closes it.")
    if len(header) > MOST_COLUMNS:
        raise Problem(f"This table has {len(header):,} columns.", f"{MOST_COLUMNS:,} is the most.")
    columns = tuple(plain_name(cell) for cell in header)
    return Table(columns, text, start, delimiter, notes)


def decode(data: bytes) -> tuple[str, tuple[Skipped, ...]]:
    """Turn a file into text: UTF-8, UTF-16 with its mark, else Windows-1252 with a word on it."""
    if not data.strip():
        raise Problem("This file is empty.", "Choose a file with at least a header and one row.")
    notes: tuple[Skipped, ...] = ()
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text, notes = _windows_text(data)
    if BINARY.search(text):
        raise Problem(NOT_A_TABLE, WHAT_TO_DO)
    return text, notes


def plain_name(header: str) -> str:
    """Form the name a column is known by, whatever its case, spaces and underscores."""
    return _NAME.sub("_", header.casefold()).strip("_")


class _Record(NamedTuple):
    offset: int
    line: int
    cells: list[str]
    swallowed_the_rest: bool


class _Records:
    """Records with the physical line each begins on; goes on after a quote that never closes."""

    def __init__(self, text: str, start: int, delimiter: str) -> None:
        self._text, self._start, self._delimiter = text, start, delimiter

    def __iter__(self) -> Iterator[tuple[int, list[str] | None]]:
        """Yield line and cells; None for the line whose open quote would swallow all the rest."""
        offset, line = self._start, 1 + len(_LINE_END.findall(self._text, 0, self._start))
        for _attempt in range(_RESTARTS):
            broken = None
            for record in self._from(offset, line):
                if record.swallowed_the_rest:
                    broken = record
                    break
                yield record.line, record.cells
            if broken is None:
                return
            yield broken.line, None
            match = _LINE.match(self._text, broken.offset)
            offset, line = match.end() if match else len(self._text), broken.line + 1

    def _from(self, offset: int, line: int) -> Iterator[_Record]:
        place, at_end = offset, False

        def lines() -> Iterator[str]:
            nonlocal place, at_end
            for match in _LINE.finditer(self._text, offset):
                place = match.end()
                yield match.group()
            at_end = True  # asked for more: a quote is still open

        reader = csv.reader(lines(), delimiter=self._delimiter)
        at, before = offset, 0
        for cells in reader:
            yield _Record(at, line + before, cells, at_end)
            at, before = place, reader.line_num


def _fault(line: int, cells: list[str] | None, width: int) -> str:
    if cells is None:
        return "A quotation mark is opened on this row and never closed."
    largest = max(map(len, cells), default=0)
    if largest > LARGEST_CELL:
        return f"A cell of row {line} holds {largest / 1_000_000:.0f} MB; 1 MB is the most."
    if len(cells) > width and any(cell.strip() for cell in cells[width:]):
        return f"This row has {len(cells)} cells, the header has {width}."
    if len(cells) < width:
        return f"This row has {len(cells)} cells, the header has {width}."
    return ""


def _windows_text(data: bytes) -> tuple[str, tuple[Skipped, ...]]:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise Problem(NOT_A_TABLE, WHAT_TO_DO) from None
    why = "The file is not UTF-8, so it was read as Windows text. Look at names with accents."
    return text, (Skipped(None, why),)


def _delimiter(header: str) -> str:
    """Choose what parts the header line most often, outside quotes; a comma in doubt."""
    bare = re.sub(r'"[^"]*"', "", header)
    return max(",;\t|", key=bare.count)
