"""The parts of a letter on the screen: a name, a remark, what is in it, and a hairline."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.letter_rows import EDGE
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, line, row
from cmdesk.ui.widgets.label import Label


class Section(QWidget):
    """A part of the letter: its name, a remark at the right, and what is in it."""

    def __init__(self, title: str, remark: str = "", *, last: bool = False) -> None:
        super().__init__()
        whole = column(self)
        head = row()
        head.setContentsMargins(0, 14, EDGE, 2)
        self.name = Label(title, "strong")
        head.addWidget(self.name)
        head.addStretch(1)
        self.remark = Label(remark, "small", "text2")
        head.addWidget(self.remark)
        self.head = head
        whole.addLayout(head)
        self.inside = QWidget()
        self.body: QVBoxLayout = column(self.inside)
        whole.addWidget(self.inside)
        self.foot: QVBoxLayout = column()  # what is to be said of the words above
        whole.addLayout(self.foot)
        if not last:
            below = row()
            below.setContentsMargins(0, 12, EDGE, 0)
            below.addWidget(line())
            whole.addLayout(below)


def quiet_button(words: str, run: Callable[[], object]) -> Button:
    button = Button(words, "plain", size="small", icon=Icon.PLUS)
    button.clicked.connect(run)
    return button


def in_margin(widget: QWidget) -> QHBoxLayout:
    """Keep a widget out of the right margin, where the crosses stand."""
    made = row()
    made.setContentsMargins(0, 2, EDGE, 0)
    made.addWidget(widget)
    return made


def drop(widgets: Sequence[QWidget]) -> None:
    for each in widgets:
        each.hide()
        each.deleteLater()


def within(widget: QWidget) -> bool:
    """Whether the keyboard is in it."""
    now = QApplication.focusWidget()
    return now is not None and (now is widget or widget.isAncestorOf(now))
