"""From the derived keys to the open records, and on to the chart on the screen."""

from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from tests.bench.big_vault import Big
from tests.bench.floor import MILLISECONDS, Figure, noted
from tests.bench.opening import open_window

ROUNDS = 5
MOST = 400  # ms
OPEN = 100  # ms, whatever the vault holds


@pytest.mark.benchmark(group="window")
def test_unlock_to_chart(benchmark: Any, sample: tuple[Path, Path]) -> None:
    """Counted in processor time, so that a busy machine is not mistaken for a slow program."""
    opened: list[dict[str, float]] = []
    benchmark.pedantic(lambda: opened.append(open_window(*sample)), rounds=ROUNDS)
    used = median(each["processor"] for each in opened)
    assert [each["modules"] for each in opened] == [0] * ROUNDS  # loaded while one types
    benchmark.extra_info["on the clock"] = round(median(each["clock"] for each in opened))
    figure = noted(benchmark, Figure("unlocked to painted chart", used, None, MOST))
    assert figure.found <= figure.allowed, figure.line


@pytest.mark.benchmark(group="store")
def test_keys_to_open_records(benchmark: Any, big: Big) -> None:
    """Every check of the opening, header and audit row written and synced.

    The quickest on the clock counts: what a busy machine adds, it adds to all the others.
    """
    times: list[float] = []

    def open_once() -> None:
        begun = perf_counter()
        store = big.store()
        times.append(perf_counter() - begun)
        assert store.told == []
        store.close()

    big.store().close()  # this folder may be new to this computer, which is told once
    benchmark.pedantic(open_once, rounds=3 * ROUNDS)
    benchmark.extra_info["median"] = round(median(times) * MILLISECONDS)
    used = min(times) * MILLISECONDS
    figure = noted(benchmark, Figure("keys to open records, 200,000 entries", used, None, OPEN))
    assert figure.found <= figure.allowed, figure.line
