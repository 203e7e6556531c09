"""D7: one wrong bit in what this computer remembers of a vault is noticed, and keeps nobody out."""

from pathlib import Path

import pytest

from cmdesk.errors import Damaged
from cmdesk.store import device
from cmdesk.store.anchoring import device_key
from tests.hostile import seeds
from tests.hostile.conftest import Amount
from tests.hostile.kept import Kept, Tally, flipped


@pytest.fixture
def note(kept: Kept, folder: Path) -> Path:
    """Return the note of a vault that was used here once."""
    kept.open(folder).close()
    path = device.path_of(kept.keys.header.vault_id, folder)
    assert device.parse(path.read_bytes()).anchor is not None
    return path


def test_every_bit(note: Path) -> None:
    whole = note.read_bytes()
    tally = Tally("device note, bits")
    for number in range(8 * len(whole)):
        changed = flipped(whole, number // 8, 1 << number % 8)
        tally.strike(number, lambda: not device.parse(changed))  # noqa: B023 - called at once
    assert tally.tell().all_noticed, tally


def test_a_damaged_note_is_told_and_kept_aside(
    kept: Kept, folder: Path, note: Path, amount: Amount
) -> None:
    whole = note.read_bytes()
    tally = Tally("device note, bits at the door")
    for number in range(0, 8 * len(whole), 8 * len(whole) // amount(12, 200)):
        note.write_bytes(flipped(whole, number // 8, 1 << number % 8))
        key = device_key(kept.keys)
        tally.strike(number, lambda: device.recall(kept.keys.header.vault_id, folder, key).damaged)  # noqa: B023
        assert device.last_backup(folder) is None
    assert tally.tell().all_noticed, tally
    store = kept.open(folder)
    try:
        assert any("note of the last use was damaged" in told for told in store.told)
    finally:
        store.close()
    assert list(note.parent.glob(f"{note.stem}*.damaged"))


def test_a_note_of_another_place_is_not_believed(kept: Kept, folder: Path, note: Path) -> None:
    whole = device.parse(note.read_bytes())
    other = folder.with_name("b.cmdesk")
    kept.copied(other)
    strange = device.path_of(kept.keys.header.vault_id, other)
    strange.write_bytes(device.write_out(whole))
    assert device.recall(kept.keys.header.vault_id, other, device_key(kept.keys)).damaged


def test_control_a_note_with_its_sum_put_right_is_held_by_its_seal(
    kept: Kept, folder: Path, note: Path
) -> None:
    """Who rewrites the anchor and the sum can't rewrite the seal; read alone, it is accepted."""
    from dataclasses import replace  # noqa: PLC0415

    whole = device.parse(note.read_bytes())
    forged = device.write_out(replace(whole, generation=0))
    assert device.parse(forged).generation == 0
    note.write_bytes(forged)
    assert device.recall(kept.keys.header.vault_id, folder, device_key(kept.keys)).damaged


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff" * 50, b"[" * 70_000, seeds.note()])
def test_no_note_at_all(content: bytes) -> None:
    if content == seeds.note():
        assert device.parse(content)
    else:
        with pytest.raises(Damaged):
            device.parse(content)
