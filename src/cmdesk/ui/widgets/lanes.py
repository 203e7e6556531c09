"""Lanes over time: who carries what, hatched where nobody does; read by pointer, keys and ear."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cmdesk.rules.lane_picture import Bar, Kind, Picture
from cmdesk.rules.transition_codes import Lane
from cmdesk.ui import look
from cmdesk.ui.widgets import paint
from cmdesk.words import Words

# Pixels at 100 %.
TITLES, EDGE, HEAD, PITCH, BAR, PAD, HATCH, FOOT = 176, 16, 36, 40, 28, 10, 8, 8
STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
TURNS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
OPENS: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class LanesView(QWidget):
    """Signals `read(str)`: a bar was gone to, in words; `opened(Bar)`: it was pressed.

    Arrow keys go from bar to bar and from lane to lane, Enter opens.
    """

    read = Signal(str)
    opened = Signal(object)

    def __init__(self, words: Words, name: str) -> None:
        super().__init__()
        self._words = words
        self._picture: Picture | None = None
        self._titles: Mapping[Lane, str] = {}
        self._label: Callable[[Bar], str] = lambda bar: bar.label
        self._told: Callable[[Bar], str] = lambda bar: bar.label
        self._leaves, self._at = "", -1
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_picture(
        self,
        picture: Picture,
        titles: Mapping[Lane, str],
        leaves: str,
        label: Callable[[Bar], str],
        told: Callable[[Bar], str],
    ) -> None:
        """Draw this; `label` is written on a bar, `told` is what is read of it."""
        self._picture, self._titles, self._leaves = picture, titles, leaves
        self._label, self._told = label, told
        self._at = min(self._at, len(picture.bars) - 1)
        sentences = [f"{titles[bar.lane]}: {told(bar)}." for bar in picture.bars]
        self.setAccessibleDescription(" ".join([f"{leaves}.", *sentences]))
        self.updateGeometry()
        self.update()

    @property
    def picture(self) -> Picture | None:
        return self._picture

    @property
    def chosen(self) -> Bar | None:
        """The bar one is on."""
        bars = self._picture.bars if self._picture else ()
        return bars[self._at] if 0 <= self._at < len(bars) else None

    def sizeHint(self) -> QSize:
        return QSize(look.px(640), look.px(HEAD + PITCH * len(Lane) + FOOT))

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(TITLES + 240), self.sizeHint().height())

    # Where things are.

    def _x(self, day: float) -> float:
        days = self._picture.days if self._picture else 1
        left, right = look.px(TITLES), self.width() - look.px(EDGE)
        return left + day * (right - left) / days

    def _place(self, bar: Bar) -> QRectF:
        top = look.px(HEAD) + list(Lane).index(bar.lane) * look.px(PITCH)
        top += (look.px(PITCH) - look.px(BAR)) / 2
        left, right = self._x(bar.left), self._x(bar.right)
        return QRectF(left + 0.5, top, max(right - left - 1.5, 3), look.px(BAR))

    def bar_at(self, point: QPointF) -> int:
        """Answer the place of the bar under a point, or -1."""
        bars = self._picture.bars if self._picture else ()
        found = (n for n, bar in enumerate(bars) if self._place(bar).contains(point))
        return next(found, -1)

    # Reading.

    def _go_to(self, place: int) -> None:
        if self._picture is None or place == self._at:
            return
        self._at = place
        bar = self._picture.bars[place]
        self.read.emit(f"{self._titles[bar.lane]}: {self._told(bar)}")
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        place = self.bar_at(event.position())
        bars = self._picture.bars if self._picture else ()
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if place >= 0 else Qt.CursorShape.ArrowCursor
        )
        if place < 0:
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPosition().toPoint(), self._told(bars[place]), self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self.bar_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place >= 0:
            self._go_to(place)
            self.opened.emit(self.chosen)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self._at < 0 and self._picture and self._picture.bars:
            self._go_to(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, bars = Qt.Key(event.key()), self._picture.bars if self._picture else ()
        if self.chosen is None and bars and key in (*STEPS, *TURNS):
            self._go_to(0)  # drawn anew while one was here
        elif self.chosen is None or key not in (*STEPS, *TURNS, *OPENS):
            super().keyPressEvent(event)
        elif key in OPENS:
            self.opened.emit(self.chosen)
        elif key in STEPS:
            self._go_to(min(max(self._at + STEPS[key], 0), len(bars) - 1))
        else:
            self._turn(TURNS[key])

    def _turn(self, step: int) -> None:
        """Go to the bar of the next lane that lies nearest in time."""
        here = self.chosen
        if here is None or self._picture is None:
            return
        bars = self._picture.bars
        lanes = list(dict.fromkeys(bar.lane for bar in bars))
        lane = lanes[min(max(lanes.index(here.lane) + step, 0), len(lanes) - 1)]
        near = [place for place, bar in enumerate(bars) if bar.lane == lane]
        self._go_to(min(near, key=lambda place: abs(bars[place].left - here.left)))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        picture = self._picture
        if picture is None:
            return
        painter = paint.begin(self)
        self._paint_days(painter, picture)
        for lane, title in self._titles.items():
            top = look.px(HEAD) + list(Lane).index(lane) * look.px(PITCH)
            place = QRectF(look.px(EDGE), top, look.px(TITLES) - look.px(EDGE) - 8, look.px(PITCH))
            paint.draw_text(painter, place.toRect(), title, "medium")
        for number, bar in enumerate(picture.bars):
            self._paint_bar(painter, bar)
            if number == self._at and self.hasFocus():
                paint.draw_ring(painter, self._place(bar).adjusted(-2, -2, 2, 2), 6)
        x = self._x(picture.at(picture.leaves_on))
        painter.setPen(QPen(look.colour("text"), 2))
        painter.drawLine(QPointF(x, look.px(HEAD) - look.px(6)), QPointF(x, self._bottom()))

    def _bottom(self) -> float:
        return look.px(HEAD) + len(Lane) * look.px(PITCH)

    def _paint_days(self, painter: QPainter, picture: Picture) -> None:
        """Rule the weeks, shade the days without a program, and head them."""
        top, bottom = look.px(HEAD) - look.px(4), self._bottom()
        for day in picture.ticks:
            x = self._x(picture.at(day))
            painter.fillRect(QRectF(x, top, 1, bottom - top), look.colour("border"))
        if picture.shade:
            left, right = (self._x(each) for each in picture.shade)
            shade = look.colour("warn_soft")
            painter.fillRect(QRectF(left, top, right - left, bottom - top), shade)
        leaves = self._x(picture.at(picture.leaves_on)) + look.px(6)
        bold = paint.text_width(self._leaves, "small", 600)
        taken = (leaves - look.px(8), leaves + bold + look.px(8))
        for day in picture.ticks:
            words = self._words.month_day(day)
            x = self._x(picture.at(day)) + look.px(4)
            wide = paint.text_width(words, "small")
            over = x + wide > self.width() - 2
            if over or (x < taken[1] and x + wide > taken[0]):
                continue
            self._head(painter, x, wide, words)
        self._head(painter, leaves, bold, self._leaves, strong=True)

    def _head(
        self, painter: QPainter, x: float, wide: float, words: str, *, strong: bool = False
    ) -> None:
        place = QRectF(x, look.px(6), wide + 4, look.px(20)).toRect()
        ink, weight = ("text", 600) if strong else ("text2", None)
        paint.draw_text(painter, place, words, "small", ink, weight=weight)

    def _paint_bar(self, painter: QPainter, bar: Bar) -> None:
        place, tokens = self._place(bar), look.tokens()
        if bar.kind == Kind.GAP:
            self._hatch(painter, place)
            return
        if bar.kind == Kind.SOLID:
            edge = look.colour("accent")
            edge.setAlphaF(0.45)
            paint.draw_box(
                painter, place, tokens.accent_soft, edge.name(edge.NameFormat.HexArgb), 4
            )
        else:
            paint.draw_box(painter, place, tokens.surface, "", 4)
            pen = QPen(look.colour("border_strong"), 1, Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        pad = look.px(PAD)
        inside = place.adjusted(pad, 0, -pad / 2, 0).toRect()
        ink = "text" if bar.kind == Kind.SOLID else "text2"
        paint.draw_text(painter, inside, self._label(bar), "small", ink, weight=500)

    def _hatch(self, painter: QPainter, place: QRectF) -> None:
        """Fill with slanted lines: a gap is told by its pattern, not by its colour alone."""
        tokens = look.tokens()
        paint.draw_box(painter, place, tokens.warn_soft, "", 4)
        with paint.kept(painter):
            outline = QPainterPath()
            outline.addRoundedRect(place, 4, 4)
            painter.setClipPath(outline)
            painter.setPen(QPen(look.colour("warn"), 1.2))
            step, tall = look.px(HATCH), place.height()
            x = place.left() - tall
            while x < place.right():
                painter.drawLine(QLineF(x, place.bottom(), x + tall, place.top()))
                x += step
        painter.setPen(QPen(look.colour("warn"), 1.2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(place.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
