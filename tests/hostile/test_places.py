"""D6: folders and files that may not be written, are gone, moved, or on a drive pulled out."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from cmdesk.cli.main import main
from cmdesk.errors import Damaged, Problem
from cmdesk.store import engine
from cmdesk.store.header import RECORDS
from tests.hostile.conftest import Run, one_sentence
from tests.hostile.kept import Kept, hashes

ROOT = Path(__file__).parents[2]
Refused = Callable[..., str]
AS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0


@contextmanager
def sealed(*places: Path) -> Generator[None]:
    """Keep even root from writing there: root ignores modes, but not the immutable flag."""
    if not AS_ROOT:
        for place in places:
            place.chmod(0o500 if place.is_dir() else 0o400)
    elif (
        not shutil.which("chattr")
        or subprocess.run(["chattr", "+i", *places], capture_output=True, check=False).returncode
    ):
        pytest.skip("this file system knows no immutable flag, and root may write anywhere")
    try:
        yield
    finally:
        if AS_ROOT:
            subprocess.run(["chattr", "-i", *places], check=True)
        else:
            for place in places:
                place.chmod(0o700)


def listing(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


@pytest.fixture
def refused(run: Run, tmp_path: Path, folder: Path) -> Refused:
    """Return a function that runs a command which must be refused in words, leaving nothing."""

    def command(*words: str) -> str:
        files = listing(tmp_path)
        said = run(*words)
        assert (said.code, said.out) == (1, ""), said
        assert one_sentence(said.err), said.err
        assert listing(tmp_path) == files
        return said.err

    return command


def test_read_only_folder(kept: Kept, folder: Path, refused: Refused) -> None:
    before = hashes(folder)
    with sealed(*(path for path in (folder, *folder.iterdir()) if path.name != "backups")):
        said = refused("agenda", "a.cmdesk")
    assert "written" in said
    assert hashes(folder) == before
    kept.open(folder).close()


def test_read_only_records(kept: Kept, folder: Path, refused: Refused) -> None:
    records = hashes(folder)[RECORDS]
    with sealed(folder / RECORDS):
        said = refused("agenda", "a.cmdesk")
    assert "written" in said
    assert hashes(folder)[RECORDS] == records
    kept.open(folder).close()


def test_read_only_header(kept: Kept, folder: Path, run: Run) -> None:
    """What needs no new header may go on; what does is refused in words. Nothing is lost."""
    with sealed(folder / "header.json"):
        said = run("agenda", "a.cmdesk", "--json")
    assert said.code in (0, 1)
    assert said.code == 0 or one_sentence(said.err)
    kept.open(folder).close()


def test_read_only_target(folder: Path, refused: Refused, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    with sealed(locked):
        for words in (
            ("export", "a.cmdesk", "--out", "locked/export"),
            ("backup", "a.cmdesk", "--to", "locked"),
            ("new", "locked/b.cmdesk"),
        ):
            said = refused(*words)
            assert "locked" in said or "written" in said
    assert list(locked.iterdir()) == []


@pytest.mark.parametrize("name", ["nowhere.cmdesk", "nowhere/at/all.cmdesk", "passphrase/a.cmdesk"])
def test_missing_folder(refused: Refused, name: str) -> None:
    assert "not a cmdesk vault" in refused("agenda", name) or name.startswith("nowhere")


def test_vanished_while_open(kept: Kept, folder: Path) -> None:
    """Nothing more is acknowledged, nothing is made anew, and closing is quiet."""
    store = kept.open(folder)
    shutil.rmtree(folder)
    with pytest.raises(Problem) as told:
        store.note("Printed", "print")
    assert "moved or deleted" in told.value.message
    store.close()
    assert not folder.exists()


@pytest.mark.parametrize("back", [False, True], ids=["stays away", "comes back"])
def test_moved_while_open(kept: Kept, folder: Path, back: bool) -> None:
    store = kept.open(folder)
    moved = folder.with_name("moved.cmdesk")
    folder.rename(moved)
    with pytest.raises(Problem, match="moved or deleted"):
        store.note("Printed", "print")
    if back:
        moved.rename(folder)
        store.note("Printed", "print")
    store.close()
    assert folder.exists() == back
    kept.open(folder if back else moved).close()


def test_replaced_while_open(kept: Kept, folder: Path) -> None:
    """Another file under the same name is not written to."""
    store = kept.open(folder)
    records = folder / RECORDS
    copy = records.with_name("copy")
    shutil.copy(records, copy)
    copy.replace(records)
    before = records.read_bytes()
    with pytest.raises(Problem, match="moved or deleted"):
        store.note("Printed", "print")
    store.close()
    assert records.read_bytes() == before


def test_control_without_the_watch_the_words_would_be_others(kept: Kept, folder: Path) -> None:
    """SQLite itself calls a file that was moved away a read-only one."""
    held = kept.fresh_keys()
    raw = engine.connect(folder / RECORDS, held)
    held.forget()
    raw.execute("SELECT count(*) FROM person").fetchone()
    (folder / RECORDS).rename(folder / "moved.db")
    with pytest.raises(Exception, match="readonly"):
        raw.execute("UPDATE person SET notes = 'lost'")
    raw.close()


def may_mount() -> bool:
    if not shutil.which("unshare"):
        return False
    asked = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


on_a_drive = pytest.mark.skipif(not may_mount(), reason="no mounts may be made here")


SCENES = ("read_only", "pulled", "pulled_while_backing_up")


@pytest.fixture(scope="module")
def played(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Play the scenes in a process with drives of its own, mounted for it alone."""
    place = tmp_path_factory.mktemp("drives")
    words = [sys.executable, "-m", "tests.hostile.drive", str(kept.folder), kept.code, str(place)]
    done = subprocess.run(
        ["unshare", "-rm", *words, *SCENES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


@on_a_drive
@pytest.mark.xdist_group("drives")  # they are played once
@pytest.mark.parametrize("scene", SCENES)
def test_drive(played: dict[str, Any], scene: str) -> None:
    told = played[scene]
    assert told["sentences"]
    assert all(sentence[-1] in ".?" for sentence in told["sentences"])
    assert told["unexpected"] == []
    assert told["made"] == []


def test_control_the_command_line_knows_both_kinds_of_refusal() -> None:
    assert (Problem.exit_code, Damaged.exit_code) == (1, 5)
    assert main(["agenda", "nowhere.cmdesk", "--passphrase-file", "nowhere"]) == 1
