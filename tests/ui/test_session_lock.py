"""The computer's own signs that nobody is there, sent over real buses of our own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import ExitStack

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from cmdesk.ui.screen_owner import INFO, is_away
from cmdesk.ui.session_lock import SessionLock, has_session_bus, has_system_bus, session_path

LISTEN = """
import os, sys
from PySide6.QtCore import QCoreApplication, QTimer
from cmdesk.ui.session_lock import SessionLock
app = QCoreApplication([])
lock = SessionLock()
lock.due.connect(lambda: print("due", flush=True))
lock.start()
QTimer.singleShot(0, lambda: print("ready", flush=True))
app.exec()
"""
Heard = Callable[..., list[str]]
SESSION = "/org/freedesktop/login1/session/_32"
MANAGER = "/org/freedesktop/login1"
needs_bus = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("dbus-daemon") or not shutil.which("dbus-send"),
    reason="needs dbus-daemon and dbus-send",
)


def a_bus(running: ExitStack) -> str:
    """Start a bus and return where it listens."""
    daemon = running.enter_context(
        subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", "--print-address"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
    )
    running.callback(daemon.terminate)
    assert daemon.stdout
    return daemon.stdout.readline().strip()


@pytest.fixture(scope="module")
def buses() -> Generator[tuple[str, str]]:
    """Return the addresses of a session bus and of what passes for the system's."""
    with ExitStack() as running:
        yield a_bus(running), a_bus(running)


@pytest.fixture
def listening(buses: tuple[str, str]) -> Generator[subprocess.Popen[str]]:
    """Return a process that says "due" whenever it would lock."""
    environment = os.environ | {
        "DBUS_SESSION_BUS_ADDRESS": buses[0],
        "DBUS_SYSTEM_BUS_ADDRESS": buses[1],
        "XDG_SESSION_ID": "2",
    }
    with subprocess.Popen(
        [sys.executable, "-c", LISTEN], stdout=subprocess.PIPE, text=True, env=environment
    ) as child:
        assert child.stdout
        assert child.stdout.readline() == "ready\n"
        yield child
        child.kill()


def send(bus: str, path: str, member: str, *arguments: str) -> None:
    where = ["dbus-send", f"--bus={bus}", "--type=signal", path, member, *arguments]
    subprocess.run(where, check=True)


def send_properties(bus: str, path: str, changed: dict[str, object]) -> None:
    name = "cmdesk-test"
    connection = QDBusConnection.connectToBus(bus, name)
    signal = QDBusMessage.createSignal(path, "org.freedesktop.DBus.Properties", "PropertiesChanged")
    signal.setArguments(["org.freedesktop.login1.Session", changed, []])
    assert connection.send(signal)
    connection.call(QDBusMessage.createMethodCall("org.freedesktop.DBus", "/", "", "GetId"))
    QDBusConnection.disconnectFromBus(name)


@needs_bus
def test_every_sign_of_linux_locks(
    buses: tuple[str, str], listening: subprocess.Popen[str]
) -> None:
    """One after the other; those that mean nothing come first and must not be heard."""
    session, system = buses
    assert listening.stdout
    saver, login = "org.freedesktop.ScreenSaver", "org.freedesktop.login1"
    send(session, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:false")
    send(system, MANAGER, f"{login}.Manager.PrepareForSleep", "boolean:false")
    send(system, "/org/freedesktop/login1/session/_31", f"{login}.Session.Lock")
    send_properties(system, SESSION, {"Active": True, "LockedHint": False})
    send_properties(system, "/org/freedesktop/login1/session/_31", {"Active": False})
    signs: list[Callable[[], None]] = [
        lambda: send(session, "/ScreenSaver", f"{saver}.ActiveChanged", "boolean:true"),
        lambda: send(
            session, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"
        ),
        lambda: send(system, MANAGER, f"{login}.Manager.PrepareForSleep", "boolean:true"),
        lambda: send(system, SESSION, f"{login}.Session.Lock"),
        lambda: send_properties(system, SESSION, {"Active": False}),
        lambda: send_properties(system, SESSION, {"LockedHint": True}),
    ]
    for sign in signs:
        sign()
        assert listening.stdout.readline() == "due\n"
    listening.kill()
    assert listening.stdout.read() == ""  # six signs, six times: nothing was heard that means none


@needs_bus
def test_without_a_bus_nothing_is_said_or_started() -> None:
    kept = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    kept["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nowhere/at/all"
    code = LISTEN.replace("app.exec()", "QTimer.singleShot(100, app.quit)\napp.exec()")
    done = subprocess.run(
        [sys.executable, "-c", code], env=kept, capture_output=True, text=True, check=True
    )
    assert (done.stdout, done.stderr) == ("ready\n", "")


def test_what_was_stopped_is_silent(qtbot: QtBot) -> None:
    lock = SessionLock()
    heard: list[int] = []
    lock.due.connect(lambda: heard.append(1))
    lock.on_sleep(True)
    assert heard == []
    lock._watching = True
    lock.on_sleep(True)
    assert heard == [1]
    lock.stop()
    lock.on_lock()
    assert heard == [1]


def test_a_system_that_must_be_asked_is_asked(qtbot: QtBot) -> None:
    answers = iter([False, True])
    lock = SessionLock(away=lambda: next(answers))
    heard: list[int] = []
    lock.due.connect(lambda: heard.append(1))
    lock.start()
    lock.tick()
    assert heard == []
    lock.tick()
    assert heard == [1]
    lock.stop()
    lock.tick()  # asks nobody: there is no third answer


@pytest.mark.parametrize(
    ("number", "path"), [("2", "_32"), ("c12", "c12"), ("a-b", "a_2db"), ("42", "_342"), ("", "_")]
)
def test_a_session_is_called_as_systemd_calls_it(number: str, path: str) -> None:
    assert session_path(number) == f"/org/freedesktop/login1/session/{path}"


def test_a_bus_is_looked_for_before_it_is_called() -> None:
    assert not has_session_bus({})
    assert not has_session_bus({"XDG_RUNTIME_DIR": "/nowhere"})
    assert has_session_bus({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/there"})
    assert has_system_bus({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/there"})


@pytest.mark.parametrize(
    ("state", "flags", "away"),
    [(0, 1, False), (0, 0, True), (1, 1, True), (4, -1, True), (0, -1, False)],
)
def test_what_windows_tells_is_understood(state: int, flags: int, *, away: bool) -> None:
    assert is_away(INFO.pack(1, 7, state, flags) + bytes(200)) is away


def test_what_windows_does_not_tell_counts_as_here() -> None:
    assert not is_away(b"")
    assert not is_away(INFO.pack(2, 7, 4, 0))
