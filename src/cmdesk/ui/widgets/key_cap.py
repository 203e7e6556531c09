"""The small caps that teach a shortcut."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui import look
from cmdesk.ui.widgets import paint

HEIGHT, PADDING = 18, 5
VEIL = 0.08  # of white over a filled button: more, and its keys are hard to read in the dark
NATIVE = QKeySequence.SequenceFormat.NativeText


def shown_keys(keys: str) -> str:
    """Write a shortcut as people read it: `Ctrl+Return` -> `Ctrl Enter`."""
    native = QKeySequence(keys).toString(NATIVE) or keys
    spaced = native.replace("++", "+ plus").replace("+", " ").replace("Return", "Enter")
    return spaced.replace("  plus", " +")


def key_cap_width(keys: str) -> int:
    return paint.text_width(keys, "tiny") + 2 * look.px(PADDING)


def draw_key_cap(painter: QPainter, rect: QRect, keys: str, *, on_fill: bool = False) -> int:
    """Draw a cap at the left of `rect`, in its middle height; answer its width."""
    tokens = look.tokens()
    width, height = key_cap_width(keys), look.px(HEIGHT)
    cap = QRect(rect.x(), rect.y() + (rect.height() - height) // 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if on_fill:
        white = QColor(tokens.on_fill)
        white.setAlphaF(VEIL)
        paint.draw_box(painter, cap, white.name(QColor.NameFormat.HexArgb), "", 4)
    else:
        paint.draw_box(painter, cap, tokens.surface, tokens.border, 4)
    painter.setFont(look.font("tiny"))
    painter.setPen(QColor(tokens.on_fill if on_fill else tokens.text3))
    painter.drawText(cap, paint.CENTRE, keys)
    painter.restore()
    return width


class KeyCap(QWidget):
    """One shortcut, as on the hint bar."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(keys)

    def sizeHint(self) -> QSize:
        return QSize(key_cap_width(self._keys), look.px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_key_cap(paint.begin(self), self.rect(), self._keys)
