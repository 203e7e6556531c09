"""A page that takes dropped files: a quiet frame while they are held over it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QObject, QRect, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QWidget

from cmdesk.ui import look
from cmdesk.ui.widgets import paint

INSET, CORNER = 12, 10  # pixels
COPY: Final = Qt.DropAction.CopyAction
MOVES: Final = frozenset({QEvent.Type.DragEnter, QEvent.Type.DragMove})


def local_paths(data: QMimeData) -> list[Path]:
    """Give the files of this machine that are held; none if anything else is among them."""
    urls = data.urls()
    if not urls or not all(url.isLocalFile() for url in urls):
        return []
    return [Path(url.toLocalFile()) for url in urls]


class _Frame(QWidget):
    """Lies over the page while files are held over it, so that no text field takes them."""

    def __init__(self, page: QWidget, drop: Callable[[QDropEvent], None]) -> None:
        super().__init__(page)
        self.words = ""
        self._drop = drop
        self.setAcceptDrops(True)
        self.hide()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        take(event)
        self.show()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        take(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        event.accept()
        self.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self.hide()
        self._drop(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens, painter = look.tokens(), paint.begin(self)
        veil = QColor(tokens.surface)
        veil.setAlphaF(0.88)
        painter.fillRect(self.rect(), veil)
        inset = look.px(INSET)
        painter.setPen(QPen(look.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        inside = self.rect().adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(inside, CORNER, CORNER)
        line = QRect(inside)
        paint.draw_text(painter, line, self.words, "heading", "accent", align=paint.CENTRE)


def take(event: QDropEvent) -> bool:
    """Accept what is held as a copy, if it is files of this machine: the original stays."""
    if not local_paths(event.mimeData()):
        event.ignore()
        return False
    event.setDropAction(COPY)
    event.accept()
    return True


class DropHere(QObject):
    """Watches a page. Signal `dropped(list[Path])`.

    `words` says what the drop will do, and is empty where nothing can be taken.
    """

    dropped = Signal(list)

    def __init__(self, page: QWidget, words: Callable[[], str]) -> None:
        super().__init__(page)
        self._page, self._words = page, words
        self.frame = _Frame(page, self._on_drop)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # The kind first: a page that is being destroyed still sends events through here.
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self.frame.hide()
        elif isinstance(event, QDropEvent) and kind in MOVES:
            self._on_held(event)
            return True
        elif isinstance(event, QDropEvent) and kind == QEvent.Type.Drop:
            self.frame.hide()
            self._on_drop(event)
            return True
        elif kind == QEvent.Type.Resize:
            self.frame.setGeometry(self._page.rect())
        return False

    def _on_held(self, event: QDropEvent) -> None:
        words = self._words()
        if not words:
            event.ignore()
        elif take(event):
            self.frame.words = words
            self.frame.setGeometry(self._page.rect())
            self.frame.raise_()
            self.frame.show()

    def _on_drop(self, event: QDropEvent) -> None:
        if self._words() and take(event):
            self.dropped.emit(local_paths(event.mimeData()))
