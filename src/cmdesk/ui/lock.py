"""Lock after some minutes without a key or a move, after the computer slept, and by its keys."""

from collections.abc import Callable
from datetime import datetime, timedelta

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

TICK_MS = 5_000
SLEPT = timedelta(seconds=60)  # a gap this long between ticks of five seconds: it was asleep
CHORD = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_L
)
SIGNS_OF_LIFE = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseMove,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)


class IdleLock(QObject):
    """Signals: `due` when it is time to lock, `left_changed(int)` minutes left."""

    due = Signal()
    left_changed = Signal(int)

    def __init__(self, app: QApplication, clock: Callable[[], datetime], minutes: int = 10) -> None:
        """Take a wall clock: a monotonic one stands still while the computer sleeps."""
        super().__init__(app)
        self._app, self._clock = app, clock
        self._limit = timedelta(minutes=minutes)
        self._last = self._ticked = clock()
        self._told = -1
        self._timer = QTimer(self, interval=TICK_MS)
        self._timer.timeout.connect(self.tick)

    @property
    def minutes_left(self) -> int:
        """Whole minutes until it locks, rounded up."""
        left = self._limit - (self._clock() - self._last)
        return max(0, -(-int(left.total_seconds()) // 60))

    def allow(self, minutes: int) -> None:
        """Take another number of minutes, from now on."""
        self._limit = timedelta(minutes=minutes)
        self.tick()

    def start(self) -> None:
        """Watch, from the moment the records are open."""
        self._last = self._ticked = self._clock()
        self._told = -1
        self._app.installEventFilter(self)
        self._timer.start()
        self.tick()

    def stop(self) -> None:
        self._timer.stop()
        self._app.removeEventFilter(self)

    def tick(self) -> None:
        """Look at the clock."""
        if not self._timer.isActive():
            return
        now = self._clock()
        slept = now - self._ticked > SLEPT
        self._ticked = now
        # A clock set back must not keep the records open.
        if slept or now < self._last or now - self._last >= self._limit:
            self.stop()
            self.due.emit()
            return
        if self.minutes_left != self._told:
            self._told = self.minutes_left
            self.left_changed.emit(self._told)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in SIGNS_OF_LIFE:
            self._last = self._clock()
        return False


class LockKeys(QObject):
    """Signal `due`: Ctrl+Shift+L, wherever the keyboard is.

    A shortcut of the window is deaf while a menu, a list or a dialog of its own has the keyboard.
    """

    due = Signal()

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app

    def start(self) -> None:
        self._app.installEventFilter(self)

    def stop(self) -> None:
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.keyCombination() == CHORD
        ):
            # Not from within: whoever is being told of the key is about to be destroyed.
            QTimer.singleShot(0, self, self.due.emit)
            return True
        return False
