"""Directories of programs as tables: SAMHSA's yearly lists, and plain lists of one's own.

Column names are those of facts published with the data: National Directory (`name1` ...
`service_code_info`), Behavioral Health Treatment Locator (`type_facility`, `zip4`), and the 2017
substance-use directory (`Center_name` ... `Keys`). Listing there does not prove that a program is
one under 42 CFR 2.11, but `sud_program` is set for it all the same: so the protection fails closed.
"""

import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from threading import Event
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import csv_table, provider_rows, service_key
from cmdesk.exchange.csv_table import Row
from cmdesk.exchange.level_names import UNKNOWN, levels_in
from cmdesk.exchange.program import Program
from cmdesk.exchange.result import Result, Skipped
from cmdesk.exchange.service_facets import Facets
from cmdesk.exchange.service_key import Facetted, ServiceKey, code_columns
from cmdesk.exchange.written import Point, numbers_in
from cmdesk.rules.code import code_of
from cmdesk.rules.states import state_code

KIND: Final = "providers-csv"
NAME: Final = ("name1", "center_name", "name", "program", "program_name", "organisation",
               "organization", "facility", "facility_name", "provider")  # fmt: skip
STREET: Final = ("street1", "street_address", "street", "address", "address1", "address_1",
                 "address_line_1", "street_1")  # fmt: skip
STREET2: Final = ("street2", "address2", "address_2", "address_line_2", "street_2")
ZIP: Final = ("zip", "postal_code", "zip_code", "zipcode", "postcode", "postal")
PHONE: Final = ("phone", "telephone", "main_phone", "phone_number", "tel")
E_MAIL: Final = ("email", "e_mail", "email_address", "e_mail_address", "mail")
WEBSITE: Final = ("website", "web", "url", "web_site", "homepage")
CODES: Final = ("service_code_info", "keys", "service_codes", "services")
INTAKES: Final = ("intake1", "intake2", "intake1a", "intake2a")
BETWEEN: Final = " "  # a field and the number of one more column that holds it: "phone 2"
ABOUT_A_PLACE: Final = frozenset(
    {*STREET, *ZIP, *WEBSITE, *CODES, "city", "npi", "kind", "type_facility", "latitude"}
)

# Zones whose ZIP codes begin with 0 (00 for the islands), which spreadsheets take for a number.
_ZERO_STATES: Final = frozenset(["CT", "MA", "ME", "NH", "NJ", "RI", "VT", "PR", "VI"])
SAMHSA: Final = "SAMHSA"
NATIONAL: Final = "SAMHSA National Directory"
NO_FACETS: Final = Facets()
_YES: Final = frozenset({"1", "1.0", "Y", "y", "yes", "Yes", "true", "True", "TRUE", "x", "X"})
_SUBSTANCE_USE: Final = frozenset({"SA", "SUMH", "SU", "DT", "OTP", "BU"})
_NUMBER = re.compile(r"\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?:\s?(?:x|ext\.?)\s?\d+)?")
_INTAKE = re.compile(r"\bintakes?\s*:\s*", re.IGNORECASE)
_BETWEEN_CODES = re.compile(r"[*,;|\s]+")


def is_directory(columns: Collection[str]) -> bool:
    """Say whether a header is one of a list of programs."""
    names = set(columns)
    named = any(name in names for name in NAME)
    return named and ("name1" in names or "center_name" in names or bool(names & ABOUT_A_PLACE))


def bring_in(
    session: Session,
    data: bytes,
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> Result:
    """Take a directory in. A second time changes nothing.

    Raises Problem when no row names a program, Cancelled when `stop` was set.
    """
    table = csv_table.read(data)
    if not any(name in table.columns for name in NAME):
        raise Problem(
            "This table has no column that names a program.",
            "Its header needs at least: name, and better phone, street, city, state, zip.",
        )
    read = programs_of(table.rows(), table.columns)
    skipped = [*table.notes, *read.skipped]
    if not read.programs:
        raise Problem("No row of this table names a program.", why_none(skipped))
    written = provider_rows.write(session, read.programs, progress, stop)
    return written.result(KIND, skipped)


class Read(NamedTuple):
    """The programs a table names, and the rows that were left out or told of."""

    programs: list[Program]
    skipped: list[Skipped]


def programs_of(
    rows: Iterable[Row | Skipped],
    columns: Iterable[str],
    key: ServiceKey | None = None,
    as_of: date | None = None,
) -> Read:
    """Read the rows of a directory; its own key of service codes comes before the usual one."""
    reader = _Reader(tuple(columns), key or service_key.usual(), as_of)
    read = Read([], [])
    for row in rows:
        if isinstance(row, Skipped):
            read.skipped.append(row)
            continue
        program = reader.program(row)
        if not program.name:
            read.skipped.append(Skipped(row.line, "This row names no program."))
        else:
            read.programs.append(program)
            if row.first("npi") and not program.npi:
                why = "Its NPI is not a valid one and was left out."
                read.skipped.append(Skipped(row.line, why))
            if levels_in(row.first("levels_of_care")).unknown:
                read.skipped.append(Skipped(row.line, UNKNOWN))
    return read


def why_none(skipped: list[Skipped]) -> str:
    lines = [each for each in skipped if each.line is not None]
    return f"Row {lines[0].line}: {lines[0].why}" if lines else "It has a header and nothing below."


class _Reader:
    """Reads the rows of one table, whose columns say which directory it is."""

    def __init__(self, columns: tuple[str, ...], key: ServiceKey, as_of: date | None) -> None:
        names = frozenset(columns)
        self._columns, self._as_of = names, as_of
        coded = {"name1", "center_name"} & names and {*CODES, "type_facility"} & names
        self._facets = Facetted(key)
        self._ones = code_columns(columns, key) if coded else {}

    def program(self, row: Row) -> Program:
        columns = self._columns
        state = state_code(row.first("state", "province"))
        levels = levels_in(row.first("levels_of_care"))
        facility = row.first("type_facility", "facility_type")
        codes = self._codes(row)
        source = row.first("source") or _source(columns, facility)
        facets = self._facets.of(codes) if codes and source.startswith(SAMHSA) else NO_FACETS
        return Program(
            line=row.line,
            ref=row.first("ref"),
            npi=npi if is_npi(npi := row.first("npi")) else "",
            name=_tidy(row.first(*NAME)),
            name2=_tidy(row.first("name2")),
            kind=code_of(row.first("kind")) or "program",
            sud_program=_says_substance_use(row, columns, facility, codes),
            website=_website(row.first(*WEBSITE)),
            source=source,
            facility_type=facility,
            service_codes=codes,
            levels_of_care=levels.codes or facets.levels_of_care,
            treats=facets.treats,
            modalities=facets.modalities,
            takes=facets.takes,
            age_groups=facets.age_groups,
            gender_groups=facets.gender_groups,
            medications=facets.medications,
            latitude=_degrees(row.first("latitude", "lat"), 90),
            longitude=_degrees(row.first("longitude", "lon", "lng"), 180),
            notes="\n".join(filter(None, (row.first("notes", "note"), *levels.unknown))),
            street=_tidy(row.first(*STREET)),
            street2=_tidy(row.first(*STREET2)),
            city=_tidy(row.first("city", "town")),
            state=state,
            zip=mended_zip(row.first(*ZIP), state, row.first("zip4")),
            county=_tidy(row.first("county")),
            points=_points(row),
            mine=not source.startswith(SAMHSA),
            as_of=self._as_of or _edition(row.first("year")),
        )

    def _codes(self, row: Row) -> tuple[str, ...]:
        listed = _split(row.first(*CODES))
        ones = (code for name, code in self._ones.items() if row.cells.get(name, "") in _YES)
        return (*listed, *(code for code in ones if code not in listed))


def _split(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, _BETWEEN_CODES.split(cell)))


def _edition(year: str) -> date | None:
    """Take the last day of a directory's year: what it says is at least as old."""
    return date(int(year), 12, 31) if re.fullmatch(r"(19|20)\d\d", year) else None


def mended_zip(code: str, state: str, zip4: str = "") -> str:
    """Give a ZIP code its leading zeros back where the state shows that they were lost."""
    digits, _, tail = code.replace(" ", "").partition("-")
    if digits.isdecimal() and state in _ZERO_STATES:
        if len(digits) in (3, 4):
            digits = digits.zfill(5)
        elif len(digits) in (7, 8):
            digits = digits.zfill(9)
    if digits.isdecimal() and len(digits) == 9:
        digits, tail = digits[:5], digits[5:]
    if not tail and zip4.isdecimal() and len(zip4) <= 4:
        tail = zip4.zfill(4)
    return f"{digits}-{tail}" if digits and tail else digits


def is_npi(number: str) -> bool:
    """Check ten digits by Luhn's rule over 80840 and the first nine (CMS)."""
    if len(number) != 10 or not (number.isascii() and number.isdecimal()) or number[0] not in "12":
        return False
    digits = [int(digit) for digit in "80840" + number]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[-2::-2]]
    return (sum(doubled) + sum(digits[-1::-2])) % 10 == 0


def _says_substance_use(
    row: Row, columns: frozenset[str], facility: str, codes: tuple[str, ...]
) -> bool:
    if "sud_program" in columns:
        return row.first("sud_program").casefold() in ("1", "true", "yes", "y", "x")
    if "keys" in columns and "center_name" in columns:
        return True  # the substance-use directory lists nothing else
    if facility:
        return facility.upper() != "MH"
    return "service_code_info" in columns and (
        bool(_SUBSTANCE_USE & set(codes)) or "MH" not in codes
    )


def _source(columns: frozenset[str], facility: str) -> str:
    if "center_name" in columns and "keys" in columns:
        return "SAMHSA substance-use directory"
    if "service_code_info" in columns:
        return NATIONAL
    if "type_facility" in columns and facility.upper() == "MH":
        return "SAMHSA mental-health directory"
    return "SAMHSA substance-use directory" if "type_facility" in columns else "A list of my own"


def _points(row: Row) -> tuple[Point, ...]:
    main, *intake = _INTAKE.split(row.first(*PHONE), maxsplit=1)
    lines = [found for text in intake for found in _NUMBER.findall(text) or [text]]
    lines += [row.cells[name] for name in INTAKES if name in row.cells]
    lines += _more(row, INTAKES[0])
    numbers = [number for text in (main, *_more(row, PHONE[0])) for number in numbers_in(text)]
    points = [
        Point("work", _tidy(number), "" if place == 1 else f"Line {place}")
        for place, number in enumerate(numbers, 1)
    ]
    points += [
        Point("work", _tidy(line), "Intake" if number == 1 else f"Intake {number}")
        for number, line in enumerate(lines, 1)
    ]
    points.append(Point("mobile", _tidy(row.first("mobile", "cell"))))
    points.append(Point("fax", _tidy(row.first("fax", "fax_number"))))
    points.append(Point("e_mail", row.first(*E_MAIL)))
    return tuple(point for point in points if point.value)


def _more(row: Row, name: str) -> list[str]:
    """Return what stands in further columns of a field, as many as the user named."""
    return [cell for column, cell in row.cells.items() if column.startswith(f"{name}{BETWEEN}")]


def _website(text: str) -> str:
    return "" if text.rstrip("/:").casefold() in ("http", "https") else text


def _degrees(text: str, most: int) -> float | None:
    try:
        degrees = float(text)
    except ValueError:
        return None
    return degrees if -most <= degrees <= most else None


def _tidy(text: str) -> str:
    return " ".join(text.split())
