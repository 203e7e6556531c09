"""The day's appointments, read from a calendar file that is never written."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cmdesk.casework import calendar, clock
from cmdesk.casework.calendar import Appointment, Source
from cmdesk.errors import Locked, Problem
from cmdesk.exchange import calendar_file
from cmdesk.store.journal import Label as Act
from cmdesk.ui import look
from cmdesk.ui.desk import Desk
from cmdesk.ui.handing import choose_open
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label

AGAIN = 10 * 60 * 1000  # milliseconds until the file is read again
HOUR = 60  # pixels


class DayCard(QWidget):
    """What the day holds; while it is seen the file is read again every ten minutes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._veil = desk, Veil(desk)
        tr = desk.words.tr
        whole = column(self, gap=0)
        whole.addWidget(Label(tr("Your day"), "strong"))
        whole.addSpacing(8)
        self._lines = column(gap=8)
        whole.addLayout(self._lines)
        self.fault = Label("", "small", "warn", wrap=True)
        self.fault.hide()
        whole.addWidget(self.fault)
        self.choose = Button(tr("Show a calendar file …"), "link", size="small")
        self.choose.clicked.connect(self.pick)
        self.stop = Button(tr("Show none"), "link", size="small")
        self.stop.clicked.connect(partial(self.take, ""))
        ways = row(gap=8)
        ways.addWidget(self.choose)
        ways.addWidget(self.stop)
        ways.addStretch(1)
        whole.addLayout(ways)
        self._timer = QTimer(self, interval=AGAIN)
        self._timer.timeout.connect(self.read)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self.read()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def refresh(self) -> None:
        """Show what was last read."""
        source = self._desk.ask(calendar.source)
        found = self._desk.ask(calendar.of_day, self._desk.today())
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget:
                widget.hide()
                widget.deleteLater()
        for each in found:
            self._lines.addWidget(self._line(each))
        tr = self._desk.words.tr
        if not found and source.path:
            self._lines.addWidget(Label(tr("Nothing in your calendar."), "body", "text2"))
        self.stop.setVisible(bool(source.path))
        self.choose.setText(tr("Another file …") if source.path else tr("Show a calendar file …"))

    def _line(self, each: Appointment) -> QWidget:
        words, shown = self._desk.words, QWidget()
        across = row(shown, gap=10)
        at = words.tr("All day") if each.all_day else words.time(each.starts_at)
        hour = Label(at, "small", "text2")
        look.hold_width(hour, HOUR)
        across.addWidget(hour, 0, Qt.AlignmentFlag.AlignTop)
        lines = column()
        lines.addWidget(Label(self._veil.text(each.title), "medium", wrap=True))
        more = phrases.BETWEEN.join(filter(None, (self._long(each), self._soon(each.starts_at))))
        if more:
            lines.addWidget(Label(more, "small", "text2"))
        across.addLayout(lines, 1)
        return shown

    def _long(self, each: Appointment) -> str:
        return self._desk.words.minutes(each.minutes) if each.minutes else ""

    def _soon(self, at: datetime) -> str:
        left = round((at - self._desk.clock()).total_seconds() / 60)
        words = self._desk.words
        return words.tr("starts in {n} min").format(n=left) if 0 < left < 60 else ""

    def pick(self) -> None:
        """Ask for a calendar file."""
        tr = self._desk.words.tr
        chosen = choose_open(
            self.window(), tr("Show a calendar file"), tr("Calendars") + " (*.ics)"
        )
        if chosen is not None:
            self.take(str(chosen))

    def take(self, path: str, _checked: object = None) -> None:
        """Read this file from now on; none without a path."""
        label = Act(self._desk.words.tr("Choose a calendar file"), undoable=False)
        self._desk.do(self, label, calendar.choose, path).then(self._on_chosen)

    def _on_chosen(self, _nothing: None) -> None:
        self.fault.hide()
        self.refresh()
        self.read()

    def read(self) -> None:
        """Read the file again, in the background; what it held before stays if that fails."""
        source = self._desk.ask(calendar.source)
        if source.path and not self._desk.read_only:
            zone, today = self._desk.ask(clock.zone), self._desk.today()
            work = partial(calendar_file.read_file, Path(source.path), zone, today)
            self._desk.run(self, work).then(partial(self._on_read, source.path)).otherwise(
                partial(self._on_unreadable, source)
            )

    def _on_read(self, path: str, found: Sequence[Appointment]) -> None:
        label = Act(self._desk.words.tr("Read the calendar file"), undoable=False)
        try:
            kept = self._desk.do(self, label, calendar.keep, path, found)
        except Locked:  # while the file was read
            return
        kept.then(self._on_kept)

    def _on_kept(self, _nothing: None) -> None:
        self.fault.hide()
        self.refresh()

    def _on_unreadable(self, source: Source, error: BaseException) -> None:
        if not isinstance(error, Problem):
            self._desk.say.failure(error)
            return
        words, said, today = self._desk.words, error.message, self._desk.today()
        if source.read_on == today:
            said = f"{said} {words.tr('Shown as it was earlier today.')}"
        elif source.read_on:
            day = words.near_day(source.read_on, today)
            said = f"{said} {words.tr('Shown as of {day}.').format(day=day)}"
        self.fault.setText(said)
        self.fault.show()
