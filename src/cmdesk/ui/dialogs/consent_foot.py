"""The foot of the consent dialog: save, print, renew, and the one question before it ends."""

from functools import partial

from PySide6.QtCore import QObject, Qt, Signal

from cmdesk.rules.codes import RevokedHow, Signer
from cmdesk.ui.desk import Desk
from cmdesk.ui.overlay import Dialog
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label


class ConsentFoot(QObject):
    """Signals `save`, `print_form`, `renew`, and `end(str, str)`: how and by whom it ended."""

    save = Signal()
    print_form = Signal()
    renew = Signal()
    end = Signal(str, str)

    def __init__(self, desk: Desk, dialog: Dialog, called: str) -> None:
        """Fill the dialog's foot; `called` is the client."""
        super().__init__(dialog)
        foot = dialog.foot
        self._desk, self._called = desk, called
        tr = desk.words.tr
        self.ending = Button(tr("End this consent"), "danger")
        self.told = Label("", "small", "text2", wrap=True)
        signers = [(each.value, tr(each.label)) for each in Signer]
        signers[0] = (Signer.CLIENT.value, called)
        self.by = Choice(signers, tr("Who ended it"))
        self.by_word = Button(tr("By word"), "danger")
        self.in_writing = Button(tr("In writing"), "danger")
        self.go_back = Button(tr("Go back"), "plain")
        self.renewing = Button(tr("Renew"))
        self.printing = Button(tr("Print form"))
        self.saving = Button(tr("Save"), "primary", keys="Ctrl+Return")
        foot.addWidget(self.ending)
        foot.addWidget(self.told, 1, Qt.AlignmentFlag.AlignVCenter)
        for each in (self.by, self.go_back, self.by_word, self.in_writing):
            foot.addWidget(each)
        for button in (self.renewing, self.printing, self.saving):
            foot.addWidget(button)
        self._asking = False
        self._saved = self._ended = self._oral = False
        self._reader = ""
        self._listen()

    def _listen(self) -> None:
        self.saving.clicked.connect(self.save)
        self.printing.clicked.connect(self.print_form)
        self.renewing.clicked.connect(self.renew)
        self.ending.clicked.connect(self._ask)
        self.go_back.clicked.connect(self._go_back)
        self.by_word.clicked.connect(partial(self._on_how, RevokedHow.ORAL))
        self.in_writing.clicked.connect(partial(self._on_how, RevokedHow.WRITTEN))

    def show_state(self, *, saved: bool, ended: bool, oral: bool, reader: str) -> None:
        """Offer what this consent can take; `reader` is whose letters an end would touch."""
        self._saved, self._ended, self._oral, self._reader = saved, ended, oral, reader
        self._show()

    def _show(self) -> None:
        """Turn the foot into the one question, or back. Ending can't be undone, and it says so."""
        tr, asking = self._desk.words.tr, self._asking and not self._ended
        self.ending.setVisible(self._saved and not asking and not self._ended)
        self.renewing.setVisible(self._saved and not asking)
        self.printing.setVisible(not asking and not self._ended and not self._oral)
        self.saving.setVisible(not asking and not self._ended)
        for part in (self.by, self.by_word, self.in_writing, self.go_back):
            part.setVisible(asking)
        effect = tr("Ending it takes effect at once. Drafts for {name} are checked again.")
        question = tr("Who ended it, and how? It ends at once and can\u2019t be undone.")
        words = question if asking else effect.format(name=self._reader)
        self.told.setText(words if asking or (self._saved and not self._ended) else "")

    def _ask(self) -> None:
        self._asking = True
        self._show()
        self.go_back.setFocus()
        self._desk.say.announce(self.told.text())

    def _go_back(self) -> None:
        self._asking = False
        self._show()
        self.ending.setFocus()

    def _on_how(self, how: RevokedHow) -> None:
        self.end.emit(how.value, str(self.by.value))
