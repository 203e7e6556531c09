"""One filled vault per run; few blows for each change, many for the long run."""

from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.cli.main import main
from tests import once
from tests.acceptance.conftest import Said
from tests.hostile import kept as keeping
from tests.hostile.kept import Kept
from tests.records import PASSPHRASE

HERE = Path(__file__).parent
Amount = Callable[[int, int], int]
Run = Callable[..., Said]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.hostile)


@pytest.fixture(scope="session")
def torture(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--torture"))


@pytest.fixture(autouse=True)
def each_once(monkeypatch: pytest.MonkeyPatch, torture: bool) -> None:
    """Stretch a passphrase once for each change; in the long run at every door."""
    if not torture:
        once.work_out_once(monkeypatch)


@pytest.fixture(scope="session")
def amount(torture: bool) -> Amount:
    """Return a function that chooses between the few of every change and the many of the night."""
    return lambda few, many: many if torture else few


@pytest.fixture(scope="session")
def fuzz_seconds(request: pytest.FixtureRequest) -> int:
    return int(request.config.getoption("--fuzz-seconds") or 10)


@pytest.fixture(scope="session")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    return keeping.make(tmp_path_factory.mktemp("kept") / "maya.cmdesk")


@pytest.fixture
def folder(kept: Kept, tmp_path: Path) -> Path:
    """Return a fresh closed vault."""
    return kept.copied(tmp_path / "a.cmdesk")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that runs one command in the test's folder with the right passphrase."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "passphrase").write_text(PASSPHRASE + "\n", "utf-8")

    def command(*words: str, opens: bool = True) -> Said:
        given = [*words, *(("--passphrase-file", "passphrase") if opens else ())]
        try:
            code = main(given)
        except SystemExit as left:
            code = int(left.code or 0)
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        assert "bug of ours" not in said.err
        assert PASSPHRASE not in said.out + said.err
        return Said(code, said.out, said.err)

    return command


def one_sentence(said: str) -> bool:
    return said.startswith("cmdesk: ") and said.count("\n") == 1 and said.rstrip()[-1] in ".?”)"
