"""The call timer in sight: a card in the sidebar, and the same in the head of the log."""

from datetime import datetime

from PySide6.QtCore import QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from cmdesk.casework import call_timer, clients, provider_index
from cmdesk.casework.call_timer import Running, Stopped
from cmdesk.store.journal import Label as Act
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.phrases import BETWEEN
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label

SECOND = 1000  # milliseconds


class CallTimer(QObject):
    """Signals: `changed()` as it starts, ticks or ends; `stopped(Stopped)` with what it took.

    The start stands in the vault. This only looks at the clock: nothing is counted that a lock
    or a crash could lose.
    """

    changed = Signal()
    stopped = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.running: Running | None = desk.ask(call_timer.running)
        self._tick = QTimer(self, interval=SECOND)
        self._tick.timeout.connect(self.changed)
        desk.closing.connect(self._tick.stop)
        self._settle()

    @property
    def shown(self) -> str:
        """Give the time since the start as 24:08, or 1:04:08."""
        if self.running is None:
            return ""
        return length(self.running.started_at, self._desk.clock())

    @property
    def client(self) -> str:
        """Name whom the call is about, empty when that is open."""
        if self.running is None or self.running.client_id is None:
            return ""
        name = self._desk.ask(clients.head, self.running.client_id).name.full
        return self._desk.privacy.name(name)

    @property
    def called(self) -> str:
        """Name the provider that was called from the directory, empty without one."""
        number = self.running.provider if self.running else None
        found = self._desk.ask(provider_index.one, number) if number else None
        return found.name if found else ""

    def toggle(self, client_id: int | None = None) -> None:
        """Start, or stop if a call is being timed."""
        if self.running is None:
            self.start(client_id)
        else:
            self.stop()

    def start(
        self, client_id: int | None, person_id: int | None = None, provider: int | None = None
    ) -> None:
        act = Act(self._desk.words.tr("Start the call timer"), undoable=False)
        whom = (client_id, person_id, provider)
        self._desk.do(self, act, call_timer.start, *whom).then(self._on_started)

    def stop(self) -> None:
        act = Act(self._desk.words.tr("Stop the call timer"), undoable=False)
        self._desk.do(self, act, call_timer.stop).then(self._on_stopped)

    def _on_started(self, _nothing: None) -> None:
        self.running = self._desk.ask(call_timer.running)
        self._desk.say.announce(self._desk.words.tr("Timing a call"))
        self._settle()

    def _on_stopped(self, took: Stopped | None) -> None:
        self.running = None
        self._settle()
        if took is not None:
            self.stopped.emit(took)

    def _settle(self) -> None:
        if self.running is None:
            self._tick.stop()
        else:
            self._tick.start()
        self.changed.emit()


def length(since: datetime, now: datetime) -> str:
    """Write minutes and seconds, with hours once there are any; a clock set back shows 0:00."""
    seconds = max(0, int((now - since).total_seconds()))
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


class Dot(QWidget):
    """Says that something runs."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(8), look.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        side = look.px(8)
        place = QRect(0, (self.height() - side) // 2, side, side)
        paint.draw_box(paint.begin(self), place, look.tokens().crit, "", 2)


class TimerCard(QFrame):
    """In sight only while a call is timed: the time, whom it is about, and Stop."""

    def __init__(self, timer: CallTimer, desk: Desk, *, named: bool) -> None:
        """`named` gives client and provider a line of their own, as the sidebar has the room."""
        super().__init__()
        self._timer = timer
        self.setProperty("kind", "card")
        self.setAccessibleName(desk.words.tr("Call timer"))
        whole = column(self)
        whole.setContentsMargins(12, 2, 4, 2)
        line = row(gap=8)
        line.addWidget(Dot())
        self.time = Label("", "strong")
        line.addWidget(self.time, 1, Qt.AlignmentFlag.AlignVCenter)
        self.stop = Button(desk.words.tr("Stop"), "plain", size="small")
        self.stop.setToolTip(desk.words.tr("Stop and log the call"))
        self.stop.clicked.connect(timer.stop)
        line.addWidget(self.stop)
        whole.addLayout(line)
        self.whom = Label("", "small", "text2", wrap=True)
        self.whom.setContentsMargins(16, 0, 8, 6)
        whole.addWidget(self.whom)
        self._named = named
        timer.changed.connect(self._show)
        desk.privacy.changed.connect(self._name)
        self._name()
        self._show()

    def _name(self) -> None:
        known = (self._timer.client, self._timer.called) if self._named else ()
        words = BETWEEN.join(filter(None, known))
        self.whom.setText(words)
        self.whom.setVisible(bool(words))

    def _show(self) -> None:
        running = self._timer.running is not None
        if running and self.isHidden():
            self._name()
        self.time.setText(self._timer.shown)
        self.setVisible(running)
