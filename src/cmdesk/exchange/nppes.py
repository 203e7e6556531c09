"""NPPES: the people and organisations of some states and taxonomies, out of all there are."""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Event
from types import MappingProxyType
from typing import BinaryIO, Final, NamedTuple

from sqlalchemy.orm import Session

from cmdesk.errors import Cancelled, Problem
from cmdesk.exchange import nppes_people, provider_rows
from cmdesk.exchange.card import PersonCard, Place
from cmdesk.exchange.choosing import ALL, Choice, Survey
from cmdesk.exchange.left_out import LeftOut
from cmdesk.exchange.nppes_archive import edition, opened
from cmdesk.exchange.nppes_file import Line, Reader
from cmdesk.exchange.nppes_names import person_name, readable, telephone
from cmdesk.exchange.nppes_people import Practitioner
from cmdesk.exchange.program import Program, directory_key
from cmdesk.exchange.providers_csv import is_npi, mended_zip
from cmdesk.exchange.result import Result, Skipped
from cmdesk.exchange.written import Point, Written

KIND: Final = "nppes"
SOURCE: Final = "NPPES"
PERSON: Final = "1"
ORGANISATION: Final = "2"
SHOWN: Final = 20  # letters of what should be a number


class Taxonomy(NamedTuple):
    """What a code of the taxonomy of providers means here. `role` is for people."""

    name: str
    role: str
    substance_use: bool


@cache
def taxonomies() -> Mapping[str, Taxonomy]:
    """Return the codes of mental-health and substance-use care, which is what is looked for."""
    text = files("cmdesk.resources").joinpath("directories", "taxonomies.csv").read_text("utf-8")
    return MappingProxyType({
        row["code"]: Taxonomy(row["name"], row["role"], row["substance_use"] == "1")
        for row in csv.DictReader(text.splitlines())
    })  # fmt: skip


def survey(
    place: Path,
    counted: Survey,
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> int:
    """Count what is looked for by state and taxonomy; answer how many rows there are.

    `counted` grows meanwhile and may be looked at. Raises Cancelled, Problem.
    """
    known = taxonomies()
    with opened(place) as (stream, size):
        reader = Reader(stream, size)
        for line in reader.rows(ALL, progress, stop):
            kinds = [code for code in line.taxonomies if code in known]
            if kinds and not line.is_deactivated:
                counted.add(line.get("state").upper(), kinds)
        return reader.rows_seen


def bring_in_file(
    session: Session,
    place: Path,
    choice: Choice = ALL,
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> Result:
    """Take in what is chosen of a file, or of the archive it is in. Raises Cancelled, Problem."""
    with opened(place) as (stream, size):
        return bring_in(session, stream, size, place.name, choice, progress, stop)


def bring_in_data(session: Session, data: bytes, name: str = "", choice: Choice = ALL) -> Result:
    """Take in what is chosen of a small file that was read already."""
    return bring_in(session, io.BytesIO(data), len(data), name, choice)


def bring_in(
    session: Session,
    stream: BinaryIO | io.RawIOBase,
    size: int,
    name: str,
    choice: Choice,
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> Result:
    """Read row by row, keep what is chosen, and write it a thousand at a time."""
    reader = Reader(stream, size)
    wanted = Choice(choice.states, choice.kinds or frozenset(taxonomies()))
    taking = _Taking(session, edition(name))
    for line in _chosen(reader.rows(wanted, progress, stop), wanted, taking):
        taking.take(line)
        if taking.full:
            taking.write(stop)
    taking.write(stop)
    told = [*reader.left_out.told(), *taking.left_out.told()]
    if not taking.kept:
        raise _nothing(told)
    return taking.written().result(KIND, told)


def _nothing(told: list[Skipped]) -> Problem:
    """Say why nothing came in: nothing was of what was chosen, or what was could not be used."""
    if not told:
        return Problem(
            "No provider of this file is in what was chosen.", "Choose more states or kinds."
        )
    first = f"Row {told[0].line}: {told[0].why}"
    return Problem("No row of this file could be taken in.", first)


def _chosen(lines: Iterator[Line], wanted: Choice, taking: "_Taking") -> Iterator[Line]:
    for line in lines:
        if not line.get("entity"):
            taking.left_blank(line)
        elif wanted.takes(line.get("state").upper(), line.taxonomies):
            yield line


@dataclass(slots=True)
class _Taking:
    """Gathers rows until there are enough of them to write, and what is to be told of others."""

    session: Session
    as_of: date | None
    kept: int = 0
    programs: list[Program] = field(default_factory=list[Program])
    people: list[Practitioner] = field(default_factory=list[Practitioner])
    left_out: LeftOut = field(default_factory=LeftOut)
    seen: set[str] = field(default_factory=set[str])
    places: set[str] = field(default_factory=set[str])
    organisations: provider_rows.Writer = field(init=False)
    persons: nppes_people.Writer = field(init=False)

    def __post_init__(self) -> None:
        self.organisations = provider_rows.Writer(self.session)
        self.persons = nppes_people.Writer(self.session)

    @property
    def full(self) -> bool:
        return len(self.programs) + len(self.people) >= provider_rows.CHUNK

    def write(self, stop: Event | None) -> None:
        if stop is not None and stop.is_set():
            raise Cancelled
        self.organisations.put(self.programs)
        self.persons.put(self.people)
        self.programs, self.people = [], []

    def written(self) -> Written:
        one, other = self.organisations.written, self.persons.written
        return Written(
            one.added + other.added,
            one.updated + other.updated,
            one.unchanged + other.unchanged,
            [*one.skipped, *other.skipped],
        )

    def take(self, line: Line) -> None:
        """Take a row that was chosen, or say why it is left out."""
        npi = line.npi
        if line.is_deactivated:
            since = line.get("deactivated")
            self._leave(line, f"NPI {npi} was deactivated on {since}.", "deactivated NPIs")
        elif not is_npi(npi):
            why = f"“{npi[:SHOWN]}” is not a valid NPI, so the row was left out."
            self._leave(line, why, "rows without a valid NPI")
        elif npi in self.seen:
            why = f"NPI {npi} stands in this file twice; the first row counts."
            self._leave(line, why, "NPIs that stand twice")
        elif line.get("entity") not in (PERSON, ORGANISATION):
            why = "This row is of neither a person nor an organization."
            self._leave(line, why, "rows of neither a person nor an organization")
        elif not line.is_text:
            self._leave(line, "This row holds signs that are no text.", "rows that are no text")
        else:
            self.seen.add(npi)
            self._keep(line)

    def _keep(self, line: Line) -> None:
        if line.get("entity") == PERSON:
            self.people.append(practitioner(line, self.as_of))
            self.kept += 1
            return
        program = organisation(line, self.as_of)
        key = directory_key(program)
        if key in self.places:
            why = f"{program.name} has another NPI at this address; the first one counts."
            self._leave(line, why, "second NPIs at one address")
            return
        self.places.add(key)
        self.programs.append(program)
        self.kept += 1

    def left_blank(self, line: Line) -> None:
        """Tell of a deactivated number, whose row holds nothing else, if it is one kept here."""
        if line.is_deactivated and self.persons.holds(line.npi):
            why = f"NPI {line.npi}, kept here, was deactivated on {line.get('deactivated')}."
            self._leave(line, why, "NPIs kept here that were deactivated")

    def _leave(self, line: Line, why: str, kind: str) -> None:
        self.left_out.add(line.line, why, kind)


def organisation(line: Line, as_of: date | None) -> Program:
    """Read a row of an organisation."""
    known = [found for code in line.taxonomies if (found := taxonomies().get(code))]
    place = _place(line)
    parent = readable(line.get("parent"))
    return Program(
        line=line.line,
        npi=line.npi,
        name=readable(line.get("organisation")) or f"NPI {line.npi}",
        name2=readable(line.get("other")),
        sud_program=any(each.substance_use for each in known),
        source=SOURCE,
        facility_type=known[0].name if known else "",
        street=place.street,
        street2=place.street2,
        city=place.city,
        state=place.state,
        zip=place.zip,
        points=_points(line),
        parent_name=parent,
        mine=False,
        as_of=as_of,
    )


def practitioner(line: Line, as_of: date | None) -> Practitioner:
    """Read a row of a person."""
    known = [found for code in line.taxonomies if (found := taxonomies().get(code))]
    card = PersonCard(
        line=line.line,
        given_name=person_name(line.get("given")),
        middle_name=person_name(line.get("middle")),
        family_name=person_name(line.get("family")) or f"NPI {line.npi}",
        suffix=readable(line.get("suffix")),
        credentials=line.get("credentials").strip(" ,"),
        job_title=known[0].name if known else "",
        points=_points(line),
        places=(place,) if any(place := _place(line)) else (),
    )
    role = next((each.role for each in known if each.role), "")
    return Practitioner(line.npi, card, role, line.taxonomies, as_of)


def _points(line: Line) -> tuple[Point, ...]:
    numbers = (("work", line.get("phone")), ("fax", line.get("fax")))
    return tuple(Point(kind, telephone(number)) for kind, number in numbers if number)


def _place(line: Line) -> Place:
    state, country = line.get("state").upper(), line.get("country")
    return Place(
        street=readable(line.get("street")),
        street2=readable(line.get("street2")),
        city=readable(line.get("city")),
        state=state,
        zip=mended_zip(line.get("zip"), state),
        country="" if country in ("US", "") else country,
    )
