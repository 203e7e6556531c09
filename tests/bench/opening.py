"""Start the window as a program of its own, and read what it says of itself."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def open_window(vault: Path, passphrase: Path) -> dict[str, float]:
    """Return milliseconds (`clock`, `processor`) until Maya's chart is painted, and `megabytes`."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.bench.open_window", str(vault), str(passphrase), "c-maya"],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(vault.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(answer.stdout.splitlines()[-1])
