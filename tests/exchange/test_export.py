"""The whole practice leaves in open formats: complete, guarded, and never by half."""

import csv
import hashlib
import io
import json
import stat
import sys
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import delete
from sqlalchemy.orm import Session

from cmdesk.casework import documents
from cmdesk.errors import Problem
from cmdesk.exchange import practice_import
from cmdesk.exchange.export import cell, export, practice_file
from cmdesk.models.base import Base
from cmdesk.models.document import BlobChunk
from cmdesk.store.store import Store
from tests.exchange.test_practice import EXAMPLE, as_file, bring_in, entry

TRIGGERS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"


def write(store: Store, folder: Path) -> list[Path]:
    return store.ask(export, folder)


def add_document(session: Session, content: bytes) -> None:
    documents.add(
        session,
        content,
        title="Form",
        file_name="Maya Brenner consent.pdf",
        media_type="application/pdf",
    )


def test_everything_is_written_for_the_owner_alone(store: Store, tmp_path: Path) -> None:
    bring_in(store, EXAMPLE)
    store.do("Add", add_document, b"%PDF-1.7 signed")
    files = write(store, tmp_path / "out")
    names = {file.relative_to(tmp_path / "out").as_posix() for file in files}
    left = {"backup_run", "blob", "blob_chunk", "calendar_event", "draft"}
    tables = {f"tables/{table}.csv" for table in Base.metadata.tables if table not in left}
    assert names == {"practice.json", "practice.schema.json", "documents/0001.pdf", *tables}
    assert (tmp_path / "out" / "documents" / "0001.pdf").read_bytes() == b"%PDF-1.7 signed"
    assert (tmp_path / "out" / "practice.json").read_bytes() == store.ask(practice_file)
    if sys.platform != "win32":
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.endswith(".part")] == []


def test_a_whole_folder_comes_back(store: Store, tmp_path: Path) -> None:
    practice = json.loads(json.dumps(EXAMPLE))
    sha256 = hashlib.sha256(b"signed").hexdigest()
    told = {"title": "Form", "sha256": sha256, "file": "documents/0001.bin"}
    practice["documents"] = [told]
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "0001.bin").write_bytes(b"signed")
    assert bring_in(store, practice, tmp_path).skipped == ()
    write(store, tmp_path / "out")
    assert (tmp_path / "out" / "documents" / "0001.bin").read_bytes() == b"signed"


def test_a_document_without_content_is_told_of(store: Store, tmp_path: Path) -> None:
    store.do("Add", add_document, b"gone")
    store.do("Lose", forget_contents)
    files = write(store, tmp_path / "out")
    assert not [file for file in files if file.parent.name == "documents"]
    assert json.loads(store.ask(practice_file))["documents"][0]["title"] == "Form"


def forget_contents(session: Session) -> None:
    session.execute(delete(BlobChunk))


def test_tables_hold_every_row_and_no_formula(store: Store, tmp_path: Path) -> None:
    practice = json.loads(json.dumps(EXAMPLE))
    entry(practice)["narrative"] = '=HYPERLINK("http://x","y")'
    practice["people"][0]["notes"] = "-1"
    practice["people"][0]["pdf_password"] = "six words that nobody guesses"
    bring_in(store, practice)
    write(store, tmp_path / "out")
    entries = table(tmp_path, "entry")
    assert entries[0]["narrative"] == '\'=HYPERLINK("http://x","y")'
    assert (entries[0]["minutes"], entries[0]["billable"]) == ("24", "true")
    people = table(tmp_path, "person")
    assert [row["notes"] for row in people] == ["'-1", "", ""]
    assert "pdf_password" not in people[0]
    assert table(tmp_path, "addendum")[0]["at"] == "2026-03-08T14:00:00+00:00"
    assert json.loads(table(tmp_path, "consent")[0]["topics"])[0] == "attendance"


def table(folder: Path, name: str) -> list[dict[str, str]]:
    text = (folder / "out" / "tables" / f"{name}.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_only_an_empty_or_a_new_folder_is_written_to(store: Store, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert write(store, tmp_path / "empty")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    for taken in ("full", "file"):
        with pytest.raises(Problem, match="empty folder"):
            write(store, tmp_path / taken)
    assert {path.name for path in tmp_path.iterdir()} >= {"empty", "full", "file"}
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]


def test_nothing_half_written_stays(store: Store, tmp_path: Path) -> None:
    store.do("Add", add_document, b"signed")
    store.do("Spoil", spoil)
    before = set(tmp_path.iterdir())
    with pytest.raises(Problem, match="changed inside the vault"):
        write(store, tmp_path / "out")
    assert set(tmp_path.iterdir()) == before


def spoil(session: Session) -> None:
    session.execute(delete(BlobChunk))
    session.add(BlobChunk(blob_id=1, number=0, content=b"other"))


def test_a_place_that_cannot_be_written_is_a_problem(store: Store, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(Problem, match="written"):
        write(store, tmp_path / "file" / "out")


@given(st.text(max_size=6), st.sampled_from(["", *TRIGGERS]), st.text(max_size=6))
def test_no_cell_starts_a_formula(before: str, trigger: str, after: str) -> None:
    for text in (trigger + after, before + trigger + after, f"'{trigger}{after}"):
        guarded = str(cell(text))
        assert not guarded.startswith(tuple(TRIGGERS))
        assert guarded in {text, f"'{text}"}


@pytest.mark.parametrize("number", [-5, 0, -1.5, 7])
def test_numbers_stay_numbers(number: float) -> None:
    assert cell(number) is number


def test_what_the_file_told_otherwise_comes_out_as_the_contract_has_it(store: Store) -> None:
    bring_in(store, EXAMPLE)
    exported: dict[str, Any] = json.loads(store.ask(practice_file))
    assert _missing(EXAMPLE, exported) == []
    assert practice_import.read(as_file(exported)) is not None


def _missing(told: Any, found: Any, place: str = "") -> list[str]:
    """List what the first says and the second does not; nothing, false and empty are the same."""
    pairs: list[tuple[Any, Any, str]] = []
    if isinstance(told, dict):
        said, other = cast("dict[str, Any]", told), cast("dict[str, Any]", found or {})
        pairs = [(value, other.get(key), f"{place}/{key}") for key, value in said.items()]
    elif isinstance(told, list) and "{" in repr(cast("object", told)):
        rows = zip(cast("list[Any]", told), found, strict=True)
        pairs = [(one, other, place) for one, other in rows]
    elif told != found and (told or found):
        return [f"{place}: {told!r} is {found!r}"]
    return [each for pair in pairs for each in _missing(*pair)]
