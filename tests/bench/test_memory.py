"""What stays in memory with the sample practice open and a chart on the screen."""

from pathlib import Path
from typing import Any

import pytest

from tests.bench.floor import Figure, noted
from tests.bench.opening import open_window

MOST = 250  # megabytes, resident


@pytest.mark.benchmark(group="window")
def test_memory_with_the_sample_open(benchmark: Any, sample: tuple[Path, Path]) -> None:
    opened = benchmark.pedantic(open_window, args=sample, rounds=1)
    figure = noted(
        benchmark, Figure("resident, sample open", opened["megabytes"], None, MOST, "MB")
    )
    assert figure.found <= figure.allowed, figure.line
