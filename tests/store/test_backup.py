import shutil
from pathlib import Path

import pytest

from cmdesk.errors import Cancelled, Damaged, Problem, WrongSecret
from cmdesk.store import backup, keys, restore, vault
from cmdesk.store.store import Store
from tests.store import small


@pytest.fixture
def filled(store: Store) -> Store:
    client = store.do("Add client", small.add_client, "Maya", b"\x01" * 300_000)
    store.do("Add note", small.add_note, client, "walked to the harbor")
    return store


@pytest.fixture
def place(tmp_path: Path) -> Path:
    (tmp_path / "drive").mkdir()
    return tmp_path / "drive"


def test_a_backup_comes_back_as_it_was(
    filled: Store, place: Path, tmp_path: Path, code: str, migrations: Path
) -> None:
    before = filled.ask(small.everything)
    made = backup.make(filled, place)
    assert [made.file] == list(place.iterdir())
    assert made.file.name == "2026-11-22T120000Z-by-hand.cmbak"
    assert made.rows["note"] == 1
    assert backup.verify(made.file, filled.keys) == made.holds
    held = restore.restore(made.file, tmp_path / "back.cmdesk", code=code, clock=small.noon)
    back = vault.open_store(
        tmp_path / "back.cmdesk", held, small.SMALL, small.noon, migrations=migrations
    )
    assert back.ask(small.everything) == before
    print(back.ask(small.trail))
    back.close()
    drilled = restore.drill(filled, made.file)
    print(drilled)
    assert [made.file] == list(place.iterdir())
