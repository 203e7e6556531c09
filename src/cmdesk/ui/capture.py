"""Keep every window of ours out of screen sharing and recording, where the system lets us.

Windows has a flag for that, per window: dialogs, menus and lists need it, too. Linux and macOS have
none that holds; there F8 hides the names.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

SHOWN: Final = 0x0
BLACK: Final = 0x1  # WDA_MONITOR: a black surface in the recording
LEFT_OUT: Final = 0x11  # WDA_EXCLUDEFROMCAPTURE, from Windows 10 2004 on: as if it were not there

Change = Callable[[int, int], bool]  # a window's handle and the flag; true when that now holds


def system() -> Change | None:
    """Return what sets the flag, or None where there is none."""
    return set_on_windows if sys.platform == "win32" else None


def set_on_windows(handle: int, flag: int) -> bool:
    """Set the flag and read it back: some drivers take it and do nothing."""
    if sys.platform != "win32":
        return False
    user = ctypes.WinDLL("user32")
    window, held = ctypes.c_void_p(handle), ctypes.c_uint32()
    return bool(
        user.SetWindowDisplayAffinity(window, ctypes.c_uint32(flag))
        and user.GetWindowDisplayAffinity(window, ctypes.byref(held))
        and held.value == flag
    )


class Capture(QObject):
    """Flags each window as it is shown, and all of them when the setting changes."""

    def __init__(self, app: QApplication, change: Change | None, *, hidden: bool) -> None:
        """Take the edge to the system; without one, nothing is watched and nothing happens."""
        super().__init__(app)
        self._app, self._change, self._hidden = app, change, hidden
        if change is not None:
            app.installEventFilter(self)
        self.holds = True
        """False once a window could not be kept out although it should be."""

    def hide(self, *, hidden: bool) -> None:
        """Take the setting, for the windows that are open and those to come."""
        if self._change is None or hidden == self._hidden:
            return
        self._hidden, self.holds = hidden, True
        for widget in self._app.topLevelWidgets():
            if widget.isVisible():
                self._flag(widget)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind first: a window that is being destroyed still sends events through here.
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._flag(watched)
        return False

    def _flag(self, window: QWidget) -> None:
        if self._change is None:
            return
        handle = int(window.winId())
        if not self._hidden:
            self._change(handle, SHOWN)
        elif not (self._change(handle, LEFT_OUT) or self._change(handle, BLACK)):
            self.holds = False
