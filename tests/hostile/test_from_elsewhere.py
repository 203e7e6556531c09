"""S7: hostile tables, address books and practice files: in, or refused in words, in one piece."""

import os
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.errors import Problem
from cmdesk.exchange import intake
from cmdesk.exchange.export import practice_file
from cmdesk.exchange.result import Result
from cmdesk.store.journal import Label
from cmdesk.store.store import Store
from tests.hostile.conftest import Run
from tests.hostile.from_elsewhere import CARDS, PRACTICES, ROW, TABLES, Maker, table
from tests.hostile.kept import Kept, tell

ROOT = Path(__file__).parents[2]
MOST_MEMORY = 256 * 1024  # KiB, over what the program takes by itself
ALL = {
    f"{kind}: {name}": made
    for kind, makers in (("table", TABLES), ("card", CARDS), ("practice", PRACTICES))
    for name, made in makers.items()
}
ENDINGS = {"table": "csv", "card": "vcf", "practice": "json"}
THROUGH_THE_DOOR = sorted(ALL)[::12]


@pytest.fixture(scope="module")
def store(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    made = kept.open(kept.copied(tmp_path_factory.mktemp("elsewhere") / "a.cmdesk"))
    yield made
    made.close()


def audited(session: Session) -> int:
    return int(session.scalar(text("SELECT count(*) FROM audit")) or 0)


def taken(store: Store, data: bytes, name: str) -> Result | Problem:
    label = Label("Import", undoable=False)
    try:
        return store.do(label, intake.bring_in, data, None, name)
    except Problem as problem:
        return problem


@pytest.mark.parametrize("name", ALL)
def test_taken_or_refused_whole(store: Store, name: str) -> None:
    """What is refused leaves nothing; what is taken is one act of the trail."""
    make, expected = ALL[name]
    before, rows = store.ask(practice_file), store.ask(audited)
    found = taken(store, make(), f"x.{ENDINGS[name.partition(':')[0]]}")
    if isinstance(found, Problem):
        assert found.message.endswith((".", "?", "”")), found.message
        assert "\n" not in found.message
        assert len(found.message) < 600
        assert expected in (False, None), found.message
        assert store.ask(practice_file) == before
        assert store.ask(audited) == rows
    else:
        assert expected in (True, None), found
        assert store.ask(audited) - rows <= 1
        assert all(skipped.why for skipped in found.skipped)


def test_there_are_enough_of_them() -> None:
    assert len(TABLES) >= 40
    assert len(CARDS) >= 30
    assert len(PRACTICES) >= 20


def test_control_a_reader_as_it_comes_breaks() -> None:
    """The standard library's own, on the very files: what it raises is not for people's eyes."""
    import csv  # noqa: PLC0415
    import json  # noqa: PLC0415

    with pytest.raises(RecursionError):
        json.loads(PRACTICES["deep lists"][0]())
    csv.field_size_limit(131_072)
    try:
        with pytest.raises(csv.Error):
            list(csv.reader(TABLES["10 MB cell"][0]().decode().splitlines()))
    finally:
        csv.field_size_limit(2**31 - 1)


@pytest.mark.parametrize("name", THROUGH_THE_DOOR)
def test_through_the_command_line(folder: Path, run: Run, tmp_path: Path, name: str) -> None:
    make, expected = ALL[name]
    file = tmp_path / f"x.{ENDINGS[name.partition(':')[0]]}"
    file.write_bytes(make())
    rehearsed = run("import", "a.cmdesk", file.name, "--dry-run", "--json")
    said = run("import", "a.cmdesk", file.name, "--json")
    assert said.code == rehearsed.code
    assert said.code == (0 if expected else 1) or expected is None
    assert said.code or said.json["files"][0]["skipped"] == rehearsed.json["files"][0]["skipped"]


BIG = ("table: 10 MB cell", "table: row of 200,000 cells", "table: 10 MB quoted cell of lines",
       "card: 10 MB photo", "card: folded bomb", "practice: deep lists",
       "practice: 10 MB narrative")  # fmt: skip
OF_EACH_KIND = ("table: 10 MB quoted cell of lines", "card: 10 MB photo",
                "practice: 10 MB narrative")  # fmt: skip


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_memory_stays_small(kept: Kept, tmp_path: Path, torture: bool) -> None:
    """One process takes the largest of them, one after the other; else one of each kind."""
    assert peak(kept, tmp_path, BIG if torture else OF_EACH_KIND) < MOST_MEMORY


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_a_million_rows(kept: Kept, tmp_path: Path, torture: bool) -> None:
    if not torture:
        pytest.skip("part of the long run")
    assert peak(kept, tmp_path, ("table: a million rows",)) < MOST_MEMORY + 128 * 1024


def a_million_rows() -> bytes:
    return table(ROW * 1_000_000)


def peak(kept: Kept, tmp_path: Path, names: tuple[str, ...]) -> int:
    """Return the peak of memory, in KiB, above what a process has that imported a small file."""
    folder = kept.copied(tmp_path / "a.cmdesk")
    words = [sys.executable, "-m", "tests.hostile.take_in", str(folder), kept.code]
    done = subprocess.run(
        [*words, *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
        env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    base, top = map(int, done.stdout.split())
    tell(f"{names}: {top // 1024} MB at the peak, {base // 1024} MB before")
    return top


MORE: dict[str, tuple[Maker, bool | None]] = {"table: a million rows": (a_million_rows, None)}
