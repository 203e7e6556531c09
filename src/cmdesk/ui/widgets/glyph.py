"""An icon that only tells; the words beside it carry the meaning."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Ink
from cmdesk.ui.widgets import paint


class Glyph(QWidget):
    """One icon in a token's colour."""

    def __init__(
        self, icon: Icon, ink: Ink = "text2", size: int = 16, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._size = icon, size
        self._ink: Ink = ink
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_as(self, icon: Icon, ink: Ink = "text2") -> None:
        self._icon, self._ink = icon, ink
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(look.px(self._size), look.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        icons.draw(paint.begin(self), self._icon, self.rect(), look.colour(self._ink))
