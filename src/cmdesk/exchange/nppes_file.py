"""The file of all health-care providers (NPPES), read as a stream: ten gigabytes, 330 columns.

Names of columns are those of facts/rules.md 6.3; they are matched whatever their case and spaces.
"""

import csv
import io
import re
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from threading import Event
from typing import BinaryIO, Final

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.csv_table import BINARY, WHAT_TO_DO, plain_name
from cmdesk.exchange.left_out import LeftOut
from cmdesk.exchange.nppes_archive import AHEAD

LOOK: Final = 5_000  # lines between two looks at `stop`: a tenth of a second
LOOK_BYTES: Final = 8_000_000  # so much is read at most between two, however long the lines are
LONGEST: Final = 100_000  # bytes of a row; an honest one has some thousands
MOST_LINES: Final = 20  # of one record; what is longer has a quotation mark that never closes
FEW_STATES: Final = 8  # up to so many are looked for in the raw line before it is taken apart
TOO_LONG: Final = "This row is longer than 100,000 letters."
OPEN_QUOTE: Final = "A quotation mark is opened on this row and never closed."
_OTHERWISE: Final = re.compile(rb"entity.type.code", re.IGNORECASE)
_BETWEEN: Final = b'",;\t|\r\n'
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

    @property
    def is_usual(self) -> bool:
        """Whether number and kind come first, so that a row can be judged before it is read."""
        return self.npi == 0 and self.places["entity"] == 1


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
    def is_text(self) -> bool:
        """Whether every sign of it is one that is read."""
        return not BINARY.search("".join(self.cells))

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


class Reader:
    """Reads rows one after the other and holds none of them."""

    def __init__(self, stream: BinaryIO | io.RawIOBase, size: int = 0) -> None:
        """Read the header. Problem when it is not one of this file."""
        raw = isinstance(stream, io.RawIOBase)
        self._stream = io.BufferedReader(stream, AHEAD) if raw else stream
        self._size = max(size, 1)
        self._read = self._line = self.rows_seen = 0
        self.left_out = LeftOut()
        self.header = _header(self._first())

    def _first(self) -> bytes:
        """Read the first line that holds anything."""
        line = self._stream.readline(LONGEST)
        while line and not line.strip() and self._line < LOOK:
            self._line += 1
            line = self._stream.readline(LONGEST)
        self._read, self._line = len(line), self._line + 1
        return line.removeprefix(b"\xef\xbb\xbf")

    def rows(
        self,
        choice: Choice,
        progress: Callable[[float], None] | None = None,
        stop: Event | None = None,
    ) -> Iterator[Line]:
        """Yield rows that may be of the states chosen. Raises Cancelled."""
        few = 0 < len(choice.states) <= FEW_STATES and self.header.is_usual
        wanted = [state.encode() for state in sorted(choice.states)] if few else []
        for number, record in self._records(self._lines(progress, stop)):
            self.rows_seen += 1
            if wanted and not (_is_blank(record) or any(_stands(each, record) for each in wanted)):
                continue
            cells = _cells(_text(record))
            if cells is None:
                self.left_out.add(number, "This row can\u2019t be taken apart.")
            elif len(cells) == self.header.width:
                yield Line(number, cells, self.header)
            elif any(cells):
                why = f"This row has {len(cells)} cells, the header has {self.header.width}."
                self.left_out.add(number, why)

    def _lines(
        self, progress: Callable[[float], None] | None, stop: Event | None
    ) -> Iterator[tuple[int, bytes]]:
        """Yield lines with their numbers; one that is too long is told of and passed over."""
        due, is_open = 0, False
        for piece in iter(partial(self._stream.readline, LONGEST), b""):
            self._read += len(piece)
            if self._line % LOOK == 0 or self._read >= due:
                due = self._read + LOOK_BYTES
                if stop is not None and stop.is_set():
                    raise Cancelled
                if progress is not None:
                    progress(min(1.0, self._read / self._size))
            was_open = is_open
            is_open = len(piece) == LONGEST and not piece.endswith(b"\n")
            if not was_open:
                self._line += 1
                if is_open:
                    self.left_out.add(self._line, TOO_LONG)
                else:
                    yield self._line, piece

    def _records(self, lines: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        """Yield lines, joined where a cell goes on in the next one.

        Of a mark that never closes its own line alone is given up: the rows below it are rows.
        """
        ahead: deque[tuple[int, bytes]] = deque()
        while True:
            number, line = ahead.popleft() if ahead else next(lines, (0, b""))
            if not line:
                return
            if line.count(b'"') % 2 == 0:
                yield number, line
                continue
            more = _until_closed(ahead, lines)
            whole = b"".join((line, *(each for _, each in more)))
            if len(_cells(_text(whole)) or ()) == self.header.width:
                yield number, whole
            else:
                self.left_out.add(number, OPEN_QUOTE)
                ahead.extendleft(reversed(more))


def _until_closed(
    ahead: deque[tuple[int, bytes]], lines: Iterator[tuple[int, bytes]]
) -> list[tuple[int, bytes]]:
    """Take the lines up to the one that closes a quotation mark; only so many are looked at."""
    taken: list[tuple[int, bytes]] = []
    for _ in range(MOST_LINES - 1):
        number, line = ahead.popleft() if ahead else next(lines, (0, b""))
        if not line:
            break
        taken.append((number, line))
        if line.count(b'"') % 2:
            break
    return taken


def _cells(text: str) -> list[str] | None:
    """Take one record apart; None where it is no row of a table."""
    try:
        return next(csv.reader((text,)), list[str]())
    except csv.Error:
        return None


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
    return [plain_name(cell) for cell in _cells(_text(line)) or ()]


def _header(line: bytes) -> Header:
    columns = _names(line)
    places = {
        name: columns.index(alias)
        for name, aliases in ALIASES.items()
        for alias in reversed(aliases)
        if alias in columns
    }
    if "npi" not in columns and _OTHERWISE.search(line.replace(b"\0", b"")):
        raise Problem("This list of providers is not written as NPPES hands it out.", WHAT_TO_DO)
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
