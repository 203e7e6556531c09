"""Which column of a table is which of our fields: guessed by its name, changed by the user."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Final

from cmdesk.exchange import people_csv, providers_csv
from cmdesk.exchange.csv_table import Table

PROGRAMS, PEOPLE = "programs", "people"
LEFT_OUT: Final = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One of our fields; several columns may hold it if `many`.

    `also` are names the readers of tables know it by, `hints` are names that only suggest it.
    """

    code: str
    label: str
    also: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    many: bool = False


PROGRAM_FIELDS: Final = (
    Field("name", "Name", providers_csv.NAME, ("agency", "center", "clinic", "practice", "site")),
    Field("name2", "Second line of the name", hints=("name_2", "division", "department")),
    Field("kind", "Kind"),
    Field("street", "Street", providers_csv.STREET),
    Field("street2", "Second line of the street", providers_csv.STREET2),
    Field("city", "City", ("town",)),
    Field("state", "State", ("province",), ("st",)),
    Field("zip", "ZIP code", providers_csv.ZIP, ("code",)),
    Field("zip4", "Last four of the ZIP code"),
    Field("county", "County"),
    Field("phone", "Phone", providers_csv.PHONE, ("call", "number", "work_phone"), many=True),
    Field("intake1", "Intake phone", providers_csv.INTAKES, ("intake", "admissions"), many=True),
    Field("mobile", "Mobile", ("cell",)),
    Field("fax", "Fax", ("fax_number",)),
    Field("email", "Email", providers_csv.E_MAIL),
    Field("website", "Website", providers_csv.WEBSITE),
    Field("npi", "NPI"),
    Field("levels_of_care", "Levels of care"),
    Field("service_codes", "Service codes", providers_csv.CODES),
    Field("type_facility", "Kind of facility", ("facility_type",)),
    Field("latitude", "Latitude", ("lat",)),
    Field("longitude", "Longitude", ("lon", "lng")),
    Field("notes", "Notes", ("note",), ("remark", "remarks", "comment", "comments")),
    Field("ref", "Number in that list"),
)
PERSON_FIELDS: Final = (
    Field("name", "Whole name", people_csv.WHOLE),
    Field("given_name", "First name", people_csv.GIVEN),
    Field("middle_name", "Middle name", ("additional_name",)),
    Field("family_name", "Last name", people_csv.FAMILY),
    Field("preferred_name", "Goes by", ("nickname",)),
    Field("suffix", "Suffix", ("name_suffix",)),
    Field("credentials", "Credentials"),
    Field("job_title", "Job title", ("title", "organization_1_title", "organization_title")),
    Field("organisation", "Organization", people_csv.EMPLOYER),
    Field("phone", "Phone", many=True),
    Field("mobile", "Mobile", many=True),
    Field("fax", "Fax", many=True),
    Field("email", "Email", many=True),
    Field("street", "Street", people_csv.STREET),
    Field("street2", "Second line of the street", ("address_2", "address2")),
    Field("city", "City", people_csv.CITY),
    Field("state", "State", people_csv.STATE),
    Field("zip", "ZIP code", people_csv.ZIP),
    Field("country", "Country", people_csv.COUNTRY),
    Field("language", "Language"),
    Field("notes", "Notes", ("note",)),
    Field("ref", "Number in that list"),
)
FIELDS: Final = {PROGRAMS: PROGRAM_FIELDS, PEOPLE: PERSON_FIELDS}
_FAX, _MOBILE = re.compile(r"fax"), re.compile(r"mobile|cell")


def target_of(columns: Sequence[str]) -> str:
    """Guess whether a table lists people or programs."""
    if people_csv.is_address_book(columns) and (
        people_csv.names_a_person(columns) or not providers_csv.is_directory(columns)
    ):
        return PEOPLE
    return PROGRAMS


def guess(columns: Sequence[str], target: str) -> tuple[str, ...]:
    """Guess the field of each column; empty where none fits or another column has it already."""
    found: list[str] = []
    for column in columns:
        code = _field_of(column, target)
        once = code and not _by_code(target)[code].many
        found.append(LEFT_OUT if once and code in found else code)
    return tuple(found)


def _by_code(target: str) -> dict[str, Field]:
    return {field.code: field for field in FIELDS[target]}


def _field_of(column: str, target: str) -> str:
    for field in FIELDS[target]:
        if column and column in (field.code, *field.also, *field.hints):
            return field.code
    if target == PEOPLE and not people_csv.ABOUT.search(column):
        if people_csv.MAIL.search(column):
            return "email"
        if people_csv.PHONE.search(column):
            kinds = (("fax", _FAX), ("mobile", _MOBILE))
            return next((kind for kind, words in kinds if words.search(column)), "phone")
    return LEFT_OUT


def chosen(mapping: Sequence[str], place: int, code: str, target: str) -> tuple[str, ...]:
    """Give a column another field; a field that can be held once leaves the column that had it."""
    many = code == LEFT_OUT or _by_code(target)[code].many
    return tuple(
        code if at == place else LEFT_OUT if held == code and not many else held
        for at, held in enumerate(mapping)
    )


def names_something(mapping: Sequence[str], target: str) -> bool:
    """Say whether anything is mapped that a row can be known by."""
    needed = {"name"} if target == PROGRAMS else {"name", "given_name", "family_name"}
    return not needed.isdisjoint(mapping)


def applied(table: Table, mapping: Sequence[str], target: str) -> Table:
    """Return the table with its columns named for our fields.

    A column left as it was guessed keeps its own name if the readers know it: by these the
    national lists are told.
    """
    columns: list[str] = []
    taken = list(table.columns)
    for column, code, guessed in zip(
        table.columns, mapping, guess(table.columns, target), strict=True
    ):
        # What is left out because another column holds its field is not to be read for it.
        spare = not code and bool(_field_of(column, target))
        if code == guessed and not spare and not (code and column in _by_code(target)[code].hints):
            columns.append(column)
            continue
        columns.append(_free(code, taken, target) if code else LEFT_OUT)
        taken.append(columns[-1])
    return replace(table, columns=tuple(columns))


def _free(code: str, taken: Sequence[str], target: str) -> str:
    """Return a name of this field that no other column goes by, however many hold it."""
    if not _by_code(target)[code].many:
        return code
    # No column of a file has a blank in its plain name; those of people are told by an underscore.
    between = providers_csv.BETWEEN if target == PROGRAMS else "_"
    names = chain((code,), (f"{code}{between}{number}" for number in count(2)))
    return next(name for name in names if name not in taken)
