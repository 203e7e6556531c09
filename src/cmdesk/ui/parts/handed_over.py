"""A letter that was handed over: where it is, what opens it, and what was recorded."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.casework import letter_events
from cmdesk.rules.letter_state import LetterState
from cmdesk.ui import handing
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.disagreement_note import disagreement_note
from cmdesk.ui.parts.mail_steps import MailSteps
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.wrap_row import wrap_row

if TYPE_CHECKING:  # paper is loaded with the first letter, not with the window
    from cmdesk.handover import Handover

EDGE = 16
HASH_SHOWN = 12  # characters of the fingerprint that tell two files apart


class HandedOver(QWidget):
    """Signals `told`: say how the password was told; `left`: go back to the list."""

    told = Signal()
    left = Signal()

    def __init__(self, desk: Desk, made: "Handover", password: str, *, fresh: bool) -> None:
        """`password` opens the file, empty where it is not locked; `fresh` if it is new."""
        super().__init__()
        self._desk, self._made = desk, made
        self.password = password
        tr, party = desk.words.tr, made.released.recipient
        name = desk.privacy.name(party.called)
        whole = column(self, gap=10)
        whole.setContentsMargins(EDGE, 14, EDGE, 14)
        done = tr("The letter for {name} is ready.").format(name=name)
        self.note = Note(self._place(), "ok", lead=done)
        whole.addWidget(self.note)
        show = Button(tr("Show in folder"), size="small")
        show.clicked.connect(lambda: handing.show_folder(made.target))
        self.note.add_button(show)
        self.mail = MailSteps(desk)
        whole.addWidget(self.mail)
        if made.email:
            self.mail.show_draft(made.email, made.copy_id)
        self.disagreement = disagreement_note(desk, made.released.client_id)
        if self.disagreement:
            whole.addWidget(self.disagreement)
        if password:
            self._add_password(whole, name, fresh=fresh)
        whole.addWidget(self._recorded())
        whole.addLayout(self._last_steps())

    def _last_steps(self) -> QHBoxLayout:
        """Say that it was sent, as soon as it was; Today asks for it in two days."""
        tr, line = self._desk.words.tr, wrap_row()
        self.sent = Button(tr("It was sent"), size="small")
        self.sent.clicked.connect(self._on_sent)
        back = Button(tr("Back to updates"), size="small")
        back.clicked.connect(self.left)
        line.addWidget(self.sent)
        line.addWidget(back)
        line.addStretch(1)
        return line

    def _on_sent(self) -> None:
        tr, copy, today = self._desk.words.tr, self._made.copy_id, self._desk.today()
        self.sent.setEnabled(False)
        label, told = tr("Say that a letter was sent"), tr("Put down: {what}")
        done = told.format(what=tr(LetterState.SENT.label))
        doing = self._desk.do(self, label, letter_events.confirm_sent, copy, today)
        doing.then(lambda _: self._desk.done(done))

    def _place(self) -> str:
        tr, file = self._desk.words.tr, self._desk.privacy.file
        name, place = file(self._made.target.name), file(self._made.target.parent.name)
        return tr("{file} in {folder}").format(file=name, folder=place)

    def _add_password(self, whole: QVBoxLayout, name: str, *, fresh: bool) -> None:
        tr = self._desk.words.tr
        title = (
            tr("The letter’s password")
            if not fresh
            else tr("Tell {name} these words").format(name=name)
        )
        whole.addWidget(Label(title, "strong"))
        self.words = Label(self.password if fresh else "••••••", "reading", wrap=True)
        if fresh:
            whole.addWidget(self.words)
        line = row()
        copy = Button(tr("Copy"), size="small")
        copy.clicked.connect(lambda: self._desk.clipboard.copy(self.password))
        told = Button(tr("Note how you told {name}").format(name=name), "plain", size="small")
        told.clicked.connect(self.told)
        line.addWidget(copy)
        line.addWidget(told)
        line.addStretch(1)
        whole.addLayout(line)

    def _recorded(self) -> QWidget:
        tr, made = self._desk.words.tr, self._made
        made_line = QWidget()
        line = row(made_line, gap=8)
        beside = column()
        beside.addSpacing(2)
        beside.addWidget(Glyph(Icon.BOOK_CHECK, "ok", 16))
        beside.addStretch(1)
        line.addLayout(beside)
        words = column(gap=1)
        words.addWidget(Label(tr("Recorded in the sharing log"), "medium"))
        what = tr("{name}, {topics}. File {hash}").format(
            name=self._desk.privacy.name(made.released.recipient.full_name),
            topics=phrases.topics(self._desk.words, made.released.topics) or tr("no topic"),
            hash=made.sha256[:HASH_SHOWN],
        )
        words.addWidget(Label(what, "small", "text2", wrap=True))
        line.addLayout(words, 1)
        return made_line
