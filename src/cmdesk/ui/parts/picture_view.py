"""A picture inside the window, as wide as there is room, or larger."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QScrollArea, QWidget

STEP: Final = 1.25
LEAST, MOST = 1.0, 6.0


class _Picture(QWidget):
    """The picture itself, at the size it is given."""

    def __init__(self, picture: QPixmap) -> None:
        super().__init__()
        self._picture = picture

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        painter.end()


class PictureView(QScrollArea):
    """Fits the picture to its width; `zoom` of 1 is that, more is larger."""

    def __init__(self, picture: QPixmap, name: str) -> None:
        super().__init__()
        self._picture, self.zoom = picture, LEAST
        self._sheet = _Picture(picture)
        self._sheet.setAccessibleName(name)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidget(self._sheet)

    def turn(self, steps: int) -> None:
        """Show it larger or smaller by so many steps."""
        self.zoom = min(max(self.zoom * STEP**steps, LEAST), MOST)
        self._fit()

    def page(self, step: int) -> None:
        """Go down or up by what is in sight."""
        acts = QAbstractSlider.SliderAction
        act = acts.SliderPageStepAdd if step > 0 else acts.SliderPageStepSub
        self.verticalScrollBar().triggerAction(act)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Never draw it wider than it is, unless asked."""
        wide = min(self._picture.width(), self.viewport().width() - 2)
        wide = max(round(wide * self.zoom), 1)
        tall = round(wide * self._picture.height() / self._picture.width())
        self._sheet.resize(wide, max(tall, 1))
