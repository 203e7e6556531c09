"""Bars and steps: how far along something is, with its figure in words beside it."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui import look
from cmdesk.ui.tokens import Ink, Tokens, contrast
from cmdesk.ui.widgets import paint

TOLD_APART = 3.0  # WCAG 2.2, 1.4.11


def draw_meter(painter: QPainter, rect: QRect, share: float, ink: Ink = "accent") -> None:
    """Draw a 6 px bar across `rect`, filled to `share` (0 to 1)."""
    height = look.px(6)
    bar = QRectF(rect.x(), rect.y() + (rect.height() - height) / 2, rect.width(), height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.draw_box(painter, bar, look.tokens().hover, "", height / 2)
    full = max(0.0, min(1.0, share)) * bar.width()
    if full:
        bar.setWidth(max(full, height))
        paint.draw_box(painter, bar, look.colour(ink).name(), "", height / 2)
    painter.restore()


def unfilled(tokens: Tokens) -> tuple[str, str]:
    """Give ground and edge of a dash not reached; where hairlines are dark, it is hollow."""
    alike = contrast(tokens.accent, tokens.border) < TOLD_APART
    return (tokens.hover, tokens.border) if alike else (tokens.border, "")


def draw_steps(painter: QPainter, rect: QRect, done: int, of: int = 4, ink: Ink = "accent") -> None:
    """Draw `of` dashes across `rect`, the first `done` of them filled."""
    gap, height = look.px(4), look.px(6)
    width = (rect.width() - gap * (of - 1)) / of
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number in range(of):
        left = rect.x() + number * (width + gap)
        dash = QRectF(left, rect.y() + (rect.height() - height) / 2, width, height)
        filled = (look.colour(ink).name(), "") if number < done else unfilled(look.tokens())
        paint.draw_box(painter, dash, *filled, height / 2)
    painter.restore()


class Meter(QWidget):
    """A bar; `words` say the same for screen readers."""

    def __init__(
        self, share: float, words: str, ink: Ink = "accent", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._share = share
        self._ink: Ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def tell(self, share: float, words: str, ink: Ink = "accent") -> None:
        self._share, self._ink = share, ink
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(120), look.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_meter(paint.begin(self), self.rect(), self._share, self._ink)


class Steps(QWidget):
    """A few dashes, some of them filled; `words` say the same for screen readers."""

    def __init__(
        self,
        done: int,
        words: str,
        *,
        of: int = 4,
        dash: int = 14,
        ink: Ink = "accent",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._done, self._of, self._dash = done, of, dash
        self._ink: Ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words)

    def tell(self, done: int, words: str, ink: Ink = "accent") -> None:
        self._done, self._ink = done, ink
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(self._of * (self._dash + 4) - 4), look.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_steps(paint.begin(self), self.rect(), self._done, self._of, self._ink)
