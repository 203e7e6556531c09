"""A drafted e-mail, on its way by hand: open it, or copy its words where no program opens it."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.wrap_row import wrap_row

if TYPE_CHECKING:  # loaded with the first letter, not with the window
    from cmdesk.exchange.email_draft import Words


class MailSteps(QWidget):
    """Opens the draft with the mail program, and offers its address, subject and words."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.draft: Path | None = None  # where the one that is offered stands
        self._said: Words | None = None
        tr = desk.words.tr
        whole = column(self, gap=6)
        self.title = Label(tr("The e-mail"), "strong")
        self.hint = Label("", "small", "text2", wrap=True)
        whole.addWidget(self.title)
        whole.addWidget(self.hint)
        line = wrap_row()
        self.open = Button(tr("Open the e-mail draft"), size="small", icon=Icon.MAIL)
        self.address = Button(tr("Copy address"), "plain", size="small")
        self.subject = Button(tr("Copy subject"), "plain", size="small")
        self.body = Button(tr("Copy text"), "plain", size="small")
        self.open.clicked.connect(self.open_draft)
        for button, part in ((self.address, "to"), (self.subject, "subject"), (self.body, "body")):
            button.clicked.connect(partial(self._copy, part))
        for each in (self.open, self.address, self.subject, self.body):
            line.addWidget(each)
        line.addStretch(1)
        whole.addLayout(line)
        self.hide()

    def show_draft(self, draft: Path) -> None:
        """Offer a draft that was just written."""
        from cmdesk.exchange import email_draft  # noqa: PLC0415

        self.draft, self._said = draft, email_draft.words(draft.read_bytes())
        tr = self._desk.words.tr
        self.hint.setText(tr("Attach nothing: the letter is in it. It is gone with the lock."))
        self.show()

    def open_draft(self) -> None:
        """Hand the draft to the mail program; say what else works where there is none."""
        if self.draft is None:
            return
        tr = self._desk.words.tr
        words = tr("Your mail program has it. Send it there, then say so here.")
        if not (self.draft.exists() and handing.open_mail(self.draft)):
            words = tr("No mail program took it. Copy these words and attach the PDF yourself.")
        self.hint.setText(words)
        self._desk.say.announce(words)

    def _copy(self, part: str) -> None:
        if self._said is not None:
            self._desk.clipboard.copy(str(getattr(self._said, part)))
            self._desk.say.toast(self._desk.words.tr("Copied"))
