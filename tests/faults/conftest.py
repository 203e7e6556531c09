"""A stage per worker, numbers for each change or for the long run, and a table at the end."""

import os
import secrets
import shutil
from collections.abc import Generator
from pathlib import Path
from random import Random

import pytest

from tests import once
from tests.faults import shim
from tests.faults.operations import OPERATIONS
from tests.faults.stage import Stage
from tests.faults.tally import Sizes, Tally, table

HERE = Path(__file__).parent
SEED = "CMDESK_FAULT_SEED"
LONG_CONTROLS = ("test_who_does_it_wrong_is_caught", "test_who_does_not_sync_is_caught")
KINDS = (
    *("test_power_cut", "test_killed_at_a_call", "test_disk_full"),
    *("test_the_disk_fails_at_a_call", "test_killed_at_a_moment"),
)


def pytest_configure(config: pytest.Config) -> None:
    """Judge one change like the next; seek new cases in the long run."""
    fresh = config.getoption("--torture")
    os.environ.setdefault(SEED, str(secrets.randbelow(10**9)) if fresh else "20261122")


def pytest_report_header() -> str:
    return f"faults: {SEED}={os.environ[SEED]}"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.faults)
            if not config.getoption("--torture") and waits(item):
                item.add_marker(pytest.mark.skip(reason="part of the long run"))


def waits(item: pytest.Item) -> bool:
    """For each change an operation meets one kind of fault, and each kind two operations."""
    kind, _, name = item.name.rstrip("]").partition("[")
    if kind in LONG_CONTROLS:
        return True
    if kind not in KINDS or name not in OPERATIONS:
        return False
    return (KINDS.index(kind) + list(OPERATIONS).index(name)) % len(KINDS) != 2


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    told = terminalreporter.stats.get("", [])  # where a teardown that went well is kept
    reports = [report for report in told if getattr(report, "when", "") == "teardown"]
    for line in table([dict(report.user_properties) for report in reports]):
        terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def sizes(request: pytest.FixtureRequest) -> Sizes:
    return Sizes.of(torture=bool(request.config.getoption("--torture")))


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = shim.missing()
    if missing:
        pytest.skip(missing)
    return shim.build(tmp_path_factory.mktemp("shim"))


@pytest.fixture(scope="session")
def stage(
    library: Path, sizes: Sizes, tmp_path_factory: pytest.TempPathFactory
) -> Generator[Stage]:
    place = tmp_path_factory.mktemp("stage")
    made = Stage(place, library, sizes.clients)
    yield made
    made.close()
    shutil.rmtree(place)


@pytest.fixture(autouse=True)
def each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compile statements once for those who judge; what is hurt runs in processes of its own."""
    once.work_out_once(monkeypatch)


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Random:
    """Give each test its own numbers, the same whatever ran before it."""
    return Random(f"{os.environ[SEED]} {request.node.name}")  # noqa: S311 - faults to replay


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Generator[Tally]:
    kept = Tally(f"seed {os.environ[SEED]}")
    yield kept
    request.node.user_properties.append(("faults", kept.told()))
