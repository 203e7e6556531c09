"""Change the passphrase: the one in force, and a new one twice."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from cmdesk.errors import Problem, WrongSecret
from cmdesk.store import security
from cmdesk.store.store import Store
from cmdesk.ui.desk import Desk
from cmdesk.ui.new_passphrase import NewPassphrase
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.passphrase_field import PassphraseField


def change(store: Store, current: str, new: str) -> None:
    security.change_passphrase(store, current, new)


class ChangePassphrase(Dialog):
    """Signal `changed` once the new one opens the records."""

    changed = Signal()

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("Change passphrase"), width=520, close_word=tr("Close"))
        self._desk, self._busy = desk, False
        text = tr(
            "The new one counts from now on. Your recovery sheet stays good. Backups made before "
            "open with the passphrase of their day."
        )
        self.body.addWidget(Label(text, "body", "text2", wrap=True))
        self.current = PassphraseField(desk.words)
        self.current_field = Field(tr("The passphrase you use now"), self.current)
        self.body.addWidget(self.current_field)
        self.new = NewPassphrase(desk.words, tr("New passphrase"))
        self.body.addWidget(self.new)
        for one, after in pairwise((self.current, *self.new.stops, self.current.eye)):
            QWidget.setTabOrder(one, after)
        self._trouble = Note("", "crit")
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self.add_foot()
        cancel = Button(tr("Cancel"))
        cancel.clicked.connect(self.close_dialog)
        self.go = Button(tr("Change passphrase"), "primary", keys="Return")
        self.go.clicked.connect(self.run)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.go)
        self.current.textChanged.connect(self._on_typed)
        self.new.changed.connect(self._on_typed)
        self.closed.connect(self._forget)
        self._on_typed()

    def may_close(self) -> bool:
        return not self._busy

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run()
            return
        super().keyPressEvent(event)

    def _on_typed(self) -> None:
        self.current_field.say_fault("")
        self.go.setEnabled(not self._busy and bool(self.current.text()) and self.new.ready)

    def run(self) -> None:
        """Change it, off the UI thread: both passphrases are stretched, on purpose."""
        if not self.go.isEnabled():
            self._say_why()
            return
        self._set_busy(busy=True)
        work = partial(change, current=self.current.text(), new=self.new.text)
        self._desk.handle(self, work).then(self._on_changed).otherwise(self._on_failed)

    def _say_why(self) -> None:
        if self._busy:
            return
        if not self.current.text():
            self.current_field.say_fault(self._desk.words.tr("Type the passphrase you use now."))
            self.current.setFocus()
        else:
            self.new.say_why()

    def _set_busy(self, *, busy: bool) -> None:
        tr = self._desk.words.tr
        self._busy = busy
        self._trouble.hide()
        for field in (self.current, self.new.first, self.new.second):
            field.setReadOnly(busy)
        self.close_button.setEnabled(not busy)
        self.go.setText(tr("Making it hard to guess") if busy else tr("Change passphrase"))
        self.go.setEnabled(not busy)

    def _on_changed(self, _nothing: None) -> None:
        self._set_busy(busy=False)
        self._desk.say.toast(self._desk.words.tr("Passphrase changed"))
        self.changed.emit()
        self.close_dialog()

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if isinstance(error, WrongSecret):
            self.current_field.say_fault(self._desk.words.tr("That is not the passphrase."))
            self.current.selectAll()
            self.current.setFocus()
        elif isinstance(error, Problem):
            self._trouble.say(str(error))
            self._trouble.show()
        else:
            self._desk.say.failure(error)

    def _forget(self) -> None:
        self.current.forget()
        self.new.forget()
