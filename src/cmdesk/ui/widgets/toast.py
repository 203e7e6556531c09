"""The toast: what was just done, with Undo for ten seconds."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from cmdesk.ui import look
from cmdesk.ui.widgets.button import Button
from cmdesk.ui.widgets.card import row
from cmdesk.ui.widgets.label import Label

STAYS_MS = 10_000
ABOVE_BOTTOM, EDGE = 48, 24


class Toast(QFrame):
    """Bottom centre of its parent; its clock stops while it is pointed at or has the focus.

    While it is `covered` by a dialog its Undo can't be pressed, so it waits for that to go.
    """

    def __init__(self, parent: QWidget, covered: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._place, self._covered = parent, covered
        self.setProperty("kind", "toast")
        line = row(self, gap=12)
        self._line = line
        self._words = Label("", "medium", "bg", wrap=True)
        self._button = Button("", "toast", size="small")
        self._button.clicked.connect(self._on_undo)
        self._button.installEventFilter(self)
        line.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(self._button)
        self._undo: Callable[[], object] | None = None
        self._clock = QTimer(self, interval=STAYS_MS, singleShot=True)
        self._clock.timeout.connect(self._on_time)
        parent.installEventFilter(self)
        self.hide()

    @property
    def text(self) -> str:
        return self._words.text()

    def say(self, text: str, undo: Callable[[], object] | None = None, word: str = "Undo") -> None:
        """Show words for ten seconds, with a button when there is a way back."""
        self._undo = undo
        self._words.setText(text)
        self._button.setText(word)
        self._button.setVisible(undo is not None)
        self._line.setContentsMargins(16, 6, 16 if undo is None else 8, 6)
        self.setAccessibleName(text)
        self._settle()
        self.show()
        self.raise_()
        self._clock.start()

    def forget(self) -> None:
        """Go away, and keep nothing of what was said: it may name someone."""
        self.hide()
        self._undo = None
        self._words.setText("")
        self.setAccessibleName("")

    def _on_time(self) -> None:
        if self._undo and self._covered():
            self._clock.start()
        else:
            self.hide()

    def _on_undo(self) -> None:
        self.hide()
        if self._undo:
            self._undo()

    def _settle(self) -> None:
        """Be as large as the words want, in the middle of what is below."""
        room, layout = self._place.size(), self.layout()
        if layout is None:
            return
        wide = min(layout.sizeHint().width(), room.width() - 2 * EDGE)
        self.resize(wide, layout.heightForWidth(wide))
        top = room.height() - look.px(ABOVE_BOTTOM) - self.height()
        self.move((room.width() - self.width()) // 2, top)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:  # other words, or another text size
            self._settle()
        return super().event(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._clock.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if self.isVisible() and not self._button.hasFocus():
            self._clock.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()  # first: a window being destroyed still sends events through here
        if kind == QEvent.Type.FocusIn and watched is self._button:
            self._clock.stop()
        elif kind == QEvent.Type.FocusOut and watched is self._button and self.isVisible():
            self._clock.start()
        elif kind == QEvent.Type.Resize and watched is not self._button and self.isVisible():
            self._settle()
        return super().eventFilter(watched, event)
