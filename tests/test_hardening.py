"""Hardened processes, asked and killed: limits read back, and no core file where one would be."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="asks the Linux kernel")

ALLOW_CORES = """
import resource
hard = resource.getrlimit(resource.RLIMIT_CORE)[1]
resource.setrlimit(resource.RLIMIT_CORE, (hard, hard))
"""
ASK = """
import ctypes, os, resource
print(resource.getrlimit(resource.RLIMIT_CORE)[0], end=" ")
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0), oct(os.umask(0)))
"""
HARDEN = "from cmdesk.hardening import harden\nharden()\n"
COMMAND_LINE = """
from cmdesk.cli.main import main
try:
    main(["demo", "--help"])
except SystemExit:
    print(end="", flush=True)
"""
ABORT = "import os\nos.abort()\n"


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a program in a folder of its own, with the rights to files that shells give."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        umask=0o022,
    )


def allowed(folder: Path) -> str:
    """Return what a process here is allowed before it hardens itself: size of a core file."""
    return run(ALLOW_CORES + ASK, folder).stdout


def test_limits_are_read_back(tmp_path: Path) -> None:
    assert allowed(tmp_path).split()[1:] == ["1", "0o22"]  # the control
    assert run(ALLOW_CORES + HARDEN + ASK, tmp_path).stdout == "0 0 0o77\n"


def test_every_command_is_hardened_first(tmp_path: Path) -> None:
    assert run(ALLOW_CORES + COMMAND_LINE + ASK, tmp_path).stdout.endswith("0 0 0o77\n")


def test_no_core_file_is_left(tmp_path: Path) -> None:
    pattern = Path("/proc/sys/kernel/core_pattern").read_text()
    if pattern.startswith(("|", "/")):
        pytest.skip("core files go elsewhere on this computer")
    if allowed(tmp_path).startswith("0 "):
        pytest.skip("core files are off for whoever runs the tests")
    assert run(ALLOW_CORES + ABORT, tmp_path).returncode == -signal.SIGABRT
    left = list(tmp_path.iterdir())
    assert len(left) == 1  # the control: this is what hardening prevents
    left[0].unlink()
    assert run(ALLOW_CORES + HARDEN + ABORT, tmp_path).returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "refusing",
    [
        "ctypes.CDLL = lambda name: (_ for _ in ()).throw(OSError('no such library'))",
        "ctypes.CDLL = lambda name: object()",
        "resource.setrlimit = lambda *given: (_ for _ in ()).throw(ValueError('not allowed'))",
        "sys.modules['resource'] = None",
    ],
)
def test_what_the_system_refuses_stops_nothing(refusing: str, tmp_path: Path) -> None:
    code = f"import ctypes, resource, sys\n{refusing}\n{HARDEN}print('goes on')"
    done = run(code, tmp_path)
    assert (done.stdout, done.stderr) == ("goes on\n", "")
