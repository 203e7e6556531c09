"""Chips: a word in a soft box, told by tone, word and icon together."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.tokens import Tone, ink_of
from cmdesk.ui.widgets import paint

HEIGHT, PADDING, GAP, GLYPH = 22, 9, 4, 12


def chip_width(text: str, icon: Icon | None = None) -> int:
    """Measure a chip, in pixels at the text scale in force."""
    glyph = look.px(GLYPH + GAP) if icon else 0
    return paint.text_width(text, "label") + glyph + 2 * look.px(PADDING)


def draw_chip(
    painter: QPainter, rect: QRect, text: str, tone: Tone = "neutral", icon: Icon | None = None
) -> int:
    """Draw a chip at the left of `rect`, in its middle height; answer the chip's width."""
    ink, ground, border = ink_of(look.tokens(), tone)
    width = min(rect.width(), chip_width(text, icon))
    height = look.px(HEIGHT)
    box = QRect(rect.x(), rect.y() + (rect.height() - height) // 2, width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint.draw_box(painter, box, ground, border if border != ground else "", 4)
    inside = box.adjusted(look.px(PADDING), 0, -look.px(PADDING) + 1, 0)
    if icon:
        glyph = paint.centred(box, look.px(GLYPH), look.px(GLYPH))
        glyph.moveLeft(inside.x())
        icons.draw(painter, icon, glyph, QColor(ink))
        inside.setLeft(inside.x() + look.px(GLYPH + GAP))
    names: dict[Tone, str] = {"neutral": "text2", "plain": "text2"}
    paint.draw_text(painter, inside, text, "label", names.get(tone, tone))
    painter.restore()
    return width


class Chip(QWidget):
    """A chip that only tells."""

    def __init__(
        self,
        text: str,
        tone: Tone = "neutral",
        icon: Icon | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._told = False
        self._text, self._icon = text, icon
        self._tone: Tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def show_as(self, text: str, tone: Tone = "neutral", icon: Icon | None = None) -> None:
        """Tell something else."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self._tell_whole()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, self._icon), look.px(HEIGHT))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._tell_whole()

    def _tell_whole(self) -> None:
        """Say words that are cut short when they are pointed at."""
        cut = self.width() < self.sizeHint().width()
        if cut or self._told:
            self._told = cut
            self.setToolTip(self._text if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_chip(paint.begin(self), self.rect(), self._text, self._tone, self._icon)


class ToggleChip(QAbstractButton):
    """A chip to pick, such as a topic: accent and a check mark when picked."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(text)
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.toggled.connect(self.updateGeometry)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say words that are cut short when they are pointed at."""
        super().resizeEvent(event)
        self.setToolTip(self.text() if self.width() < self.sizeHint().width() else "")

    def sizeHint(self) -> QSize:
        icon = Icon.CHECK if self.isChecked() else None
        return QSize(chip_width(self.text(), icon), look.px(HEIGHT) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        picked = self.isChecked()
        tone: Tone = "accent" if picked else "neutral"
        icon = Icon.CHECK if picked else None
        draw_chip(paint.begin(self), self.rect(), self.text(), tone, icon)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in paint.RESTYLED:
            self.updateGeometry()
