"""Entries that can be shared and are not in the letter: asked quietly, and never in the way."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.finish import EDGE
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note
from cmdesk.ui.widgets.wrap_row import wrap_row


class Spare(QWidget):
    """Signals `looked`: show them; `put_off`: leave them for the next letter."""

    looked = Signal()
    put_off = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        tr = desk.words.tr
        whole = column(self, gap=6)
        whole.setContentsMargins(EDGE, 12, EDGE, 0)
        self.note = Note("", "accent")
        self.look = Button(tr("Show them"), size="small")
        self.look.clicked.connect(self.looked)
        self.later = Button(tr("Leave them for the next letter"), size="small")
        self.later.clicked.connect(self.put_off)
        whole.addWidget(self.note)
        line = wrap_row()
        line.addWidget(self.look)
        line.addWidget(self.later)
        line.addStretch(1)
        whole.addLayout(line)
        self.hide()

    def say(self, count: int) -> None:
        """Say how many there are; without any, be out of sight."""
        told = self._words.ntr(
            "{n} entry can be shared and is not in this letter.",
            "{n} entries can be shared and are not in this letter.",
            count,
        ).format(n=count)
        self.note.say(told)
        for button in (self.look, self.later):
            button.setAccessibleDescription(told)
        self.setVisible(bool(count))


__all__ = ["Spare"]
