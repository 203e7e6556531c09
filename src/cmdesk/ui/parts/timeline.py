"""Paints the log: one unbroken line, a dot per contact, and who may see it."""

from collections.abc import Callable

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRect,
    QRectF,
    QSize,
)
from PySide6.QtGui import QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cmdesk.casework.timeline import TimelineRow
from cmdesk.rules.consent import Outcome
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import phrases
from cmdesk.ui.parts.timeline_words import TimelineWords
from cmdesk.ui.tokens import Ink, Tone
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.chip import HEIGHT, chip_width, draw_chip

Index = QModelIndex | QPersistentModelIndex
TIME, LINE, TEXT = 60, 80, 100  # pixels from the left: right of the time, the line, the words
DOT, GLYPH = 24, 14
HEADING, TITLE, FOOT, GAP = 24, 24, 22, 20
INSET = 8  # around what is for the practitioner alone
ROOM = 8  # between the words and the frame of the row one is on
GUESS = TITLE + 2 * 22 + FOOT + GAP
LAID_OUT = 64  # entries whose lines are kept: more than a tall screen shows
MARKS: dict[str, tuple[Icon, Ink, Ink]] = {
    Outcome.SHARE: (Icon.EYE, "ok", "text2"),
    Outcome.SHORT: (Icon.LIST_CHECKS, "text2", "text2"),
    Outcome.KEEP_BACK: (Icon.EYE_OFF, "text3", "text3"),
}


class TimelineDelegate(QStyledItemDelegate):
    """Paints entries; `row_at(place)` gives them. With a `reader`, as that one would read them."""

    def __init__(self, desk: Desk, row_at: Callable[[int], TimelineRow | None]) -> None:
        super().__init__()
        self.words = TimelineWords(desk)
        self._row_at = row_at
        self.reader: int | None = None
        self.family = 0  # of the readers, how many come before the care team
        self._layouts: dict[tuple[int, str, int, int, bool], tuple[QTextLayout, int]] = {}

    def forget(self) -> None:
        """Drop what was laid out: the words or the text size have changed."""
        self._layouts.clear()

    def _begins_day(self, place: int, row: TimelineRow) -> bool:
        before = self._row_at(place - 1) if place else None
        return before is None or before.at.date() != row.at.date()

    def _text(self, row: TimelineRow) -> str:
        return self.words.aside(row, self.reader) or self.words.body(row, self.reader)

    def _inset(self, row: TimelineRow) -> int:
        """Give the room around words that stand apart from what a reader would read."""
        return look.px(INSET) if self._kept_back(row) else 0

    def _kept_back(self, row: TimelineRow) -> bool:
        return self.reader is not None and row.seen[self.reader].outcome == Outcome.KEEP_BACK

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._row_at(index.row())
        if row is None:
            return QSize(0, look.px(GUESS))
        width = paint.told(option)[0].width()
        height = self._height(row, width)
        heading = look.px(HEADING) if self._begins_day(index.row(), row) else 0
        return QSize(width, height + heading)

    def _height(self, row: TimelineRow, width: int) -> int:
        _, lines = self._laid_out(row, width - look.px(TEXT) - look.px(ROOM))
        foot = look.px(FOOT) if self._has_foot(row) else 0
        told = self._text(row) or row.milestone is None
        text = lines * look.line_height("reading") if told else 0
        return look.px(TITLE) + text + self._inset(row) + foot + look.px(GAP)

    def _laid_out(self, row: TimelineRow, width: int) -> tuple[QTextLayout, int]:
        """Give an entry's words laid out: as they were the last time, if nothing has changed."""
        key = (row.id, self._text(row), width, look.px(1000), row.wrong)
        made = self._layouts.pop(key, None)
        if made is None:
            made = lay_out(key[1], width - 2 * self._inset(row), struck=row.wrong)
        self._layouts[key] = made  # used last, it stands last
        if len(self._layouts) > LAID_OUT:
            del self._layouts[next(iter(self._layouts))]
        return made

    def _has_foot(self, row: TimelineRow) -> bool:
        return self.reader is None and bool(row.seen or row.follow_up)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._row_at(index.row())
        if row is None:
            return
        rect, state = paint.told(option)
        with paint.kept(painter):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            begins = self._begins_day(index.row(), row)
            top = rect.y() + (look.px(HEADING) if begins else 0)
            last = index.row() + 1 == index.model().rowCount()
            self._draw_line(painter, rect, top, first=index.row() == 0, last=last)
            if begins:
                place = QRect(rect.x() + look.px(TEXT), rect.y(), rect.width(), look.px(16))
                paint.draw_text(painter, place, self.words.heading(row), "small_strong", "text2")
            body = QRect(rect.x(), top, rect.width(), rect.bottom() + 1 - top)
            if state & QStyle.StateFlag.State_HasFocus:
                left, over, under = look.px(TEXT - ROOM), look.px(6), look.px(GAP - ROOM)
                paint.draw_ring(painter, body.adjusted(left, -over, 0, -under), 6)
            self._draw_entry(painter, body, row)

    def _draw_line(
        self, painter: QPainter, rect: QRect, top: int, *, first: bool, last: bool
    ) -> None:
        start = rect.y() + (look.px(8) if first else 0)
        end = top + look.px(DOT) // 2 if last else rect.bottom() + 1
        left = rect.x() + look.px(LINE) - 1
        painter.fillRect(QRect(left, start, 1, end - start), look.colour("border"))

    def _draw_entry(self, painter: QPainter, body: QRect, row: TimelineRow) -> None:
        tokens, faint = look.tokens(), self._kept_back(row)
        line = QRect(body.x(), body.y(), look.px(TIME), look.px(TITLE) - 2)
        time = self.words.time(row) if self.reader is None else ""
        paint.draw_text(painter, line, time, "small", "text3", align=paint.RIGHT, figures=True)
        dot = QRectF(body.x() + look.px(LINE - DOT / 2), body.y() - 1, look.px(DOT), look.px(DOT))
        glyph = paint.centred(dot.toRect(), look.px(GLYPH), look.px(GLYPH))
        if row.milestone is not None:
            paint.draw_box(painter, dot, tokens.fill, "", dot.width() / 2)
            icons.draw(painter, Icon.FLAG, glyph, look.colour("on_fill"))
        else:
            paint.draw_box(painter, dot, tokens.surface, tokens.border, dot.width() / 2)
            icon = phrases.icon_of(row.kind, row.method, row.outcome)
            if self.reader is not None:
                icon = Icon.LOCK if faint else Icon.EYE
            icons.draw(painter, icon, glyph, look.colour("text3" if faint else "text2"))
        text = body.adjusted(look.px(TEXT), 0, -look.px(ROOM), 0)
        self._draw_title(painter, body, row, faint=faint)
        inset = self._inset(row)
        layout, lines = self._laid_out(row, text.width())
        begins = QPointF(text.x() + inset, text.y() + look.px(TITLE) + inset // 2)
        if faint:  # a box of its own: nobody takes it for what the reader would read
            deep = lines * look.line_height("reading") + inset
            box = QRectF(text.x(), text.y() + look.px(TITLE), text.width(), deep)
            paint.draw_box(painter, box, tokens.sunken, tokens.border, 6)
        painter.setPen(look.colour("text2" if faint else "text3" if row.wrong else "text"))
        layout.draw(painter, begins)
        if self._has_foot(row):
            y = text.y() + look.px(TITLE) + lines * look.line_height("reading") + look.px(6)
            foot = QRect(text.x(), y, text.width(), look.px(16))
            self._draw_audience(painter, self._draw_follow_up(painter, foot, row), row)

    def _chips(self, line: QRect, row: TimelineRow) -> list[tuple[QRect, str, Tone]]:
        """Give what stands at the right of the title, from the left on, each in its place."""
        chips = self.words.chips(row) if self.reader is None else []
        while sum(chip_width(words) + look.px(8) for words, _ in chips) > line.width() // 2:
            chips.pop()  # the first say what is to be done
        right, placed = line.right() + 1, list[tuple[QRect, str, Tone]]()
        for words, tone in reversed(chips):
            width = chip_width(words)
            right -= width
            placed.insert(0, (QRect(right, line.y(), width, look.px(HEIGHT)), words, tone))
            right -= look.px(8)
        return placed

    def on_unsigned(self, rect: QRect, place: int, point: QPoint) -> bool:
        """Say whether a point of the list lies on what a row lacks for a signature."""
        row = self._row_at(place)
        if row is None or self.reader is not None:
            return False
        top = rect.y() + (look.px(HEADING) if self._begins_day(place, row) else 0)
        line = self._title_line(QRect(rect.x(), top, rect.width(), rect.height()))
        wanted = self.words.unsigned(row)
        chips = self._chips(line, row)
        return any(words == wanted and box.contains(point) for box, words, _ in chips)

    def _title_line(self, body: QRect) -> QRect:
        text = body.adjusted(look.px(TEXT), 0, -look.px(ROOM), 0)
        return QRect(text.x(), text.y(), text.width(), look.px(HEIGHT))

    def _draw_title(self, painter: QPainter, body: QRect, row: TimelineRow, *, faint: bool) -> None:
        line = self._title_line(body)
        chips = self._chips(line, row)
        for place, words, tone in chips:
            draw_chip(painter, place, words, tone)
        left = chips[0][0].left() - look.px(8) if chips else line.right() + 1
        line.setRight(left - look.px(8))
        ink = "text3" if faint else "text"
        took = paint.draw_text(painter, line, self.words.title(row, self.reader), "strong", ink)
        line.setLeft(line.x() + took + look.px(8))
        meta_ink = "text3" if faint else "text2"
        paint.draw_text(painter, line, self.words.meta(row, self.reader), "small", meta_ink)

    def _draw_follow_up(self, painter: QPainter, foot: QRect, row: TimelineRow) -> QRect:
        """Draw what was promised at the right; give the room that is left of it."""
        promised = self.words.follow_up(row)
        if promised is None:
            return foot
        side, gap = look.px(GLYPH), look.px(5)
        most = foot.width() * (1 if not row.seen else 0.6)
        width = min(paint.text_width(promised.text, "small"), round(most) - side - gap)
        left = foot.right() + 1 - width - gap - side
        icon = Icon.CHECK if promised.done else Icon.CORNER_DOWN_RIGHT
        glyph = paint.centred(QRect(left, foot.y(), side, foot.height()), side, side)
        icons.draw(painter, icon, glyph, look.colour(promised.ink))
        words = QRect(left + side + gap, foot.y(), width + 1, foot.height())
        paint.draw_text(painter, words, promised.text, "small", promised.ink)
        return foot.adjusted(0, 0, left - look.px(12) - foot.right(), 0)

    def _draw_audience(self, painter: QPainter, foot: QRect, row: TimelineRow) -> None:
        left, side = foot.x(), look.px(GLYPH)
        audience = self.words.audience(row, self.family)
        for number, (outcome, words) in enumerate(audience):
            icon, icon_ink, ink = MARKS[outcome]
            width = side + look.px(4) + paint.text_width(words, "small")
            rest = len(audience) - number
            room = look.px(40) if rest > 1 else 0  # for "+3"
            if left + width + room > foot.right():
                place = QRect(left, foot.y(), look.px(40), foot.height())
                paint.draw_text(painter, place, f"+{rest}", "small", "text3")
                return
            glyph = paint.centred(QRect(left, foot.y(), side, foot.height()), side, side)
            icons.draw(painter, icon, glyph, look.colour(icon_ink))
            place = QRect(left + side + look.px(4), foot.y(), width, foot.height())
            paint.draw_text(painter, place, words, "small", ink)
            left += width + look.px(12)


def lay_out(text: str, width: int, *, struck: bool = False) -> tuple[QTextLayout, int]:
    """Wrap text for reading, perhaps struck through; give it with the number of its lines."""
    face = look.font("reading")
    face.setStrikeOut(struck)
    layout = QTextLayout(text.replace("\n", "\u2028"), face)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lead, count = look.line_height("reading"), 0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        line.setPosition(QPointF(0, count * lead + (lead - line.height()) / 2))
        count += 1
    layout.endLayout()
    return layout, max(1, count)
