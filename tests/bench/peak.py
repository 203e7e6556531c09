"""The most memory a process of its own needed."""

import importlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest


def megabytes(module: str, *places: Path) -> float:
    """Run `measure(*places)` of a module in a new process; return what it tells."""
    if sys.platform == "win32":
        pytest.skip("there is no such figure on Windows")
    inside = f"import pathlib, sys; from {module} import measure; from tests.bench import peak; "
    inside += "measure(*map(pathlib.Path, sys.argv[1:])); peak.tell()"
    root = Path(__file__).parents[2]
    words = [sys.executable, "-c", inside, *map(str, places)]
    environment = os.environ | {"PYTHONPATH": str(root)}
    ran = subprocess.run(words, check=True, capture_output=True, cwd=root, env=environment)
    return float(json.loads(ran.stdout))


def tell() -> None:
    """Print the peak of this process, without what stood there before it began."""
    sys.stdout.write(json.dumps(_peak() / 1_000_000))


def _peak() -> int:
    status = Path("/proc/self/status")
    if status.is_file():  # elsewhere the figure is the process's own from the start
        lines = status.read_text("ascii").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    resource: Any = importlib.import_module("resource")
    return int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
