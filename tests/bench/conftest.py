"""The promised figures stand together at the end of a run."""

from collections.abc import Generator
from pathlib import Path

import pytest

from cmdesk.cli.demo import SAMPLE_PASSPHRASE
from cmdesk.cli.main import main
from cmdesk.store.engine import Raw
from cmdesk.store.store import Store
from tests.bench.big_vault import Big, big_vault
from tests.bench.floor import FIGURES


@pytest.fixture(scope="session")
def big() -> Big:
    return big_vault()


@pytest.fixture(scope="session")
def big_store(big: Big) -> Generator[Store]:
    """Open the large practice for reading; those who write take a copy."""
    opened = big.store()
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def big_raw(big: Big) -> Generator[Raw]:
    raw = big.raw()
    yield raw
    raw.close()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the sample practice's vault and the file with its passphrase."""
    folder = tmp_path_factory.mktemp("sample")
    assert main(["demo", str(folder / "made")]) == 0
    (folder / "passphrase").write_text(SAMPLE_PASSPHRASE, "utf-8")
    return folder / "made" / "Whitlock.cmdesk", folder / "passphrase"


@pytest.fixture
def copied(big: Big, tmp_path: Path) -> Big:
    return big.copied(tmp_path / "copied.cmdesk")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if FIGURES:
        terminalreporter.section("promised figures (p95)")
        for figure in FIGURES:
            terminalreporter.write_line(figure.line)
