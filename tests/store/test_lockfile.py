"""Two processes and one vault."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from cmdesk.errors import Problem
from cmdesk.store import lockfile
from cmdesk.store.check import check
from tests.store import small
from tests.store.conftest import Opener

ROOT = Path(__file__).parents[2]
TAKE = """
import os, sys
from pathlib import Path
from cmdesk.errors import Problem
from cmdesk.store import lockfile
from tests.store.small import NOON
try:
    held = lockfile.take(Path(sys.argv[1]), NOON)
except Problem as problem:
    print(problem)
    raise SystemExit(problem.exit_code)
os._exit(9)
"""
SAVE = """
import sys
from pathlib import Path
from cmdesk.store import vault
from tests.store import small
store = vault.unlock_and_open(
    Path(sys.argv[1]), small.SMALL, small.noon,
    passphrase=small.PASSPHRASE, migrations=Path(sys.argv[2]))
while True:
    print(store.do("Add", small.add_client, "x" * 5000), flush=True)
"""


def other(script: str, *arguments: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)


def test_a_second_process_is_refused_and_told_by_whom(folder: Path, opened: Opener) -> None:
    opened()
    with other(TAKE, folder) as asked:
        said, _ = asked.communicate()
    assert asked.returncode == 1
    assert said.startswith("This vault is open in another window (since 2026-11-2")
    assert f"process {os.getpid()}" in said


def test_a_second_window_of_this_process_is_refused(opened: Opener) -> None:
    store = opened()
    with pytest.raises(Problem, match="open in another window"):
        opened()
    store.close()
    opened()


def test_the_lock_of_a_process_that_died_does_not_hold(folder: Path, opened: Opener) -> None:
    with other(TAKE, folder) as died:
        died.communicate()
    assert died.returncode == 9
    assert (folder / "lock").read_bytes()
    opened().close()
    assert not (folder / "lock").read_bytes()


@pytest.mark.parametrize("text", [b"", b"garbage", b"1 2", b"\xff" * 300])
def test_the_text_in_the_lock_file_decides_nothing(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "lock").write_bytes(text)
    held = lockfile.take(tmp_path, small.NOON)
    (tmp_path / "lock").write_bytes(text)
    with pytest.raises(Problem, match="open in another window"):
        lockfile.take(tmp_path, small.NOON)
    lockfile.release(held)


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="can't be written to"):
        lockfile.take(tmp_path / "gone", small.NOON)


def test_every_acknowledged_save_survives_a_kill(
    folder: Path, migrations: Path, opened: Opener
) -> None:
    for saves in (3, 17):
        with other(SAVE, folder, migrations) as child:
            assert child.stdout
            acknowledged = [int(child.stdout.readline()) for _ in range(saves)]
            child.kill()
            acknowledged += [int(line) for line in child.stdout.read().split()]
        store = opened()
        assert set(acknowledged) <= set(store.ask(small.clients))
        assert check(store) == []
        store.close()
