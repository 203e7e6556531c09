"""E-mail drafts lie in a folder of the owner's alone, and are gone with the lock."""

import tempfile
from collections.abc import Generator
from pathlib import Path

import pytest

from cmdesk.ui import locking, outbox
from cmdesk.ui.handing import mail_place


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Generator[Path]:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    outbox.empty()
    yield tmp_path
    outbox.empty()


def test_a_draft_is_for_its_owner_alone_until_the_lock(temporary: Path) -> None:
    left = temporary / f"{outbox.PREFIX}of-a-crash"
    left.mkdir()
    (left / "Update.eml").write_bytes(b"left")
    (temporary / "somebody-elses").mkdir()
    places = [mail_place("Update 2026-03-09.eml") for _ in range(2)]
    assert {place.name for place in places} == {"Update 2026-03-09.eml"}
    assert {place.parent.stat().st_mode & 0o777 for place in places} == {0o700}
    for place in places:
        place.write_bytes(b"draft")
    assert not left.exists()
    locking.forget_folders()
    assert [path.name for path in temporary.iterdir()] == ["somebody-elses"]
