"""One door for files from elsewhere: sees by its content what a file is, and takes it in."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import (
    csv_table,
    nppes,
    nppes_file,
    people_csv,
    practice_import,
    providers_csv,
    samhsa_xlsx,
    vcard,
)
from cmdesk.exchange.choosing import ALL, Choice
from cmdesk.exchange.result import Result

PRACTICE: Final = "practice"
KINDS: Final = (
    PRACTICE,
    vcard.KIND,
    providers_csv.KIND,
    samhsa_xlsx.KIND,
    nppes.KIND,
    people_csv.KIND,
)
TAKEN: Final = (
    "cmdesk takes practice files (JSON), vCard address books, CSV tables of programs or people, "
    "workbooks (XLSX) of programs, and NPPES."
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{")
_FOREIGN: Final = (
    (b"PK\x03\x04", "a workbook or an archive", "Save the sheet as CSV (UTF-8) and import that."),
    (b"\xd0\xcf\x11\xe0", "an old Office file", "Save the sheet as CSV (UTF-8) and import that."),
    (b"%PDF", "a PDF", TAKEN),
)


def detect(data: bytes, name: str) -> str:
    """Say which of the KINDS a file is; its name serves only in the sentence of the Problem."""
    called = f"“{name}”" if name else "This file"
    if samhsa_xlsx.is_workbook(data):
        return samhsa_xlsx.KIND
    _refuse_foreign(data, called)
    if _JSON.match(data):
        return PRACTICE
    if vcard.is_address_book(data):
        return vcard.KIND
    try:
        columns = csv_table.read(data).columns
    except Problem:
        raise Problem(f"{called} is not a file cmdesk can read.", TAKEN) from None
    if nppes_file.is_header(columns):
        return nppes.KIND
    if people_csv.is_address_book(columns) and (
        people_csv.names_a_person(columns) or not providers_csv.is_directory(columns)
    ):
        return people_csv.KIND
    if providers_csv.is_directory(columns):
        return providers_csv.KIND
    raise Problem(f"{called} has no columns or lines that cmdesk knows.", TAKEN)


def _refuse_foreign(data: bytes, called: str) -> None:
    if not data.strip():
        raise Problem(f"{called} is empty.", "Choose a file with something in it.")
    for start, what, do in _FOREIGN:
        if data.startswith(start):
            raise Problem(f"{called} is {what}.", do)


def bring_in(
    session: Session,
    data: bytes,
    kind: str | None = None,
    name: str = "",
    progress: Callable[[float], None] | None = None,
    folder: Path | None = None,
    choice: Choice = ALL,
) -> Result:
    """Take a file in, of the kind given or else of the kind it looks like.

    `folder` is where the file stands: a practice's documents lie beside it; `choice` is the part
    of a national directory that is wanted. Raises Problem.
    """
    kind = kind or detect(data, name)
    if kind == PRACTICE:
        taken = practice_import.bring_in(session, practice_import.read(data), folder)
        return practice_import.numbered(taken, data)
    if kind == vcard.KIND:
        return vcard.bring_in(session, data)
    if kind == providers_csv.KIND:
        return providers_csv.bring_in(session, data, progress)
    if kind == samhsa_xlsx.KIND:
        return samhsa_xlsx.bring_in(session, data, name, progress, choice=choice)
    if kind == nppes.KIND:
        return nppes.bring_in_data(session, data, name, choice)
    if kind == people_csv.KIND:
        return people_csv.bring_in(session, data)
    raise Problem(f"“{kind}” is not a kind of file.", f"Choose one of {', '.join(KINDS)}.")
