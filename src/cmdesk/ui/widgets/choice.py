"""A drop-down list with our chevron; values stand behind the words."""

from collections.abc import Iterable
from typing import Final, Literal

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon

KEPT: Final = "As it was"


class Choice(QComboBox):
    """Signal `chosen(object)`: the value the user picked. Setting `value` is silent."""

    chosen = Signal(object)

    def __init__(
        self,
        options: Iterable[tuple[object, str]],
        name: str,
        *,
        kind: Literal["", "field"] = "field",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.setAccessibleName(name)
        self.offer(options)
        self.activated.connect(self._on_activated)

    def offer(self, options: Iterable[tuple[object, str]]) -> None:
        """Show these choices; the chosen value stays if it is still there."""
        chosen = self.value
        self.clear()
        self._values: list[object] = []
        for value, words in options:
            self._values.append(value)
            self.addItem(words)
        self.choose(chosen)

    @property
    def value(self) -> object:
        """The chosen value; None when nothing is chosen."""
        index = self.currentIndex()
        return self._values[index] if index >= 0 else None

    def choose(self, value: object) -> None:
        """Show this value; an unknown one shows the first."""
        known = value in self._values
        self.setCurrentIndex(self._values.index(value) if known else 0 if self._values else -1)

    def keep(self, value: object) -> None:
        """Show this value; one that is kept but offered no more stays until another is picked."""
        if value and value not in self._values:
            self._values.append(value)
            self.addItem(KEPT)
        self.choose(value)

    def _on_activated(self) -> None:
        self.chosen.emit(self.value)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a value must not change in passing."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        side = look.px(16)
        left, top = self.width() - side - look.px(10), (self.height() - side) // 2
        place = QRect(left, top, side, side)
        painter = QPainter(self)
        icons.draw(painter, Icon.CHEVRON_DOWN, place, look.colour("text2"))
        painter.end()
