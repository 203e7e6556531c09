"""What stays in memory: with a chart of the sample practice open, and after an hour's use."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from statistics import median
from typing import Any

import pytest

from tests.bench.floor import Figure, noted
from tests.bench.opening import ROOT, open_window

MOST = 250  # megabytes, resident
HOUR = 1800  # keys and words, one every two seconds
GROWTH = 1.10


@pytest.mark.benchmark(group="window")
def test_memory_with_the_sample_open(benchmark: Any, sample: tuple[Path, Path]) -> None:
    opened = benchmark.pedantic(open_window, args=sample, rounds=1)
    figure = noted(
        benchmark, Figure("resident, sample open", opened["megabytes"], None, MOST, "MB")
    )
    assert figure.found <= figure.allowed, figure.line


@pytest.mark.benchmark(group="window")
def test_memory_after_an_hour(benchmark: Any, sample: tuple[Path, Path], tmp_path: Path) -> None:
    """The last tenth beside the second: in the first, every page is seen for the first time."""
    vault = Path(shutil.copytree(sample[0], tmp_path / "Practice.cmdesk"))

    def sit() -> dict[str, list[float]]:
        answer = subprocess.run(
            [sys.executable, "-m", "tests.bench.hour", str(vault), str(sample[1]), str(HOUR)],
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(answer.stdout.splitlines()[-1])

    heard = benchmark.pedantic(sit, rounds=1)
    assert heard["bugs"] == []
    looks = heard["megabytes"]
    tenth = len(looks) // 10
    settled, last = median(looks[tenth : 2 * tenth]), median(looks[-tenth:])
    benchmark.extra_info["settled"], benchmark.extra_info["last"] = settled, last
    figure = noted(
        benchmark, Figure("resident after an hour, growth", last / settled, None, GROWTH, "x ")
    )
    assert figure.found <= figure.allowed, f"{settled} MB to {last} MB"
