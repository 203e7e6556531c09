"""A file from elsewhere before it comes in: what it is, how it would be read, what is wrong."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import (
    column_mapping,
    csv_table,
    intake,
    nppes,
    nppes_archive,
    nppes_file,
    people_csv,
    person_rows,
    provider_rows,
    providers_csv,
    samhsa_xlsx,
    vcard,
)
from cmdesk.exchange.card import PersonCard
from cmdesk.exchange.column_mapping import PEOPLE, PROGRAMS
from cmdesk.exchange.csv_table import Row, Table
from cmdesk.exchange.program import Program, directory_key
from cmdesk.exchange.result import Result, Skipped
from cmdesk.exchange.samhsa_xlsx import Directory
from cmdesk.exchange.written import numbers_in
from cmdesk.rules.states import state_code

FIRST: Final = 5  # rows that are shown
NAMED: Final = 3  # rows that are named of a finding
LARGEST: Final = 512_000_000  # bytes of a file that is read whole
_LOOKED_AT: Final = 65_536


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file turned out to be. `table`, `cards` or `directory` hold what was read of it."""

    path: Path
    kind: str
    size: int  # bytes
    data: bytes = field(default=b"", repr=False)
    table: Table | None = field(default=None, repr=False)
    cards: people_csv.Read | None = field(default=None, repr=False)
    directory: Directory | None = field(default=None, repr=False)

    @property
    def target(self) -> str:
        """Guess whether it lists people or programs."""
        if self.table is not None:
            return column_mapping.target_of(self.table.columns)
        return PEOPLE if self.cards is not None else PROGRAMS


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to know before: what it is, on how many rows, and the first of them."""

    why: str
    count: int
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file would be read: the number of people or programs, the first, what is to know."""

    count: int
    rows: tuple[tuple[str, ...], ...]
    findings: tuple[Finding, ...]


def look(path: Path) -> Looked:
    """Read a file as far as is needed to ask about it. Raises Problem for what can't be used."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_LOOKED_AT)
        if nppes_file.is_nppes(start) or nppes_archive.is_archive(path):
            return Looked(path, nppes.KIND, size)
        if nppes_archive.is_cut_off(path, start):
            raise Problem("This file is cut off before its end.", "Download or copy it again.")
        if size > LARGEST:
            raise Problem("This file is larger than 512 MB.", "Split it into parts.")
        data = path.read_bytes()
    except OSError as error:
        raise Problem("This file can\u2019t be read.", "Choose another.") from error
    if data.startswith(b"PK\x03\x04") and samhsa_xlsx.is_workbook(data):
        directory = samhsa_xlsx.read(data, path.name)
        return Looked(path, samhsa_xlsx.KIND, size, data, directory=directory)
    kind = _kind(data, path.name)
    if kind == vcard.KIND:
        return Looked(path, kind, size, data, cards=vcard.read_cards(data))
    if kind == intake.PRACTICE:
        return Looked(path, kind, size, data)
    return Looked(path, kind, size, data, table=csv_table.read(data))


def _kind(data: bytes, name: str) -> str:
    """Tell the kind; a table whose columns nobody knows can still be mapped by hand."""
    try:
        return intake.detect(data, name)
    except Problem:
        columns = csv_table.read(data).columns if data.strip() and b"\0" not in data else ()
        if len([column for column in columns if column]) > 1:
            return providers_csv.KIND
        raise


def headings(target: str) -> tuple[str, ...]:
    """Name the columns of a preview."""
    if target == PEOPLE:
        return ("Name", "Organization", "Phone", "Email", "Address")
    return ("Name", "Address", "Phone", "Website")


def preview(looked: Looked, target: str, mapping: Sequence[str]) -> Preview:
    """Read a table or cards as the user wants them read; nothing is written."""
    if target == PEOPLE:
        read = _people(looked, mapping)
        rows = tuple(_person_cells(each) for each in read.people[:FIRST])
        return Preview(len(read.people), rows, _grouped(_notes(looked), read.skipped))
    programs = _programs(looked, mapping)
    each = provider_rows.one_each(programs.programs)
    rows = tuple(_program_cells(program) for program in each[:FIRST])
    mended = _mended(looked, mapping) if looked.table is not None else []
    twice = _twice(programs.programs)
    findings = _grouped(_notes(looked), programs.skipped, twice, mended)
    return Preview(len(each), rows, findings)


def bring_in(
    session: Session,
    looked: Looked,
    target: str,
    mapping: Sequence[str],
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> Result:
    """Take in what was looked at, as it was shown. Raises Cancelled, Problem."""
    if target == PEOPLE:
        read = _people(looked, mapping)
        if not read.people:
            raise Problem("No row of this file names a person.", "Say which column is the name.")
        written = person_rows.write(session, read.people)
        return written.result(looked.kind, [*_notes(looked), *read.skipped])
    programs = _programs(looked, mapping)
    if not programs.programs:
        raise Problem("No row of this file names a program.", "Say which column is the name.")
    written = provider_rows.write(session, programs.programs, progress, stop)
    return written.result(looked.kind, [*_notes(looked), *programs.skipped])


def _notes(looked: Looked) -> Sequence[Skipped]:
    return looked.table.notes if looked.table is not None else ()


def _people(looked: Looked, mapping: Sequence[str]) -> people_csv.Read:
    if looked.cards is not None:
        return looked.cards
    return people_csv.people_of(_table(looked, mapping, PEOPLE).rows())


def _programs(looked: Looked, mapping: Sequence[str]) -> providers_csv.Read:
    if looked.cards is not None:
        programs = [program_of(card) for card in looked.cards.people]
        return providers_csv.Read(programs, looked.cards.skipped)
    table = _table(looked, mapping, PROGRAMS)
    return providers_csv.programs_of(table.rows(), table.columns)


def _table(looked: Looked, mapping: Sequence[str], target: str) -> Table:
    if looked.table is None:
        raise ValueError("only a table has columns")
    return column_mapping.applied(looked.table, mapping, target)


def program_of(card: PersonCard) -> Program:
    """Read a card of an address book as a program; who is named on it goes into the notes."""
    called = " ".join(filter(None, (card.given_name, card.family_name)))
    place = card.places[0] if card.places else None
    spoken = called if card.organisation and called != card.organisation else ""
    return Program(
        line=card.line,
        ref=card.uid,
        name=card.organisation or called,
        source="An address book",
        notes="\n".join(filter(None, (spoken, card.notes))),
        street=place.street if place else "",
        street2=place.street2 if place else "",
        city=place.city if place else "",
        state=place.state if place else "",
        zip=place.zip if place else "",
        points=card.points,
    )


def _person_cells(card: PersonCard) -> tuple[str, ...]:
    name = " ".join(filter(None, (card.given_name, card.middle_name, card.family_name)))
    mails = [point.value for point in card.points if point.kind == "e_mail"]
    phones = [point.value for point in card.points if point.kind != "e_mail"]
    place = card.places[0] if card.places else ()
    return name, card.organisation, ", ".join(phones), ", ".join(mails), _joined(place)


def _program_cells(program: Program) -> tuple[str, ...]:
    phones = [point.value for point in program.points if point.kind not in ("e_mail", "fax")]
    place = (program.street, program.street2, program.city, f"{program.state} {program.zip}")
    name = _joined((program.name, program.name2))
    return name, _joined(place), ", ".join(phones), program.website


def _joined(parts: Iterable[str]) -> str:
    return ", ".join(part.strip() for part in parts if part.strip())


def _mended(looked: Looked, mapping: Sequence[str]) -> list[Skipped]:
    """Tell what is read otherwise than it stands: ZIP codes, and two numbers in one field."""
    found: list[Skipped] = []
    for row in _table(looked, mapping, PROGRAMS).rows():
        if isinstance(row, Row):
            code = row.first(*providers_csv.ZIP)
            state = state_code(row.first("state", "province"))
            mended = providers_csv.mended_zip(code, state)[:5]
            if code and mended != code[:5]:
                found.append(Skipped(row.line, "ZIP codes get their first zero back."))
            elif code.isdecimal() and len(mended) < len("00000"):
                found.append(Skipped(row.line, "The ZIP code is too short; it stays as it is."))
            if len(numbers_in(row.first(*providers_csv.PHONE))) > 1:
                found.append(Skipped(row.line, "Two numbers stand in one field; both are kept."))
    return found


def _twice(programs: Iterable[Program]) -> list[Skipped]:
    """Tell of rows that name again what an earlier row named."""
    keys: set[str] = set()
    npis: dict[str, Program] = {}
    found: list[Skipped] = []
    for program in programs:
        key = directory_key(program)
        first = npis.setdefault(program.npi, program) if program.npi else program
        if key not in keys and provider_rows.is_other_place(first, program):
            why = "Its NPI stands in an earlier row at another place; both come in."
            found.append(Skipped(program.line, why))
        elif first is not program:
            found.append(Skipped(program.line, "The NPI stands in an earlier row; they are one."))
        elif key in keys:
            why = "An earlier row names the same program; only gaps are filled."
            found.append(Skipped(program.line, why))
        keys.add(key)
    return found


def _grouped(*told: Iterable[Skipped]) -> tuple[Finding, ...]:
    """Put rows together of which the same is to be said."""
    lines: dict[str, list[int]] = {}
    for each in (each for some in told for each in some):
        lines.setdefault(each.why, []).append(each.line or 0)
    return tuple(
        Finding(why, len(rows), tuple(filter(None, rows[:NAMED]))) for why, rows in lines.items()
    )
