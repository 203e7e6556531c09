"""What reads what others wrote, as functions of bytes: none may raise anything but a Problem.

Tried with few examples for each change (test_fuzz.py) and for minutes each in the long run
(fuzz.py). A target refuses by returning; whatever leaves it is a finding.
"""

import hashlib
import io
import json
import tempfile
from collections.abc import Callable
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final, cast

from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from cmdesk.casework import search
from cmdesk.errors import Problem
from cmdesk.exchange import (
    card_lines,
    csv_table,
    intake,
    nppes,
    nppes_file,
    people_csv,
    practice_import,
    provider_rows,
    providers_csv,
    samhsa_xlsx,
    vcard,
)
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.result import Skipped
from cmdesk.rules.contact_codes import Part2
from cmdesk.store import backup_files, container, device, recovery
from cmdesk.store import header as headers
from cmdesk.store.canonical import canonical, checksum, loaded
from tests.exchange import workbooks

assert Part2  # the practice file names its codes

Target = Callable[[bytes], None]
EXAMPLE: Final = Path(__file__).parents[1] / "acceptance" / "example.json"
ROWS: Final = 200  # of a table; more says nothing new


def header(data: bytes) -> None:
    for content in _with_sum(data):
        made = headers.parse(content)
        assert headers.write_out(made) == content


def device_note(data: bytes) -> None:
    for content in _with_sum(data):
        made = device.parse(content)
        assert device.write_out(made) == content


def backup_container(data: bytes) -> None:
    """Read as it is, then with its sum put right, which is what an enemy would do."""
    for content in (data, data[:-32] + hashlib.sha256(data[:-32]).digest()):
        file, out = _scratch() / "b.cmbak", _scratch() / "out.db"
        file.write_bytes(content)
        try:
            backup_files.look(file)
            raw, _ = container.extract(file, out, lambda _: None)
            headers.parse(raw)
            assert out.stat().st_size < len(content)
        except Problem:
            assert not out.exists()
        finally:
            out.unlink(missing_ok=True)


def recovery_code(data: bytes) -> None:
    recovery.parse_code(data.decode("utf-8", "surrogateescape"))


def practice_file(data: bytes) -> None:
    practice_import.read(data)


def practice_values(data: bytes) -> None:
    """The example with one of its values replaced, so that more than the reader of JSON is met."""
    made, _, place = data.partition(b"\0")
    practice = json.loads(EXAMPLE.read_text("utf-8"))
    try:
        value = json.loads(made)
    except (ValueError, RecursionError):
        value = made.decode("utf-8", "replace")
    _replace(practice, place or b"\0", value)
    practice_import.read(json.dumps(practice).encode())


def table(data: bytes) -> None:
    read = csv_table.read(data)
    rows = list(islice(read.rows(), ROWS))
    people_csv.people_of(rows)
    programs = providers_csv.programs_of(rows, read.columns).programs
    provider_rows.one_each(programs)


def workbook(data: bytes) -> None:
    """Read it as it is, then as the first sheet of a workbook whose archive is sound."""
    for content in (data, workbooks.holding(data)):
        try:
            samhsa_xlsx.read(content)
        except Problem:
            continue


def national_list(data: bytes) -> None:
    reader = nppes_file.Reader(io.BytesIO(data), len(data))
    for line in islice(reader.rows(Choice(frozenset({"NY"}))), ROWS):
        nppes.organisation(line, None)
        nppes.practitioner(line, None)
        assert line.is_deactivated in (True, False)


def address_book(data: bytes) -> None:
    for card in card_lines.cards(data):
        if not isinstance(card, Skipped):
            vcard._person(card)


def kind_of_file(data: bytes) -> None:
    intake.detect(data, "file")


def search_text(data: bytes) -> None:
    """Ask both indexes, as the page does, for whatever was typed or pasted."""
    typed = data.decode("utf-8", "replace")
    assert isinstance(search.search(_indexes(), typed), list)


TARGETS: Final[dict[str, Target]] = {
    "header": header,
    "device": device_note,
    "container": backup_container,
    "code": recovery_code,
    "practice": practice_file,
    "values": practice_values,
    "csv": table,
    "workbook": workbook,
    "nppes": national_list,
    "vcard": address_book,
    "kind": kind_of_file,
    "search": search_text,
}


def _with_sum(data: bytes) -> list[bytes]:
    """Put the sum right, which is what an enemy would do; what is no JSON stays as it is."""
    try:
        fields = loaded(data)
        fields["sum"] = checksum(fields)
        return [canonical(fields)]
    except (ValueError, TypeError, RecursionError):
        return [data]


def refused(target: Target, data: bytes) -> bool:
    """Whether a target refuses data by a Problem; anything else passes through."""
    try:
        target(data)
    except Problem as problem:
        told = problem.message
    else:
        return False
    assert told.endswith((".", "?")), told
    return True


def _replace(practice: Any, place: bytes, value: Any) -> None:
    """Walk down the practice as the bytes say, and put the value there."""
    node: Any = practice
    for byte in place[:-1]:
        child: Any = node[_key(node, byte)]
        if not isinstance(child, dict | list) or not child:
            break
        node = cast("Any", child)
    node[_key(node, place[-1])] = value


def _key(node: Any, byte: int) -> Any:
    keys: list[Any] = list(node) if isinstance(node, dict) else list(range(len(node)))  # pyright: ignore[reportUnknownArgumentType] - of JSON
    return keys[byte % len(keys)]


@cache
def _scratch() -> Path:
    memory = Path("/dev/shm")  # noqa: S108 - nothing of anybody's goes there
    return Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else None))


@cache
def _indexes() -> Session:
    """Return a session on the two indexes alone, filled with a few words and no records."""
    session = Session(create_engine("sqlite://"))
    for name in ("search", "search_names"):
        made = f"CREATE VIRTUAL TABLE {name} USING fts5(body, tokenize='unicode61', prefix='2 3')"
        session.connection().exec_driver_sql(made)
    return session
