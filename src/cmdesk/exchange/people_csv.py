"""Address books as tables: people with their numbers, as Outlook, Google and plain lists do it."""

import re
from collections.abc import Collection, Iterable
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import csv_table, person_rows
from cmdesk.exchange.card import PersonCard, Place
from cmdesk.exchange.csv_table import Row
from cmdesk.exchange.result import Result, Skipped
from cmdesk.exchange.written import Point, numbers_in

KIND: Final = "people-csv"
GIVEN: Final = ("given_name", "first_name", "given", "first", "firstname", "vorname")
FAMILY: Final = ("family_name", "last_name", "surname", "family", "last", "lastname", "nachname")
WHOLE: Final = ("name", "full_name", "display_name")
EMPLOYER: Final = ("organisation", "organization", "company", "organisation_name",
                   "organization_name", "organization_1_name", "firm", "employer")  # fmt: skip
STREET: Final = ("street", "address", "street_address", "address_1", "address1", "street1",
                 "home_street", "business_street", "address_1_street", "home_address")  # fmt: skip
CITY: Final = ("city", "town", "home_city", "business_city", "address_1_city")
STATE: Final = ("state", "province", "region", "home_state", "business_state", "address_1_region")
ZIP: Final = ("zip", "postal_code", "zip_code", "postcode", "postal", "home_postal_code",
              "business_postal_code", "address_1_postal_code")  # fmt: skip
COUNTRY: Final = ("country", "home_country_region", "business_country_region", "home_country",
                  "business_country", "address_1_country")  # fmt: skip

PHONE = re.compile(r"(?:^|_)(?:phone|telephone|tel|mobile|cell|fax|pager)(?:_|$)|phone\d*$")
MAIL = re.compile(r"^e_?mail(?:_address)?(?:_?\d+)?(?:_value|_address)?$|_e_?mail$")
ABOUT = re.compile(r"(?:type|label|kind|permission|display_name)$")
_ONE_LINE = re.compile(r"(.+),\s*([^,]+),\s*([A-Za-z]{2})\s+(\d{5}(?:-\d{4})?)\Z")
_SEVERAL = re.compile(r":::|[;|]")


def names_a_person(columns: Collection[str]) -> bool:
    """Say whether given and family name stand apart, and the table is not SAMHSA's own."""
    apart = any(name in columns for name in GIVEN) and any(name in columns for name in FAMILY)
    return apart and not {"name1", "center_name", "npi", "type_facility"} & set(columns)


def is_address_book(columns: Collection[str]) -> bool:
    """Say whether a header is one of a list of people."""
    named = any(name in columns for name in (*GIVEN, *FAMILY))
    reached = any(MAIL.search(name) or PHONE.search(name) for name in columns)
    return named or (reached and any(name in columns for name in WHOLE))


def bring_in(session: Session, data: bytes) -> Result:
    """Take people in, each found again by name and first e-mail or phone.

    Raises Problem when no row names a person.
    """
    table = csv_table.read(data)
    if not any(name in table.columns for name in (*GIVEN, *FAMILY, *WHOLE)):
        raise Problem(
            "This table has no column that names a person.",
            "Its header needs given name, family name, organisation, phone, email, address.",
        )
    read = people_of(table.rows())
    skipped = [*table.notes, *read.skipped]
    if not read.people:
        lines = [each for each in skipped if each.line is not None]
        why = f"Row {lines[0].line}: {lines[0].why}" if lines else None
        raise Problem("No row of this table names a person.", why)
    return person_rows.write(session, read.people).result(KIND, skipped)


class Read(NamedTuple):
    """The people a file names, and the rows that were left out."""

    people: list[PersonCard]
    skipped: list[Skipped]


def people_of(rows: Iterable[Row | Skipped]) -> Read:
    """Read the rows of an address book."""
    found = Read([], [])
    for row in rows:
        read = row if isinstance(row, Skipped) else _person(row)
        if isinstance(read, Skipped):
            found.skipped.append(read)
        else:
            found.people.append(read)
    return found


def _person(row: Row) -> PersonCard | Skipped:
    given, family = row.first(*GIVEN), row.first(*FAMILY)
    if not (given or family):
        given, _, family = row.first(*WHOLE).rpartition(" ")
        given, family = (given, family) if given else (family, "")
    if not (given or family):
        return Skipped(row.line, "This row names no person.")
    place = _place(row)
    return PersonCard(
        line=row.line,
        ref=row.first("ref"),
        given_name=given,
        middle_name=row.first("middle_name", "additional_name"),
        family_name=family,
        preferred_name=row.first("preferred_name", "nickname"),
        suffix=row.first("suffix", "name_suffix"),
        credentials=row.first("credentials"),
        job_title=row.first("job_title", "title", "organization_1_title", "organization_title"),
        language=row.first("language"),
        notes=row.first("notes", "note"),
        organisation=row.first(*EMPLOYER),
        points=tuple(dict.fromkeys(_points(row))),
        places=(place,) if any(place) else (),
    )


def _points(row: Row) -> list[Point]:
    points: list[Point] = []
    for column, cell in row.cells.items():
        if ABOUT.search(column):
            continue
        if MAIL.search(column):
            points += [Point("e_mail", value) for value in _several(cell)]
        elif PHONE.search(column):
            kind = _kind(column)
            points += [Point(kind, value) for part in _several(cell) for value in numbers_in(part)]
    return points


def _several(cell: str) -> list[str]:
    return [part for each in _SEVERAL.split(cell) if (part := each.strip())]


def _kind(column: str) -> str:
    kinds = (("fax", "fax"), ("mobile", "mobile"), ("cell", "mobile"), ("home", "home"))
    work = (("business", "work"), ("work", "work"), ("company", "work"), ("office", "work"))
    return next((kind for word, kind in (*kinds, *work) if word in column), "mobile")


def _place(row: Row) -> Place:
    street, city = row.first(*STREET), row.first(*CITY)
    # No run of spaces is left: through a long one the pattern would take hours.
    lines = [" ".join(line.split()) for line in street.splitlines() if line.strip()]
    one_line = None if city else _ONE_LINE.match("\n".join(lines))
    if one_line:
        street, city, state, code = (part.strip() for part in one_line.groups())
        return Place(street=street, city=city, state=state.upper(), zip=code)
    first, *more = lines or [""]
    return Place(
        street=first,
        street2=", ".join(filter(None, (*more, row.first("street2", "address_2", "address2")))),
        city=city,
        state=row.first(*STATE),
        zip=row.first(*ZIP),
        country=row.first(*COUNTRY),
    )
