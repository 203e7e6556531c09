"""National directories from the command line: a workbook, and NPPES by state."""

from pathlib import Path

import pytest

from cmdesk.cli import provider_files
from tests.acceptance.conftest import Run
from tests.exchange.npi import HEADER, npi, row
from tests.exchange.test_samhsa_xlsx import BIRCH, CEDAR, made


def test_a_workbook_and_nppes_come_in_by_state(run: Run, tmp_path: Path) -> None:
    book, list_ = tmp_path / "directory 2025.xlsx", tmp_path / "npidata_pfile.csv"
    book.write_bytes(made(BIRCH, CEDAR))
    rows = [
        row(npi=npi(n), entity="2", name=f"PLACE {n}", state=state, taxonomy="324500000X")
        for n, state in enumerate(("NY", "CA", "NY"))
    ]
    list_.write_text(HEADER + "".join(rows), "utf-8")
    files = [str(book), str(list_)]
    said = run("import", "a.cmdesk", *files, "--state", "ny", "--json")
    assert said.code == 0
    found = [(each["kind"], each["added"]) for each in said.json["files"]]
    assert found == [("providers-xlsx", 1), ("nppes", 2)]
    again = run("import", "a.cmdesk", *files, "--state", "NY", "--json").json["files"]
    assert [(each["added"], each["unchanged"]) for each in again] == [(0, 1), (0, 2)]


def test_all_states_of_a_large_file_are_too_many(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(provider_files, "SMALL", 10)
    list_ = tmp_path / "npidata_pfile.csv"
    list_.write_text(HEADER, "utf-8")
    said = run("import", "a.cmdesk", str(list_))
    assert (said.code, said.out) == (1, "")
    assert "--state" in said.err
