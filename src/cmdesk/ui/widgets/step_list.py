"""Numbered steps down the side: done, now, and still to come."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui import icons, look
from cmdesk.ui.icons import Icon
from cmdesk.ui.widgets import paint

CIRCLE, APART = 24, 40


class StepList(QWidget):
    """Tells where one is; it is not pressed."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps, self._now = tuple(steps), 0
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.go(0)

    def go(self, now: int) -> None:
        """Stand at this step, counted from 0."""
        self._now = now
        self.setAccessibleName(f"{now + 1}/{len(self._steps)}: {self._steps[now]}")
        self.update()

    def sizeHint(self) -> QSize:
        tall = look.px(APART) * (len(self._steps) - 1) + look.px(CIRCLE)
        wide = max(paint.text_width(step, "reading", 600) for step in self._steps)
        return QSize(look.px(CIRCLE + 12) + wide + 1, tall)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens, side = paint.begin(self), look.tokens(), look.px(CIRCLE)
        for place, step in enumerate(self._steps):
            circle = QRect(0, place * look.px(APART), side, side)
            now, done = place == self._now, place < self._now
            fill = tokens.fill if now else ""
            edge = "" if now else tokens.ok if done else tokens.border_strong
            paint.draw_box(painter, circle, fill, edge, side / 2)
            if done:
                glyph = paint.centred(circle, look.px(14), look.px(14))
                icons.draw(painter, Icon.CHECK, glyph, look.colour("ok"))
            else:
                painter.setFont(look.font("small_strong"))
                painter.setPen(look.colour("on_fill" if now else "text2"))
                painter.drawText(circle, paint.CENTRE, str(place + 1))
            words = QRect(look.px(CIRCLE + 12), circle.y(), self.width(), side)
            ink, weight = ("text", 600) if now else ("text2", 400)
            paint.draw_text(painter, words, step, "reading", ink, weight=weight)
