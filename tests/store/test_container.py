"""The container is read as if an enemy had written it: whatever is wrong with it is refused."""

import io
import os
import random
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.errors import Cancelled, Damaged, Problem
from cmdesk.store import container
from cmdesk.store.container import BLOCK, MAGIC

HEADER = b'{"core":{"format":1}}'
RECORDS = random.Random(1).randbytes(3 * 4096)  # noqa: S311 - not a secret
BEGIN = len(MAGIC) + 4 + len(HEADER) + 8  # where the records begin
SIZE = BEGIN + len(RECORDS) + 32
FLIPS = 300
MEGABYTE = 1 << 20


def unheard(_done: int) -> None:
    """Stand in for the progress nobody watches."""


def write(file: Path, records: bytes = RECORDS, header: bytes = HEADER) -> str:
    return container.write(file, header, io.BytesIO(records), len(records), unheard)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    file = tmp_path_factory.mktemp("whole") / "a.cmbak"
    write(file)
    return file.read_bytes()


def extract(data: bytes, place: Path) -> bytes:
    """Extract what these bytes hold; nothing may be left of what is refused."""
    file, out = place / "b.cmbak", place / "out.db"
    file.write_bytes(data)
    out.unlink(missing_ok=True)
    try:
        container.extract(file, out, unheard)
    except Problem:
        assert not out.exists()
        raise
    return out.read_bytes()


@pytest.mark.parametrize("extra", [0, 4096, BLOCK, 3 * BLOCK + 4096])
def test_what_goes_in_comes_out(tmp_path: Path, extra: int) -> None:
    file, out, records = tmp_path / "a.cmbak", tmp_path / "out.db", RECORDS + bytes(extra)
    sha256, heard = write(file, records), list[int]()
    assert container.extract(file, out, heard.append, sync=True) == (HEADER, sha256)
    assert out.read_bytes() == records
    assert heard[-1] == len(records)
    layout = container.look(file)
    assert (layout.header, layout.start, layout.length) == (HEADER, records[:16], len(records))
    assert layout.size == file.stat().st_size == SIZE + extra
    if os.name != "nt":
        assert {path.stat().st_mode & 0o777 for path in (file, out)} == {0o600}


def test_it_is_laid_out_as_it_is_described(whole: bytes) -> None:
    assert len(whole) == SIZE
    assert whole.startswith(b"CMDESK-BACKUP 1\n")
    assert whole[BEGIN:-32] == RECORDS


def test_nothing_is_written_over(tmp_path: Path) -> None:
    file = tmp_path / "a.cmbak"
    write(file)
    with pytest.raises(FileExistsError):
        write(file)
    with pytest.raises(FileExistsError):
        container.extract(file, file, unheard)
    assert container.look(file).size == SIZE


def test_every_flipped_bit_is_refused(whole: bytes, tmp_path: Path) -> None:
    """All bits before the records and of the digest, and as many again anywhere."""
    chosen = random.Random(7)  # noqa: S311 - replayable
    bits = [*range(8 * BEGIN), *range(8 * (SIZE - 32), 8 * SIZE)]
    bits += [chosen.randrange(8 * SIZE) for _ in range(FLIPS)]
    for bit in bits:
        data = bytearray(whole)
        data[bit // 8] ^= 1 << bit % 8
        with pytest.raises(Damaged):
            extract(bytes(data), tmp_path)


def test_every_length_it_is_cut_to_is_refused(whole: bytes, tmp_path: Path) -> None:
    for length in [*range(BEGIN + 17), *range(BEGIN + 17, SIZE, 97), SIZE - 1]:
        with pytest.raises(Damaged):
            extract(whole[:length], tmp_path)
        (tmp_path / "b.cmbak").write_bytes(whole[:length])
        with pytest.raises(Damaged):
            container.look(tmp_path / "b.cmbak")
    with pytest.raises(Damaged):
        extract(whole + b"\0", tmp_path)


@given(data=st.binary(max_size=200), start=st.booleans())
def test_nothing_else_is_raised_whatever_it_is(
    data: bytes, start: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    place = tmp_path_factory.getbasetemp() / "whatever"
    place.mkdir(exist_ok=True)
    with pytest.raises(Problem):
        extract(MAGIC + data if start else data, place)


@pytest.mark.parametrize(
    ("header_length", "length"),
    [
        (2**32 - 1, len(RECORDS)),  # 4 GB
        (0, len(RECORDS)),
        (65_537, len(RECORDS)),
        (len(HEADER), 2**63),
        (len(HEADER), 2**64 - 1),
        (len(HEADER), len(RECORDS) + 4096),
        (len(HEADER), len(RECORDS) - 4096),
        (len(HEADER), 0),
    ],
)
def test_lengths_are_not_believed(tmp_path: Path, header_length: int, length: int) -> None:
    lengths = header_length.to_bytes(4), length.to_bytes(8)
    with pytest.raises(Damaged, match=r"length is wrong|longer or shorter"):
        extract(MAGIC + lengths[0] + HEADER + lengths[1] + RECORDS + bytes(32), tmp_path)


@pytest.mark.parametrize("size", [4096, 4096 * 2 + 1])
def test_records_are_whole_pages_and_two_at_least(tmp_path: Path, size: int) -> None:
    write(tmp_path / "a.cmbak", bytes(size))
    with pytest.raises(Damaged, match="longer or shorter"):
        container.extract(tmp_path / "a.cmbak", tmp_path / "out.db", unheard)


@pytest.mark.parametrize(
    ("start", "kind", "why"),
    [
        (b"CMDESK-BACKUP 2\n", Problem, "newer cmdesk .backup format 2"),
        (b"CMDESK-BACKUP 3\n", Damaged, "not a backup"),  # one bit from 1
        (b"CMDESK-BACKUP x\n", Damaged, "not a backup"),
        (b"PK\x03\x04" + bytes(12), Damaged, "not a backup"),
    ],
)
def test_what_is_something_else_is_told_apart(
    whole: bytes, tmp_path: Path, start: bytes, kind: type[Problem], why: str
) -> None:
    with pytest.raises(Problem, match=why) as caught:
        extract(start + whole[16:], tmp_path)
    assert type(caught.value) is kind


def test_what_is_no_file_is_told_plainly(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="is not a backup file"):
        container.look(tmp_path)
    with pytest.raises(Problem, match="does not exist"):
        container.look(tmp_path / "nowhere")
    (tmp_path / "file").touch()
    with pytest.raises(Problem, match="does not exist"):
        container.look(tmp_path / "file" / "deeper")


@pytest.mark.skipif(os.name == "nt", reason="pipes and rights of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(Problem, match="is not a backup file"):
        container.look(tmp_path / "pipe")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    write(tmp_path / "a.cmbak")
    (tmp_path / "a.cmbak").chmod(0)
    with pytest.raises(Problem, match="can't be read"):
        container.look(tmp_path / "a.cmbak")


def test_a_source_that_ends_early_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="end too early"):
        container.write(tmp_path / "a", HEADER, io.BytesIO(RECORDS), 4 * 4096, unheard)


def test_stopping_leaves_no_extract(whole: bytes, tmp_path: Path) -> None:
    def stop(_done: int) -> None:
        raise Cancelled

    (tmp_path / "b.cmbak").write_bytes(whole)
    with pytest.raises(Cancelled):
        container.extract(tmp_path / "b.cmbak", tmp_path / "out.db", stop)
    assert not (tmp_path / "out.db").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="measured by Linux's own means")
def test_a_bomb_is_refused_before_anything_is_reserved_for_it(tmp_path: Path) -> None:
    """Ten gigabytes that take no room, with each length told false; and one told true."""
    size = 10 * 1024**3
    fixed = BEGIN + 32
    for number, (header_length, length) in enumerate(
        [(2**32 - 1, 4096), (len(HEADER), 2**63), (size % 2**32, 8192), (len(HEADER), size - fixed)]
    ):
        with (tmp_path / f"{number}.cmbak").open("wb") as file:
            file.write(MAGIC + header_length.to_bytes(4) + HEADER + length.to_bytes(8))
            file.truncate(size)
    script = dedent("""
        import resource, sys
        from pathlib import Path
        from cmdesk.errors import Problem
        from cmdesk.store import backup_files
        def most(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        before = most()
        for number in range(4):
            try:
                backup_files.look(Path(sys.argv[1]) / f"{number}.cmbak")
            except Problem as problem:
                print(type(problem).__name__)
        print(most() - before)
    """)
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    ).stdout.split()
    assert told[:4] == ["Damaged"] * 4
    assert int(told[4]) <= 50 * MEGABYTE
