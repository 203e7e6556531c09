"""The file of all health-care providers (NPPES), read as a stream: ten gigabytes, 330 columns.

Names of columns are those of facts/rules.md 6.3; they are matched whatever their case and spaces.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import BinaryIO, Final, cast

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.csv_table import plain_name
from cmdesk.exchange.result import Skipped

LOOK: Final = 5_000  # lines between two looks at `stop`: a tenth of a second
MOST_LINES: Final = 20  # of one record; what is longer has a quotation mark that never closes
FEW_STATES: Final = 8  # up to so many are looked for in the raw line before it is taken apart
_BETWEEN: Final = b'",;\t|\r\n'
_AS_OF: Final = re.compile(r"-(20\d\d)(\d\d)(\d\d)")
_PRACTICE: Final = "provider_business_practice_location_address"
_FIRST: Final = "provider_first_line_business_practice_location_address"
ALIASES: Final = {
    "entity": ("entity_type_code", "entity_type"),
    "organisation": ("provider_organization_name_legal_business_name", "organization_name"),
    "family": ("provider_last_name_legal_name", "provider_last_name"),
    "given": ("provider_first_name",),
    "middle": ("provider_middle_name",),
    "suffix": ("provider_name_suffix_text", "provider_name_suffix"),
    "credentials": ("provider_credential_text", "provider_credentials_text"),
    "other": ("provider_other_organization_name",),
    "street": (_FIRST, "provider_first_line_practice_location_address"),
    "street2": (_FIRST.replace("first", "second", 1),),
    "city": (f"{_PRACTICE}_city_name", f"{_PRACTICE}_city"),
    "state": (f"{_PRACTICE}_state_name", f"{_PRACTICE}_state"),
    "zip": (f"{_PRACTICE}_postal_code", f"{_PRACTICE}_zip_code"),
    "country": (f"{_PRACTICE}_country_code_if_outside_u_s", f"{_PRACTICE}_country_code"),
    "phone": (f"{_PRACTICE}_telephone_number", f"{_PRACTICE}_phone_number"),
    "fax": (f"{_PRACTICE}_fax_number",),
    "updated": ("last_update_date",),
    "deactivated": ("npi_deactivation_date",),
    "reactivated": ("npi_reactivation_date",),
    "parent": ("parent_organization_lbn", "parent_organization_legal_business_name"),
}
MANDATORY: Final = ("entity", "state")
_TAXONOMY: Final = re.compile(r"healthcare_provider_taxonomy_code_(\d+)")
_PRIMARY: Final = "healthcare_provider_primary_taxonomy_switch_{}"


@dataclass(frozen=True, slots=True)
class Header:
    """Where each thing stands in a row. `taxonomies` are places of a code and of its switch."""

    width: int
    npi: int
    places: dict[str, int]
    taxonomies: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Line:
    """One row of the file, whatever it is. Nothing is read of it before it is asked for."""

    line: int
    cells: Sequence[str]
    header: Header

    def get(self, name: str) -> str:
        place = self.header.places.get(name)
        return self.cells[place].strip() if place is not None else ""

    @property
    def npi(self) -> str:
        return self.cells[self.header.npi].strip()

    @cached_property
    def taxonomies(self) -> tuple[str, ...]:
        """The codes, the one marked as primary first."""
        cells = self.cells
        found = [
            (cells[switch] != "Y" if switch >= 0 else True, cells[at].strip())
            for at, switch in self.header.taxonomies
            if cells[at]
        ]
        if len(found) > 1:
            found.sort(key=lambda pair: pair[0])
        return tuple(dict.fromkeys(code for _, code in found if code))

    @property
    def is_deactivated(self) -> bool:
        return bool(self.get("deactivated")) and not self.get("reactivated")


def is_header(columns: Sequence[str]) -> bool:
    """Say whether plain names of columns are those of this file."""
    return "npi" in columns and any(name in columns for name in ALIASES["entity"])


def is_nppes(start: bytes) -> bool:
    """Say whether the beginning of a file is one of this kind."""
    line = start.removeprefix(b"\xef\xbb\xbf").lstrip().partition(b"\n")[0]
    return is_header(_names(line))


def is_archive(place: Path) -> bool:
    """Say whether this is the archive the file is handed out in."""
    try:
        with zipfile.ZipFile(place) as archive:
            return any(is_main(name) for name in archive.namelist())
    except (OSError, zipfile.BadZipFile):
        return False


def edition(name: str) -> date | None:
    """Take the day up to which a file is, which stands in its name."""
    found = _AS_OF.findall(name)
    try:
        return date(*map(int, found[-1])) if found else None
    except ValueError:
        return None


@contextmanager
def opened(place: Path) -> Generator[tuple[BinaryIO, int]]:
    """Open the file, or the one inside the archive it is handed out as; answer its size too."""
    try:
        if not zipfile.is_zipfile(place):
            with place.open("rb") as file:
                yield file, place.stat().st_size
            return
        with zipfile.ZipFile(place) as archive:
            listed = [each for each in archive.infolist() if is_main(each.filename)]
            if not listed:
                raise Problem("This archive holds no list of providers.", "Choose the CSV file.")
            inner = max(listed, key=lambda each: each.file_size)
            with archive.open(inner) as file:
                yield cast("BinaryIO", file), inner.file_size
    except (OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Problem("This file can\u2019t be read to its end.", "Download it again.") from error


def is_main(name: str) -> bool:
    plain = name.rsplit("/", 1)[-1].casefold()
    return plain.startswith("npidata") and plain.endswith(".csv") and "header" not in plain


class Reader:
    """Reads rows one after the other and holds none of them."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, size: int = 0) -> None:
        """Read the header. Problem when it is not one of this file."""
        self._stream = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
        self._size = max(size, 1)
        first = self._stream.readline().removeprefix(b"\xef\xbb\xbf")
        self._read, self.line = len(first), 1
        self.header = _header(first)
        self.unreadable: list[Skipped] = []
        self.rows_seen = 0

    def rows(
        self,
        choice: Choice,
        progress: Callable[[float], None] | None = None,
        stop: Event | None = None,
    ) -> Iterator[Line]:
        """Yield rows that may be of the states chosen. Raises Cancelled."""
        width = self.header.width
        for cells in self._parsed(self._texts(choice, progress, stop)):
            if len(cells) == width:
                yield Line(self.line, cells, self.header)
            elif any(cells):
                why = f"This row has {len(cells)} cells, the header has {width}."
                self.unreadable.append(Skipped(self.line, why))

    def _parsed(self, texts: Iterator[str]) -> Iterator[list[str]]:
        """Take records apart; one that is no row of a table is told of and passed over."""
        parsed = csv.reader(texts)
        while True:
            try:
                cells = next(parsed, None)
            except csv.Error:
                why = "This row can\u2019t be taken apart."
                self.unreadable.append(Skipped(self.line, why))
                continue
            if cells is None:
                return
            yield cells

    def _texts(
        self, choice: Choice, progress: Callable[[float], None] | None, stop: Event | None
    ) -> Iterator[str]:
        """Yield whole records as text; those that name none of a few states are passed over."""
        few = 0 < len(choice.states) <= FEW_STATES
        wanted = [state.encode() for state in sorted(choice.states)] if few else []
        for record in self._records():
            self.rows_seen += 1
            if self.rows_seen % LOOK == 0:
                if stop is not None and stop.is_set():
                    raise Cancelled
                if progress is not None:
                    progress(min(1.0, self._read / self._size))
            if not wanted or _is_blank(record) or any(_stands(each, record) for each in wanted):
                yield _text(record)

    def _records(self) -> Iterator[bytes]:
        """Yield lines, joined where a cell goes on in the next one."""
        held, lines, started = b"", 0, 0
        for line in self._stream:
            self._read += len(line)
            started = self.line + 1 if not lines else started
            self.line += 1
            held, lines = held + line if lines else line, lines + 1
            if held.count(b'"') % 2 == 0:
                at, self.line = self.line, started
                yield held
                self.line, held, lines = at, b"", 0
            elif lines == MOST_LINES:
                self._open_quote(started)
                held, lines = b"", 0
        if lines:
            self._open_quote(started)

    def _open_quote(self, line: int) -> None:
        why = "A quotation mark is opened on this row and never closed."
        self.unreadable.append(Skipped(line, why))


def _is_blank(record: bytes) -> bool:
    """Say whether a row holds no kind of provider, as those of deactivated numbers do."""
    return record[12:16] in (b',"",', b",,,,") or record[10:12] == b",,"


def _stands(state: bytes, record: bytes) -> bool:
    """Say whether two letters stand somewhere as a cell of their own."""
    if b'"' + state + b'"' in record:
        return True
    at = record.find(state)
    while at >= 0:
        end = at + len(state)
        before, after = record[at - 1 : at] or b",", record[end : end + 1] or b","
        if before in _BETWEEN and after in _BETWEEN:
            return True
        at = record.find(state, end)
    return False


def _text(record: bytes) -> str:
    try:
        return record.decode("utf-8")
    except UnicodeDecodeError:
        return record.decode("cp1252", "replace")


def _names(line: bytes) -> list[str]:
    try:
        return [plain_name(cell) for cells in csv.reader([_text(line)]) for cell in cells]
    except csv.Error:
        return []


def _header(line: bytes) -> Header:
    columns = _names(line)
    places = {
        name: columns.index(alias)
        for name, aliases in ALIASES.items()
        for alias in reversed(aliases)
        if alias in columns
    }
    if "npi" not in columns or any(name not in places for name in MANDATORY):
        raise Problem(
            "This is not the list of providers of NPPES.",
            "Its header needs NPI, Entity Type Code and the practice\u2019s state.",
        )
    switches = {name: place for place, name in enumerate(columns)}
    taxonomies = tuple(
        (place, switches.get(_PRIMARY.format(found[1]), -1))
        for place, name in enumerate(columns)
        if (found := _TAXONOMY.fullmatch(name))
    )
    return Header(len(columns), columns.index("npi"), places, taxonomies)
