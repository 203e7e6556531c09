"""Says that the log is seen with another's eyes, as long as it is, and gives back one's own."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import Card, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label


class LensBar(QWidget):
    """Signal `left`: back to one's own view."""

    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._words = Label("", "body", "text", wrap=True)
        self.back = Button(desk.words.tr("Back to my view"), size="small", keys="Esc")
        self.back.clicked.connect(self.left)
        card = Card()
        card.body.setContentsMargins(12, 6, 8, 6)
        line = row(gap=10)
        line.addWidget(Glyph(Icon.EYE, "accent", 16))
        line.addWidget(self._words, 1)
        line.addWidget(self.back)
        card.body.addLayout(line)
        whole = row(self, gap=0)
        whole.addWidget(card)
        self.hide()

    def show_reader(self, called: str) -> None:
        """Say whose eyes these are; nothing hides the bar."""
        words = self._desk.words.tr("Only what {name} may read today. Boxed words are for you.")
        said = words.format(name=called) if called else ""
        if said and self.isHidden():
            self._desk.say.announce(said)
        self._words.setText(said)
        self.setVisible(bool(said))


class WrongBar(QWidget):
    """Counts the entries of the wrong chart. Signal `turned(bool)`: show them, or hide them."""

    turned = Signal(bool)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._shown = desk, False
        self._words = Label("", "small", "text2")
        self.turn = Button(desk.words.tr("Show"), "link", size="small")
        self.turn.clicked.connect(self._on_turn)
        line = row(self, gap=8)
        line.addWidget(self._words)
        line.addWidget(self.turn)
        line.addStretch(1)
        self.hide()

    def show_count(self, count: int, *, shown: bool) -> None:
        words = self._desk.words
        said = words.ntr("{n} entry in the wrong chart", "{n} entries in the wrong chart", count)
        self._words.setText(said.format(n=count))
        self.turn.setText(words.tr("Hide") if shown else words.tr("Show"))
        self._shown = shown
        self.setVisible(bool(count))

    def _on_turn(self) -> None:
        self.turned.emit(not self._shown)
