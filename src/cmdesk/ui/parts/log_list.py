"""The list of a log: Enter opens an entry, Esc leaves another's view."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from cmdesk.ui.widgets.long_list import LongList


class LogList(LongList):
    """Signals `opened`: Enter on an entry; `escaped`: Esc."""

    opened = Signal()
    escaped = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        else:
            super().keyPressEvent(event)
