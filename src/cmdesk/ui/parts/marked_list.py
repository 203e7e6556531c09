"""What was marked as not about that in a letter, each with its reason and a way back."""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.casework.leak_check import Watch
from cmdesk.ui.desk import Desk
from cmdesk.ui.parts.letter_rows import EDGE
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label


class MarkedList(QWidget):
    """Out of sight while nothing is marked. Signal `taken_back(str)`: the key of a mark."""

    taken_back = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._marks: Mapping[str, str] = {}
        self.buttons: dict[str, Button] = {}
        whole = column(self)
        whole.setContentsMargins(0, 12, EDGE, 0)
        whole.addWidget(line())
        self.title = Label("", "strong")
        self.title.setContentsMargins(0, 14, 0, 2)
        whole.addWidget(self.title)
        self._rows = column()
        whole.addLayout(self._rows)
        self.hide()

    def show_marks(self, watch: Watch | None) -> None:
        """Show the marks that stand; the same ones stay as they are."""
        marks: Mapping[str, str] = watch.marks if watch else {}
        if marks == self._marks:
            return
        self._marks = marks
        while (old := self._rows.takeAt(0)) is not None:  # pyright: ignore[reportUnnecessaryComparison] - Qt gives null at the end
            if gone := old.widget():
                gone.hide()
                gone.deleteLater()
        self.buttons = {}
        phrases: Mapping[str, str] = watch.phrases if watch else {}
        for key, reason in marks.items():
            self._rows.addWidget(self._row(key, phrases.get(key, ""), reason))
        words = self._desk.words.tr("Marked not about that: {n}")
        self.title.setText(words.format(n=len(marks)))
        self.setVisible(bool(marks))

    def _row(self, key: str, phrase: str, reason: str) -> QWidget:
        tr = self._desk.words.tr
        made = QWidget()
        beside = row(made, gap=12)
        beside.setContentsMargins(0, 2, 0, 2)
        said = f"“{' '.join(phrase.split())}”"
        beside.addWidget(Label(said, "medium", wrap=True), 2)
        beside.addWidget(Label(reason, "body", "text2", wrap=True), 3)
        button = Button(tr("Take back"), size="small")
        button.setAccessibleDescription(f"{said}. {reason}")
        button.clicked.connect(partial(self.taken_back.emit, key))
        self.buttons[key] = button
        beside.addWidget(button)
        return made
