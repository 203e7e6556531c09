"""What is refused before anything is touched: dates, damage, places, acceptances too early."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import WEEK, Run, everything
from tests.acceptance.test_bad_input import one_sentence, refused


@pytest.mark.parametrize("day", ["20260309", "2026-W11-1", "2026-02-30", "9 March"])
def test_dates_are_written_one_way(run: Run, day: str) -> None:
    said = run("agenda", "a.cmdesk", "--on", day, "--json")
    assert (said.code, said.out) == (2, "")


def test_a_damaged_header_is_told_though_its_copy_is_whole(run: Run, place: Path) -> None:
    header = place / "a.cmdesk" / "header.json"
    whole = header.read_bytes()
    header.write_bytes(b"torn")
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (5, "")
    assert one_sentence(said.err)
    assert run("check", "a.cmdesk", "--json").code == 5
    newer = json.loads(whole)
    newer["core"]["format"] = 2
    header.write_text(json.dumps(newer))
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (1, "")


@pytest.mark.parametrize("name", ["passphrase", "passphrase/deep", "a.cmdesk"])
def test_the_sample_needs_a_folder_of_its_own(run: Run, place: Path, name: str) -> None:
    before = everything(place)
    said = run("demo", name)
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err)
    assert everything(place) == before


def test_a_warning_comes_before_its_acceptance(
    run: Run, place: Path, example: dict[str, Any]
) -> None:
    accepted = example["clients"][0]["circle"][0]["plain_email"]
    accepted["warned_on"] = "2026-01-29"  # accepted on the 28th
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    run("import", "a.cmdesk", "practice.json")
    before = everything(place)
    refused(run("update", "a.cmdesk", *WEEK, "--plain", "--out", "letter.pdf"), place, before)


def test_an_export_does_not_go_into_the_vault(run: Run, place: Path) -> None:
    said = run("export", "a.cmdesk", "--out", "a.cmdesk/out")
    assert (said.code, said.out) == (1, "")
    assert not (place / "a.cmdesk" / "out").exists()


def test_a_bug_is_told_without_a_value(filled: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        """A standard output that fails as nothing should."""

        def write(self, text: str) -> int:
            raise RuntimeError(text)

    monkeypatch.setattr("sys.stdout", Broken())
    said = filled("search", "a.cmdesk", "tess", "--json")
    assert said.code == 1
    assert "RuntimeError" in said.err
    assert "Tess" not in said.err


def test_a_letter_that_names_someone_kept_back_does_not_leave(
    run: Run, place: Path, example: dict[str, Any]
) -> None:
    example["people"].append({"ref": "p-david", "given_name": "David", "family_name": "Brenner"})
    client = example["clients"][0]
    client["circle"].append({"person": "p-david", "relationship": "father", "roles": []})
    client["entries"][0]["short_line"] = "A good week, and a call with DAVID\u2019s lawyer."
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    assert run("import", "a.cmdesk", "practice.json").code == 0
    (place / "word").write_text("harbor maple violin", "utf-8")
    before = everything(place)
    out = ("--out", "letter.pdf", "--pdf-password-file", "word", "--json")
    said = run("update", "a.cmdesk", *WEEK, *out)
    refused(said, place, before)
    assert "names DAVID" in said.err
    assert run("disclosures", "a.cmdesk", "--json").json == {"disclosures": []}
