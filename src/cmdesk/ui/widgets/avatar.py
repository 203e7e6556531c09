"""Initials in a circle."""

from typing import Literal

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui import look
from cmdesk.ui.tokens import Tokens, contrast
from cmdesk.ui.widgets import paint

Size = Literal[20, 28, 44]
LETTERS = {20: 9, 28: 11, 44: 15}
READABLE = 4.5  # WCAG 2.2, 1.4.3


def initials(*names: str) -> str:
    """Take the first letter of each name given, at most two: Maya, Brenner -> MB."""
    return "".join(name.strip()[0].upper() for name in names if name.strip())[:2]


def ground(tokens: Tokens) -> tuple[str, str]:
    """Give ground and edge of the circle; where hairlines are dark, letters need a paler one."""
    dark_lines = contrast(tokens.text2, tokens.border) < READABLE
    return (tokens.hover, tokens.border) if dark_lines else (tokens.border, "")


def draw_avatar(painter: QPainter, rect: QRect, letters: str, size: Size = 28) -> None:
    """Draw the circle at the left of `rect`, in its middle height."""
    side = look.px(size)
    circle = QRect(rect.x(), rect.y() + (rect.height() - side) // 2, side, side)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.draw_box(painter, circle, *ground(look.tokens()), side / 2)
    face = look.font("tiny", 600)
    face.setPixelSize(look.px(LETTERS[size]))
    painter.setFont(face)
    painter.setPen(QColor(look.tokens().text2))
    painter.drawText(circle, paint.CENTRE, letters)
    painter.restore()


class Avatar(QWidget):
    """A person's initials; the name beside it is what a screen reader reads."""

    def __init__(self, letters: str, size: Size = 28, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = letters
        self._size: Size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(letters)

    def set_letters(self, letters: str) -> None:
        self._letters = letters
        self.setAccessibleName(letters)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(self._size), look.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_avatar(paint.begin(self), self.rect(), self._letters, self._size)
