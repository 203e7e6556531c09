"""Paints the rows of the search: groups, what was typed in bold, and the shortcut at the right."""

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from cmdesk.casework.name_search import WORD, folded
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.palette_rows import LOG, Offer
from cmdesk.ui.parts.veil import Veil
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.key_cap import draw_key_cap, key_cap_width, shown_keys

Index = QModelIndex | QPersistentModelIndex
ROW, HEADING = 36, 34
EDGE, GLYPH, TITLE = 8, 16, 36
STRONG = 600


class OfferDelegate(QStyledItemDelegate):
    """Paints one row; `offer_at(place)` gives them."""

    def __init__(self, desk: Desk, offer_at: Callable[[int], Offer | None]) -> None:
        super().__init__()
        self._desk, self._offer_at = desk, offer_at
        self._veil = Veil(desk)
        self._typed: tuple[str, ...] = ()

    def mark(self, typed: str) -> None:
        """Say which beginnings of words stand out."""
        self._typed = tuple(WORD.findall(folded(typed)))

    def begins_group(self, place: int) -> bool:
        each, before = self._offer_at(place), self._offer_at(place - 1) if place else None
        return each is not None and (before is None or before.group != each.group)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        above = look.px(HEADING) if self.begins_group(index.row()) else 0
        return QSize(look.px(400), look.px(ROW) + above)

    def cells(self, each: Offer) -> tuple[str, str]:
        """Give title and detail as they may be shown now."""
        if not each.names:
            return each.title, each.detail
        return self._veil.text(each.title), self._veil.text(each.detail)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        each = self._offer_at(index.row())
        if each is None:
            return
        rect, state = paint.told(option)
        with paint.kept(painter):
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            line = QRect(rect)
            if self.begins_group(index.row()):
                line.setTop(line.top() + look.px(HEADING))
                title = QRect(rect.x() + look.px(EDGE), rect.y(), rect.width(), look.px(HEADING))
                paint.draw_text(painter, title, self._desk.words.tr(each.group), "small", "text3")
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            if chosen:
                paint.draw_box(painter, line, look.tokens().selection, radius=6)
            self._draw_row(painter, line, each, chosen=chosen)

    def _draw_row(self, painter: QPainter, line: QRect, each: Offer, *, chosen: bool) -> None:
        side = look.px(GLYPH)
        glyph = paint.centred(line, side, side)
        glyph.moveLeft(line.x() + look.px(EDGE))
        icons.draw(painter, each.icon, glyph, look.colour("text2"))
        end = line.right() - look.px(EDGE)
        keys = shown_keys(each.keys) if each.keys else ("Enter" if chosen else "")
        if keys:
            end -= key_cap_width(keys)
            place = QRect(end, line.y(), key_cap_width(keys), line.height())
            draw_key_cap(painter, place, keys)
            end -= look.px(12)
        title, detail = self.cells(each)
        wanted = paint.text_width(detail, "small") + look.px(24) if detail else 0
        start = line.x() + look.px(TITLE)
        room = QRect(start, line.y(), max(end - start - wanted, (end - start) // 2), line.height())
        start += self._draw_marked(
            painter, room, title, 400 if each.group == LOG else 500
        ) + look.px(12)
        if detail:
            rest = QRect(start, line.y(), max(end - start, 0), line.height())
            paint.draw_text(painter, rest, detail, "small", "text2")

    def _draw_marked(self, painter: QPainter, room: QRect, text: str, weight: int) -> int:
        """Draw a title, the beginnings that were typed in bold; answer the width it took."""
        at, left = 0, QRect(room)
        for word in WORD.finditer(text):
            plain = folded(word[0])
            long = max((len(each) for each in self._typed if plain.startswith(each)), default=0)
            if long and len(plain) == len(word[0]):
                self._draw(painter, left, text[at : word.start()], weight)
                at = word.start() + long
                self._draw(painter, left, text[word.start() : at], STRONG)
        self._draw(painter, left, text[at:], weight)
        return left.x() - room.x()

    def _draw(self, painter: QPainter, left: QRect, text: str, weight: int) -> None:
        if text and left.width() > 0:
            ink = "accent" if weight == STRONG else "text"
            width = paint.text_width(text, "body", weight)
            paint.draw_text(painter, left, text, "body", ink, weight=weight)
            left.setLeft(min(left.x() + width, left.right()))
