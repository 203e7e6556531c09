"""From the derived keys to the chart on the screen, with the sample practice."""

from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.bench.floor import Figure, noted
from tests.bench.opening import open_window

ROUNDS = 5
MOST = 400  # ms


@pytest.mark.benchmark(group="window")
def test_unlock_to_chart(benchmark: Any, sample: tuple[Path, Path]) -> None:
    """Counted in processor time, so that a busy machine is not mistaken for a slow program."""
    opened: list[dict[str, float]] = []
    benchmark.pedantic(lambda: opened.append(open_window(*sample)), rounds=ROUNDS)
    used = median(each["processor"] for each in opened)
    benchmark.extra_info["on the clock"] = round(median(each["clock"] for each in opened))
    figure = noted(benchmark, Figure("unlocked to painted chart", used, None, MOST))
    assert figure.found <= figure.allowed, figure.line
