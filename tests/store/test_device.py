"""What this computer remembers of a vault, and what happens when that is damaged."""

import os
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk import folders
from cmdesk.errors import Damaged
from cmdesk.store import device, keys
from cmdesk.store.anchoring import device_key
from cmdesk.store.device import Note, Tries
from cmdesk.store.header import Anchor
from cmdesk.store.keys import Keys
from tests.store import small
from tests.store.conftest import Opener

LATER = small.NOON + timedelta(hours=3)
FULL = Note(
    "an id",
    "a place",
    Anchor(7, bytes(range(32)), 3, "2026-11-22T12:00:00+00:00"),
    4,
    bytes(32),
    Tries(2, small.NOON, LATER),
    LATER,
)


@pytest.fixture
def held(folder: Path, code: str) -> Keys:
    return keys.unlock(folder, code=code)


@pytest.fixture
def note(folder: Path, held: Keys) -> Path:
    """Return where the note of the vault lies; a note was made."""
    remember(folder, held, 5)
    return device.path_of(held.header.vault_id, folder)


def remember(folder: Path, held: Keys, seq: int) -> None:
    anchor = Anchor(seq, bytes([seq]) * 32, 1, "2026-11-22T12:00:00+00:00")
    device.remember(held.header.vault_id, folder, device_key(held), anchor, 9)


def recall(folder: Path, held: Keys) -> device.Memory:
    return device.recall(held.header.vault_id, folder, device_key(held))


@pytest.mark.parametrize(
    "note", [FULL, Note("", ""), replace(FULL, failed=None), replace(FULL, anchor=None, mac=None)]
)
def test_a_note_reads_as_it_was_written(note: Note) -> None:
    assert device.parse(device.write_out(note)) == note


def test_no_single_bit_passes(folder: Path, held: Keys, note: Path) -> None:
    device.failed(folder, small.NOON)
    device.note_backup(folder, LATER)
    whole = note.read_bytes()
    assert recall(folder, held).note
    for place in range(len(whole) * 8):
        harmed = bytearray(whole)
        harmed[place // 8] ^= 1 << place % 8
        with pytest.raises(Damaged):
            device.parse(bytes(harmed))


@given(st.binary(max_size=300))
def test_what_is_no_note_is_damaged_and_nothing_else(raw: bytes) -> None:
    with pytest.raises(Damaged):
        device.parse(raw)


@pytest.mark.parametrize(
    "fields",
    [b"[]", b"{}", b"[" * 5000, b"x" * 70_000, b'{"sum":1}', device.write_out(FULL) + b" "],
)
def test_what_is_almost_a_note_is_damaged(fields: bytes) -> None:
    with pytest.raises(Damaged):
        device.parse(fields)


def test_a_time_without_a_zone_is_damaged() -> None:
    raw = device.write_out(FULL).replace(b"+00:00", b"")
    with pytest.raises(Damaged):
        device.parse(raw)


def test_its_name_tells_nothing(folder: Path, held: Keys, note: Path) -> None:
    assert note.parent == folders.data() / "device"
    assert held.header.vault_id not in note.name
    assert "small" not in note.name
    if os.name != "nt":
        assert note.stat().st_mode & 0o077 == 0
        assert note.parent.stat().st_mode & 0o077 == 0


def test_what_is_remembered_comes_back(folder: Path, held: Keys, note: Path) -> None:
    found = recall(folder, held)
    assert found.note
    assert found.note.anchor
    assert (found.note.anchor.audit_seq, found.note.generation) == (5, 9)
    assert not found.damaged
    assert not found.elsewhere
    assert note.exists()


def test_an_anchor_changed_with_a_right_sum_is_not_believed(
    folder: Path, held: Keys, note: Path
) -> None:
    found = device.parse(note.read_bytes())
    assert found.anchor
    for changed in (
        replace(found, anchor=replace(found.anchor, audit_seq=4)),
        replace(found, anchor=None),
        replace(found, generation=1),
        replace(found, place="elsewhere"),
        replace(found, vault_id="another"),
    ):
        note.write_bytes(device.write_out(changed))
        assert recall(folder, held).damaged


def test_a_note_that_cannot_be_read_is_damaged(folder: Path, held: Keys, note: Path) -> None:
    note.unlink()
    note.mkdir()
    assert recall(folder, held).damaged
    assert device.last_backup(folder) is None
    device.failed(folder, small.NOON)  # counted nowhere, but nothing is stopped


def test_another_folder_has_its_own_note(folder: Path, held: Keys, note: Path) -> None:
    other = folder.with_name("moved.cmdesk")
    folder.rename(other)
    assert recall(other, held) == device.Memory(None, elsewhere=True)
    remember(other, held, 6)
    assert not recall(other, held).elsewhere
    assert note.exists()


def test_tries_are_counted_without_a_key_and_leave_the_anchor_alone(
    folder: Path, held: Keys, note: Path
) -> None:
    for hour in range(3):
        device.failed(folder, small.NOON + timedelta(hours=hour))
    found = recall(folder, held).note
    assert found
    assert found.failed == Tries(3, small.NOON, small.NOON + timedelta(hours=2))
    assert found.anchor
    remember(folder, held, 6)
    found = recall(folder, held).note
    assert found
    assert found.failed
    device.forget_failed(folder)
    found = recall(folder, held).note
    assert found
    assert found.failed is None
    assert found.anchor == replace(found.anchor or FULL.anchor, audit_seq=6)  # pyright: ignore[reportArgumentType] - it is there


def test_the_last_backup_is_known_without_a_key(folder: Path) -> None:
    assert device.last_backup(folder) is None
    device.note_backup(folder, LATER)
    assert device.last_backup(folder) == LATER
    assert device.last_backup(folder.parent / "nothing") is None


def test_at_the_door_a_damaged_note_is_left_for_the_opening(folder: Path, note: Path) -> None:
    note.write_bytes(b"torn")
    device.failed(folder, small.NOON)
    device.note_backup(folder, small.NOON)
    assert note.read_bytes() == b"torn"
    assert device.last_backup(folder) is None


def test_what_cannot_be_noted_is_let_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = folder.parent / "file"
    blocked.touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(blocked))
    monkeypatch.setenv("HOME", str(blocked))
    monkeypatch.setenv("LOCALAPPDATA", str(blocked))
    device.failed(folder, small.NOON)
    assert device.last_backup(folder) is None


def test_failed_tries_stand_in_the_trail_once(folder: Path, opened: Opener) -> None:
    device.failed(folder, datetime.fromisoformat("2026-11-20T14:05:00+00:00"))
    device.failed(folder, small.NOON)
    store = opened()
    told = ("2 failed tries since 2026-11-20 14:05 UTC", "failed_unlock", "{}")
    assert store.ask(small.trail).count(told) == 1
    store.close()
    assert opened().ask(small.trail).count(told) == 1


def test_a_damaged_note_is_told_once_kept_and_never_in_the_way(
    folder: Path, held: Keys, note: Path, opened: Opener
) -> None:
    note.write_bytes(b"torn")
    store = opened()
    assert [words for words in store.told if "note of the last use was damaged" in words]
    assert ("Damaged note of the last use set aside", "repair", "{}") in store.ask(small.trail)
    store.close()
    assert note.with_suffix(".damaged").read_bytes() == b"torn"
    assert recall(folder, held).note
    again = opened()
    assert again.told == []


def test_a_moved_vault_is_told_once_and_not_stopped(
    folder: Path, held: Keys, note: Path, opened: Opener
) -> None:
    assert note.exists()
    kept = folder.with_name("kept.cmdesk")
    folder.rename(kept)
    note.rename(device.path_of(held.header.vault_id, kept))
    kept.rename(folder)
    store = opened()
    assert [words for words in store.told if "known here from another folder" in words]
    assert ("Opened in another folder than before", "moved", "{}") in store.ask(small.trail)
    store.close()
    assert opened().told == []


def test_an_unwritable_computer_is_told_once(
    folder: Path, opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = folder.parent / "file"
    blocked.touch()
    for variable in ("XDG_DATA_HOME", "HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(variable, str(blocked))
    store = opened()
    store.anchor()
    store.anchor()
    assert len([words for words in store.told if "could not note the last use" in words]) == 1


def test_an_anchor_without_a_seal_is_not_believed(note: Path, folder: Path, held: Keys) -> None:
    unsealed = replace(device.parse(note.read_bytes()), mac=None)
    note.write_bytes(device.write_out(unsealed))
    assert recall(folder, held).damaged
