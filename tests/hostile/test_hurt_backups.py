"""D7, D8 and S10 of backups: flipped, cut, swapped or blown up, none is taken for a whole one."""

import os
import random
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path

import pytest

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.store import backup, container, restore
from cmdesk.store.container import MAGIC
from tests.hostile import kept as keeping
from tests.hostile.conftest import Amount, Run, one_sentence
from tests.hostile.kept import SEED, Kept, Tally, flipped, flips, tell
from tests.records import Clock

ROOT = Path(__file__).parents[2]
GIGABYTE = 1 << 30


@pytest.fixture(scope="module")
def sound(kept: Kept, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    place = tmp_path_factory.mktemp("backup")
    store = kept.open(kept.copied(place / "a.cmdesk"))
    try:
        return backup.make(store, place).file.read_bytes()
    finally:
        store.close()


@pytest.fixture
def file(sound: bytes, tmp_path: Path) -> Path:
    place = tmp_path / "b.cmbak"
    place.write_bytes(sound)
    return place


def proved(kept: Kept, file: Path) -> bool:
    """Verify a backup; never true: what is wrong is told by raising."""
    keys = kept.fresh_keys()
    try:
        return not backup.verify(file, keys).sha256
    finally:
        keys.forget()


def test_bits(kept: Kept, file: Path, sound: bytes, amount: Amount) -> None:
    """All over the file, and each bit of its beginning up to the records."""
    tally = Tally("backup, bits")
    begin = len(MAGIC) + 4 + 1_300
    places = list(flips(len(sound), amount(120, 2_000)))
    places += [(bit // 8, 1 << bit % 8) for bit in range(0, 8 * begin, amount(401, 7))]
    for place, bit in places:
        file.write_bytes(flipped(sound, place, bit))
        tally.strike((place, bit), lambda: proved(kept, file))
    assert tally.tell().all_noticed, tally
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_lengths(kept: Kept, file: Path, sound: bytes, amount: Amount) -> None:
    chance = random.Random(SEED)  # noqa: S311 - no secret hangs on it
    lengths = [
        0,
        1,
        len(MAGIC),
        len(MAGIC) + 4,
        len(sound) - 1,
        len(sound) - 32,
        len(sound) - 4_096,
    ]
    lengths += [chance.randrange(len(sound)) for _ in range(amount(60, 193))]
    tally = Tally("backup, lengths")
    for length in lengths:
        file.write_bytes(sound[:length])
        tally.strike(length, lambda: proved(kept, file))
    file.write_bytes(sound + b"\0")
    tally.strike("longer", lambda: proved(kept, file))
    assert tally.tell().all_noticed, tally


def test_control_a_whole_one_is_proved(kept: Kept, file: Path) -> None:
    tally = Tally("backup, whole")
    tally.strike("whole", lambda: proved(kept, file))
    assert (tally.accepted, tally.unexpected) == (1, [])


def test_control_without_its_sum_bits_would_pass(file: Path, sound: bytes) -> None:
    """The beginning alone, which needs no key, does not see what is wrong in the middle."""
    file.write_bytes(flipped(sound, len(sound) // 2, 1))
    assert container.look(file).size == len(sound)
    with pytest.raises(Damaged):
        container.extract(file, file.with_name("out"), lambda _: None)
    assert not file.with_name("out").exists()


def restored(kept: Kept, file: Path) -> bool:
    folder = file.with_name("restored.cmdesk")
    try:
        restore.restore(file, folder, code=kept.code, clock=Clock()).forget()
    finally:
        assert not folder.exists()
    return False


def test_nothing_is_restored_of_a_hurt_one(
    kept: Kept, file: Path, sound: bytes, amount: Amount
) -> None:
    tally = Tally("backup, restored with a wrong bit")
    for place, bit in flips(len(sound), amount(30, 300)):
        file.write_bytes(flipped(sound, place, bit))
        tally.strike((place, bit), lambda: restored(kept, file))
    assert tally.tell().all_noticed, tally
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_of_another_vault(file: Path, tmp_path: Path) -> None:
    other = keeping.make(tmp_path / "other.cmdesk")
    with pytest.raises(Problem, match="another vault"):
        proved(other, file)
    with pytest.raises(WrongSecret):
        restored(other, file)


def length(size: int, count: int) -> bytes:
    return (size & (1 << 8 * count) - 1).to_bytes(count)


BOMBS: dict[str, Callable[[bytes], bytes]] = {
    "header of 4 GB": lambda sound: MAGIC + b"\xff" * 4 + sound[len(MAGIC) + 4 :],
    "header of nothing": lambda sound: MAGIC + bytes(4) + sound[len(MAGIC) + 4 :],
    "header of 64 kB": lambda sound: MAGIC + length(65_536, 4) + b"{" * 65_536 + sound[-4_096:],
    "header of brackets": lambda sound: MAGIC + length(60_000, 4) + b"[" * 60_000 + sound[-9_000:],
    "records of 2^63": lambda sound: records_of(sound, 1 << 63),
    "records of 2^64 - 1": lambda sound: records_of(sound, (1 << 64) - 1),
    "records of nothing": lambda sound: records_of(sound, 0),
    "records of one page": lambda sound: records_of(sound, 4_096),
    "records of a byte more": lambda sound: records_of(sound, len(sound) + 1),
    "only the beginning": lambda _: MAGIC,
    "format 2": lambda sound: sound.replace(b"CMDESK-BACKUP 1", b"CMDESK-BACKUP 2", 1),
    "format of letters": lambda sound: sound.replace(b"CMDESK-BACKUP 1", b"CMDESK-BACKUP x", 1),
    "format of old digits": lambda sound: b"CMDESK-BACKUP \xb2\n" + sound[len(MAGIC) :],
    "zip": lambda _: b"PK\x03\x04" + bytes(9_000),
    "gzip": lambda _: b"\x1f\x8b\x08" + bytes(9_000),
    "sqlite": lambda _: b"SQLite format 3\0" + bytes(9_000),
    "zeros": lambda _: bytes(100_000),
    "text": lambda _: b"a backup " * 9_000,
}


def records_of(sound: bytes, size: int) -> bytes:
    at = len(MAGIC) + 4 + int.from_bytes(sound[len(MAGIC) : len(MAGIC) + 4])
    return sound[:at] + length(size, 8) + sound[at + 8 :]


@pytest.mark.parametrize("what", BOMBS)
def test_bombs(kept: Kept, file: Path, sound: bytes, what: str) -> None:
    file.write_bytes(BOMBS[what](sound))
    tally = Tally(what)
    tally.strike(what, lambda: proved(kept, file))
    tally.strike(what, lambda: restored(kept, file))
    assert tally.all_noticed, tally
    assert [path.name for path in file.parent.iterdir()] == [file.name]


@pytest.mark.parametrize("what", sorted(BOMBS)[::4])
def test_bombs_through_the_command_line(sound: bytes, run: Run, tmp_path: Path, what: str) -> None:
    (tmp_path / "b.cmbak").write_bytes(BOMBS[what](sound))
    for words in (("verify", "b.cmbak"), ("restore", "b.cmbak", "--to", "c.cmdesk")):
        said = run(*words)
        assert said.code in (1, 5), said
        assert said.out == ""
        assert one_sentence(said.err)
    assert not (tmp_path / "c.cmdesk").exists()


def test_not_a_file(kept: Kept, tmp_path: Path) -> None:
    """A folder, a pipe, a device without an end: none of them is read."""
    (tmp_path / "folder.cmbak").mkdir()
    places = [tmp_path / "folder.cmbak", tmp_path / "nowhere.cmbak"]
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.cmbak")
        places += [tmp_path / "pipe.cmbak", Path("/dev/zero"), Path("/dev/full")]
    for place in places:
        with pytest.raises(Problem):
            proved(kept, place)


def test_a_folder_of_bombs_lists_none(sound: bytes, tmp_path: Path) -> None:
    for number, make in enumerate(BOMBS.values()):
        (tmp_path / f"{number}.cmbak").write_bytes(make(sound))
    (tmp_path / "whole.cmbak").write_bytes(sound)
    assert "whole.cmbak" in [one.file.name for one in backup.listed(tmp_path)]
    assert len(backup.listed(tmp_path)) <= 2  # a copy with another length is not read to its end


@pytest.fixture
def sparse(tmp_path: Path, sound: bytes) -> Generator[Path]:
    """Give a file of 10 GB that takes no room, with a sound beginning and the length to match."""
    place = tmp_path / "sparse.cmbak"
    at = len(MAGIC) + 4 + int.from_bytes(sound[len(MAGIC) : len(MAGIC) + 4])
    size = 10 * GIGABYTE
    with place.open("wb") as made:
        made.write(sound[:at] + (size - at - 8 - 32).to_bytes(8) + sound[at + 8 : at + 24])
        made.truncate(size)
    yield place
    place.unlink()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_bombs_take_no_memory(kept: Kept, sparse: Path, sound: bytes, tmp_path: Path) -> None:
    """Refused before anything of that size is asked for."""
    for number, make in enumerate(BOMBS.values()):
        (tmp_path / f"{number}.cmbak").write_bytes(make(sound))
    folder = kept.copied(tmp_path / "a.cmdesk")
    words = [sys.executable, "-m", "tests.hostile.take_back", str(folder), kept.code, str(tmp_path)]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    before, top = map(int, done.stdout.split())
    tell(f"backup bombs: {(top - before) // 1024} MB more at the peak, of {top // 1024} MB")
    assert top - before < 50 * 1024
    assert sparse.stat().st_blocks * 512 < GIGABYTE
