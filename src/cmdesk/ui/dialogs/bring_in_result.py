"""What an import did: how many came in, which rows did not and why, and what may stand twice."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.exchange.result import Result, Skipped
from cmdesk.ui.desk import Desk
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.note import Note

NAMED = 60  # rows left out that are listed; the rest are counted


class Outcome(QWidget):
    """Signal `twins_asked`: what may stand twice is to be shown."""

    twins_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        whole = column(self, gap=10)
        self.counts = Label("", "strong", wrap=True)
        self.twins = Note("", "accent")
        look = Button(desk.words.tr("Look at them"), size="small")
        look.clicked.connect(self.twins_asked)
        self.look = look
        self.twins.add_button(look)
        self.twins.hide()
        self.head = Label("", "medium")
        self._left_out = column(gap=2)
        for part in (self.counts, self.twins, self.head):
            whole.addWidget(part)
        whole.addLayout(self._left_out)
        whole.addStretch(1)
        self.hide()

    def tell(self, result: Result) -> None:
        """Say what became of the rows."""
        words = self._desk.words
        self.counts.setText(
            words.tr("{a} added, {u} changed, {s} as they were.").format(
                a=words.number(result.added),
                u=words.number(result.updated),
                s=words.number(result.unchanged),
            )
        )
        left = result.skipped
        self.head.setVisible(bool(left))
        told = words.ntr("{n} thing to know", "{n} things to know", len(left))
        self.head.setText(told.format(n=words.number(len(left))))
        for each in left[:NAMED]:
            self._left_out.addWidget(Label(self._line(each), "small", "text2", wrap=True))
        if len(left) > NAMED:
            more = words.tr("And {n} more.").format(n=words.number(len(left) - NAMED))
            self._left_out.addWidget(Label(more, "small", "text2"))

    def _line(self, each: Skipped) -> str:
        if each.line is None:
            return each.why
        return self._desk.words.tr("Row {n}: {why}").format(n=each.line, why=each.why)

    def offer_twins(self, number: int) -> None:
        """Say how many may stand twice, if any do."""
        words = self._desk.words
        text = words.ntr("{n} provider may stand twice.", "{n} providers may stand twice.", number)
        self.twins.say(text.format(n=words.number(number)))
        self.twins.setVisible(number > 0)
