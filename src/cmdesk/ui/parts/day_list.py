"""The list of a day: Enter or a press on the verb does it, a double click opens the client."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from cmdesk.ui import look, table
from cmdesk.ui.parts.agenda_rows import ROW, AgendaDelegate
from cmdesk.ui.widgets.long_list import LongList


class DayList(LongList):
    """Signals `acted`: Enter or a press on the verb; `opened`: a double click."""

    acted = Signal()
    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, look.px(ROW))
        self.doubleClicked.connect(self.opened)

    def viewportEvent(self, event: QEvent) -> bool:
        return table.tell_row(self, event) or super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.acted.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        point = event.position().toPoint()
        index, delegate = self.indexAt(point), self.itemDelegate()
        if not index.isValid() or not isinstance(delegate, AgendaDelegate):
            return
        if event.button() == Qt.MouseButton.LeftButton and delegate.on_verb(
            self.visualRect(index), index.row(), point
        ):
            self.acted.emit()
