"""The unlock window: as quick as Qt itself, nearly, and without what it does not need."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

import pytest

from tests.bench.floor import MILLISECONDS, Figure, noted
from tests.window.screen import BIN, Screen, wait_until

ROUNDS = 7
MOST = 1.6  # times what a bare window takes
NOT_YET = ("sqlalchemy", "sqlcipher3", "alembic", "reportlab", "keyring", "pikepdf")
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setWindowTitle("bare cmdesk")
window.setCentralWidget(QLabel("Good morning"))
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
"""
# The door is on the screen, and Qt has nothing else to do but load what comes after it.
LISTING = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from cmdesk import app
from cmdesk.ui.unlock import UnlockPage
shown = UnlockPage.showEvent
def listing(page, event):
    shown(page, event)
    print(json.dumps(sorted(sys.modules)), flush=True)
    sys.stdout.close()
    QTimer.singleShot(0, QApplication.quit)
UnlockPage.showEvent = listing
sys.exit(app.main(Path(sys.argv[1])))
"""


def until_seen(screen: Screen, home: Path, words: Sequence[object]) -> float:
    """Start a program, wait until its window is on the screen, and end it; return seconds."""
    environment = screen.environment(home)
    environment.pop("PYTHONPATH", None)
    begun = perf_counter()
    process = subprocess.Popen([str(word) for word in words], env=environment)
    try:
        wait_until(screen.windows, "a window")
        return perf_counter() - begun
    finally:
        process.kill()
        process.wait()
        wait_until(lambda: not screen.windows(), "an empty screen")


@pytest.mark.window
@pytest.mark.benchmark(group="window")
def test_unlock_window_beside_a_bare_one(
    benchmark: Any, sample: tuple[Path, Path], tmp_path: Path
) -> None:
    """Each in a process of its own, in turn; the medians, since such times have long tails."""
    screen = Screen()
    bare, ours = list[float](), list[float]()

    def both() -> None:
        bare.append(until_seen(screen, tmp_path, [sys.executable, "-c", BARE]))
        ours.append(until_seen(screen, tmp_path, [BIN / "cmdesk", "--vault", sample[0]]))

    try:
        benchmark.pedantic(both, rounds=ROUNDS, warmup_rounds=1)
    finally:
        screen.close()
    found, floor = median(ours) * MILLISECONDS, median(bare) * MILLISECONDS
    figure = noted(benchmark, Figure("unlock window, cold process", found, floor, MOST * floor))
    assert figure.found <= figure.allowed, figure.line


def test_the_unlock_window_waits_for_nothing_heavy(tmp_path: Path) -> None:
    vault = tmp_path / "Practice.cmdesk"
    vault.mkdir()
    (vault / "header.json").write_text("{}", "utf-8")  # enough for a door; it is never opened
    answer = subprocess.run(
        [sys.executable, "-c", LISTING, str(vault)],
        env={"QT_QPA_PLATFORM": "offscreen", "HOME": str(tmp_path), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    loaded = {name.partition(".")[0] for name in json.loads(answer.stdout)}
    assert "PySide6" in loaded
    assert "PySide6.QtNetwork" not in json.loads(answer.stdout)
    assert loaded & set(NOT_YET) == set()
    assert "cmdesk.casework" not in json.loads(answer.stdout)
