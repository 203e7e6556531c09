"""A national directory goes in, and again, within the promised time and memory."""

import csv
import io
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import pytest

from cmdesk.casework import provider_twins
from cmdesk.exchange import csv_table, intake
from cmdesk.models import complete
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from tests.bench import peak
from tests.bench.floor import MILLISECONDS, Figure, noted
from tests.exchange import conftest

pytestmark = pytest.mark.slow
empty_vault = conftest.empty_vault
store = conftest.store

IN_ALL: Final = 25_000
FIRST, AGAIN = 20_000, 10_000  # milliseconds of processor time
MEGABYTES: Final = 300
TIMES_FIRST, TIMES_AGAIN = 120, 40  # of what it takes to read the same bytes row by row


def altered(data: bytes, count: int) -> bytes:
    """Give rows of a directory other names, until there are so many."""
    header, *rows = list(csv.reader(io.StringIO(data.decode("utf-8", "replace"))))
    name = header.index("name1")
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for number in range(count):
        cells = list(rows[number % len(rows)])
        cells[name] = f"{cells[name]} Annex {number // len(rows) + 1}"
        writer.writerow(cells)
    return text.getvalue().encode()


def three(folder: Path) -> list[bytes]:
    """Return both files of the test data, and the first with other names: 25,000 rows in all."""
    health = (folder / "samhsa-mental-health.csv").read_bytes()
    use = (folder / "samhsa-substance-use-2017-codes.csv").read_bytes()
    return [health, use, altered(health, IN_ALL - 14_054)]


def timed(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * MILLISECONDS


@pytest.mark.benchmark(group="import")
def test_a_national_import(benchmark: Any, store: Store, real_data: Path) -> None:
    files = three(real_data)

    def read() -> None:
        for data in files:
            for _ in csv_table.read(data).rows():
                pass

    def import_all() -> list[int]:
        done = [store.do("Import", intake.bring_in, data) for data in files]
        return [each.added + each.updated for each in done]

    least = timed(read)
    changed: list[list[int]] = []
    took = timed(lambda: changed.append(import_all()))
    again = timed(lambda: changed.append(import_all()))
    benchmark.pedantic(lambda: None, rounds=1)
    assert sum(changed[0]) > IN_ALL - 1_000  # some rows name one program twice
    assert sum(changed[1]) == 0
    for words, found, goal in (
        ("25,000 rows of directories brought in", took, min(FIRST, TIMES_FIRST * least)),
        ("the same again, nothing changed", again, min(AGAIN, TIMES_AGAIN * least)),
    ):
        figure = noted(benchmark, Figure(words, found, least, goal))
        assert figure.found <= figure.allowed, figure.line
    looked = timed(lambda: store.ask(provider_twins.proposed))
    figure = noted(benchmark, Figure("what stands twice, proposed", looked, least, 40 * least))
    assert figure.found <= figure.allowed, figure.line


def measure(folder: Path, data: Path) -> None:
    """Take all three in and be done; how much memory that needs is asked of the process."""
    made = vault.create(folder, conftest.PASSPHRASE, complete(), conftest.clock, kdf=FLOOR)[0]
    for each in three(data):
        made.do("Import", intake.bring_in, each)
    made.close()


@pytest.mark.benchmark(group="import")
def test_it_needs_bounded_memory(benchmark: Any, tmp_path: Path, real_data: Path) -> None:
    """Measure a process of its own, so that nothing else counts."""
    used = peak.megabytes("tests.bench.test_directory", tmp_path / "v.cmdesk", real_data)
    benchmark.pedantic(lambda: None, rounds=1)
    name = "25,000 rows of directories, at their peak"
    figure = noted(benchmark, Figure(name, used, None, MEGABYTES, "MB"))
    assert figure.found <= figure.allowed, figure.line
