"""Check box, radio button and switch, drawn with our tokens at every text size."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint

BOX, GAP = 16, 8


def draw_check(painter: QPainter, rect: QRect, *, checked: bool, enabled: bool = True) -> None:
    """Draw a check box in the middle of `rect`."""
    tokens = look.tokens()
    box = paint.centred(rect, look.px(BOX), look.px(BOX))
    fill = tokens.fill if enabled else tokens.border_strong
    if checked:
        paint.draw_box(painter, box, fill, "", 4)
        side = look.px(12)
        icons.draw(
            painter, Icon.CHECK, paint.centred(box, side, side), QColor(tokens.on_fill), stroke=3
        )
    else:
        ground = tokens.surface if enabled else tokens.sunken
        paint.draw_box(painter, box, ground, tokens.border_strong, 4)


def draw_radio(painter: QPainter, rect: QRect, *, checked: bool) -> None:
    """Draw a radio button in the middle of `rect`."""
    tokens, side = look.tokens(), look.px(BOX)
    box = QRectF(paint.centred(rect, side, side))
    if checked:
        paint.draw_box(painter, box, tokens.fill, "", side / 2)
        ring = 5 * side / 16
        paint.draw_box(painter, box.adjusted(ring, ring, -ring, -ring), tokens.surface, "", side)
    else:
        paint.draw_box(painter, box, tokens.surface, tokens.border_strong, side / 2)


def _draw_words(button: QAbstractButton, painter: QPainter) -> None:
    left = look.px(BOX + GAP)
    ink = "text" if button.isEnabled() else "text3"
    place = button.rect().adjusted(left, 0, 0, 0)
    paint.draw_text(painter, place, button.text(), "body", ink)


def _mark_place(button: QAbstractButton) -> QRect:
    return QRect(QPoint(0, 0), QSize(look.px(BOX), button.height()))


def _hint(button: QAbstractButton) -> QSize:
    words = paint.text_width(button.text(), "body") + look.px(GAP) if button.text() else 0
    return QSize(look.px(BOX) + words + 1, look.px(24))


class CheckBox(QCheckBox):
    """A check box; its words are pressed too."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        return _hint(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        draw_check(painter, _mark_place(self), checked=self.isChecked(), enabled=self.isEnabled())
        _draw_words(self, painter)


class Radio(QRadioButton):
    """One of several; Qt keeps those of one parent exclusive."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return _hint(self)

    def minimumSizeHint(self) -> QSize:
        return _hint(self)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        draw_radio(painter, _mark_place(self), checked=self.isChecked())
        _draw_words(self, painter)


class Switch(QAbstractButton):
    """On or off at once, as in Settings."""

    def __init__(self, name: str, *, on: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setChecked(on)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(look.px(32), look.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = paint.begin(self), look.tokens()
        track = QRectF(paint.centred(self.rect(), look.px(32), look.px(18)))
        on = self.isChecked()
        ground = tokens.fill if on else tokens.border_strong
        if not self.isEnabled():
            ground = tokens.border
        paint.draw_box(painter, track, ground, "", track.height() / 2)
        side, edge = look.px(14), look.px(2)
        left = track.right() - edge - side if on else track.x() + edge
        knob = QRectF(left, track.y() + edge, side, side)
        dot = tokens.on_fill if self.isEnabled() else tokens.surface
        paint.draw_box(painter, knob, dot, "", side / 2)
