"""The line above the list of providers: how many match, and in which order."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame

from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts.provider_search import Asked
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.choice import Choice
from cmdesk.ui.widgets.label import Label


class BareChoice(Choice):
    """A list to choose from that looks like words with a chevron."""

    def sizeHint(self) -> QSize:
        wide = paint.text_width(self.currentText(), "small") + look.px(16 + 6 + 16)
        return QSize(wide, look.px(28))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, side = paint.begin(self), look.px(16)
        if self.underMouse():
            paint.draw_box(painter, self.rect(), look.tokens().hover, "", 6)
        place = QRect(self.width() - side - look.px(8), (self.height() - side) // 2, side, side)
        icons.draw(painter, Icon.CHEVRON_DOWN, place, look.colour("text2"))
        words = self.rect().adjusted(look.px(8), 0, -side - look.px(12), 0)
        paint.draw_text(painter, words, self.currentText(), "small", "text2", align=paint.RIGHT)


class ListHead(QFrame):
    """Says the number, and lets the order be chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._words = desk.words
        tr = desk.words.tr
        line = row(self)
        line.setContentsMargins(16, 4, 8, 4)
        self.matching = Label("", "small", "text2", elide=True)
        line.addWidget(self.matching, 1)
        options: list[tuple[object, str]] = [
            ("opening", tr("Soonest opening")),
            ("name", tr("By name")),
            ("near", tr("Nearest")),
            ("checked", tr("Longest unchecked")),
        ]
        self.order = BareChoice(options, tr("Sorted by"), kind="")
        self.order.chosen.connect(self.order.updateGeometry)
        line.addWidget(self.order)

    def say(self, found: int, total: int, asked: Asked) -> None:
        """Say how many match; with nothing narrowing, how many there are."""
        number = self._words.number
        if asked.narrowed:
            words = self._words.tr("{n} of {all} match")
            self.matching.setText(words.format(n=number(found), all=number(total)))
        else:
            words = self._words.ntr("{n} provider", "{n} providers", total)
            self.matching.setText(words.format(n=number(total)))
