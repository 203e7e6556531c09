"""The card at the top of Backups: how they stand, what runs, and the two things to do."""

from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QWidget

from cmdesk.ui.backing_up import Standing
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.when import ago, in_sentence, moment_said
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Meter
from cmdesk.ui.widgets.note import Note
from cmdesk.words import Words

PATIENCE = 1000  # ms before progress is shown


def state_words(words: Words, state: Standing, now: datetime) -> tuple[str, str]:
    """Say how the backups stand: a title, and a sentence or two."""
    tr = words.tr
    if state.last is None:
        return tr("Your records are not backed up yet"), tr("One disk holds all you have.")
    when = moment_said(words, state.last, now)
    if state.failed:
        return tr("The last backup did not work"), tr(
            "Your records here are fine. The last good backup is from {when}."
        ).format(when=in_sentence(when))
    title = tr("Your records are backed up")
    if state.old(now):
        title = tr("It is time for a backup")
    elif state.here:
        title = tr("Your records are backed up on this laptop only")
    if state.drilled is None:
        return title, tr("{when}. No restore was tested yet.").format(when=when)
    tested = ago(words, state.drilled, now)
    return title, tr("{when}. Test restore worked {ago}.").format(when=when, ago=tested)


class BackupCard(QFrame):
    """Signals: `backup_asked`, `drill_asked`, `stop_asked`, `place_asked`."""

    backup_asked = Signal()
    drill_asked = Signal()
    stop_asked = Signal()
    place_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        tr = desk.words.tr
        self.setProperty("kind", "card")
        whole = column(self, gap=12)
        whole.setContentsMargins(16, 16, 16, 16)
        line = row(gap=12)
        self._mark = Glyph(Icon.CIRCLE_CHECK, "ok", 20)
        line.addWidget(self._mark)
        said = column()
        self.title = Label("", "heading", wrap=True)
        self.details = Label("", "body", "text2", wrap=True)
        said.addWidget(self.title)
        said.addWidget(self.details)
        line.addLayout(said, 1)
        self.drill = Button(tr("Test a restore"))
        self.drill.clicked.connect(self.drill_asked)
        self.now = Button(tr("Back up now"), "primary")
        self.now.clicked.connect(self.backup_asked)
        self.stop = Button(tr("Stop"))
        self.stop.clicked.connect(self.stop_asked)
        for button in (self.drill, self.now, self.stop):
            line.addWidget(button)
        whole.addLayout(line)
        self.meter = Meter(0, "")
        whole.addWidget(self.meter)
        whole.addWidget(self._lay_trouble())
        self._pressed: Button | None = None
        self._stopping = False
        self._patience = QTimer(self, interval=PATIENCE, singleShot=True)
        self._patience.timeout.connect(self._show_progress)
        self.tell("")

    def _lay_trouble(self) -> QWidget:
        tr = self._desk.words.tr
        self.trouble = Note("", "crit")
        self.again = again = Button(tr("Try again"), "primary", size="small")
        again.clicked.connect(self.backup_asked)
        other = Button(tr("Choose another place"), size="small")
        other.clicked.connect(self.place_asked)
        self.trouble.add_button(again)
        self.trouble.add_button(other)
        self.trouble.hide()
        return self.trouble

    def show_state(self, state: Standing) -> None:
        now = self._desk.clock()
        title, details = state_words(self._desk.words, state, now)
        amber = state.amber(now)
        self._mark.show_as(
            Icon.TRIANGLE_ALERT if amber else Icon.CIRCLE_CHECK, "warn" if amber else "ok"
        )
        self.title.setText(title)
        self.details.setText(details)
        self.drill.setEnabled(state.last is not None and not self._desk.read_only)
        self.now.setEnabled(not self._desk.read_only)

    def tell(self, doing: str) -> None:
        """Say what runs: `backup`, `drill`, or nothing. Its bar shows after a second."""
        tr = self._desk.words.tr
        self.stop.setEnabled(True)
        self._hold_focus(running=bool(doing))
        self.drill.setVisible(not doing)
        self.now.setVisible(not doing)
        self.stop.setVisible(bool(doing))
        self.stop.setText(tr("Stop"))
        self.meter.hide()
        self.trouble.hide()
        if not doing:
            self._patience.stop()
            return
        self._mark.show_as(Icon.HARD_DRIVE, "text2")
        backing = doing == "backup"
        self.title.setText(tr("Backing up") if backing else tr("Testing a restore"))
        self.details.setText(
            tr("Copying, then opening the copy to check it. You can go on working.")
            if backing
            else tr("Bringing the newest backup back beside your records, and comparing.")
        )
        self.meter.tell(0, tr("{n} per cent done").format(n=0))
        self._patience.start()

    def _hold_focus(self, *, running: bool) -> None:
        """Keep the focus here while buttons come and go, and give it back in the end."""
        pressed = next((each for each in (self.drill, self.now) if each.hasFocus()), None)
        if running and pressed:
            self._pressed = pressed
            self.stop.show()
            self.stop.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not running and self._pressed:
            if self.stop.hasFocus() or self._stopping:
                self._pressed.show()
                self._pressed.setFocus(Qt.FocusReason.OtherFocusReason)
            self._pressed = None
        self._stopping = False

    def progress(self, share: float) -> None:
        percent = self._desk.words.tr("{n} per cent done").format(n=round(share * 100))
        self.meter.tell(share, percent)

    def say_stopping(self) -> None:
        self._stopping = self.stop.hasFocus()
        self.stop.setEnabled(False)
        self.stop.setText(self._desk.words.tr("Stopping"))

    def say_trouble(self, text: str) -> None:
        """Say what failed, what is safe, and offer what to do."""
        self.trouble.say(text)
        self.trouble.show()
        if self.now.hasFocus() or self.drill.hasFocus():
            self.again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.drill.hide()  # one filled button: that of the trouble
        self.now.hide()
        self._desk.say.announce(text, at_once=True)

    def _show_progress(self) -> None:
        self.meter.show()
