"""The cells of the table side by side: a ground for the one that leads, and a hairline below."""

from typing import Literal

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink, Role
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.card import column, row
from cmdesk.ui.widgets.glyph import Glyph
from cmdesk.ui.widgets.label import Label

Rule = Literal["", "below", "both"]
EDGE, TALL = 12, 7  # px at 100 %


class Cell(QWidget):
    """A cell that holds what is put into `line`."""

    def __init__(self, *, leading: bool = False, rule: Rule = "below", first: bool = False) -> None:
        super().__init__()
        self._leading, self._rule = leading, rule
        self.line: QBoxLayout = row(self, gap=8)
        edge = look.px(EDGE)
        self.line.setContentsMargins(0 if first else edge, look.px(TALL), edge, look.px(TALL))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, wide, low = paint.begin(self), self.width(), self.height() - 1
        if self._leading:
            painter.fillRect(self.rect(), look.colour("accent_soft"))
        if self._rule:
            painter.fillRect(QRect(0, low, wide, 1), look.colour("border"))
        if self._rule == "both":
            painter.fillRect(QRect(0, 0, wide, 1), look.colour("border"))


def words_cell(
    text: str,
    *,
    leading: bool = False,
    glyph: tuple[Icon, Ink] | None = None,
    role: Role = "body",
    ink: str = "text",
    first: bool = False,
    tip: str = "",
    spoken: str = "",
) -> Cell:
    """Make a cell of words, perhaps with an icon before them; `tip` says where they come from."""
    cell = Cell(leading=leading, first=first)
    if glyph:
        aside = column()
        aside.setContentsMargins(0, look.px(2), 0, 0)  # a line is 4 px taller than the icon
        aside.addWidget(Glyph(*glyph))
        aside.addStretch(1)
        cell.line.addLayout(aside)
    label = Label(text, role, ink, wrap=True)
    label.setAccessibleName(spoken or text)
    cell.line.addWidget(label, 1)
    if tip:
        cell.setToolTip(tip)
    return cell
