"""The whole way once, from outside: sealed practice, log, letter."""

import hashlib
import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from tests.acceptance.conftest import EXAMPLE, PASSPHRASE, WEEK, Run, everything
from tests.reports.structure import Structure

PDF_PASSWORD = "six words that nobody guesses"


@pytest.fixture
def password(place: Path) -> str:
    (place / "pdf-password").write_text(PDF_PASSWORD + "\n", "utf-8")
    return "pdf-password"


def text_of(place: Path, password: str = "") -> str:
    """Read a PDF by the independent walk over its tags."""
    read = Structure(place.read_bytes(), password)
    assert read.problems == []
    return read.words


def test_update(filled: Run, place: Path, password: str) -> None:
    said = filled(
        "update", "a.cmdesk", *WEEK, "--out", "letter.pdf", "--pdf-password-file", password,
        "--eml", "letter.eml", "--json",
    )  # fmt: skip
    assert said.code == 0, said.err
    data = (place / "letter.pdf").read_bytes()
    answer = said.json
    disclosure = answer.pop("disclosure")
    assert answer == {
        "pdf": "letter.pdf",
        "pages": 1,
        "sha256": hashlib.sha256(data).hexdigest(),
        "consent": "k-diane",
        "consents": ["k-diane"],
        "encrypted": True,
        "shared": [
            {
                "entry": "e-1",
                "verdict": "short",
                "rule": 7,
                "consent": "k-diane",
                "text": "Maya had a good week in group.",
            }
        ],
        "unwritten": [],
        "kept_back": [],
    }
    accounted = filled("disclosures", "a.cmdesk", "--json").json["disclosures"]
    assert [row["id"] for row in accounted] == [disclosure]
    assert accounted[0]["sha256"] == answer["sha256"]
    assert accounted[0]["consent_id"] == "k-diane"
    assert accounted[0]["part2"] is True
    assert accounted[0]["notice_form"] == "42 CFR 2.32(a)(2)"
    assert (place / "letter.pdf").stat().st_mode & 0o777 == 0o600
    assert not [name for name in everything(place) if name.endswith(".part")]


def test_the_accounting_is_a_table_of_one_client(filled: Run, place: Path) -> None:
    rows = filled("disclosures", "a.cmdesk", "--client", "c-maya", "--csv", "log.csv")
    assert (rows.code, rows.out) == (0, "")
    table = place / "log.csv"
    assert table.read_text("utf-8-sig").startswith('"Row","Corrects row","Counts","When"')
    assert table.stat().st_mode & 0o777 == 0o600
    assert filled("disclosures", "a.cmdesk", "--client", "c-maya", "--csv", "log.csv").code == 1
    assert filled("disclosures", "a.cmdesk", "--csv", "all.csv").code == 1
    assert not (place / "all.csv").exists()


def test_the_letter_says_what_may_be_said(filled: Run, place: Path, password: str) -> None:
    filled("update", "a.cmdesk", *WEEK, "--out", "letter.pdf", "--pdf-password-file", password)
    words = text_of(place / "letter.pdf", PDF_PASSWORD)
    for said in (
        "Maya had a good week in group.",
        "Whitlock Care Coordination",
        "(718) 555-0142",
        "March 2 to 8, 2026",
        "call 911",
        "988",
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    ):
        assert said in words
    for kept in ("relapse", "prevention plan", "Stillwater", "Tess", "Kevin", "Brenner, Maya"):
        assert kept not in words
    with pikepdf.open(place / "letter.pdf", password=PDF_PASSWORD) as pdf:
        assert "Maya" not in str(pdf.docinfo)
        assert "Maya" not in pdf.Root.Metadata.read_bytes().decode()
    assert b"Maya" not in (place / "letter.pdf").read_bytes()


def test_email_draft(filled: Run, place: Path, password: str) -> None:
    filled(
        "update", "a.cmdesk", *WEEK, "--out", "letter.pdf", "--pdf-password-file", password,
        "--eml", "letter.eml",
    )  # fmt: skip
    mail = message_from_bytes((place / "letter.eml").read_bytes(), policy=policy.SMTP)
    assert (mail["X-Unsent"], mail["To"]) == ("1", "diane@brenner.example")
    assert mail["Date"] is None
    assert isinstance(mail, EmailMessage)
    attached = next(mail.iter_attachments())
    assert attached.get_content() == (place / "letter.pdf").read_bytes()
    body = mail.get_body()
    assert body is not None
    shown = body.get_content() + mail["Subject"]
    for word in ("Maya", "Brenner", "health", "treatment", PDF_PASSWORD):
        assert word not in shown


def test_kept_password_is_used_again(filled: Run, place: Path, password: str) -> None:
    first = ("update", "a.cmdesk", *WEEK, "--out")
    assert filled(*first, "none.pdf").code == 1
    assert filled(*first, "one.pdf", "--pdf-password-file", password).code == 0
    assert filled(*first, "two.pdf").code == 0
    with pikepdf.open(place / "two.pdf", password=PDF_PASSWORD):
        pass


def test_plain_needs_the_clients_warned_acceptance(
    run: Run, place: Path, example: dict[str, Any]
) -> None:
    accepted = example["clients"][0]["circle"][0].pop("plain_email")
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    run("import", "a.cmdesk", "practice.json")
    update = ("update", "a.cmdesk", *WEEK, "--plain", "--out", "plain.pdf", "--json")
    refused = run(*update)
    assert (refused.code, refused.out) == (1, "")
    assert not (place / "plain.pdf").exists()
    example["clients"][0]["circle"][0]["plain_email"] = accepted
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    run("import", "a.cmdesk", "practice.json")
    said = run(*update)
    assert said.code == 0, said.err
    assert said.json["encrypted"] is False
    assert "Maya had a good week in group." in text_of(place / "plain.pdf")


def test_nothing_to_share(run: Run, place: Path, password: str) -> None:
    """The contract's own example: a correction holds the only entry back."""
    (place / "practice.json").write_text(json.dumps(EXAMPLE), "utf-8")
    run("import", "a.cmdesk", "practice.json")
    before = everything(place)
    said = run(
        "update", "a.cmdesk", *WEEK, "--out", "letter.pdf", "--pdf-password-file", password,
        "--json",
    )  # fmt: skip
    assert said.code == 3
    assert (said.json["pdf"], said.json["shared"]) == (None, [])
    assert said.json["kept_back"][0]["rule"] == 0
    assert everything(place) == before
    assert run("disclosures", "a.cmdesk", "--json").json == {"disclosures": []}


def test_verdicts_on_another_day(filled: Run) -> None:
    judge = ("verdicts", "a.cmdesk", *WEEK, "--json", "--on")
    (entry,) = filled(*judge, "2026-03-09").json["entries"]
    assert (entry["verdict"], entry["rule"], entry["consent"]) == ("short", 7, "k-diane")
    (entry,) = filled(*judge, "2100-01-01").json["entries"]
    assert (entry["verdict"], entry["rule"], entry["text"]) == ("keep_back", 3, None)


def test_search_and_agenda(filled: Run) -> None:
    hits = filled("search", "a.cmdesk", "tess hollo", "--json").json["hits"]
    assert [(hit["kind"], hit["ref"]) for hit in hits] == [("person", "p-tess")]
    rows = filled("agenda", "a.cmdesk", "--on", "2026-03-09", "--json").json["rows"]
    assert rows[0] == {
        "group": "overdue",
        "kind": "task",
        "ref": "t-1",
        "client": "c-maya",
        "person": None,
        "due": "2026-03-06",
        "why": "3 days late",
        "title": "Call back Kevin Park",
    }
    ahead = filled("agenda", "a.cmdesk", "--on", "2026-03-04", "--ahead", "7", "--json").json
    coming = [(row["ref"], row["due"]) for row in ahead["rows"] if row["group"] == "coming"]
    assert ("t-1", "2026-03-06") in coming
    assert "Coming days" in filled("agenda", "a.cmdesk", "--on", "2026-03-04", "--ahead", "7").out
    for days in ("-1", "367", "week"):
        assert filled("agenda", "a.cmdesk", "--ahead", days).code == 2


def test_export_and_import_again(filled: Run, place: Path) -> None:
    said = filled("export", "a.cmdesk", "--out", "out", "--json")
    assert said.code == 0, said.err
    assert all(Path(name).is_file() for name in said.json["files"])
    first = (place / "out" / "practice.json").read_bytes()
    (place / "new-passphrase").write_text(PASSPHRASE, "utf-8")
    assert filled("new", "b.cmdesk").code == 0
    assert filled("import", "b.cmdesk", "out/practice.json").code == 0
    assert filled("export", "b.cmdesk", "--out", "again").code == 0
    assert (place / "again" / "practice.json").read_bytes() == first


def test_new_check_recover(run: Run, place: Path) -> None:
    said = run("new", "c.cmdesk", "--recovery-out", "code")
    assert (said.code, said.out) == (0, "")
    assert run("check", "c.cmdesk", "--json").json == {"ok": True, "findings": []}
    assert run("doctor", "c.cmdesk", "--json").json["recovery_code_owed"] is False
    (place / "second").write_text("meadow tunnel velvet anchor", "utf-8")
    recover = ("recover", "c.cmdesk", "--recovery-file", "code", "--new-passphrase-file", "second")
    assert run(*recover).code == 0
    assert run("check", "c.cmdesk").code == 4
    (place / "passphrase").write_text("meadow tunnel velvet anchor", "utf-8")
    assert run("check", "c.cmdesk").code == 0


def test_recovery_code_is_owed_without_a_place_for_it(run: Run) -> None:
    assert run("new", "c.cmdesk").code == 0
    assert run("doctor", "c.cmdesk", "--json").json["recovery_code_owed"] is True


def test_version(run: Run) -> None:
    assert run("--version").out.startswith("cmdesk ")
