"""The sample practice, a screen to open it on, and the program, ended with each test."""

import shutil
from collections.abc import Callable, Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from cmdesk.cli.main import main
from tests.window.screen import Driven, Screen

PASSPHRASE = "open the sample practice"
Drive = Callable[..., Driven]


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the vault of the sample practice. Copy it."""
    folder = tmp_path_factory.mktemp("sample")
    assert main(["demo", str(folder)]) == 0
    return next(folder.glob("*.cmdesk"))


@pytest.fixture(scope="session")
def screen() -> Generator[Screen]:
    made = Screen()
    yield made
    made.close()


@pytest.fixture
def vault(sample: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample, tmp_path / "Whitlock.cmdesk"))


@pytest.fixture
def drive(screen: Screen, tmp_path: Path) -> Generator[Drive]:
    """Return a function that starts the program with these words on its command line."""
    with ExitStack() as running:

        def start(*words: object) -> Driven:
            driven = Driven(screen, tmp_path, *map(str, words))
            running.callback(driven.close)
            return driven

        yield start


@pytest.fixture
def opened(drive: Drive, vault: Path) -> Driven:
    """Return the program with the sample practice open on the list of clients."""
    return on_clients(drive("--vault", vault))


def on_clients(driven: Driven) -> Driven:
    """Open the records and go to the list of clients."""
    driven.come_up()
    driven.type(PASSPHRASE)
    driven.keys("Return")
    driven.await_title("Today")
    driven.keys("ctrl+2")
    driven.await_title("Clients")
    driven.settle()
    return driven
