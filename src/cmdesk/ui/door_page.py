"""How every page at the door is laid out: a narrow sheet in the middle, and what is under way."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import column, grounded, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label
from cmdesk.ui.widgets.meter import Meter
from cmdesk.words import Words

WIDE = 440


def amid(widget: QWidget) -> QHBoxLayout:
    """Centre it; not by an alignment, which would forget how tall wrapped words are."""
    across = row()
    across.addStretch(1)
    across.addWidget(widget)
    across.addStretch(1)
    return across


def sheet(page: QWidget, title: str, text: str) -> QVBoxLayout:
    """Lay a page out with a title and a sentence; answer the layout to fill."""
    ground = grounded("bg")
    column(page).addWidget(ground)
    whole = column(ground, edge=24)
    whole.addStretch(2)
    middle = QWidget()
    look.hold_width(middle, WIDE)
    body = column(middle)
    body.addWidget(Label(title, "title", wrap=True))
    body.addSpacing(4)
    body.addWidget(Label(text, "body", "text2", wrap=True))
    body.addSpacing(24)
    whole.addLayout(amid(middle))
    whole.addStretch(3)
    return body


class Fact(NamedTuple):
    """One thing that is known: an icon, its ink, and words."""

    icon: Icon
    ink: Ink
    words: str


class Way(NamedTuple):
    """One thing that can be done: a button's words, what it does, and the act."""

    words: str
    effect: str
    act: Callable[[], object]


class Choices(QWidget):
    """Says what is the matter and offers what can be done; the first way is the main one."""

    def __init__(
        self,
        title: str,
        text: str,
        facts: Sequence[Fact],
        ways: Sequence[Way],
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        body = sheet(self, title, text)
        for icon, ink, words in facts:
            line = row(gap=8)
            line.addWidget(Glyph(icon, ink, 16), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(Label(words, "body", wrap=True), 1)
            body.addLayout(line)
            body.addSpacing(8)
        body.addSpacing(12)
        self.buttons: list[Button] = []
        for words, effect, act in ways:
            button = Button(words, "outline" if self.buttons else "primary", size="large")
            button.clicked.connect(_presser(act))
            button.setAccessibleDescription(effect)
            body.addWidget(button)
            body.addSpacing(4)
            body.addWidget(Label(effect, "small", "text2", wrap=True))
            body.addSpacing(14)
            self.buttons.append(button)
        if self.buttons:
            self.setFocusProxy(self.buttons[0])


def _presser(act: Callable[[], object]) -> Callable[[], None]:
    def press() -> None:
        act()

    return press


class Working(QWidget):
    """Something that takes a while behind the door. Signal `stopped`: the user wants it to end."""

    stopped = Signal()
    progressed = Signal(float)

    def __init__(self, title: str, text: str, words: Words, *, stoppable: bool = True) -> None:
        super().__init__()
        self.setAccessibleName(title)
        self._words = words
        self._halted = False
        body = sheet(self, title, text)
        self._meter = Meter(0, "")
        body.addWidget(self._meter)
        body.addSpacing(16)
        self.stop = Button(words.tr("Stop"), size="large")
        self.stop.clicked.connect(self._on_stop)
        self.stop.setVisible(stoppable)
        foot = row()
        foot.addStretch(1)
        foot.addWidget(self.stop)
        body.addLayout(foot)
        self.progressed.connect(self._on_progressed)
        if stoppable:
            self.setFocusProxy(self.stop)

    def halted(self) -> bool:
        """Say whether Stop was pressed; asked from the worker."""
        return self._halted

    def _on_stop(self) -> None:
        self._halted = True
        self.stop.setEnabled(False)
        self.stop.setText(self._words.tr("Stopping"))
        self.stopped.emit()

    def _on_progressed(self, share: float) -> None:
        percent = self._words.tr("{n} per cent done").format(n=round(share * 100))
        self._meter.tell(share, percent)
