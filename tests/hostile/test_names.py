"""S8, S9: formulas in cells, and names that would lead a file elsewhere or tell of somebody."""

import ast
import csv
import json
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from cmdesk.casework import documents
from cmdesk.errors import Problem
from cmdesk.exchange import email_draft, export, intake, people_csv
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store import backup
from cmdesk.store.store import Store
from tests.hostile.conftest import Run
from tests.hostile.kept import Kept

SOURCE = Path(__file__).parents[2] / "src"
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FORMULAS = [
    f"{before}{start}cmd|' /C calc'!A0" for start in STARTS for before in ("", "'", "''")
] + [
    '="a"",""=1"',
    "=1+1\n=2+2",
    '=HYPERLINK("http://x")',
    "-5",
    "+1 718 555 0110",
    "=",
    "-",
    "@nora",
]

NAMES = [
    "../up.pdf", "../../../../etc/cron.d/x", "..\\..\\up.pdf", "/etc/passwd",
    "C:\\Windows\\x.pdf", "\\\\host\\share\\x", "C:x.pdf", "x.pdf:stream", "x.pdf::$DATA", "CON",
    "con.pdf", "PRN", "AUX.txt", "NUL", "nul.tar.gz", "COM1", "COM\u00b9", "LPT9.pdf", "CONIN$",
    "CLOCK$", "x" * 300, "x" * 300 + ".pdf", "x." + "y", "\u00e4" * 200, "\U0001f469" * 100,
    "null\0byte.pdf", "line\nbreak.pdf", "carriage\rreturn", "tab\tx", "bell\x07",
    "escape\x1b[31m", "rtl\u202efdp.exe", "zero\u200bwidth", "bom\ufeff", "trailing.",
    "trailing ", "trailing. . .", " leading", ".hidden", "..", ".", "", "...", "~", "~root",
    "$HOME", "%TEMP%", "`id`", "$(id)", "a|b", "a;b", "a&b", "<x>", 'quo"te', "que?stion",
    "st*ar", "-rf", "--out=x", "desktop.ini", "thumbs.db", ".htaccess", "x.pdf.exe",
    "Maya Brenner.pdf", "practice.json", "tables/client.csv", "\ud800.pdf", "e\u0301.pdf",
    "file:///etc/passwd", "a/b/c", "a//b", "lpt1 .txt", "\uff46\uff0fwidth",
]  # fmt: skip


@pytest.fixture
def store(kept: Kept, folder: Path) -> Generator[Store]:
    made = kept.open(folder)
    yield made
    made.close()


def fill(session: Session, words: list[str]) -> None:
    """Put the words into every text column of people, and a few of other tables."""
    for number, text in enumerate(words):
        session.add(Person(given_name=text, family_name=f"F{number}", notes=text, job_title=text))
    session.execute(update(Organisation).values(name=words[0], notes=words[1]))
    session.execute(update(Client).values(where_things_stand=words[2]))
    session.execute(update(Organisation).values(latitude=-73.9, longitude=-0.5))


def cells(folder: Path) -> dict[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for file in sorted((folder / "tables").glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            found[file.stem] = list(csv.DictReader(opened))
    return found


def dangerous(cell: str) -> bool:
    return cell.startswith(STARTS) and not is_number(cell)


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return cell.isascii() and cell.strip() == cell


def test_every_cell_of_every_table_is_guarded(store: Store, tmp_path: Path) -> None:
    store.do("Fill", fill, FORMULAS)
    store.ask(export.export, tmp_path / "out")
    tables = cells(tmp_path / "out")
    risky = [
        (table, column, cell)
        for table, rows in tables.items()
        for row in rows
        for column, cell in row.items()
        if dangerous(cell)
    ]
    assert risky == []
    people = [row["given_name"] for row in tables["person"]]
    assert all(f"'{text}" in people for text in FORMULAS)


def test_every_cell_is_quoted(store: Store, tmp_path: Path) -> None:
    store.do("Fill", fill, FORMULAS)
    store.ask(export.export, tmp_path / "out")
    for file in (tmp_path / "out" / "tables").glob("*.csv"):
        raw = file.read_text(encoding="utf-8-sig").split("\n")
        assert all(line.startswith('"') for line in raw[:1])


def test_numbers_stay_numbers(store: Store, tmp_path: Path) -> None:
    store.do("Fill", fill, FORMULAS)
    store.ask(export.export, tmp_path / "out")
    house = cells(tmp_path / "out")["organisation"][0]
    assert (house["latitude"], house["longitude"]) == ("-73.9", "-0.5")


def test_our_own_import_takes_the_guard_off(store: Store, tmp_path: Path) -> None:
    words = [
        text
        for text in FORMULAS
        if text.strip() == text and "\n" not in text and "'" not in text[:2]
    ]
    rows = [
        {"given name": export.cell(text), "family name": f"G{at}"} for at, text in enumerate(words)
    ]
    file = tmp_path / "people.csv"
    with file.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.DictWriter(opened, ["given name", "family name"], quoting=csv.QUOTE_ALL)
        writer.writeheader()
        writer.writerows(rows)
    store.do("Import", intake.bring_in, file.read_bytes(), people_csv.KIND, "x")
    query = select(Person.given_name).where(Person.family_name.like("G%")).order_by(Person.id)
    assert store.ask(lambda session: list(session.scalars(query))) == words


def test_control_cells_written_as_they_are_would_run(tmp_path: Path) -> None:
    with (tmp_path / "x.csv").open("w", newline="") as opened:
        csv.writer(opened, quoting=csv.QUOTE_ALL).writerow(FORMULAS)
    with (tmp_path / "x.csv").open(newline="") as opened:
        row = next(csv.reader(opened))
    assert sum(map(dangerous, row)) > 10


def keep(session: Session, names: list[str]) -> None:
    for number, name in enumerate(names):
        documents.add(
            session,
            f"document {number}".encode(),
            title=name,
            file_name=name,
            media_type="application/pdf",
        )


def test_documents_of_any_name_stay_inside(store: Store, tmp_path: Path) -> None:
    names = [name.encode("utf-8", "replace").decode() for name in NAMES]
    assert len(names) >= 60
    store.do("Keep", keep, names)
    before = {path.name for path in tmp_path.iterdir()}
    files = store.ask(export.export, tmp_path / "out")
    inside = (tmp_path / "out").resolve()
    assert all(file.resolve().is_relative_to(inside) for file in files)
    assert {path.name for path in tmp_path.iterdir()} - before == {"out"}
    made = sorted((tmp_path / "out" / "documents").iterdir())
    assert {file.read_bytes() for file in made} == {
        f"document {n}".encode() for n in range(len(names))
    }
    assert all(file.name.isascii() and len(file.name) < 40 for file in made)
    assert not any("maya" in str(file.relative_to(inside)).lower() for file in files)


def document_row(name: str) -> dict[str, Any]:
    return {
        "ref": "d-1", "title": "T", "file_name": "x.pdf", "media_type": "application/pdf",
        "type": "other",
        "sha256": "0" * 64, "size": 4, "file": name,
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_practice_file_reads_nothing_from_elsewhere(
    store: Store, tmp_path: Path, name: str
) -> None:
    """A document's content is taken from beside the file alone, and only if its hash is right."""
    place = tmp_path / "inside"
    place.mkdir()
    practice = {
        "format": "cmdesk-practice",
        "version": 1,
        "documents": [document_row(name)],
    }
    data = json.dumps(practice).encode()
    try:
        result = store.do("Import", intake.bring_in, data, "practice", "x", None, place)
    except Problem:
        assert list(place.iterdir()) == []
    else:
        assert result.skipped
        assert list(place.iterdir()) == []


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_attached_names_are_plain_or_refused(name: str) -> None:
    try:
        made = email_draft.draft("diane@example.org", b"%PDF", name)
    except Problem:
        return
    head = made.decode("utf-8", "replace")
    assert "\n" not in name
    assert not set(name) & set('/\\:*?"<>|\0')
    assert name.encode("utf-8", "replace").decode() in head or "filename*" in head


@pytest.mark.parametrize("who", ["../Maya", "CON", "M" * 300, "Maya\u202e", "Maya."])
def test_default_names_tell_of_nobody(store: Store, tmp_path: Path, who: str) -> None:
    """However clients are called: in names the program chooses nobody is named."""

    def call(session: Session) -> None:
        session.execute(update(Person).values(given_name=who, family_name=who))

    store.do("Call", call)
    place = tmp_path / "backups"
    place.mkdir()
    made = backup.make(store, place).file
    files = store.ask(export.export, tmp_path / "out")
    written = [made.name, *(str(file.relative_to(tmp_path)) for file in files)]
    plain = "".join(char for char in who if char.isalpha()).lower()
    assert not any(plain in name.lower() for name in written if len(plain) > 3)


def test_letters_are_named_by_their_day_alone() -> None:
    """Every default name of a letter in the source is made of words and a date."""
    texts = [path.read_text("utf-8") for path in SOURCE.rglob("*.py")]
    trees = [ast.parse(text) for text in texts if "Update {" in text]
    strings = [
        ast.unparse(node)
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
    ]
    found = [made for made in strings if made.startswith("f'Update {")]
    assert found
    assert all("isoformat()" in made and "name" not in made for made in found), found


def test_odd_targets_of_an_export(folder: Path, run: Run, tmp_path: Path) -> None:
    before = {path.name for path in tmp_path.iterdir()}
    for name in ("..", ".", "a.cmdesk", "a.cmdesk/out", "passphrase", "x" * 300):
        said = run("export", "a.cmdesk", "--out", name)
        assert said.code == 1, name
    assert {path.name for path in tmp_path.iterdir()} == before
