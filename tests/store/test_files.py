import os
from pathlib import Path

import pytest

from cmdesk.store.files import atomic_write


def test_a_file_is_replaced_whole_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "header.json"
    atomic_write(path, b"one")
    atomic_write(path, b"two" * 1_000_000)
    assert path.read_bytes() == b"two" * 1_000_000
    assert os.listdir(tmp_path) == ["header.json"]  # noqa: PTH208 - names alone
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    place = tmp_path / "there"
    place.mkdir()
    (place / "inside").touch()
    with pytest.raises(OSError, match="there"):
        atomic_write(place, b"data")  # a folder is in the way
    assert [path.name for path in tmp_path.iterdir()] == ["there"]
