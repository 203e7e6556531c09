"""A new data key: the owner proves to be the owner; the rest is done behind the door."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from cmdesk.errors import Problem, WrongSecret
from cmdesk.store import keys
from cmdesk.store.keys import Keys
from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.field import Field
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.passphrase_field import PassphraseField


class NewDataKey(Dialog):
    """Closes once the passphrase is proved; `Desk.rekeyed` then carries the keys."""

    def __init__(self, desk: Desk) -> None:
        tr = desk.words.tr
        super().__init__(tr("New data key"), width=520, close_word=tr("Close"))
        self._desk, self._busy = desk, False
        text = tr(
            "Every record is written anew under a new key. Passphrase and recovery sheet stay as "
            "they are. Do this when somebody may have copied your records and seen them open."
        )
        self.body.addWidget(Label(text, "body", "text2", wrap=True))
        steps = tr(
            "cmdesk backs up and checks the copy first, then locks, writes, and opens again. "
            "Should the power fail, the next opening finishes it."
        )
        self.body.addWidget(Note(steps))
        self.passphrase = PassphraseField(desk.words)
        self.field = Field(tr("Passphrase"), self.passphrase)
        self.body.addWidget(self.field)
        self._trouble = Note("", "crit")
        self._trouble.hide()
        self.body.addWidget(self._trouble)
        self._lay_foot()

    def _lay_foot(self) -> None:
        tr = self._desk.words.tr
        self.add_foot()
        cancel = Button(tr("Cancel"))
        cancel.clicked.connect(self.close_dialog)
        self.go = Button(tr("Back up and make it"), "primary", keys="Return")
        self.go.setEnabled(False)
        self.go.clicked.connect(self.run)
        self.passphrase.textChanged.connect(self._on_typed)
        self.foot.addStretch(1)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.go)
        self.closed.connect(self.passphrase.forget)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.run()
            return
        super().keyPressEvent(event)

    def _on_typed(self) -> None:
        self.field.say_fault("")
        self.go.setEnabled(bool(self.passphrase.text()) and not self._busy)

    def may_close(self) -> bool:
        return not self._busy

    def run(self) -> None:
        """Prove the passphrase, then hand the keys to the window."""
        if not self.go.isEnabled():
            return
        self._set_busy(busy=True)
        work = partial(keys.unlock, self._desk.folder, self.passphrase.text())
        self._desk.run(self, work).then(self._on_proved).otherwise(self._on_failed)

    def _set_busy(self, *, busy: bool) -> None:
        self._busy = busy
        self._trouble.hide()
        self.passphrase.setReadOnly(busy)
        self.go.setEnabled(not busy)
        tr = self._desk.words.tr
        self.go.setText(tr("Looking at the passphrase") if busy else tr("Back up and make it"))

    def _on_proved(self, held: Keys) -> None:
        self._set_busy(busy=False)
        self.close_dialog()
        self._desk.rekeyed.emit(held)

    def _on_failed(self, error: BaseException) -> None:
        self._set_busy(busy=False)
        if isinstance(error, WrongSecret):
            self.field.say_fault(self._desk.words.tr("That is not the passphrase."))
            self.passphrase.selectAll()
            self.passphrase.setFocus()
        elif isinstance(error, Problem):
            self._trouble.say(str(error))
            self._trouble.show()
        else:
            self._desk.say.failure(error)
