import logging
import os
from collections.abc import Generator
from pathlib import Path

import pytest

from cmdesk import logs


@pytest.fixture
def log(tmp_path: Path) -> Generator[Path]:
    yield logs.start(tmp_path / "logs")
    logs.stop()


def test_an_error_is_logged_by_type_and_place_never_by_its_text(log: Path) -> None:
    people: dict[str, int] = {}
    logger = logging.getLogger("cmdesk.store")
    try:
        int(people["Maya Brenner"])
    except KeyError:
        try:
            int("Diane at 5 pm")
        except ValueError:
            logger.exception("Saving %d rows failed", 3)
    written = log.read_text()
    assert "Saving 3 rows failed" in written
    assert "ValueError from KeyError" in written
    assert "test_logs.py" in written
    assert "Maya" not in written
    assert "Diane" not in written
    if os.name != "nt":
        assert log.stat().st_mode & 0o077 == 0


def test_codes_are_kept() -> None:
    assert logs.describe(OSError(28, "No space", "/home/maya")) == "OSError(28)"


def test_starting_twice_writes_once(log: Path, tmp_path: Path) -> None:
    logs.start(tmp_path / "logs")
    logging.getLogger("cmdesk").warning("once")
    assert log.read_text().count("once") == 1
