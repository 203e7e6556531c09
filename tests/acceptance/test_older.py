"""Records put back in time, as the command line tells them and lets them in."""

import hashlib
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.acceptance.conftest import Run

RECORDS = "a.cmdesk/records.db"


@pytest.fixture
def older(place: Path, run: Run) -> Path:
    """Use the vault, and put its records back to what they were before."""
    assert run("agenda", "a.cmdesk").code == 0
    shutil.copy(place / RECORDS, place / "older.db")
    assert run("agenda", "a.cmdesk").code == 0
    shutil.copy(place / "older.db", place / RECORDS)
    return place


def hashes(place: Path) -> dict[str, str]:
    files = [path for path in (place / "a.cmdesk").rglob("*") if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_older_records_end_the_command_and_are_left_as_they_are(older: Path, run: Run) -> None:
    before = hashes(older)
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (5, "")
    assert said.err.startswith("cmdesk: These records are older than the last use on this computer")
    assert "1 entry of the activity record is missing" in said.err
    assert "--accept-older goes on with them, --read-only looks only" in said.err
    assert hashes(older) == before


def test_check_counts_it_as_a_finding(older: Path, run: Run) -> None:
    before = hashes(older)
    said = run("check", "a.cmdesk", "--json")
    assert said.code == 5
    assert [finding["check"] for finding in said.json["findings"]] == ["anchor"]
    said = run("check", "a.cmdesk", "--json", "--read-only")
    assert {finding["check"] for finding in said.json["findings"]} == {"anchor", "audit"}
    assert hashes(older) == before


def test_older_records_can_be_looked_at_without_a_trace(older: Path, run: Run) -> None:
    before = hashes(older)
    said = run("search", "a.cmdesk", "Maya", "--read-only", "--json")
    assert said.code == 0
    assert "older than the last use" in said.err
    assert hashes(older) == before


def test_older_records_can_be_accepted_once(older: Path, run: Run) -> None:
    assert run("agenda", "a.cmdesk", "--accept-older").code == 0
    assert run("agenda", "a.cmdesk").err == ""
    assert run("check", "a.cmdesk", "--json").json == {"ok": True, "findings": []}


def test_nothing_is_mended_where_nothing_may_be_written(place: Path, run: Run) -> None:
    assert run("check", "a.cmdesk", "--mend", "--read-only").code == 1


def test_a_damaged_start_is_put_back(place: Path, run: Run) -> None:
    whole = (place / RECORDS).read_bytes()
    (place / RECORDS).write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    said = run("check", "a.cmdesk")
    assert said.code == 5
    assert "`cmdesk check --mend`" in said.out
    said = run("check", "a.cmdesk", "--mend")
    assert said.code == 0
    assert "The start of the records was put back" in said.err
    assert run("check", "a.cmdesk").code == 0


def test_an_import_is_refused_where_too_little_room_would_be_left(
    place: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (place / "people.vcf").write_text("BEGIN:VCARD\nVERSION:3.0\nFN:Maya\nEND:VCARD\n", "utf-8")

    def usage(_: object) -> SimpleNamespace:
        return SimpleNamespace(free=99_000_000)

    monkeypatch.setattr("cmdesk.store.room.shutil.disk_usage", usage)
    said = run("import", "a.cmdesk", "people.vcf")
    assert said.code == 1
    assert "Only 99 MB are free" in said.err
