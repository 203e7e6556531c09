"""All care on one strip: bars by the support they give, gaps hatched, turns told by shape."""

from collections.abc import Callable
from datetime import date
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFocusEvent,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.rules import known_day, map_layout
from cmdesk.rules.care_event_codes import EventKind
from cmdesk.rules.chart import Anchor, Bar, Room, Stroke, Text
from cmdesk.rules.map_layout import Band, Item, ItemKind, Strip
from cmdesk.rules.treatment_map import Map
from cmdesk.ui import look
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.chart import STROKES, language, paint_text, width_of
from cmdesk.words import Words

LINE, BAND, DOT = 18, 60, 3  # pixels at 100 %
REACH: Final = 3  # pixels around what is pointed at
STEPS: Final = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
ENDS: Final = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: -1}
ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class TreatmentStrip(QWidget):
    """Signals `read(str)`: something was gone to, in words; `opened(str, int)`: its kind, number.

    `pointed(str)`: the pointer is over it; that is not read out.

    Arrow keys go through stays, gaps and turns by their days; Enter opens one.
    """

    read = Signal(str)
    opened = Signal(str, int)
    pointed = Signal(str)

    def __init__(self, words: Words, sentence: Callable[[Item], str]) -> None:
        super().__init__()
        self._words, self._sentence = words, sentence
        self._found, self._band, self._strip = Map(), None, None
        self._at: Item | None = None
        self._kinds: dict[int, str] = {}
        self._before: frozenset[int] = frozenset()
        self._planned: frozenset[int] = frozenset()
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("Care so far"))

    _band: Band | None
    _strip: Strip | None

    def show_map(self, found: Map, today: date, called: Callable[[str], str], told: str) -> None:
        """Draw this in place of what was drawn; `told` is read of the whole."""
        self._found, self._band = found, map_layout.band(found, today, called)
        self._kinds = {turn.id: turn.kind for turn in found.turns}
        self._before = frozenset(each.stay.id for each in found.placed if not each.stay.ours)
        ahead = (each.stay for each in found.placed if each.stay.state(today) == "planned")
        self._planned = frozenset(stay.id for stay in ahead)
        self.setAccessibleDescription(told)
        self._lay_out()

    @property
    def items(self) -> list[Item]:
        return self._strip.items if self._strip else []

    @property
    def at(self) -> Item | None:
        """What one is on."""
        return self._at

    def _lay_out(self) -> None:
        self._strip = None
        if self._band is not None:
            px, width = look.px, float(self.width())
            room = Room(width, px(LINE), 0, px(BAND), px(DOT), width_of)
            said = language(self._words, self._band.chart)
            self._strip = map_layout.place(self._found, self._band, room, said)
        if self._at is not None:
            same = (self._at.kind, self._at.number)
            self._at = next((one for one in self.items if (one.kind, one.number) == same), None)
        self.updateGeometry()
        self.update()

    def restyle(self) -> None:
        """Measure again: the text or the window has another size."""
        self._lay_out()

    def sizeHint(self) -> QSize:
        tall = self._strip.drawing.height if self._strip else 0
        return QSize(look.px(360), round(tall) + 1)

    def minimumSizeHint(self) -> QSize:
        return QSize(look.px(160), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._lay_out()

    # Reading.

    def _go_to(self, item: Item) -> None:
        if item != self._at:
            self._at = item
            self.read.emit(self._sentence(item))
            self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._begin()

    def _begin(self) -> None:
        """Go to the last stay where one is nowhere yet."""
        if self.items and self._at is None:
            self._go_to((self._of(ItemKind.STAY) or self.items)[-1])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, items = Qt.Key(event.key()), self.items
        if not items or key not in (*STEPS, *ENDS, *ENTER):
            super().keyPressEvent(event)
        elif self._at is None:
            self._begin()  # drawn anew while one was here
        elif key in ENTER:
            self.opened.emit(self._at.kind.value, self._at.number)
        elif key in ENDS:
            self._go_to(items[ENDS[key]])
        else:
            place = items.index(self._at) + STEPS[key]
            self._go_to(items[min(max(place, 0), len(items) - 1)])

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        near = self._under(event.position())
        if near is not None and near != self._at:
            self._at = near
            self.pointed.emit(self._sentence(near))
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if near := self._under(event.position()):
            self._go_to(near)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        if near := self._under(event.position()):
            self.opened.emit(near.kind.value, near.number)

    def _under(self, place: QPointF) -> Item | None:
        """Give what lies under a place; turns are over gaps, and these over stays."""
        order = (ItemKind.TURN, ItemKind.GAP, ItemKind.STAY)
        found = (item for kind in order for item in self._of(kind))
        return next((item for item in found if self._box(item).contains(place)), None)

    def _box(self, item: Item) -> QRectF:
        reach = look.px(REACH)
        box = QRectF(item.x, item.y, item.width, item.bottom - item.y)
        return box.adjusted(-reach, -reach, reach, reach)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._strip is None:
            return
        painter, strip = paint.begin(self), self._strip
        for number, bar in strip.bars:
            planned = number in self._planned
            self._paint_bar(painter, bar, ours=number not in self._before, planned=planned)
        self._paint_axis(painter, strip)
        for item in self._of(ItemKind.GAP):
            self._paint_gap(painter, item)
        for text in strip.drawing.texts:
            self._clear_hatching(painter, text)
            paint_text(painter, text)
        for item in self._of(ItemKind.TURN):
            box = QRectF(item.x, item.y, item.width, item.width)
            draw_turn(painter, box, EventKind(self._kinds[item.number]))
        if self._at is not None and self.hasFocus():
            paint.draw_ring(painter, self._box(self._at), 4)

    def _paint_axis(self, painter: QPainter, strip: Strip) -> None:
        width, ink, _ = STROKES[Stroke.AXIS]
        painter.setPen(QPen(look.colour(ink), width))
        for line in strip.drawing.lines:
            if line.stroke is Stroke.AXIS:
                painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in line.points]))

    def _of(self, kind: ItemKind) -> list[Item]:
        return [item for item in self.items if item.kind is kind]

    def _paint_bar(self, painter: QPainter, bar: Bar, *, ours: bool, planned: bool) -> None:
        """Rule the top of a stay: dashed of one before us, dotted of one that is planned.

        It fades towards an end of which the day is not known.
        """
        place = QRectF(bar.x, bar.y, max(bar.width - 1, map_layout.LEAST), bar.height)
        if bar.width <= map_layout.LEAST:  # too short to be seen by its ground
            painter.fillRect(place, look.colour("border_strong"))
        elif not planned:
            painter.fillRect(place, self._fading(bar, "selection" if ours else "sunken"))
        width, ink, _ = STROKES[Stroke.TOP]
        pen = QPen(self._fading(bar, ink if ours else "border_strong"), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        styles = Qt.PenStyle
        pen.setStyle(styles.DotLine if planned else styles.SolidLine if ours else styles.DashLine)
        painter.setPen(pen)
        painter.drawLine(place.topLeft(), place.topRight())

    def _fading(self, bar: Bar, ink: str) -> QBrush:
        full = look.colour(ink)
        if self._band is None or known_day.whole(bar.span.first_known, bar.span.last_known):
            return QBrush(full)
        begun, ended = map_layout.soft_ends(bar, self._band.chart.last)
        faint = QColor(full)
        faint.setAlpha(0)
        made = QLinearGradient(bar.x, 0, bar.x + bar.width, 0)
        for place, colour in (
            *((0.0, faint if begun else full), (begun / bar.width, full)),
            *((1 - ended / bar.width, full), (1.0, faint if ended else full)),
        ):
            made.setColorAt(place, colour)
        return QBrush(made)

    def _paint_gap(self, painter: QPainter, item: Item) -> None:
        box = QRectF(item.x, item.y, item.width, item.bottom - item.y)
        painter.fillRect(box, look.colour("warn_soft"))
        painter.fillRect(box, QBrush(look.colour("warn"), Qt.BrushStyle.BDiagPattern))

    def _clear_hatching(self, painter: QPainter, text: Text) -> None:
        """Take away what is hatched under words: they could not be read on it."""
        wide, tall = width_of(text.words, text.role), look.px(LINE)
        shift = {Anchor.START: 0.0, Anchor.MIDDLE: wide / 2, Anchor.END: wide}[text.anchor]
        words = QRectF(text.x - shift, text.y - tall / 2, wide, tall).adjusted(-2, 0, 2, 0)
        for item in self._of(ItemKind.GAP):
            gap = QRectF(item.x, item.y, item.width, item.bottom - item.y)
            painter.fillRect(words & gap, look.colour("bg"))


def draw_turn(painter: QPainter, box: QRectF, kind: EventKind) -> None:
    """Mark a turn by its shape: a return to use, a crisis, the hospital, any other."""
    middle, half = box.center(), box.width() / 2
    painter.setPen(QPen(look.colour("surface"), 1.5))
    painter.setBrush(look.colour("text"))
    if kind is EventKind.RETURN_TO_USE:
        corners = [QPointF(box.left(), box.top()), QPointF(box.right(), box.top())]
        painter.drawPolygon(QPolygonF([*corners, QPointF(middle.x(), box.bottom())]))
    elif kind is EventKind.CRISIS:
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(middle.x(), box.top()),
                    QPointF(box.right(), middle.y()),
                    QPointF(middle.x(), box.bottom()),
                    QPointF(box.left(), middle.y()),
                ]
            )
        )
    elif kind is EventKind.HOSPITAL_VISIT:
        painter.drawRect(box.adjusted(half / 4, half / 4, -half / 4, -half / 4))
    else:
        painter.setPen(QPen(look.colour("text"), 1.5))
        painter.setBrush(look.colour("surface"))
        painter.drawEllipse(middle, half * 0.8, half * 0.8)


__all__ = ["TreatmentStrip", "draw_turn"]
