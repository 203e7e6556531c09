"""A vault's folder gets its name once it is whole; what a kill left is swept later."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.store import new_folder
from cmdesk.store.header import HEADER, RECORDS
from tests.store.small import NOON


def remains(place: Path, name: str, *held: str, days: float) -> Path:
    folder = place / name
    folder.mkdir()
    for each in held:
        (folder / each).touch()
    at = (NOON - timedelta(days=days)).timestamp()
    os.utime(folder, (at, at))
    return folder


def test_it_gets_its_name_at_the_end(tmp_path: Path) -> None:
    wanted = tmp_path / "some" / "where" / "Practice"
    with new_folder.beside(wanted, NOON) as part:
        (part / RECORDS).touch()
        assert not wanted.exists()
    assert (wanted / RECORDS).exists()
    assert [found.name for found in wanted.parent.iterdir()] == ["Practice"]


def test_a_failure_leaves_not_even_the_folders_above(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no"), new_folder.beside(tmp_path / "a" / "b", NOON):
        raise ValueError("no")
    assert list(tmp_path.iterdir()) == []


def test_what_a_kill_left_is_swept_a_day_later_and_nothing_else(tmp_path: Path) -> None:
    old = remains(tmp_path, ".Practice.0a1b2c3d.part", HEADER, RECORDS, days=2)
    kept = [
        remains(tmp_path, ".Practice.0a1b2c3e.part", HEADER, days=0.5),
        remains(tmp_path, ".Practice.0a1b2c3f.part", HEADER, "letter.txt", days=2),
        remains(tmp_path, "Practice.0a1b2c3d.part", HEADER, days=2),
    ]
    with new_folder.beside(tmp_path / "Other", NOON):
        pass
    assert not old.exists()
    assert all(folder.exists() for folder in kept)
