"""A vault of 70 MB backed up, beside a plain copy with fsync of that file; and then verified."""

import os
import secrets
import shutil
from collections.abc import Generator
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from cmdesk.models import complete
from cmdesk.store import backup, engine, keys, vault
from cmdesk.store.backup import Made
from cmdesk.store.header import FLOOR, RECORDS
from cmdesk.store.store import Store
from tests.bench.floor import Figure, noted
from tests.records import PASSPHRASE, Clock

SIZE = 70  # blobs of a million bytes
ROUNDS = 15
MOST_VERIFYING = 3000  # ms
BLOCK = 1 << 20


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    folder, metadata = tmp_path_factory.mktemp("large") / "a.cmdesk", complete()
    store, code = vault.create(folder, PASSPHRASE, metadata, Clock(), kdf=FLOOR)
    store.close()
    raw = engine.connect(folder / RECORDS, keys.unlock(folder, code=code))
    raw.execute("BEGIN")
    raw.execute("CREATE TABLE attached (id INTEGER PRIMARY KEY, data BLOB)")
    for _ in range(SIZE):
        raw.execute("INSERT INTO attached (data) VALUES (?)", (secrets.token_bytes(1_000_000),))
    raw.execute("COMMIT")
    raw.close()
    store = vault.unlock_and_open(folder, metadata, Clock(), code=code)
    yield store
    store.close()


def plain_copy(source: Path, target: Path) -> None:
    """The least a machine can do: every byte read, written, and brought to the disk."""
    with source.open("rb", buffering=0) as read, target.open("wb", buffering=0) as written:
        while block := read.read(BLOCK):
            written.write(block)
        os.fsync(written.fileno())


def timed(work: Any) -> float:
    begun = perf_counter()
    work()
    return perf_counter() - begun


@pytest.mark.benchmark(group="backup")
def test_backup_and_its_verification(benchmark: Any, large: Store, tmp_path: Path) -> None:
    """The write ends where verifying begins, as the progress tells.

    All are on the clock, since waiting for the disk is most of it; each by its least disturbed
    round, since what else this machine does is no part of it.
    """
    floors, writes, checks = list[float](), list[float](), list[float]()
    records = Path(shutil.copy(large.folder / RECORDS, tmp_path / "plain.db"))

    def before() -> None:
        shutil.rmtree(tmp_path / "drive", ignore_errors=True)
        (tmp_path / "drive").mkdir()
        os.sync()
        floors.append(timed(lambda: plain_copy(records, tmp_path / "drive" / "copy")))
        (tmp_path / "drive" / "copy").unlink()
        os.sync()

    def back_up() -> Made:
        written: list[float] = []

        def progress(done: float) -> None:
            if done > backup.WRITTEN and not written:
                written.append(perf_counter())

        begun = perf_counter()
        made = backup.copy(
            large.folder,
            large.keys,
            tmp_path / "drive",
            "daily",
            large.clock,
            still=large.still,
            source=large.records,
            progress=progress,
        )
        writes.append(written[0] - begun)
        checks.append(perf_counter() - written[0])
        return made

    benchmark.pedantic(back_up, setup=before, rounds=ROUNDS)
    floor, write, check = (min(each) * 1000 for each in (floors, writes, checks))
    copied = noted(benchmark, Figure("70 MB backed up", write, floor, 2 * floor))
    proved = noted(benchmark, Figure("its verification", check, None, MOST_VERIFYING))
    assert copied.found <= copied.allowed, copied.line
    assert proved.found <= proved.allowed, proved.line
