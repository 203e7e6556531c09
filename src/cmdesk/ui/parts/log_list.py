"""The list of a log: Enter opens an entry, Esc leaves another's view."""

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from cmdesk.ui.parts.timeline import TimelineDelegate
from cmdesk.ui.widgets.long_list import LongList


class LogList(LongList):
    """Signals `opened`: Enter, or a press on what an entry lacks; `escaped`: Esc."""

    opened = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that what an entry lacks can be pressed."""
        super().mouseMoveEvent(event)
        if self._on_unsigned(event.position().toPoint()):
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.viewport().unsetCursor()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._on_unsigned(event.position().toPoint()):
            self.opened.emit()

    def _on_unsigned(self, point: QPoint) -> bool:
        index, delegate = self.indexAt(point), self.itemDelegate()
        if not index.isValid() or not isinstance(delegate, TimelineDelegate):
            return False
        return delegate.on_unsigned(self.visualRect(index), index.row(), point)
