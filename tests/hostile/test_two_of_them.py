"""D11: two windows, stale locks, foreign programs, and files opened behind SQLite's back."""

import ast
import os
import platform
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import export
from cmdesk.store import backup, check, engine
from cmdesk.store.header import RECORDS
from cmdesk.store.lockfile import LOCK
from cmdesk.store.store import Store
from tests.hostile.conftest import Run, one_sentence
from tests.hostile.kept import Kept

SOURCES = sorted((Path(__file__).parents[2] / "src" / "cmdesk").rglob("*.py"))
LINUX = sys.platform == "linux"

opened: list[str] = []
watched: list[Path] = []


def watch(event: str, arguments: tuple[object, ...]) -> None:
    if event == "open" and watched and isinstance(arguments[0], str | bytes):
        path = os.fsdecode(arguments[0])
        if path.endswith(RECORDS) and Path(path).parent == watched[0]:
            opened.append(path)


sys.addaudithook(watch)


@contextmanager
def watching(folder: Path) -> Generator[list[str]]:
    """Give the list of the times Python itself opened the records in there."""
    opened.clear()
    watched.append(folder)
    try:
        yield opened
    finally:
        watched.clear()


@pytest.fixture
def store(kept: Kept, folder: Path) -> Generator[Store]:
    made = kept.open(folder)
    yield made
    made.close()


def holds_lock(records: Path) -> bool:
    """Whether this process holds a lock on the file, as the kernel says."""
    inode = f":{records.stat().st_ino} "
    lines = Path("/proc/locks").read_text().splitlines()
    return any(f" {os.getpid()} " in line and inode in line and "POSIX" in line for line in lines)


def a_session(store: Store, place: Path) -> None:
    """Do what reads or copies the records: ask, check, export, back up."""
    store.ask(export.practice_file)
    check.check(store)
    store.ask(export.export, place / "export")
    (place / "backups").mkdir()
    made = backup.make(store, place / "backups")
    backup.verify(made.file, store.keys)
    store.note("Printed", "print")


def test_a_session_never_opens_the_records_behind_sqlite(
    store: Store, folder: Path, tmp_path: Path
) -> None:
    """Closing any second descriptor of the file would drop every lock the process has on it.

    The one that a backup reads by is opened once, and stays open until the vault is locked.
    """
    with watching(folder) as found:
        a_session(store, tmp_path)
    assert found in ([], [str(folder / RECORDS)])
    assert not store.records().closed


@pytest.mark.skipif(not LINUX, reason="the kernel tells of its locks on Linux alone")
def test_locks_stay_while_records_are_copied(store: Store, folder: Path, tmp_path: Path) -> None:
    def read(session: Session) -> list[bool]:
        session.scalar(text("SELECT count(*) FROM person"))
        held = [holds_lock(folder / RECORDS)]
        store.ask(export.export, tmp_path / "export")
        held.append(holds_lock(folder / RECORDS))
        with store.still():
            store.records().read(16)
        held.append(holds_lock(folder / RECORDS))
        return held

    assert store.ask(read) == [True, True, True]


@pytest.mark.skipif(not LINUX, reason="the kernel tells of its locks on Linux alone")
def test_control_one_careless_read_drops_the_lock(store: Store, folder: Path) -> None:
    def read(session: Session) -> list[bool]:
        session.scalar(text("SELECT count(*) FROM person"))
        held = [holds_lock(folder / RECORDS)]
        with watching(folder) as found:
            (folder / RECORDS).read_bytes()
            assert len(found) == 1
        return [*held, holds_lock(folder / RECORDS)]

    assert store.ask(read) == [True, False]


def names_records(tree: ast.AST) -> set[str]:
    """Name the functions that mention the records and open or copy files by Python's own means."""
    found: set[str] = set()
    openers = {
        "open",
        "read_bytes",
        "read_text",
        "copy",
        "copy2",
        "copyfile",
        "copytree",
        "hash_file",
    }
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        nodes = list(ast.walk(function))
        about = any(
            isinstance(node, ast.Name) and node.id in {"RECORDS", "records"} for node in nodes
        )
        calls = [node.func for node in nodes if isinstance(node, ast.Call)]
        named = {getattr(call, "attr", getattr(call, "id", "")) for call in calls}
        if about and named & openers:
            found.add(function.name)
    return found


# Each opens the records while no engine of this process is on them, or keeps what it opened open.
MAY = {
    "lockfile.py": {"has_journal"},  # the journal's first byte; the locks are on the other file
    "opening_proof.py": {"prove_file"},
    "engine.py": {"open_one", "writer", "reader"},
    "backup.py": {"_source", "_written"},
    "container.py": {"extract"},
    "restore.py": {"_brought_back"},
    "rotation.py": set[str](),
    "mending.py": {"repair_start", "_first_page"},
    "store.py": {"records", "_open_records"},
}


def test_source_opens_the_records_where_it_was_thought_about() -> None:
    found = {
        path.name: names
        for path in SOURCES
        if "records" in (source := path.read_text("utf-8")).lower()  # else there is no such name
        and (names := names_records(ast.parse(source)) - MAY.get(path.name, set()))
    }
    assert found == {}


def test_control_the_lint_sees_what_it_should() -> None:
    bad = "def f(folder):\n    return (folder / RECORDS).read_bytes()\n"
    assert names_records(ast.parse(bad)) == {"f"}


def test_one_window_of_two(store: Store, folder: Path, run: Run, kept: Kept) -> None:
    said = run("agenda", "a.cmdesk")
    assert said.code == 1
    assert "open in another window" in said.err
    assert one_sentence(said.err)
    with pytest.raises(Problem, match="another window"):
        kept.open(folder)
    store.note("Printed", "print")


def test_two_that_start_at_once(kept: Kept, folder: Path) -> None:
    """Of many that try at the same moment one gets in, and the others are told."""
    got: list[Store] = []
    told: list[str] = []
    ready = threading.Barrier(6)

    def go() -> None:
        ready.wait()
        try:
            got.append(kept.open(folder))
        except Problem as problem:
            told.append(problem.message)

    threads = [threading.Thread(target=go) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(got), len(told)) == (1, 5)
    got[0].close()


STALE = {
    "dead process": "4194303 2026-03-09T16:00:00+00:00 {host}",
    "this very process": "{pid} 2026-03-09T16:00:00+00:00 {host}",
    "another computer": "17 2026-03-09T16:00:00+00:00 elsewhere",
    "empty": "",
    "garbage": "\0\0\0\0\0\0\0 \0",
    "long": "9" * 5_000,
}


@pytest.mark.parametrize("what", STALE)
def test_a_stale_lock_keeps_nobody_out(kept: Kept, folder: Path, what: str) -> None:
    """The text in it is for the message alone: the kernel knows who holds it."""
    (folder / LOCK).write_text(STALE[what].format(pid=os.getpid(), host=platform.node()))
    store = kept.open(folder)
    store.note("Printed", "print")
    store.close()
    assert (folder / LOCK).read_bytes() == b""


@pytest.mark.parametrize("what", ["garbage", "long"])
def test_whoever_holds_it_is_named_as_far_as_the_text_goes(
    kept: Kept, folder: Path, what: str
) -> None:
    store = kept.open(folder)
    try:
        (folder / LOCK).write_text(STALE[what])
        with pytest.raises(Problem) as told:
            kept.open(folder)
    finally:
        store.close()
    assert "another window" in told.value.message
    assert len(told.value.message) < 200


def test_a_foreign_program_that_reads_is_waited_for(kept: Kept, folder: Path, store: Store) -> None:
    held = kept.fresh_keys()
    other = engine.connect(folder / RECORDS, held)
    held.forget()
    other.execute("BEGIN")
    other.execute("SELECT count(*) FROM person").fetchone()
    done = threading.Event()

    def save() -> None:
        store.note("Printed", "print")
        done.set()

    thread = threading.Thread(target=save)
    thread.start()
    assert not done.wait(0.3)
    other.execute("COMMIT")
    assert done.wait(20)
    thread.join()
    other.close()


def test_a_foreign_program_that_writes_is_named(kept: Kept, folder: Path, store: Store) -> None:
    held = kept.fresh_keys()
    other = engine.connect(folder / RECORDS, held)
    held.forget()
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(Problem, match="Another program"):
        store.note("Printed", "print")
    other.execute("ROLLBACK")
    other.close()
    store.note("Printed", "print")


def test_plain_sqlite_finds_nothing_to_read(folder: Path, store: Store) -> None:
    script = (
        "import sqlite3, sys\n"
        "try: sqlite3.connect(sys.argv[1]).execute('SELECT * FROM person')\n"
        "except sqlite3.DatabaseError as error: print(error)"
    )
    command = [sys.executable, "-c", script, str(folder / RECORDS)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert "not a database" in said
    store.note("Printed", "print")
    assert sqlite3.sqlite_version
