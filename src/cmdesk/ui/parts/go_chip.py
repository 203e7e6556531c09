"""A chip that leads to what it counts."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cmdesk.ui import look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Tone
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.button import pressed_by
from cmdesk.ui.widgets.chip import HEIGHT, chip_width, draw_chip

TALL = 6  # px more than a chip that only tells, for the pointer


class GoChip(QAbstractButton):
    """Pressed like any button; `tip` says what pressing does."""

    def __init__(self, tone: Tone, icon: Icon, tip: str) -> None:
        super().__init__()
        self._tone: Tone = tone
        self._icon = icon
        self.setToolTip(tip)
        self.setAccessibleDescription(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self.text(), self._icon), look.px(HEIGHT + TALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_chip(paint.begin(self), self.rect(), self.text(), self._tone, self._icon)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not pressed_by(self, event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
