"""One empty practice is made per run and copied for every test."""

from collections.abc import Callable, Generator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import cmdesk.models
from cmdesk.models.base import Base
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from tests.records import Template, closed, open_copy

assert cmdesk.models  # complete metadata needs every table imported

PASSPHRASE: Final = "lantern river oatmeal crooked"
MONDAY_NOON: Final = datetime(2026, 3, 9, 16, tzinfo=UTC)  # noon in New York


def clock() -> datetime:
    return MONDAY_NOON


@pytest.fixture(scope="session")
def empty_vault(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template") / "empty.cmdesk"
    return closed(vault.create(folder, PASSPHRASE, Base.metadata, clock, kdf=FLOOR)[0])


def opened(empty_vault: Template, folder: Path) -> Store:
    return open_copy(empty_vault, clock, folder)


@pytest.fixture
def store(empty_vault: Template, tmp_path: Path) -> Generator[Store]:
    made = opened(empty_vault, tmp_path / "practice.cmdesk")
    yield made
    made.close()


Rows = Callable[[type[Any]], list[dict[str, Any]]]


@pytest.fixture
def rows(store: Store) -> Rows:
    """Return a function that reads all rows of a table as plain values."""

    def read(session: Session, kind: type[Any]) -> list[dict[str, Any]]:
        columns = kind.__table__.columns
        found = session.execute(select(*columns).order_by(columns["id"]))
        return [dict(row._mapping) for row in found]

    return lambda kind: store.ask(read, kind)
