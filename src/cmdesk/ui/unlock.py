"""The door: a passphrase opens the records; nothing heavy is loaded before it is shown."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from cmdesk.errors import Damaged, Problem, WrongSecret
from cmdesk.ui import look
from cmdesk.ui.clock_face import local
from cmdesk.ui.door_page import amid
from cmdesk.ui.doors import Doors, Facts, backed_up, greeting, locked_words, wait_after, wrong
from cmdesk.ui.icons import Icon
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded
from cmdesk.ui.widgets.field import Field, Remark
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.passphrase_field import PassphraseField
from cmdesk.ui.widgets.wrap_row import wrap_row
from cmdesk.words import Words

if TYPE_CHECKING:  # nothing that stretches or opens keys is loaded before the window is seen
    from cmdesk.store.keys import Keys
    from cmdesk.ui.forgot import ForgotPage

SETTLED_MS = 60  # by then the window is painted; loading would have held that up


class UnlockPage(QWidget):
    """Asks for the passphrase, or lets the keychain or the recovery code stand in for it.

    Signals: `opened(Keys)`, `another(Path)` for another file, `refused(int)` tries so far,
    `stuck(Damaged)` when the vault itself is damaged, `restore_asked` for a backup.
    """

    opened = Signal(object)
    another = Signal(object)
    refused = Signal(int)
    stuck = Signal(object)
    restore_asked = Signal()

    def __init__(
        self,
        folder: Path,
        doors: Doors,
        tasks: Tasks,
        words: Words,
        *,
        now: datetime,
        locked: bool = False,
        draft: bool = False,
        facts: tuple[tuple[Icon, str], ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`now` is for the greeting; `facts` stand at the bottom, without names."""
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
        self._make_keychain()
        self._now = now
        self._facts: Facts | None = None
        hour = local(now).hour
        self._front = self._locked_page(draft=draft) if locked else self._open_page(hour, facts)
        self._pages.addWidget(self._front)
        self._countdown = QTimer(self, interval=1000)
        self._countdown.timeout.connect(self._on_second_passed)
        self.setFocusProxy(self.field)

    def _make_keychain(self) -> None:
        words = self._words
        self.keychain = Button(words.tr("Open with this computer’s keychain"), "link")
        self.keychain.clicked.connect(self._on_keychain)
        self.keychain.hide()
        self._behind = Label("", "small", "text2", wrap=True, align=paint.CENTRE)
        self._behind.hide()

    def _open_page(self, hour: int, facts: tuple[tuple[Icon, str], ...]) -> QWidget:
        page, tr = grounded("bg"), self._words.tr
        whole = column(page, edge=24)
        whole.addStretch(10)
        middle = QWidget()
        look.hold_width(middle, 360)
        body = column(middle)
        body.addWidget(Glyph(Icon.CMDESK, "accent", 40))
        body.addSpacing(28)
        body.addWidget(Label(greeting(hour, self._words), "display"))
        body.addSpacing(4)
        told = tr("Enter your passphrase to open your records.")
        body.addWidget(Label(told, "body", "text2", wrap=True))
        body.addSpacing(28)
        body.addWidget(Field(tr("Passphrase"), self.field))
        body.addWidget(self.remark)
        body.addSpacing(20)
        body.addWidget(self._trouble)
        body.addWidget(self.button)
        body.addSpacing(14)
        body.addLayout(self._links())
        body.addSpacing(10)
        body.addLayout(self._more_links())
        whole.addLayout(amid(middle))
        whole.addStretch(11)
        self._facts = Facts(facts)
        whole.addWidget(self._facts)
        return page

    def _links(self) -> QHBoxLayout:
        links, tr = wrap_row(lead=0), self._words.tr
        forgot = Button(tr("I forgot my passphrase"), "link")
        forgot.clicked.connect(self.show_forgot)
        other = Button(tr("Open another file"), "link")
        other.clicked.connect(self._on_another)
        links.addWidget(forgot)
        links.addStretch(1)
        links.addWidget(other)
        return links

    def _more_links(self) -> QHBoxLayout:
        links = wrap_row(lead=0)
        restore = Button(self._words.tr("Restore a backup"), "link")
        restore.clicked.connect(self.restore_asked)
        links.addWidget(restore)
        links.addStretch(1)
        links.addWidget(self.keychain)
        return links

    def _locked_page(self, *, draft: bool) -> QWidget:
        """Lay out the page that keeps nothing in view: no client, practice or file name."""
        page, tr = grounded("bg"), self._words.tr
        whole = column(page, edge=24)
        whole.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        whole.addWidget(Glyph(Icon.CMDESK, "accent", 32), 0, centre)
        whole.addSpacing(12)
        whole.addWidget(Label(tr("Locked"), "heading"), 0, centre)
        whole.addWidget(Label(locked_words(self._words, draft=draft), "body", "text2"), 0, centre)
        whole.addSpacing(12)
        self.field.setPlaceholderText(tr("Passphrase"))
        for widget in (self.field, self.remark, self._trouble):
            look.hold_width(widget, 240)
            whole.addWidget(widget, 0, centre)
        whole.addSpacing(8)
        whole.addWidget(self.keychain, 0, centre)
        whole.addWidget(self._behind, 0, centre)
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
        if not self.isVisible():  # the window was closed meanwhile, and takes no more work
            return
        doors, folder = self._doors, self._folder
        self._tasks.run(self, doors.prepare)
        if self._facts:
            self._tasks.run(self, partial(doors.last_backup, folder)).then(self._on_last_backup)
        chain = partial(doors.keychain_offers, folder)
        self._tasks.run(self, chain).then(self.keychain.setVisible)

    def _on_last_backup(self, at: datetime | None) -> None:
        if at and self._facts:
            self._facts.add(Icon.CIRCLE_CHECK, backed_up(self._words, at, self._now))

    def say_behind(self, text: str = "") -> None:
        """Say what still goes on behind the lock, without a name."""
        self._behind.setText(text)
        self._behind.setVisible(bool(text))

    def _on_keychain(self) -> None:
        self._set_busy(busy=True)
        work = partial(self._doors.unlock_with_keychain, self._folder)
        self._tasks.run(self, work).then(self._on_opened).otherwise(self._on_keychain_failed)

    def _on_keychain_failed(self, error: BaseException) -> None:
        """Fall back to the passphrase, in words."""
        self._set_busy(busy=False)
        self.field.setFocus()
        if isinstance(error, Damaged):
            self.stuck.emit(error)
        elif isinstance(error, Problem):
            self._trouble.say(self._words.tr("The keychain did not open it. Use your passphrase."))
            self._trouble.show()
        else:
            raise error

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
        self.keychain.setEnabled(not busy)
        self.button.setText(tr("Opening your records") if busy else tr("Open records"))
        alone = busy and self.button.parent() is None  # where it is locked, no button says it
        self.remark.say(self.button.text() if alone else "", "text2", None)
        if busy:
            self._trouble.hide()

    def _on_opened(self, keys: "Keys") -> None:
        """Hand the keys on; the records take a moment more, and until then nothing can be typed."""
        self.field.forget()
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
        elif isinstance(error, Damaged):
            self.stuck.emit(error)
        elif isinstance(error, Problem):
            self._trouble.say(str(error))
            self._trouble.show()
        else:
            raise error

    def _tell_wait(self) -> None:
        said = wrong(self._words, self._left)
        self.remark.say(said)
        self.field.setAccessibleDescription(said)
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
