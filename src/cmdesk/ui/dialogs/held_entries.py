"""Single entries of the log that a wish holds back: folded away until one is asked for."""

from collections.abc import Collection

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework import holds
from cmdesk.casework.holds import HeldEntry
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts import phrases
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.checks import CheckBox

LONGEST = 64  # letters of what an entry is about


class HeldEntries(QWidget):
    """The newest entries, each with a box. Signal `edited()`."""

    edited = Signal()

    def __init__(self, desk: Desk, client_id: int, held: tuple[int, ...]) -> None:
        super().__init__()
        self._desk = desk
        whole = column(self, gap=4)
        self.button = Button(desk.words.tr("Single entries of the log"), "link", size="small")
        self.button.clicked.connect(self.unfold)
        head = row()
        head.addWidget(self.button)
        head.addStretch(1)
        whole.addLayout(head)
        self._inside = QWidget()
        lines = column(self._inside, gap=4)
        self.boxes: dict[int, CheckBox] = {}
        for entry in desk.ask(holds.latest, client_id, held):
            box = CheckBox(self._said(entry))
            box.clicked.connect(self.edited)
            self.boxes[entry.id] = box
            lines.addWidget(box)
        whole.addWidget(self._inside)
        self._inside.hide()
        self.button.setVisible(bool(self.boxes))

    def _said(self, entry: HeldEntry) -> str:
        """Say day, way and what the family would hear; the narrative is never shown here."""
        words = self._desk.words
        what = entry.what if len(entry.what) <= LONGEST else f"{entry.what[:LONGEST]}\u2026"
        parts = (words.short_day(entry.on), words.tr(entry.method), what)
        return phrases.BETWEEN.join(part for part in parts if part)

    @property
    def ids(self) -> tuple[int, ...]:
        return tuple(number for number, box in self.boxes.items() if box.isChecked())

    def load(self, held: Collection[int]) -> None:
        """Show these as ticked. Silent: this is not the user's doing."""
        for number, box in self.boxes.items():
            box.setChecked(number in held)
        self._fold(folded=not self.ids)

    def _fold(self, *, folded: bool) -> None:
        self._inside.setVisible(not folded)
        self.button.setVisible(folded and bool(self.boxes))

    def unfold(self) -> None:
        self._fold(folded=False)
        next(iter(self.boxes.values())).setFocus()
