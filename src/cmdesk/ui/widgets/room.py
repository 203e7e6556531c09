"""A frame a page stands in: as large as the frame, and scrolled where it cannot be so small."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cmdesk.ui import look

LARGE = 125  # per cent of text size from which a page may scroll as a whole


class Room(QScrollArea):
    """Nothing in it is squeezed under its least size: rather it scrolls, which large text needs."""

    def __init__(self, page: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFocusProxy(page)
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self._fit()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        page = self.widget()
        if page is None:
            return
        layout = page.layout()
        least = page.minimumSizeHint().expandedTo(page.minimumSize())
        wide = max(least.width(), self.viewport().width())
        tall = least.height()
        if layout and look.Look.scale >= LARGE and layout.hasHeightForWidth():
            tall = max(tall, layout.totalMinimumHeightForWidth(wide))
        page.resize(wide, max(tall, self.viewport().height()))


class SideRoom(Room):
    """A column of its own width; where it is too low for what stands in it, it scrolls."""

    def __init__(self, page: QWidget) -> None:
        super().__init__(page)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the column when it is given another width, as with another text size."""
        page = self.widget()
        if event.type() == QEvent.Type.Resize and watched is page and page is not None:
            bar = self.width() - self.viewport().width()
            if page.minimumWidth() + bar != self.width():
                self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page, bar = self.widget(), self.verticalScrollBar()
        if page is None:
            return
        tall = page.minimumSizeHint().height()
        over = tall > self.height() > 0 and self.isVisible()
        self.setFixedWidth(page.minimumWidth() + (bar.sizeHint().width() if over else 0))
        page.resize(page.minimumWidth(), max(tall, self.viewport().height()))
