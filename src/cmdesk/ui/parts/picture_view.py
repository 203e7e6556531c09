"""A picture inside the window, as wide as there is room, or larger."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QScrollArea

from cmdesk.ui.widgets.label import Label

STEP: Final = 1.25
LEAST, MOST = 1.0, 6.0


class PictureView(QScrollArea):
    """Fits the picture to its width; `zoom` of 1 is that, more is larger."""

    def __init__(self, picture: QPixmap, name: str) -> None:
        super().__init__()
        self._picture, self.zoom = picture, LEAST
        self._label = Label("", align=Qt.AlignmentFlag.AlignCenter)
        self._label.setAccessibleName(name)
        self.setAccessibleName(name)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setWidget(self._label)

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
        smooth = Qt.TransformationMode.SmoothTransformation
        shown = self._picture.scaledToWidth(max(round(wide * self.zoom), 1), smooth)
        self._label.setPixmap(shown)
        self._label.resize(shown.size())
