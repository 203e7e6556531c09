"""What was signed, as it stands: the text, its dates, what was added, and whether it is whole."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.contacts import Added, Opened
from cmdesk.rules.contact_codes import AddendumKind
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, column, row
from cmdesk.ui.widgets.field import line_edit
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note


class SignedPart(Card):
    """Only shows. A text that is not what was signed is said so plainly, and is not hidden."""

    def __init__(self, desk: Desk, entry: Opened) -> None:
        super().__init__(tone="sunken")
        self._words, tr = desk.words, desk.words.tr
        narrative = Label(entry.draft.narrative, "reading", wrap=True)
        self.body.addWidget(narrative)
        if entry.late and entry.entered_at and entry.draft.day:
            late = tr("Late entry: happened {day}, entered {entered}.").format(
                day=desk.words.short_day(entry.draft.day), entered=self._moment(entry.entered_at)
            )
            why = f" {entry.draft.late_reason}" if entry.draft.late_reason else ""
            self.body.addWidget(_told(Icon.HISTORY, "warn", late + why))
        if entry.signed_at:
            signed = tr("Signed {day}, by {name}").format(
                day=self._moment(entry.signed_at), name=entry.signed_by or tr("you")
            )
            self.body.addWidget(Label(signed, "small", "text2"))
        self.verdict = tr("Text verified as signed") if entry.stands else tr(CHANGED)
        ok = _told(Icon.CIRCLE_CHECK, "ok", self.verdict)
        self.body.addWidget(ok if entry.stands else _told(Icon.CIRCLE_ALERT, "crit", self.verdict))
        for added in entry.added:
            self.body.addWidget(self._addendum(added, entry))

    def _moment(self, at: datetime) -> str:
        """Write Mar 9, 2026, 10:30 AM."""
        return f"{self._words.short_day(at.date())}, {self._words.time(at)}"

    def _addendum(self, added: Added, entry: Opened) -> Label:
        """Say what was added, when it was written and what day it is about."""
        tr, words = self._words.tr, self._words
        lead = tr("{kind}, written {day}, to the contact of {about}.").format(
            kind=tr(AddendumKind(added.kind).label),
            day=self._moment(added.at),
            about=words.short_day(entry.draft.day) if entry.draft.day else "",
        )
        return Label(added.text, "body", wrap=True, lead=lead)


WHY = "Why is it the wrong chart?"
CHANGED = "This text is not what was signed. Compare it with a backup."


def _told(icon: Icon, ink: Ink, words: str) -> QWidget:
    held = QWidget()
    line = row(held, gap=6)
    line.addWidget(Glyph(icon, ink, 14))
    line.addWidget(Label(words, "small", ink, wrap=True), 1)
    return held


class WrongChart(QWidget):
    """Marks an entry as made in the wrong chart, or takes the mark back; both need a reason.

    Signal `asked(str)`: the reason for the one that is due.
    """

    asked = Signal(str)

    def __init__(self, desk: Desk, entry: Opened) -> None:
        super().__init__()
        tr, marked = desk.words.tr, bool(entry.wrong_chart)
        whole = column(self, gap=8)
        words = tr("Marked as the wrong chart: {why}").format(why=entry.wrong_chart)
        self.note = Note(words, "crit")
        self.take_back = Button(tr("Take back"), size="small")
        self.take_back.clicked.connect(self.ask)
        self.note.add_button(self.take_back)
        whole.addWidget(self.note)
        self._ask = QWidget()
        line = row(self._ask, gap=8)
        question = tr("Why does it belong here after all?") if marked else tr(WHY)
        self.reason = line_edit(question)
        line.addWidget(self.reason, 1)
        self.run = Button(tr("Show it again") if marked else tr("Hide from this chart"), "danger")
        self.run.setToolTip("" if marked else tr("It stays in the record, and is never shared."))
        self.run.setEnabled(False)
        self.run.clicked.connect(self._on_run)
        self.reason.textEdited.connect(self._on_typed)
        line.addWidget(self.run)
        whole.addWidget(self._ask)
        self.note.setVisible(marked)
        self._ask.hide()
        if not marked:
            self.hide()

    def ask(self) -> None:
        """Show the field for the reason."""
        self.show()
        self._ask.show()
        self.reason.setFocus()

    def _on_typed(self, text: str) -> None:
        self.run.setEnabled(bool(text.strip()))

    def _on_run(self) -> None:
        self.asked.emit(self.reason.text().strip())
