"""The other way in: the recovery code from the printed sheet, then a new passphrase."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.errors import Problem
from cmdesk.store.keys import Keys
from cmdesk.ui.door_page import sheet
from cmdesk.ui.new_passphrase import NewPassphrase
from cmdesk.ui.tasks import Tasks
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.field import Field, line_edit
from cmdesk.words import Words


class ForgotPage(QWidget):
    """Signals: `opened(Keys)` once a new passphrase stands, `left` to go back."""

    opened = Signal(object)
    left = Signal()

    def __init__(
        self,
        unlock: Callable[[str], Keys],
        set_passphrase: Callable[[Keys, str], None],
        tasks: Tasks,
        words: Words,
        parent: QWidget | None = None,
    ) -> None:
        """Take the two steps as functions; both run off the UI thread."""
        super().__init__(parent)
        self._unlock, self._set_passphrase = unlock, set_passphrase
        self._tasks, self._words = tasks, words
        self._keys: Keys | None = None
        self._busy = False
        self._steps = QStackedWidget()
        column(self).addWidget(self._steps)
        self.code = line_edit("7K2QM-4XW9R-…", size="large")
        self.code_field = Field(words.tr("Recovery code"), self.code)
        self.code.returnPressed.connect(self.try_code)
        self.code.textEdited.connect(self._on_typed)
        self.new = NewPassphrase(words)
        self.keep = Button(words.tr("Save and open"), "primary", size="large")
        self.keep.setEnabled(False)
        self.keep.clicked.connect(self.save_passphrase)
        self.new.changed.connect(self._on_changed)
        self._go = Button(words.tr("Continue"), "primary", size="large")
        self._go.clicked.connect(self.try_code)
        self._steps.addWidget(self._code_page())
        self._steps.addWidget(self._passphrase_page())
        self.setFocusProxy(self.code)

    def _frame(self, title: str, text: str, middle: QWidget, go: Button) -> QWidget:
        page = QWidget()
        body = sheet(page, title, text)
        body.addWidget(middle)
        body.addSpacing(24)
        buttons = row()
        back = Button(self._words.tr("Back"), size="large")
        back.clicked.connect(self._on_back)
        buttons.addWidget(back)
        buttons.addStretch(1)
        buttons.addWidget(go)
        body.addLayout(buttons)
        return page

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._on_back()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._keys:
            self.save_passphrase()
        else:
            super().keyPressEvent(event)

    def _code_page(self) -> QWidget:
        tr = self._words.tr
        text = tr(
            "It stands on the sheet you printed when these records were made. "
            "Upper or lower case and dashes do not matter."
        )
        return self._frame(tr("Use your recovery code"), text, self.code_field, self._go)

    def _passphrase_page(self) -> QWidget:
        tr = self._words.tr
        text = tr("Four or five unrelated words are easy to remember and hard to guess.")
        return self._frame(tr("Choose a new passphrase"), text, self.new, self.keep)

    def try_code(self) -> None:
        if not self.code.text().strip() or not self._go.isEnabled():
            return
        self._go.setEnabled(False)
        work = partial(self._unlock, self.code.text())
        self._tasks.run(self, work).then(self._on_code_good).otherwise(self._on_code_wrong)

    def _on_typed(self) -> None:
        self.code_field.say_fault("")

    def _on_code_good(self, keys: Keys) -> None:
        self._keys = keys
        self.code.clear()
        self._steps.setCurrentIndex(1)
        self.new.setFocus()

    def _on_code_wrong(self, error: BaseException) -> None:
        self._go.setEnabled(True)
        if not isinstance(error, Problem):
            raise error
        self.code_field.say_fault(str(error))
        self.code.setFocus()

    def _on_changed(self) -> None:
        self.keep.setEnabled(self.new.ready)

    def save_passphrase(self) -> None:
        if self._keys is None or self._busy:
            return
        if not self.new.ready:
            self.new.say_why()
            return
        self.keep.setEnabled(False)
        self._busy = True
        work = partial(self._set_passphrase, self._keys, self.new.text)
        self._tasks.run(self, work).then(self._on_saved).otherwise(self._on_save_failed)

    def _on_saved(self, _nothing: None) -> None:
        self._busy = False
        self.new.forget()
        self.opened.emit(self._keys)

    def _on_save_failed(self, error: BaseException) -> None:
        self._busy = False
        self.keep.setEnabled(True)
        if not isinstance(error, Problem):
            raise error
        self.new.say(str(error))

    def _on_back(self) -> None:
        if self._busy:  # the keys are in use
            return
        self.code.clear()
        self.new.forget()
        if self._keys:
            self._keys.forget()
        self.left.emit()
