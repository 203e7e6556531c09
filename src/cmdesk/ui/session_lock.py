"""Lock when the computer sleeps, its screen is locked, or someone else takes the seat."""

import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import SLOT, QObject, QTimer, Signal, Slot

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection

TICK_MS: Final = 2_000
SAVERS: Final = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.xfce.ScreenSaver",
)
LOGIN: Final = "org.freedesktop.login1"
SYSTEM_BUS: Final = Path("/run/dbus/system_bus_socket")


def session_path(number: str) -> str:
    """Return the object logind keeps for a session: its number, escaped as systemd escapes it."""
    kept = "".join(
        chr(sign) if chr(sign).isalpha() or (chr(sign).isdigit() and at) else f"_{sign:02x}"
        for at, sign in enumerate(number.encode("ascii", "ignore"))
    )
    return f"/org/freedesktop/login1/session/{kept or '_'}"


def has_session_bus(environment: Mapping[str, str]) -> bool:
    """Say whether there is a bus to listen on. Asked first: Qt would start one if there is none."""
    folder = environment.get("XDG_RUNTIME_DIR")
    return bool(environment.get("DBUS_SESSION_BUS_ADDRESS")) or bool(
        folder and (Path(folder) / "bus").exists()
    )


def has_system_bus(environment: Mapping[str, str]) -> bool:
    return bool(environment.get("DBUS_SYSTEM_BUS_ADDRESS")) or SYSTEM_BUS.exists()


class SessionLock(QObject):
    """Signal `due`: it is time to lock. Without a bus or a system that tells, it stays silent."""

    due = Signal()

    def __init__(
        self, parent: QObject | None = None, away: Callable[[], bool] | None = None
    ) -> None:
        """Take what says that the screen is another's, where the system must be asked."""
        super().__init__(parent)
        self._away = away or _asker()
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._listening = self._watching = False

    def start(self) -> None:
        """Watch, from the moment the records are open; the way there waits for no bus."""
        self._watching = True
        if sys.platform == "linux" and not self._listening:
            self._listening = True
            QTimer.singleShot(0, self, self._listen)
        if self._away is not None:
            self._timer.start()

    def stop(self) -> None:
        self._watching = False
        self._timer.stop()

    def tick(self) -> None:
        """Ask the system whether someone else has the screen."""
        if self._watching and self._away is not None and self._away():
            self._tell()

    def _tell(self) -> None:
        if self._watching:
            self.due.emit()

    def _listen(self) -> None:
        """Listen on both buses. Senders go unchecked: whoever wishes may have us locked."""
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - Linux alone has need of it

        if has_session_bus(os.environ):
            bus = QDBusConnection.sessionBus()
            for saver in SAVERS:
                _connect(bus, "", saver, "ActiveChanged", self, "on_saver(bool)")
        if has_system_bus(os.environ):
            bus = QDBusConnection.systemBus()
            number = os.environ.get("XDG_SESSION_ID", "")
            mine = session_path(number) if number else ""
            _connect(bus, "", f"{LOGIN}.Manager", "PrepareForSleep", self, "on_sleep(bool)")
            _connect(bus, mine, f"{LOGIN}.Session", "Lock", self, "on_lock()")
            if mine:  # of other sessions, it means nothing that they become active or not
                properties = "org.freedesktop.DBus.Properties"
                slot = "on_properties(QString,QVariantMap)"
                _connect(bus, mine, properties, "PropertiesChanged", self, slot)

    @Slot(bool)
    def on_saver(self, active: bool) -> None:  # noqa: FBT001 - a slot
        if active:
            self._tell()

    @Slot(bool)
    def on_sleep(self, begins: bool) -> None:  # noqa: FBT001 - a slot
        if begins:
            self._tell()

    @Slot()
    def on_lock(self) -> None:
        self._tell()

    @Slot(str, "QVariantMap")
    def on_properties(self, _interface: str, changed: dict[str, object]) -> None:
        """Hear that this session went to the background, or says that it is locked."""
        if changed.get("Active") is False or changed.get("LockedHint") is True:
            self._tell()


def _connect(
    bus: "QDBusConnection", path: str, interface: str, name: str, receiver: QObject, slot: str
) -> None:
    """Take a signal from whoever sends it: naming a sender would wait for an answer."""
    if bus.isConnected():
        bus.connect("", path, interface, name, receiver, cast("bytes", SLOT(slot)))


def _asker() -> Callable[[], bool] | None:
    """Return what tells that the screen is another's, where the system must be asked."""
    if sys.platform == "win32":
        from cmdesk.ui.screen_owner import away_on_windows  # noqa: PLC0415

        return away_on_windows
    if sys.platform == "darwin":
        from cmdesk.ui.screen_owner import away_on_mac  # noqa: PLC0415

        return away_on_mac
    return None
