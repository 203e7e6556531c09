"""A drafted e-mail, on its way by hand: open it, or copy its words where no program opens it."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from cmdesk.casework import reprint
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
        self._copy_id = 0
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

    def show_draft(self, draft: Path, copy_id: int) -> None:
        """Offer a draft of a letter that was just written."""
        from cmdesk.exchange import email_draft  # noqa: PLC0415

        self.draft, self._copy_id = draft, copy_id
        self._said = email_draft.words(draft.read_bytes())
        self._allow(offered=True)
        tr = self._desk.words.tr
        self._say(tr("The letter is attached. The draft is deleted when you lock."))
        self.show()

    def open_draft(self) -> None:
        """Hand the draft to the mail program, if the consents of this moment let the letter go."""
        asked = self._desk.fetch(self, reprint.why_not, self._copy_id)
        asked.then(self._open).otherwise(self._desk.say.failure)

    def _open(self, why_not: str) -> None:
        """Throw a draft away that may go no more; say what else works where nothing opens it."""
        tr, draft = self._desk.words.tr, self.draft
        if draft is None:
            return
        if why_not:
            with suppress(OSError):  # a mail program may hold it: then it goes with the lock
                draft.unlink()
            self.draft, self._said = None, None
            self._allow(offered=False)
            words = tr("It may not go any more. {why}").format(why=why_not)
            self._say(words, "crit")
            self._desk.say.announce(words, at_once=True)
            return
        words = tr("Your mail program has it. Send it there, then say so here.")
        if not (draft.exists() and handing.open_mail(draft)):
            words = tr("No mail program took it. Copy these words and attach the PDF yourself.")
        self._say(words)
        self._desk.say.announce(words)

    def _allow(self, *, offered: bool) -> None:
        for each in (self.open, self.address, self.subject, self.body):
            each.setEnabled(offered)

    def _say(self, words: str, ink: str = "text2") -> None:
        self.hint.set_ink(ink)
        self.hint.setText(words)

    def _copy(self, part: str) -> None:
        if self._said is not None:
            self._desk.clipboard.copy(str(getattr(self._said, part)))
            self._desk.say.toast(self._desk.words.tr("Copied"))
