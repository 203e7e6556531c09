"""One small vault is made per run and copied for every test."""

import shutil
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from tests import once
from tests.store import small

Opener = Callable[..., Store]


@pytest.fixture
def each_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests that are not of the ways in: a passphrase is stretched once for all of them."""
    once.work_out_once(monkeypatch)


@pytest.fixture(scope="session")
def migrations(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small.migrations(tmp_path_factory.mktemp("small") / "migrations")


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, migrations: Path) -> tuple[Path, str]:
    """Return a closed vault and its recovery code."""
    folder = tmp_path_factory.mktemp("template") / "small.cmdesk"
    store, code = vault.create(
        folder, small.PASSPHRASE, small.SMALL, small.noon, kdf=FLOOR, migrations=migrations
    )
    store.close()
    return folder, code


@pytest.fixture
def folder(template: tuple[Path, str], tmp_path: Path) -> Path:
    """Return a fresh closed vault."""
    return Path(shutil.copytree(template[0], tmp_path / "small.cmdesk"))


@pytest.fixture
def code(template: tuple[Path, str]) -> str:
    return template[1]


@pytest.fixture
def opened(folder: Path, code: str, migrations: Path) -> Generator[Opener]:
    """Return a function that unlocks and opens the vault; all are closed at the end."""
    stores: list[Store] = []

    def open_it(*, read_only: bool = False, accept: bool = False) -> Store:
        stores.append(
            vault.unlock_and_open(
                folder,
                small.SMALL,
                small.noon,
                code=code,
                migrations=migrations,
                read_only=read_only,
                accept=accept,
            )
        )
        return stores[-1]

    yield open_it
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Opener) -> Store:
    return opened()
