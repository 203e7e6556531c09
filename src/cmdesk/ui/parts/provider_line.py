"""A column of lines with a title each, and under some who said so and when."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.parts.provider_lines import Line
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label

TITLE: Final = 72  # px at 100 %


class LineList(QWidget):
    """Signal `again()`: what has aged is to be asked again."""

    again = Signal()

    def __init__(self, title: str, again: str) -> None:
        """`again` are the words of the button under what has aged."""
        super().__init__()
        self._again = again
        self.setAccessibleName(title)
        whole = column(self)
        whole.addWidget(Label(title, "strong"))
        whole.addSpacing(4)
        whole.addWidget(line())
        self._lines = column()
        whole.addLayout(self._lines)
        self._made: list[QWidget] = []

    def show_lines(self, lines: Sequence[Line]) -> None:
        for old in self._made:
            self._lines.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._made = []
        first = next((each for each in lines if each.old), None)
        for each in lines:
            self._made += [self._line(each, ask=each is first), line()]
        for made in self._made:
            self._lines.addWidget(made)

    def _line(self, each: Line, *, ask: bool) -> QWidget:
        """Lay a line out; the first that has aged has the button, one call asks for all."""
        made = QWidget()
        beside = row(made, gap=12)
        beside.setContentsMargins(0, 7, 0, 7)
        title = Label(each.title, "body", "text2", elide=True)
        look.hold_width(title, TITLE)
        beside.addWidget(title, 0, Qt.AlignmentFlag.AlignTop)
        text = column()
        text.addWidget(Label(each.text, "body", "text" if each.known else "text3", wrap=True))
        if each.told or each.old:
            under = row(gap=8)
            if each.told:
                ink = "warn" if each.old else "text2"
                under.addWidget(Label(each.told, "small", ink, wrap=True), 1)
            if ask:
                again = Button(self._again, "link", size="small")
                again.clicked.connect(self.again)
                under.addWidget(again, 0, Qt.AlignmentFlag.AlignTop)
            text.addLayout(under)
        beside.addLayout(text, 1)
        return made
