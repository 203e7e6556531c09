"""End as one should when the system or a terminal says so: the window closes, nothing is lost."""

import os
import signal

from PySide6.QtCore import QSocketNotifier, QTimer
from PySide6.QtWidgets import QWidget


def close_when_told(window: QWidget) -> None:
    """Close the window, and the records with it, on Ctrl+C in a terminal and when logging out."""
    if os.name != "posix":
        return  # Windows closes the window itself
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: QTimer.singleShot(0, window.close))
    # Python calls these between two of its own instructions, perhaps amid painting: so the closing
    # itself waits its turn. While Qt waits, there are no instructions: the pipe wakes it.
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    os.set_blocking(writing, False)
    signal.set_wakeup_fd(writing)
    waker = QSocketNotifier(reading, QSocketNotifier.Type.Read, window)
    waker.activated.connect(lambda: os.read(reading, 64))
