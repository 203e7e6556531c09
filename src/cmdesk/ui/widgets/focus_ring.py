"""One ring for the whole window that follows the keyboard focus."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

from cmdesk.ui.widgets import paint

REACH = 4
MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)
# Fields draw their own border and lists draw it inside the row.
OWN = (QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)


class FocusRing(QWidget):
    """2 px of accent, 2 px away from what has the focus, shown when the keyboard put it there."""

    def __init__(self, window: QWidget, app: QApplication) -> None:
        super().__init__(window)
        self._window = window
        self._around: QWidget | None = None
        self._watched: list[QWidget] = []
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        app.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._forget()
        by_mouse = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if now is None or by_mouse or not self._wants(now):
            self.hide()
            return
        self._around = now
        ancestor: QWidget | None = now
        while ancestor and ancestor is not self._window:
            ancestor.installEventFilter(self)
            self._watched.append(ancestor)
            ancestor = ancestor.parentWidget()
        self._follow()

    def _wants(self, widget: QWidget) -> bool:
        if not self._window.isAncestorOf(widget) or isinstance(widget, OWN):
            return False
        return isinstance(widget, QAbstractButton) or widget.property("ring") is True

    def _forget(self) -> None:
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._around = None

    def _follow(self) -> None:
        around = self._around
        if not around or not isValid(around) or not around.isVisible():
            self.hide()
            return
        box = self._place_of(around).adjusted(-REACH, -REACH, REACH, REACH)
        seen = self._seen(around, box)
        self.setGeometry(box)
        if seen == box:
            self.clearMask()
        else:
            self.setMask(seen.translated(-box.topLeft()))
        self.setVisible(not seen.isEmpty())
        self.raise_()

    def _seen(self, around: QWidget, box: QRect) -> QRect:
        """Return what is seen of the ring where its widget is partly scrolled out of sight."""
        for place in self._watched:
            area = place.parentWidget()
            if isinstance(area, QAbstractScrollArea) and place is area.viewport():
                room = self._place_of(place)
                if not room.contains(self._place_of(around)):
                    box = box.intersected(room)
        return box

    def _place_of(self, widget: QWidget) -> QRect:
        return QRect(widget.mapTo(self._window, QPoint(0, 0)), widget.size())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in MOVES:
            self._follow()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        paint.draw_ring(paint.begin(self), self.rect(), 9)
