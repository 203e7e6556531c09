"""Below the table: what the family decided, and what stands between you and the programs."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import placement_ties
from cmdesk.casework.placements import Board
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, row
from cmdesk.ui.widgets.label import Label


class PlacementFoot(QWidget):
    """Signals `decision_asked` and `conflicts_asked`."""

    decision_asked = Signal()
    conflicts_asked = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        tr = desk.words.tr
        self._desk, self._veil = desk, Veil(desk)
        halves = row(self, gap=16)
        halves.setContentsMargins(0, 8, 0, 0)
        self.decision = Card(tr("The family’s decision"))
        self.decide = Button(tr("Record decision"), "quiet", size="small")
        self.decide.clicked.connect(self.decision_asked)
        self.decision.head.addWidget(self.decide)
        self.conflicts = Card(tr("Before the family decides"))
        self.look = Button(tr("Look at it"), "quiet", size="small")
        self.look.clicked.connect(self.conflicts_asked)
        self.conflicts.head.addWidget(self.look)
        for card in (self.decision, self.conflicts):
            halves.addWidget(card, 1)

    def show_search(self, board: Board) -> None:
        self.decision.show_rows(self._decided(board))
        self.conflicts.show_rows(self._stated(board))

    def _decided(self, board: Board) -> list[QWidget]:
        words, form = self._desk.words, board.decision
        tr = words.tr
        self.decide.setText(tr("Change") if form.decision else tr("Record decision"))
        if not form.decision:
            hint = tr("Nothing decided yet. It is theirs, in their words.")
            return [Label(hint, "body", "text2", wrap=True)]
        by = self._veil.text(form.decided_by)
        day = words.month_day(form.decided_on) if form.decided_on else ""
        said = Label(self._veil.text(form.decision), "body", wrap=True)
        return [said, Label(", ".join(filter(None, (by, day))), "small", "text2", wrap=True)]

    def _stated(self, board: Board) -> list[QWidget]:
        words = self._desk.words
        tr = words.tr
        if not self._desk.ask(placement_ties.stated, board.id):
            self.look.setText(tr("Look at it"))
            hint = tr("Your ties to these programs are told first. Not looked at yet.")
            return [Label(hint, "body", "warn", wrap=True)]
        self.look.setText(tr("Change"))
        day = words.month_day(board.conflict_stated_on) if board.conflict_stated_on else ""
        said = Label(self._veil.text(board.conflict_statement), "body", wrap=True)
        return [said, Label(tr("Looked at {day}").format(day=day), "small", "text2")]
