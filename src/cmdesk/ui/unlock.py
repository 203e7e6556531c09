"""The door: a passphrase opens the records; nothing heavy is loaded before it is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from cmdesk.errors import Problem, WrongSecret
from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, row
from cmdesk.ui.widgets.field import Field, Remark
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.passphrase_field import PassphraseField
from cmdesk.words import Words

if TYPE_CHECKING:  # nothing that stretches or opens keys is loaded before the window is seen
    from cmdesk.store.keys import Keys
    from cmdesk.ui.forgot import ForgotPage

LONGEST_WAIT = 30  # seconds
SETTLED_MS = 60  # by then the window is painted; loading would have held that up


@dataclass(frozen=True, slots=True)
class Doors:
    """What the unlock page is handed. All but `choose_file` run off the UI thread."""

    unlock: "Callable[[Path, str], Keys]"
    unlock_with_code: "Callable[[Path, str], Keys]"
    set_passphrase: "Callable[[Path, Keys, str], None]"
    prepare: Callable[[], None]
    choose_file: Callable[[], Path | None]


def wait_after(tries: int) -> int:
    """Seconds to wait after so many wrong tries: 1, 2, 4, 8, 16, 30."""
    return min(LONGEST_WAIT, 2 ** (tries - 1)) if tries else 0


def greeting(hour: int, words: Words) -> str:
    if 4 <= hour < 12:
        return words.tr("Good morning")
    return words.tr("Good afternoon") if 12 <= hour < 18 else words.tr("Good evening")


def _foot(facts: Sequence[tuple[Icon, str]]) -> QHBoxLayout:
    foot = row(gap=32)
    foot.addStretch(1)
    for icon, text in facts:
        fact = row(gap=6)
        fact.addWidget(Glyph(icon, "text2", 14))
        fact.addWidget(Label(text, "small", "text2"))
        foot.addLayout(fact)
    foot.addStretch(1)
    return foot


class UnlockPage(QWidget):
    """Signals: `opened(Keys)`, `another(Path)` for another file, `refused(int)` tries so far."""

    opened = Signal(object)
    another = Signal(object)
    refused = Signal(int)

    def __init__(
        self,
        folder: Path,
        doors: Doors,
        tasks: Tasks,
        words: Words,
        *,
        hour: int = 9,
        locked: bool = False,
        facts: tuple[tuple[Icon, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """Take the hour of the day for the greeting; `facts` stand at the bottom, without names."""
        super().__init__(parent)
        self._folder, self._doors, self._tasks, self._words = folder, doors, tasks, words
        self._tries, self._left, self._prepared = 0, 0, False
        self._forgot: ForgotPage | None = None
        self._pages = QStackedWidget()
        column(self).addWidget(self._pages)
        self.field = PassphraseField(words)
        self.field.returnPressed.connect(self.open_records)
        self.remark = Remark()
        self.button = Button(
            words.tr("Open records"), "primary", size="large", keys="Return", spread=False
        )
        self.button.clicked.connect(self.open_records)
        self.field.caps_lock.connect(self._on_caps_lock)
        self._trouble = Note("", "crit")
        self._trouble.hide()
        self._front = self._locked_page() if locked else self._open_page(hour, facts)
        self._pages.addWidget(self._front)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._on_second_passed)
        self.setFocusProxy(self.field)

    def _open_page(self, hour: int, facts: tuple[tuple[Icon, str], ...]) -> QWidget:
        page, tr = grounded("bg"), self._words.tr
        whole = column(page, edge=24)
        whole.addStretch(10)
        middle = QWidget()
        middle.setFixedWidth(look.px(360))
        body = column(middle)
        body.addWidget(Glyph(Icon.CMDESK, "accent", 40))
        body.addSpacing(28)
        body.addWidget(Label(greeting(hour, self._words), "display"))
        body.addSpacing(4)
        body.addWidget(Label(tr("Enter your passphrase to open your records."), "body", "text2"))
        body.addSpacing(28)
        body.addWidget(Field(tr("Passphrase"), self.field))
        body.addWidget(self.remark)
        body.addSpacing(20)
        body.addWidget(self._trouble)
        body.addWidget(self.button)
        body.addSpacing(14)
        body.addLayout(self._links())
        whole.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(11)
        whole.addLayout(_foot(facts))
        return page

    def _links(self) -> QHBoxLayout:
        links, tr = row(), self._words.tr
        forgot = Button(tr("I forgot my passphrase"), "link")
        forgot.clicked.connect(self.show_forgot)
        other = Button(tr("Open another file"), "link")
        other.clicked.connect(self._on_another)
        links.addWidget(forgot)
        links.addStretch(1)
        links.addWidget(other)
        return links

    def _locked_page(self) -> QWidget:
        """Lay out the page that keeps nothing in view: no client, practice or file name."""
        page, tr = grounded("bg"), self._words.tr
        whole = column(page, edge=24)
        whole.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        whole.addWidget(Glyph(Icon.CMDESK, "accent", 32), 0, centre)
        whole.addSpacing(12)
        whole.addWidget(Label(tr("Locked"), "heading"), 0, centre)
        safe = Label(tr("Your draft is safe. It opens where you were."), "body", "text2")
        whole.addWidget(safe, 0, centre)
        whole.addSpacing(12)
        self.field.setPlaceholderText(tr("Passphrase"))
        for widget in (self.field, self.remark, self._trouble):
            widget.setFixedWidth(look.px(240))
            whole.addWidget(widget, 0, centre)
        whole.addStretch(1)
        return page

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.field.setFocus()
        if not self._prepared:
            self._prepared = True
            QTimer.singleShot(SETTLED_MS, self, self._prepare)

    def _prepare(self) -> None:
        """Load what comes next while the passphrase is being typed."""
        self._tasks.run(self, self._doors.prepare)

    def open_records(self) -> None:
        """Try what is typed, off the UI thread: stretching it takes a second, on purpose."""
        if self._left or self.field.isReadOnly() or not self.field.text():
            self.field.setFocus()
            return
        self._set_busy(busy=True)
        work = partial(self._doors.unlock, self._folder, self.field.text())
        self._tasks.run(self, work).then(self._on_opened).otherwise(self._on_failed)

    def _set_busy(self, *, busy: bool) -> None:
        tr = self._words.tr
        self.field.setReadOnly(busy)
        self.button.setEnabled(not busy)
        self.button.setText(tr("Opening your records") if busy else tr("Open records"))
        if busy:
            self.remark.say("")
            self._trouble.hide()

    def _on_opened(self, keys: "Keys") -> None:
        self.field.forget()
        self._set_busy(busy=False)
        self._tries = 0
        self.opened.emit(keys)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        self.field.selectAll()
        self.field.setFocus()
        if isinstance(error, WrongSecret):
            self._tries += 1
            self._left = wait_after(self._tries)
            self._tell_wait()
            self._countdown.start()
            self.refused.emit(self._tries)
        elif isinstance(error, Problem):
            self._trouble.say(str(error))
            self._trouble.show()
        else:
            raise error

    def _tell_wait(self) -> None:
        wrong = self._words.tr("That is not the passphrase.")
        if self._left:
            again = self._words.ntr(
                "Try again in {n} second.", "Try again in {n} seconds.", self._left
            )
            wrong = f"{wrong} {again.format(n=self._left)}"
        self.remark.say(wrong)
        self.field.setAccessibleDescription(wrong)
        self.button.setEnabled(not self._left)

    def _on_second_passed(self) -> None:
        self._left = max(0, self._left - 1)
        if not self._left:
            self._countdown.stop()
        self._tell_wait()

    def _on_caps_lock(self, on: bool) -> None:  # noqa: FBT001 - a slot
        if not self._left:
            said = self._words.tr("Caps Lock is on") if on else ""
            self.remark.say(said, "warn", Icon.ARROW_BIG_UP)

    def _on_another(self) -> None:
        folder = self._doors.choose_file()
        if folder:
            self.another.emit(folder)

    def show_forgot(self) -> None:
        """Go to the recovery code."""
        from cmdesk.ui.forgot import ForgotPage  # noqa: PLC0415

        page = self._forgot = ForgotPage(
            partial(self._doors.unlock_with_code, self._folder),
            partial(self._doors.set_passphrase, self._folder),
            self._tasks,
            self._words,
        )
        page.opened.connect(self._on_opened)
        page.left.connect(self._on_forgot_left)
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        page.setFocus()

    def _on_forgot_left(self) -> None:
        self._pages.setCurrentWidget(self._front)
        if self._forgot:
            self._pages.removeWidget(self._forgot)
            self._forgot.deleteLater()
            self._forgot = None
        self.field.setFocus()
