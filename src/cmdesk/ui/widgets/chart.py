"""A chart on the screen, by the geometry of paper; its values are read by pointer or keys."""

from functools import partial
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cmdesk.rules import days
from cmdesk.rules.chart import (
    Anchor,
    Chart,
    Dot,
    Drawing,
    Language,
    Role,
    Room,
    Stroke,
    Text,
    figure,
)
from cmdesk.rules.chart_layout import lay_out
from cmdesk.rules.chart_words import told
from cmdesk.ui import look
from cmdesk.ui.tokens import Role as Face
from cmdesk.ui.widgets import paint
from cmdesk.words import Words

FACES: Final[dict[Role, tuple[Face, str]]] = {
    Role.NAME: ("strong", "text"),
    Role.VALUE: ("strong", "text"),
    Role.QUIET: ("small", "text2"),
    Role.TICK: ("tiny", "text2"),
    Role.SPAN: ("label", "text"),
    Role.FIGURE: ("tiny", "text2"),
}
# Width in pixels, token, and dots: each line is told apart without its hue.
STROKES: Final[dict[Stroke, tuple[float, str, bool]]] = {
    Stroke.GRID: (1, "border", False),
    Stroke.AXIS: (1, "border_strong", False),
    Stroke.SCORE: (2, "accent", False),
    Stroke.TURN: (1.5, "border_strong", True),
    Stroke.TOP: (3, "accent", False),
    Stroke.MAYBE: (3, "accent", True),
}
LINE, PLOT, BAND, DOT, REACH = 18, 104, 64, 3, 14  # pixels at 100 %
STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
TURNS: Final = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


def language(words: Words, chart: Chart) -> Language:
    """Speak of a chart in the language of the screen."""
    return Language(
        tr=words.tr,
        month=lambda day: days.MONTHS[day.month - 1][:3],
        short_day=words.month_day,
        day=partial(days.near, today=chart.last),
    )


class ChartView(QWidget):
    """Signal `read(str)`: a score was gone to, in words. Arrow keys go from score to score."""

    read = Signal(str)

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._chart: Chart | None = None
        self._drawing: Drawing | None = None
        self._at: Dot | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: Chart) -> None:
        """Draw this in place of what was drawn; its sentence is what is read of it."""
        self._chart, self._at = chart, None
        self.setAccessibleName(self._words.tr("Chart"))
        self.setAccessibleDescription(told(chart, language(self._words, chart)))
        self._lay_out()

    @property
    def drawing(self) -> Drawing | None:
        return self._drawing

    def _lay_out(self) -> None:
        if self._chart is None:
            return
        px = look.px
        line, plot, band, dot = px(LINE), px(PLOT), px(BAND), px(DOT)
        room = Room(self.width(), line, plot, band, dot, width_of)
        self._drawing = lay_out(self._chart, room, language(self._words, self._chart))
        if self._at is not None:
            kept = (self._at.series, self._at.score)
            self._at = next((d for d in self._drawing.dots if (d.series, d.score) == kept), None)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        tall = self._drawing.height if self._drawing else 0
        return QSize(look.px(360), round(tall) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    def restyle(self) -> None:
        """Measure again after the text size changed."""
        self._lay_out()

    # Reading.

    def words_of(self, dot: Dot) -> str:
        """Say one score: `PHQ-9: 9 on March 5`."""
        if self._chart is None:
            return ""
        name = self._chart.series[dot.series].name
        day = language(self._words, self._chart).day(dot.score.day)
        said = self._words.tr("{name}: {score} on {day}")
        return said.format(name=name, score=figure(dot.score.value), day=day)

    def _go_to(self, dot: Dot) -> None:
        if dot != self._at:
            self._at = dot
            self.read.emit(self.words_of(dot))
            self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._nearest(event.position())
        if near is None:
            QToolTip.hideText()
            return
        QToolTip.showText(event.globalPosition().toPoint(), self.words_of(near), self)
        if near != self._at:
            self._at = near
            self.update()

    def _nearest(self, place: QPointF) -> Dot | None:
        dots = self._drawing.dots if self._drawing else []
        reach = look.px(REACH)

        def away(dot: Dot) -> float:
            return (dot.x - place.x()) ** 2 + (dot.y - place.y()) ** 2

        best = min(dots, key=away, default=None)
        return best if best is not None and away(best) <= reach**2 else None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        dots = self._drawing.dots if self._drawing else []
        if dots and self._at is None:
            self._go_to(next(dot for dot in dots if dot.last))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, dots = Qt.Key(event.key()), self._drawing.dots if self._drawing else []
        if not dots or self._at is None or key not in (*STEPS, *TURNS):
            super().keyPressEvent(event)
            return
        at = self._at
        same = [dot for dot in dots if dot.series == at.series]
        if key in STEPS:
            place = same.index(at) + STEPS[key]
            self._go_to(same[min(max(place, 0), len(same) - 1)])
            return
        others = list(dict.fromkeys(dot.series for dot in dots))
        place = min(max(others.index(at.series) + TURNS[key], 0), len(others) - 1)
        row = [dot for dot in dots if dot.series == others[place]]
        self._go_to(min(row, key=lambda dot: abs(dot.x - at.x)))

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        drawing = self._drawing
        if drawing is None:
            return
        painter = paint.begin(self)
        for bar in drawing.bars:
            place = QRectF(bar.x, bar.y, max(bar.width - 1, 1), bar.height)
            painter.fillRect(place, look.colour("selection"))
        for line in drawing.lines:
            width, ink, dotted = STROKES[line.stroke]
            pen = QPen(look.colour(ink), width)
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setStyle(Qt.PenStyle.DotLine if dotted else Qt.PenStyle.SolidLine)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.points]))
        for dot in drawing.dots:
            self._paint_dot(painter, dot)
        for text in drawing.texts:
            paint_text(painter, text)

    def _paint_dot(self, painter: QPainter, dot: Dot) -> None:
        """Fill the newest; ring the one that is read."""
        reach, middle = look.px(DOT + (1 if dot.last else 0)), QPointF(dot.x, dot.y)
        painter.setPen(QPen(look.colour("accent"), 2))
        painter.setBrush(look.colour("accent" if dot.last else "surface"))
        painter.drawEllipse(middle, reach, reach)
        if dot == self._at and (self.hasFocus() or self.underMouse()):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            around = reach + look.px(4)
            painter.drawEllipse(middle, around, around)


def width_of(words: str, role: Role) -> float:
    return paint.text_width(words, FACES[role][0])


def paint_text(painter: QPainter, text: Text) -> None:
    face, ink = FACES[text.role]
    font = look.font(face)
    painter.setFont(font)
    painter.setPen(look.colour(ink))
    metrics = QFontMetrics(font)
    length = metrics.horizontalAdvance(text.words)
    shift = {Anchor.START: 0.0, Anchor.MIDDLE: length / 2, Anchor.END: length}[text.anchor]
    middle = text.y + (metrics.ascent() - metrics.descent()) / 2
    painter.drawText(QPointF(text.x - shift, middle), text.words)
