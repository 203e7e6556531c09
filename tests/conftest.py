"""What every test stands on: no screen, no network, and a stated number of examples."""

import gc
import os
import shutil
import signal
import sys
from collections.abc import Generator
from datetime import timedelta
from pathlib import Path

import coverage
import pytest
from hypothesis import settings

from tests.no_network.sitecustomize import reached

ROOT = Path(__file__).parent.parent
# What opens windows or starts programs holds no line of its own.
UNMEASURED = frozenset(
    {"bench", "faults", "hostile", "leaks", "migrations", "packaging", "ui", "window"}
    | {"test_app.py", "test_door.py", "test_doorway.py", "test_gone_after_lock.py"}
    | {"test_random_user.py", "test_wheel.py"}
)
ENOUGH = 50_000  # new objects of a kind that can be garbage
# A disk in memory: what reaches a real one is measured by `make bench`, and replayed in faults.
QUICK = Path("/dev/shm")  # noqa: S108 - pytest makes folders of its own there
ROOM = 4 << 30  # bytes: two workers' vaults, with their eight megabytes in reserve
NO_NETWORK = str(Path(__file__).parent / "no_network")

# Two tests run at a time on small machines: a slow example is no fault, but a stuck one is.
PATIENCE = timedelta(seconds=10)
settings.register_profile("dev", max_examples=20, deadline=PATIENCE)
# One change is judged like the next: the same examples each time. New ones are sought by hand.
settings.register_profile(
    "ci", max_examples=20, deadline=PATIENCE, print_blob=True, derandomize=True
)
settings.register_profile("nightly", max_examples=2000, deadline=PATIENCE, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--onscreen", action="store_true", help="show the windows the tests open")
    parser.addoption("--torture", action="store_true", help="faults in their large numbers")
    parser.addoption("--fuzz-seconds", type=int, default=10, help="of each target, in the long run")


def pytest_configure(config: pytest.Config) -> None:
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        # Begun in the background of a shell, which would make every program tested here deaf to it.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))
    if not config.getoption("--onscreen"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    if not config.getoption("benchmark_only") and has_room(QUICK):
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(QUICK))
    inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    if NO_NETWORK not in inherited:
        os.environ["PYTHONPATH"] = os.pathsep.join([NO_NETWORK, *filter(None, inherited)])


def has_room(place: Path) -> bool:
    return os.access(place, os.W_OK) and shutil.disk_usage(place).free > ROOM


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Measure no coverage where others hold the lines: with its fixtures it doubles the time."""
    tracing = coverage.Coverage.current()
    if tracing is None or is_measured(item):
        return (yield)
    tracing.stop()
    try:
        return (yield)
    finally:
        tracing.start()


def is_measured(item: pytest.Item) -> bool:
    folder = item.path.relative_to(ROOT / "tests").parts[0]
    return folder not in UNMEASURED and item.get_closest_marker("unmeasured") is None


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("window") and not has_display_tools():
        pytest.skip("needs Xvfb and xdotool")


def has_display_tools() -> bool:
    return sys.platform == "linux" and bool(shutil.which("Xvfb") and shutil.which("xdotool"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """Collect garbage between tests alone, as the program does it on one thread alone.

    In the long run a single test takes minutes and would fill the memory, and opens no window.
    """
    if session.config.getoption("--torture"):
        return
    gc.collect()
    gc.freeze()  # thousands of tests need not be looked through again and again
    gc.disable()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Fail a test in which something tried to leave this computer, even if the error was caught."""
    reached.clear()
    yield
    if reached:
        pytest.fail(f"{item.nodeid} tried to reach a network: {reached}")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """Give the folder of real directories and address books; skip where it was not handed to us."""
    folder = os.environ.get("CMDESK_TEST_DATA")
    if not folder:
        pytest.skip("CMDESK_TEST_DATA names no folder")
    return Path(folder)


@pytest.fixture(scope="session", autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what a computer remembers of its vaults away from the computer the tests run on."""
    home = tmp_path_factory.mktemp("home")
    for variable in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        os.environ[variable] = str(home / variable.lower())
    if sys.platform != "linux":
        os.environ["HOME"] = os.environ["LOCALAPPDATA"] = str(home)


@pytest.fixture(autouse=True)
def widgets_go_with_their_test() -> Generator[None]:
    """Delete what was asked to be deleted later: outside an event loop, later never comes.

    Left alone, Python collects the wrappers first, and the next theme change reaches widgets whose
    attributes are gone. So garbage is collected here, when pytest-qt has closed the last test's.
    """
    delete_what_waits()
    if gc.get_count()[0] > ENOUGH:
        gc.collect()
        gc.freeze()  # what outlives a test outlives the run
    yield
    delete_what_waits()
    face = sys.modules.get("cmdesk.ui.clock_face")
    if face is not None:
        face.follow("")


def delete_what_waits() -> None:
    qt = sys.modules.get("PySide6.QtCore")
    if qt is not None and qt.QCoreApplication.instance() is not None:
        qt.QCoreApplication.sendPostedEvents(None, qt.QEvent.Type.DeferredDelete)
