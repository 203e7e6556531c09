"""What a person at the keyboard reads: plain sentences, no figures of the machine."""

import json
import re
import shutil
from pathlib import Path

import pytest

from cmdesk.cli.doctor_words import facts_told
from cmdesk.cli.findings import told
from cmdesk.store.check import MOST, Finding
from tests.acceptance.conftest import WEEK, Run

RESTORE = "Restore."
PAGE = 4096  # bytes


def test_a_changed_byte_is_told_in_two_lines(filled: Run, place: Path) -> None:
    records = place / "a.cmdesk" / "records.db"
    data = bytearray(records.read_bytes())
    data[len(data) // PAGE // 2 * PAGE + 2000] ^= 1
    records.write_bytes(data)
    said = filled("check", "a.cmdesk", "--read-only")
    remedy = "Restore the newest backup into a new vault; keep this one until that is done."
    assert (said.code, said.out) == (5, f"1 page of the records is damaged.\n{remedy}\n")
    found = filled("check", "a.cmdesk", "--read-only", "--json").json["findings"]
    assert {"pages", "database"} <= {finding["check"] for finding in found}


@pytest.mark.parametrize(
    ("findings", "lines"),
    [
        ([("pages", "HMAC", RESTORE)], ["1 page of the records is damaged.", RESTORE]),
        (
            [("pages", "HMAC", RESTORE)] * MOST + [("search", "drift", "Mend.")],
            [f"{MOST} or more pages of the records are damaged.", RESTORE],
        ),
        (
            [("database", "Tree 9", RESTORE)],
            ["The records can't be read from end to end.", RESTORE],
        ),
        (
            [("references", "Row 1", RESTORE), ("references", "Row 2", RESTORE)],
            ["2 rows of the records point at others that are gone.", RESTORE],
        ),
        (
            [("references", "The check itself met damage (X).", RESTORE)],
            ["The check itself met damage (X).", RESTORE],
        ),
        (
            [("schema", "A is missing.", "Mend."), ("search", "B differs.", "Mend.")],
            ["A is missing.", "B differs.", "Mend."],
        ),
    ],
)
def test_findings_are_one_sentence_a_kind(
    findings: list[tuple[str, str, str]], lines: list[str]
) -> None:
    assert told([Finding(*finding) for finding in findings]) == lines


def test_only_looking_does_not_claim_what_was_not_compared(filled: Run) -> None:
    assert "search index was not compared" in filled("check", "a.cmdesk", "--read-only").err
    assert filled("check", "a.cmdesk").err == "Everything is whole.\n"


def test_a_period_without_an_entry_is_called_that(filled: Run, place: Path) -> None:
    (place / "word").write_text("harbor maple violin", "utf-8")
    period = ("--client", "Maya", "--to", "Diane", "--from", "2020-03-02", "--until", "2020-03-08")
    said = filled("verdicts", "a.cmdesk", *period)
    assert (said.code, said.out) == (0, "")
    assert "There is no entry in this period." in said.err
    letter = ("--out", "x.pdf", "--pdf-password-file", "word", "--json")
    said = filled("update", "a.cmdesk", *period, *letter)
    assert (said.code, said.json["pdf"], said.json["shared"]) == (3, None, [])
    assert "There is no entry in this period." in said.err
    assert "There is no entry" not in filled("verdicts", "a.cmdesk", *WEEK).err


def test_a_place_for_backups_is_told_as_it_is(run: Run, place: Path) -> None:
    said = run("backup", "a.cmdesk", "--to", "away/backups")
    assert said.code == 1
    assert f"The folder {place / 'away'} is not there." in said.err
    (place / "note").write_text("", "utf-8")
    said = run("backup", "a.cmdesk", "--to", "note")
    assert said.code == 1
    assert f"{place / 'note'} is a file." in said.err


def test_what_is_due_is_told_in_words(filled: Run) -> None:
    said = filled("agenda", "a.cmdesk", "--on", "2026-03-09").out
    assert "updates_due" not in said
    assert "\n  2026-03-09  Ask about the ride home  Maya Brenner  Due today\n" in f"\n{said}"
    assert re.search(r"^Family updates$", said, re.MULTILINE)
    assert "Diane  Diane" not in said


def test_the_doctor_speaks_no_python(run: Run) -> None:
    said = run("doctor", "a.cmdesk").out
    assert "recovery code owed: yes\n" in said
    assert not re.search(r"[\[{}\]']|None|True|False", said)
    assert facts_told({"keychain": None, "libraries": {"a": "1", "b": None}}) == [
        "keychain: none", "libraries:", "  a 1", "  b none"
    ]  # fmt: skip


def test_a_new_vault_says_where_its_recovery_code_went(run: Run, place: Path) -> None:
    said = run("new", "b.cmdesk", "--recovery-out", "code.txt")
    assert (said.code, said.out) == (0, "")
    assert "The recovery code is in code.txt." in said.err
    assert (place / "code.txt").read_text("ascii").strip() not in said.err
    shutil.rmtree(place / "b.cmdesk")
    said = run("new", "b.cmdesk", "--recovery-out", "-")
    assert "The recovery code is above." in said.err


def test_the_sample_names_the_week_of_its_letter(run: Run, place: Path) -> None:
    said = run("demo", "sample")
    first, last = re.findall(r"--from (\S+) --until (\S+)", said.err)[0]
    (place / "passphrase").write_text("open the sample practice", "utf-8")
    vault = "sample/Whitlock.cmdesk"
    who = ("--client", "Maya Brenner", "--to", "Diane Brenner", "--from", first, "--until", last)
    said = run("update", vault, *who, "--out", "letter.pdf", "--json")
    assert said.code == 0
    assert json.loads(said.out)["shared"]
