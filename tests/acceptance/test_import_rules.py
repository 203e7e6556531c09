"""What comes in, what a second import changes, and that a failed one changes nothing."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import EXAMPLE, PASSPHRASE, Run

Change = Callable[[dict[str, Any]], object]

PEOPLE = (
    "given name,family name,organisation,phone,email,address\n"
    "Kim,Roe,Acme,+1 212 555 0100,kim@roe.example,1 Elm Street\n"
    "Jo,,,,,\n"
    ",,Nobody,,,\n"
)
LOCATOR = (
    "name1,name2,street1,street2,city,state,zip,phone,type_facility\n"
    "Alder House,,60 Elm Avenue,,Waterbury,CT,06708,860-555-0100,MH\n"
)
OLDER = (
    "Year,Page,Center_name,Street_address,City,State,Postal_code,Phone,Keys\n"
    "2017,1,Alder House,60 Elm Avenue,Waterbury,CT,06708,860-555-0100,SA OP\n"
)


def exported(run: Run, place: Path, name: str) -> dict[str, Any]:
    assert run("export", "a.cmdesk", "--out", name).code == 0
    return json.loads((place / name / "practice.json").read_text("utf-8"))


def taken(run: Run, *names: str) -> list[tuple[str, int, int, int, int]]:
    said = run("import", "a.cmdesk", *names, "--json")
    assert said.code == 0, said.err
    return [
        (row["kind"], row["added"], row["updated"], row["unchanged"], len(row["skipped"]))
        for row in said.json["files"]
    ]


def test_several_files_of_every_kind(run: Run, place: Path) -> None:
    (place / "practice.json").write_text(json.dumps(EXAMPLE), "utf-8")
    (place / "book.vcf").write_text("BEGIN:VCARD\nVERSION:4.0\nUID:u1\nFN:Ann Lee\nEND:VCARD\n")
    (place / "people.csv").write_text(PEOPLE)
    (place / "programs.csv").write_text(LOCATOR)
    names = ("practice.json", "book.vcf", "people.csv", "programs.csv")
    kinds = ("practice", "vcard", "people-csv", "providers-csv")
    assert [row[0] for row in taken(run, *names)] == list(kinds)
    again = taken(run, *names)
    assert [(row[0], *row[1:3]) for row in again] == [(kind, 0, 0) for kind in kinds]
    assert [row[3] for row in again] == [14, 1, 2, 1]


def test_rows_that_cannot_be_read_are_listed_with_their_line(run: Run, place: Path) -> None:
    (place / "people.csv").write_text(PEOPLE)
    (row,) = run("import", "a.cmdesk", "people.csv", "--json").json["files"]
    assert (row["added"], [skipped["line"] for skipped in row["skipped"]]) == (2, [4])


def test_one_bad_file_among_several_leaves_the_vault_as_it_was(run: Run, place: Path) -> None:
    (place / "people.csv").write_text(PEOPLE)
    (place / "broken.json").write_text('{"format": "cmdesk-practice", "version": 1, "x": 1}')
    before = exported(run, place, "before")
    said = run("import", "a.cmdesk", "people.csv", "broken.json", "--json")
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("cmdesk: broken.json: ")
    assert said.err.count("\n") == 1
    assert exported(run, place, "after") == before


def test_two_directories_do_not_undo_each_other(run: Run, place: Path) -> None:
    (place / "locator.csv").write_text(LOCATOR)
    (place / "older.csv").write_text(OLDER)
    assert taken(run, "locator.csv", "older.csv") == [
        ("providers-csv", 1, 0, 0, 0),
        ("providers-csv", 0, 1, 0, 0),
    ]
    for _ in range(2):
        assert taken(run, "locator.csv", "older.csv") == [("providers-csv", 0, 0, 1, 0)] * 2


def entry(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]["entries"][0]


def consent(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]["consents"][0]


FINAL: dict[str, Change] = {
    "narrative": lambda p: entry(p).update(narrative="Otherwise"),
    "topics": lambda p: entry(p).update(topics=["attendance"]),
    "family line": lambda p: entry(p).update(family_line="Otherwise"),
    "marks": lambda p: entry(p).update(marks=[]),
    "unsigned again": lambda p: entry(p).update(status="draft"),
    "wider consent": lambda p: consent(p)["topics"].append("medication"),
    "longer consent": lambda p: consent(p).update(expires_on="2030-01-01"),
}


@pytest.mark.parametrize("what", FINAL)
def test_what_is_signed_stays(filled: Run, place: Path, example: dict[str, Any], what: str) -> None:
    before = exported(filled, place, "before")
    FINAL[what](example)
    (place / "again.json").write_text(json.dumps(example), "utf-8")
    assert taken(filled, "again.json") == [("practice", 0, 0, 13, 1)]
    assert exported(filled, place, "after") == before


def test_a_row_left_out_is_told_with_its_line(
    filled: Run, place: Path, example: dict[str, Any]
) -> None:
    FINAL["wider consent"](example)
    text = json.dumps(example, indent=1)
    (place / "again.json").write_text(text, "utf-8")
    (row,) = filled("import", "a.cmdesk", "again.json", "--json").json["files"]
    at = text[: text.index('"ref": "k-diane"')].count("\n") + 1
    assert [skipped["line"] for skipped in row["skipped"]] == [at]


def test_open_rows_follow_the_file(filled: Run, place: Path, example: dict[str, Any]) -> None:
    maya = example["clients"][0]
    maya["preferred_name"] = "May"
    maya["tasks"][0]["done_on"] = "2026-03-06"
    maya["episodes"][0]["discharged"] = "2026-03-19"
    maya["circle"][0]["roles"] = ["payer"]
    example["people"][0]["phones"] = None
    (place / "again.json").write_text(json.dumps(example), "utf-8")
    assert taken(filled, "again.json") == [("practice", 0, 5, 9, 0)]
    assert taken(filled, "again.json") == [("practice", 0, 0, 14, 0)]
    after = exported(filled, place, "after")["clients"][0]
    assert after["preferred_name"] == "May"
    assert after["episodes"][0]["discharged"] == "2026-03-19"


def test_documents_come_in_with_the_practice_file(filled: Run, place: Path) -> None:
    week = ("--client", "Maya", "--to", "Diane", "--from", "2026-03-02", "--until", "2026-03-08")
    (place / "pdf-password").write_text("six words that nobody guesses")
    letter = (*week, "--out", "letter.pdf", "--pdf-password-file", "pdf-password")
    assert filled("update", "a.cmdesk", *letter).code == 0
    exported(filled, place, "first")
    (place / "passphrase").write_text(PASSPHRASE)
    assert filled("new", "b.cmdesk").code == 0
    said = filled("import", "b.cmdesk", "first/practice.json", "--json")
    assert said.json["files"][0]["skipped"] == []
    assert filled("export", "b.cmdesk", "--out", "second").code == 0
    first, second = (sorted((place / name / "documents").iterdir()) for name in ("first", "second"))
    assert [file.read_bytes() for file in first] == [file.read_bytes() for file in second]
    assert (place / "letter.pdf").read_bytes() in {file.read_bytes() for file in second}
    both = [(place / name / "practice.json").read_bytes() for name in ("first", "second")]
    assert both[0] == both[1]
