"""Still grey bars while something loads, and only if it takes longer than 300 ms."""

from PySide6.QtCore import QRect, QRectF, QSize, QTimer
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.widgets import paint

PATIENCE_MS = 300
SHARES = (0.36, 0.29, 0.4, 0.32)


class Skeleton(QWidget):
    """Rows of grey with a count under them ("Opening 1,284 entries"); nothing moves."""

    def __init__(self, words: str, rows: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._rows, self._seen = words, rows, False
        self._patience = QTimer(self, interval=PATIENCE_MS, singleShot=True)
        self._patience.timeout.connect(self._appear)
        self.setAccessibleName(words)

    def sizeHint(self) -> QSize:
        return QSize(look.px(320), look.px(44) * self._rows + look.px(40))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._patience.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._patience.stop()
        self._seen = False

    def _appear(self) -> None:
        self._seen = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._seen:
            return
        painter, tokens = paint.begin(self), look.tokens()
        height, side, bar = look.px(44), look.px(28), look.px(10)
        for number in range(self._rows):
            top = number * height
            middle = top + (height - bar) / 2
            circle = QRectF(0, top + (height - side) / 2, side, side)
            paint.draw_box(painter, circle, tokens.hover, "", side / 2)
            width = self.width() * SHARES[number % len(SHARES)]
            paint.draw_box(painter, QRectF(look.px(40), middle, width, bar), tokens.hover, "", 5)
            end = QRectF(self.width() - look.px(56), middle, look.px(56), bar)
            paint.draw_box(painter, end, tokens.hover, "", 5)
            painter.fillRect(QRectF(0, top + height - 1, self.width(), 1), look.colour("border"))
        place = QRect(0, height * self._rows + look.px(8), self.width(), look.px(24))
        paint.draw_text(painter, place, self._words, "small", "text2")
