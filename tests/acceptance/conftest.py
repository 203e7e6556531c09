"""The program from outside: files in, files out, exit codes, and nothing left behind."""

import copy
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from cmdesk import clock
from cmdesk.cli.main import main
from cmdesk.cli.opening import METADATA
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from tests import once

PASSPHRASE = "lantern river oatmeal crooked"
WEEK = ("--client", "Maya", "--to", "Diane", "--from", "2026-03-02", "--until", "2026-03-08")
EXAMPLE: dict[str, Any] = json.loads((Path(__file__).parent / "example.json").read_text("utf-8"))


@dataclass(frozen=True)
class Said:
    """What one command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Said]


@pytest.fixture(autouse=True)
def each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    once.work_out_once(monkeypatch)


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside") / "empty.cmdesk"
    store, _ = vault.create(folder, PASSPHRASE, METADATA, clock.system, kdf=FLOOR)
    store.close()
    return folder


@pytest.fixture
def place(empty_vault: Path, tmp_path: Path) -> Path:
    """Return a folder with an empty vault `a.cmdesk` and its passphrase file."""
    shutil.copytree(empty_vault, tmp_path / "a.cmdesk")
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")
    return tmp_path


@pytest.fixture
def run(place: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs one command in that folder."""
    monkeypatch.chdir(place)

    def command(*words: str) -> Said:
        opens = words[0] not in {"recover", "doctor", "demo", "--version"}
        given = [*words, *(("--passphrase-file", "passphrase") if opens else ())]
        try:
            code = main(given)
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert PASSPHRASE not in said.out + said.err
        return Said(code, said.out, said.err)

    return command


@pytest.fixture
def example() -> dict[str, Any]:
    """Return the contract's practice file, without the correction that holds its entry back."""
    practice = copy.deepcopy(EXAMPLE)
    del practice["clients"][0]["entries"][0]["addenda"]
    practice["clients"][0]["consents"][0]["expires_on"] = "2099-12-31"
    return practice


@pytest.fixture
def filled(run: Run, place: Path, example: dict[str, Any]) -> Run:
    """Return `run` on a vault that holds the contract's practice."""
    (place / "practice.json").write_text(json.dumps(example), "utf-8")
    assert run("import", "a.cmdesk", "practice.json").code == 0
    return run


def everything(folder: Path) -> set[str]:
    """Return what stands in a folder, but for the vault's own files."""
    return {path.name for path in folder.iterdir()}
