"""A row of a list on a page that is pressed as a whole, by pointer or by key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui.widgets.card import row

OPENS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PressRow(QWidget):
    """Signal `pressed`. `sentence` is what is read of it."""

    pressed = Signal()

    def __init__(self, sentence: str, *, gap: int = 8) -> None:
        super().__init__()
        self.setAccessibleName(sentence)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line = row(self, gap=gap)
        self.line.setContentsMargins(4, 6, 4, 6)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in OPENS:
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.pressed.emit()
