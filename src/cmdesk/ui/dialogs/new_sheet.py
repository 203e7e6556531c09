"""A new recovery sheet: its code made, the sheet in hand, and three groups typed back."""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from cmdesk.errors import Problem
from cmdesk.reports.recovery_sheet import RecoveryKit, recovery_sheet
from cmdesk.store import security
from cmdesk.store.header import HEADER
from cmdesk.store.store import Store
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog, open_over
from cmdesk.ui.sheet_step import SheetStep
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

GROUPS_ASKED = 3


def sheet_of(store: Store, code: str) -> bytes:
    """Draw the sheet that goes with the vault's header as it stands now."""
    header = (store.folder / HEADER).read_text("ascii")
    return recovery_sheet(RecoveryKit(store.keys.header.vault_id, store.clock(), code, header))


def tell_owed(desk: Desk, window: QWidget, told: Sequence[str] = ()) -> None:
    """Say in the window's bar that nobody holds the code, with the button that mends it."""
    tr = desk.words.tr
    owing = tr("No one has confirmed holding this vault’s recovery code.")
    hint = tr("Without it, a forgotten passphrase can’t be replaced.")

    def make() -> None:
        open_sheet(desk, window, owed=True, insist=True)

    desk.say.problem(Problem(" ".join((*told, owing)), hint), (tr("Make the sheet"), make))


def open_sheet(desk: Desk, window: QWidget, *, owed: bool, insist: bool = False) -> "NewSheet":
    """Open the dialog; when it is left without the code proved, the window goes on saying so."""
    dialog = NewSheet(desk, owed=owed, insist=insist)
    dialog.left_owing.connect(partial(tell_owed, desk, window))
    open_over(window, dialog)
    return dialog


class NewSheet(Dialog):
    """Signals: `confirmed` once the new code is proved to be held, `left_owing` if it is not."""

    confirmed = Signal()
    left_owing = Signal()

    def __init__(self, desk: Desk, *, owed: bool = False, insist: bool = False) -> None:
        """With `owed`, nobody holds the code there is: nothing is lost by a new one.

        With `insist`, it is told again if nothing was made: the bar that said so has gone.
        """
        tr = desk.words.tr
        super().__init__(tr("Recovery sheet"), width=560, close_word=tr("Close"))
        self._desk, self._code, self._busy = desk, "", False
        self._owing, self._warned = insist, False
        self.step = SheetStep(self._make, self._choose_save, self._print, desk.words)
        self.step.back.hide()
        self.step.go.clicked.connect(self._confirm)
        self.step.heading.hide()
        self.step.hide()
        self._first = self._warning(owed=owed)
        self.body.addWidget(self._first)
        self.body.addWidget(self.step)
        self.body.addWidget(self._leaving())
        self.closed.connect(self._forget)

    def may_close(self) -> bool:
        """Ask once before a code is left that nobody holds."""
        if self._busy:
            return False
        if self._code and not self._warned:
            self._warned = True
            self.leaving.show()
            self.stay.setFocus(Qt.FocusReason.OtherFocusReason)
            self._desk.say.announce(self._leaving_words(), at_once=True)
            return False
        return True

    def _leaving_words(self) -> str:
        tr = self._desk.words.tr
        return tr("The old sheet no longer works and nobody holds the new one. Leave anyway?")

    def _leaving(self) -> QWidget:
        tr = self._desk.words.tr
        self.leaving = Note(self._leaving_words(), "warn")
        self.stay = Button(tr("Stay here"), size="small")
        self.stay.clicked.connect(self._on_stay)
        leave = Button(tr("Leave"), size="small")
        leave.clicked.connect(self.close_dialog)
        self.leaving.add_button(self.stay)
        self.leaving.add_button(leave)
        self.leaving.hide()
        return self.leaving

    def _on_stay(self) -> None:
        self._warned = False
        self.leaving.hide()
        self.step.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in one of the groups goes on, once all three are right."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(QApplication.focusWidget(), QLineEdit):
            if self.step.go.isEnabled():
                self.step.go.click()
            elif not self._busy:
                self.step.say_why()
            return
        super().keyPressEvent(event)

    def _warning(self, *, owed: bool) -> QWidget:
        tr = self._desk.words.tr
        page = QWidget()
        body = column(page, gap=16)
        text = tr(
            "cmdesk makes a new recovery code and the sheet it stands on. You type three groups "
            "back, so that you know it can be read."
        )
        body.addWidget(Label(text, "body", "text2", wrap=True))
        if owed:
            before = tr("No one has confirmed holding the code made before. It stops working.")
        else:
            before = tr(
                "The sheet you have stops working as soon as the new code is made. "
                "Backups made before still open with the old sheet: keep it with them."
            )
        body.addWidget(Note(before, "warn"))
        self.trouble = Note("", "crit")
        self.trouble.hide()
        body.addWidget(self.trouble)
        foot = row()
        cancel = Button(tr("Keep what I have"))
        cancel.clicked.connect(self.close_dialog)
        self.begin = Button(tr("Make a new code"), "primary")
        self.begin.clicked.connect(self.make_code)
        foot.addStretch(1)
        foot.addWidget(cancel)
        foot.addWidget(self.begin)
        body.addLayout(foot)
        return page

    def make_code(self) -> None:
        """Put a new code in place of the old one."""
        self._set_busy(busy=True)
        made = self._desk.handle(self, security.new_recovery_code)
        made.then(self._on_made).otherwise(self._on_failed)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self.begin.setEnabled(not busy)
        self.close_button.setEnabled(not busy)
        self.step.set_busy(busy=busy)

    def _on_made(self, code: str) -> None:
        self._set_busy(busy=False)
        self._code, self._owing = code, True
        groups = code.split("-")
        asked = secrets.SystemRandom().sample(range(len(groups)), GROUPS_ASKED)
        self.step.ask_for(groups, asked, code)
        self._first.hide()
        self.step.show()
        self.step.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make(self, then: Callable[[bytes], object]) -> None:
        made = self._desk.handle(self, partial(sheet_of, code=self._code))
        made.then(then).otherwise(self._on_failed)

    def _choose_save(self, name: str) -> Path | None:
        return handing.choose_save(
            self.window(), self._desk.words.tr("Save as PDF"), name, "PDF (*.pdf)"
        )

    def _print(self, sheet: bytes) -> bool:
        return handing.print_pdf(self.window(), sheet)

    def _confirm(self) -> None:
        if not self.step.ready():
            return
        self._set_busy(busy=True)
        done = self._desk.handle(self, security.confirm_recovery)
        done.then(self._on_confirmed).otherwise(self._on_failed)

    def _on_confirmed(self, _nothing: None) -> None:
        self._set_busy(busy=False)
        self._desk.say.toast(self._desk.words.tr("The new sheet is the one that counts"))
        self._code, self._owing = "", False
        self.confirmed.emit()
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if not isinstance(error, Problem):
            self._desk.say.failure(error)
        elif self.step.isVisible():
            self.step.say_trouble(str(error))
        else:
            self.trouble.say(str(error))
            self.trouble.show()

    def _forget(self) -> None:
        self._code = ""
        self.step.forget()
        if self._owing:
            self.left_owing.emit()
