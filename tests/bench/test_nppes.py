"""A million rows of NPPES, 330 columns each, read as a stream and filtered to one state."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from cmdesk.errors import Cancelled
from cmdesk.exchange import nppes
from cmdesk.exchange.choosing import Choice
from cmdesk.exchange.nppes_file import Reader
from cmdesk.models import complete
from cmdesk.store import vault
from cmdesk.store.header import FLOOR
from cmdesk.store.store import Store
from tests.bench import peak
from tests.bench.floor import MILLISECONDS, Figure, noted
from tests.exchange import conftest
from tests.exchange.npi import HEADER, Pouring, npi, row

pytestmark = pytest.mark.slow
empty_vault = conftest.empty_vault
store = conftest.store

ROWS: Final = 1_000_000
EVERY: Final = 50  # rows, of which one is of the state that is wanted
READ, KEPT = 40_000, 2_000  # rows a second, of processor time
MEGABYTES: Final = 250
STOPPED: Final = 1_000  # milliseconds on the clock
NEW_YORK: Final = Choice(states=frozenset({"NY"}))
NAME: Final = "npidata_pfile_20050523-20261109.csv"
STREET: Final = {"city": "ALBANY", "state": "NY", "zip": "122030000", "fax": "5185550100"}


def parts(rows: int = ROWS) -> Iterator[bytes]:
    """Pour the file: one wanted row, then the rest of fifty."""
    other = row(
        npi=npi(7), entity="1", family="SOMEBODY", given="ELSE", street="12 SOME STREET",
        city="SPRINGFIELD", state="OH", zip="441120000", phone="2165550100", mailing_state="OH",
        taxonomy="1041C0700X",
    )  # fmt: skip
    rest = other.encode() * (EVERY - 1)
    yield HEADER.encode()
    for number in range(rows // EVERY):
        yield _wanted(number).encode() + rest


def _wanted(number: int) -> str:
    street, phone = f"{number} MAIN ST", f"518{number:07}"
    if number % 4 == 0:
        return row(
            npi=npi(number + 1000), entity="2", name=f"PROGRAM {number} LLC", street=street,
            phone=phone, taxonomy="324500000X", **STREET,
        )  # fmt: skip
    return row(
        npi=npi(number + 1000), entity="1", family=f"PERSON{number}", given="TESS", street=street,
        phone=phone, taxonomy="1041C0700X", **STREET,
    )  # fmt: skip


def _size() -> int:
    return ROWS * len(_wanted(0))


@pytest.mark.benchmark(group="import")
def test_a_million_rows(benchmark: Any, store: Store) -> None:
    begun = time.process_time()
    for _ in parts():
        pass
    pouring = time.process_time() - begun  # what it takes to make the file is not counted
    begun = time.process_time()
    kept = sum(1 for _ in Reader(Pouring(parts()), _size()).rows(NEW_YORK))
    reading = time.process_time() - begun - pouring
    assert kept == ROWS // EVERY
    begun = time.process_time()
    stream = Pouring(parts())
    result = store.do("Import", nppes.bring_in, stream, _size(), NAME, NEW_YORK)
    writing = time.process_time() - begun - pouring - reading
    assert (result.added, result.skipped) == (ROWS // EVERY, ())
    benchmark.pedantic(lambda: None, rounds=1)
    for words, took, goal in (
        ("a million rows of NPPES read and filtered", reading, ROWS / READ),
        ("20,000 kept rows of NPPES written", writing, kept / KEPT),
    ):
        found, allowed = took * MILLISECONDS, goal * MILLISECONDS
        figure = noted(benchmark, Figure(words, found, pouring * MILLISECONDS, allowed))
        assert figure.found <= figure.allowed, figure.line


@pytest.mark.benchmark(group="import")
def test_it_stops_when_it_is_asked(benchmark: Any, store: Store) -> None:
    stop = threading.Event()
    asked: list[float] = []

    def progress(share: float) -> None:
        if share > 0.2 and not asked:
            asked.append(time.perf_counter())
            stop.set()

    rows = ROWS // 4
    size = rows * len(_wanted(0))
    stream = Pouring(parts(rows))
    with pytest.raises(Cancelled):
        store.do("Import", nppes.bring_in, stream, size, NAME, NEW_YORK, progress, stop)
    took = (time.perf_counter() - asked[0]) * MILLISECONDS
    benchmark.pedantic(lambda: None, rounds=1)
    figure = noted(benchmark, Figure("NPPES stopped and taken back", took, None, STOPPED))
    assert figure.found <= figure.allowed, figure.line


def measure(folder: Path) -> None:
    """Take a million rows in and be done; how much memory that needs is asked of the process."""
    made = vault.create(folder, conftest.PASSPHRASE, complete(), conftest.clock, kdf=FLOOR)[0]
    made.do("Import", nppes.bring_in, Pouring(parts()), _size(), NAME, NEW_YORK)
    made.close()


@pytest.mark.benchmark(group="import")
def test_it_needs_bounded_memory(benchmark: Any, tmp_path: Path) -> None:
    """Measure a process of its own, so that nothing else counts."""
    used = peak.megabytes("tests.bench.test_nppes", tmp_path / "v.cmdesk")
    benchmark.pedantic(lambda: None, rounds=1)
    name = "a million rows of NPPES, at their peak"
    figure = noted(benchmark, Figure(name, used, None, MEGABYTES, "MB"))
    assert figure.found <= figure.allowed, figure.line
