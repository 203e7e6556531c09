"""What can't be sent of a letter's headings, which are not typed in it: said at its head."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.rules.leaks import Hit
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.letter_rows import EDGE
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column
from cmdesk.ui.widgets.note import Note

Found = Sequence[tuple[str, tuple[Hit, ...]]]


class HeadingMarks(QWidget):
    """Out of sight while nothing is found. Signal `excused(Hit)`: it is not about that."""

    excused = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._found: tuple[tuple[str, tuple[Hit, ...]], ...] = ()
        self.notes: list[Note] = []
        self.buttons: list[Button] = []
        self._whole = column(self, gap=6)
        self._whole.setContentsMargins(0, 6, EDGE, 4)
        self.hide()

    @property
    def count(self) -> int:
        return len(self._found)

    def show_found(self, found: Found) -> None:
        """Say of each place why it can't be sent; the same ones stay as they are."""
        if tuple(found) == self._found:
            return
        self._found = tuple(found)
        for note in self.notes:
            note.hide()
            note.deleteLater()
        self.notes, self.buttons = [], []
        for place, hits in found:
            self._add(place, hits)
        self.setVisible(bool(found))

    def _add(self, place: str, hits: Sequence[Hit]) -> None:
        tr = self._desk.words.tr
        lead = tr("{place} can’t be sent.").format(place=place)
        reasons = ". ".join(dict.fromkeys(hit.why for hit in hits))
        text = tr("{reasons}. Change it in Settings, Letters.").format(reasons=reasons)
        note = Note(text, "crit", icon=Icon.LOCK, lead=lead)
        button = Button(tr("Not about that…"), size="small")
        button.setAccessibleDescription(f"{lead} {text}")
        button.clicked.connect(partial(self.excused.emit, hits[0]))
        note.add_button(button)
        self._whole.addWidget(note)
        self.notes.append(note)
        self.buttons.append(button)

    def go_to_first(self) -> bool:
        """Put the keyboard on the first of them; false if there is none."""
        if not self.buttons:
            return False
        self.buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return True


__all__ = ["HeadingMarks"]
