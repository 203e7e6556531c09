"""What may go wrong, each with one plain sentence, the right exit code and an unchanged vault."""

import copy
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.conftest import EXAMPLE, WEEK, Run, Said, everything

Change = Callable[[dict[str, Any]], object]


@pytest.fixture
def export(run: Run, place: Path) -> Callable[[], bytes]:
    """Return a function that exports the vault, to see whether it changed."""
    made = iter(range(100))

    def write() -> bytes:
        folder = f"export-{next(made)}"
        assert run("export", "a.cmdesk", "--out", folder).code == 0
        return (place / folder / "practice.json").read_bytes()

    return write


def one_sentence(said: str) -> bool:
    return said.startswith("cmdesk: ") and said.count("\n") == 1 and said.rstrip()[-1] in ".?”)"


def test_wrong_passphrase(run: Run, place: Path) -> None:
    (place / "passphrase").write_text("lantern river oatmeal crookedly", "utf-8")
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (4, "")
    assert one_sentence(said.err)


def test_damaged_header(run: Run, place: Path) -> None:
    for name in ("header.json", "header.json.bak"):
        header = place / "a.cmdesk" / name
        if header.exists():
            header.write_bytes(header.read_bytes()[:-7] + b"garbage")
    said = run("agenda", "a.cmdesk", "--json")
    assert (said.code, said.out) == (5, "")
    assert one_sentence(said.err)
    said = run("check", "a.cmdesk", "--json")
    assert said.code == 5
    assert said.json["ok"] is False


def test_damaged_records_are_found(run: Run, place: Path) -> None:
    records = place / "a.cmdesk" / "records.db"
    data = bytearray(records.read_bytes())
    data[len(data) // 2] ^= 1
    records.write_bytes(data)
    said = run("check", "a.cmdesk", "--json")
    assert said.code == 5
    assert said.json["findings"]


@pytest.mark.parametrize("name", ["nowhere.cmdesk", "passphrase", "folder"])
def test_not_a_vault(run: Run, place: Path, name: str) -> None:
    (place / "folder").mkdir()
    said = run("agenda", name, "--json")
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err)


def test_vault_open_elsewhere(run: Run, place: Path) -> None:
    from cmdesk import clock  # noqa: PLC0415
    from cmdesk.cli.opening import METADATA  # noqa: PLC0415
    from cmdesk.store import vault  # noqa: PLC0415
    from tests.acceptance.conftest import PASSPHRASE  # noqa: PLC0415

    store = vault.unlock_and_open(place / "a.cmdesk", METADATA, clock.system, passphrase=PASSPHRASE)
    try:
        said = run("agenda", "a.cmdesk")
    finally:
        store.close()
    assert said.code == 1
    assert one_sentence(said.err)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("blank.csv", b"\n\n  \n"),
        ("header-only.csv", b"name,phone\n"),
        ("huge-cell.csv", b"name,phone\n" + b"x" * 10_000_000 + b",1\n"),
        ("junk.bin", bytes(range(256)) * 40),
        ("book.xlsx", b"PK\x03\x04" + b"\0" * 100),
        ("charset.vcf", b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=NOPE:M\xffller;J\nEND:VCARD\n"),
        ("cut.vcf", b"BEGIN:VCARD\nVERSION:3.0\nFN:Half"),
        ("not.json", b'{"format": "cmdesk-practice", "version": 1'),
        ("other.json", b'{"format": "something else"}'),
        ("newer.json", b'{"format": "cmdesk-practice", "version": 2}'),
        ("deep.json", b"[" * 100_000),
    ],
)
def test_files_that_bring_nothing(
    run: Run, place: Path, export: Callable[[], bytes], name: str, content: bytes
) -> None:
    (place / name).write_bytes(content)
    before = export()
    said = run("import", "a.cmdesk", name, "--json")
    assert (said.code, said.out) == (1, "")
    assert name in said.err
    assert one_sentence(said.err)
    assert export() == before


def entry(practice: dict[str, Any]) -> dict[str, Any]:
    return practice["clients"][0]["entries"][0]


BROKEN: dict[str, Change] = {
    "unknown key": lambda p: p["clients"][0].update(nickname="M"),
    "unknown topic": lambda p: entry(p)["topics"].append("weather"),
    "unknown code": lambda p: entry(p).update(method="carrier_pigeon"),
    "duplicate ref": lambda p: p["people"].append(dict(p["people"][0])),
    "ref of another kind": lambda p: p["people"][0].update(ref="c-maya"),
    "dangling ref": lambda p: entry(p)["participants"].append("p-nobody"),
    "date": lambda p: p["clients"][0].update(born="2003-02-30"),
    "time without offset": lambda p: entry(p).update(occurred_at="2026-03-06T11:00:00"),
    "two marks": lambda p: entry(p)["marks"].append({"person": "p-diane", "mark": "share"}),
    "no name": lambda p: p["people"][0].update(given_name="", family_name=""),
    "no status": lambda p: entry(p).pop("status"),
    "lines in a code": lambda p: entry(p).update(method="two\nlines"),
    "number for text": lambda p: entry(p).update(narrative=7),
}


@pytest.mark.parametrize("what", BROKEN)
def test_practice_file_goes_in_whole_or_not_at_all(
    run: Run, place: Path, export: Callable[[], bytes], what: str
) -> None:
    practice = copy.deepcopy(EXAMPLE)
    BROKEN[what](practice)
    (place / "broken.json").write_text(json.dumps(practice), "utf-8")
    before = export()
    said = run("import", "a.cmdesk", "broken.json", "--json")
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err)
    assert export() == before


def test_dry_run_changes_nothing(run: Run, place: Path, export: Callable[[], bytes]) -> None:
    (place / "practice.json").write_text(json.dumps(EXAMPLE), "utf-8")
    before = export()
    said = run("import", "a.cmdesk", "practice.json", "--dry-run", "--json")
    assert said.json["files"][0]["added"] == 14
    assert export() == before


def test_ambiguous_name(run: Run, place: Path, example: dict[str, Any]) -> None:
    example["people"].append({"ref": "p-diane-2", "given_name": "Diane", "family_name": "Ross"})
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    run("import", "a.cmdesk", "practice.json")
    said = run("verdicts", "a.cmdesk", *WEEK, "--json")
    assert (said.code, said.out) == (1, "")
    assert "p-diane, p-diane-2" in said.err


@pytest.mark.parametrize("who", ["Nobody", "", "p-tess"])
def test_unknown_client(filled: Run, who: str) -> None:
    week = ("--client", who, *WEEK[2:])
    said = filled("verdicts", "a.cmdesk", *week, "--json")
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err)


@pytest.fixture
def update(filled: Run, place: Path) -> Callable[[str], Said]:
    (place / "pdf-password").write_text("six words that nobody guesses", "utf-8")
    words = ("update", "a.cmdesk", *WEEK, "--pdf-password-file", "pdf-password", "--json", "--out")

    def write(out: str) -> Said:
        return filled(*words, out)

    return write


def refused(said: Said, place: Path, before: set[str]) -> None:
    assert (said.code, said.out) == (1, "")
    assert one_sentence(said.err)
    assert everything(place) == before


def test_output_folder_is_missing(update: Callable[[str], Said], run: Run, place: Path) -> None:
    before = everything(place)
    refused(update("nowhere/letter.pdf"), place, before)
    assert run("disclosures", "a.cmdesk", "--json").json == {"disclosures": []}


def test_output_is_there_already(update: Callable[[str], Said], run: Run, place: Path) -> None:
    (place / "letter.pdf").write_text("mine")
    before = everything(place)
    refused(update("letter.pdf"), place, before)
    assert (place / "letter.pdf").read_text() == "mine"
    assert run("disclosures", "a.cmdesk", "--json").json == {"disclosures": []}


@pytest.mark.skipif(os.geteuid() == 0 if hasattr(os, "geteuid") else True, reason="root may write")
def test_output_folder_is_read_only(update: Callable[[str], Said], run: Run, place: Path) -> None:
    (place / "locked").mkdir(mode=0o500)
    before = everything(place)
    refused(update("locked/letter.pdf"), place, before)
    assert run("disclosures", "a.cmdesk", "--json").json == {"disclosures": []}


def test_rename_fails_at_the_very_end(
    update: Callable[[str], Said], run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The one exception of the contract: the disclosure stands, and a correction beside it."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    monkeypatch.setattr(Path, "rename", full)
    before = everything(place)
    refused(update("letter.pdf"), place, before)
    told, correction = run("disclosures", "a.cmdesk", "--json").json["disclosures"]
    assert correction["correction_of"] == told["id"]


def test_short_pdf_password(update: Callable[[str], Said], run: Run, place: Path) -> None:
    (place / "pdf-password").write_text("thirteen char", "utf-8")
    before = everything(place)
    refused(update("letter.pdf"), place, before)


def test_channel_not_allowed(run: Run, place: Path, example: dict[str, Any]) -> None:
    example["clients"][0]["consents"][0]["channels"] = ["paper", "phone"]
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    (place / "pdf-password").write_text("six words that nobody guesses", "utf-8")
    run("import", "a.cmdesk", "practice.json")
    before = everything(place)
    said = run(
        "update", "a.cmdesk", *WEEK, "--pdf-password-file", "pdf-password", "--out", "letter.pdf"
    )
    refused(said, place, before)


def test_period_that_ends_before_it_begins(filled: Run) -> None:
    week = (*WEEK[:4], "--from", "2026-03-08", "--until", "2026-03-02")
    said = filled("verdicts", "a.cmdesk", *week, "--json")
    assert (said.code, said.out) == (1, "")


@pytest.mark.parametrize(
    "words", [("verdicts",), ("update", "a.cmdesk", "--out", "x.pdf"), ("fly",)]
)
def test_usage(run: Run, words: tuple[str, ...]) -> None:
    said = run(*words)
    assert (said.code, said.out) == (2, "")


NAMES = [
    "<b>Diane</b>",
    "Marks & Sons <script>",
    "דיאן ברנר",
    "ديان",
    "Diane 🌿",
    "D" * 300,
    "Đặng Thị Ngọc Diệp",
    "Łucja Żółć",
]


@pytest.mark.parametrize("name", NAMES)
def test_odd_names(run: Run, place: Path, example: dict[str, Any], name: str) -> None:
    from tests.acceptance.test_main_way import text_of  # noqa: PLC0415

    example["people"][0]["given_name"] = name
    example["clients"][0]["preferred_name"] = name
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    (place / "pdf-password").write_text("six words that nobody guesses", "utf-8")
    assert run("import", "a.cmdesk", "practice.json").code == 0
    week = ("--client", "c-maya", "--to", "p-diane", *WEEK[4:])
    update = ("update", "a.cmdesk", *week, "--pdf-password-file", "pdf-password", "--out", "l.pdf")
    said = run(*update)
    assert said.code == 0, said.err
    words = text_of(place / "l.pdf", "six words that nobody guesses")
    if name.isascii() and len(name) < 60:
        assert f"For {name} Brenner" in words


def test_new_refuses_a_weak_passphrase(run: Run, place: Path) -> None:
    (place / "passphrase").write_text("fourteen chars", "utf-8")
    before = everything(place)
    said = run("new", "weak.cmdesk")
    assert (said.code, said.out) == (1, "")
    assert everything(place) == before


def test_new_refuses_a_taken_place(run: Run, place: Path) -> None:
    said = run("new", "a.cmdesk")
    assert said.code == 1
    assert run("check", "a.cmdesk").code == 0
