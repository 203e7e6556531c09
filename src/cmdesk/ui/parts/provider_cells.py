"""The list of providers: name and opening, place and level, and how many one placed there."""

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from cmdesk.rules.provider_marks import Listed
from cmdesk.ui import icons, look
from cmdesk.ui.desk import Desk
from cmdesk.ui.icons import Icon
from cmdesk.ui.parts import provider_words as said
from cmdesk.ui.parts.two_lines import RowList
from cmdesk.ui.table import ROW, Column
from cmdesk.ui.widgets import paint

TALL, EDGE, GAP, STAR = 56, 16, 8, 12

Index = QModelIndex | QPersistentModelIndex


class ProviderList(RowList):
    """One column, as wide as the list is, without a header."""

    def __init__(self, name: str) -> None:
        super().__init__(name, (1,))
        self.horizontalHeader().hide()
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _fit(self) -> None:
        self.verticalHeader().setMinimumSectionSize(look.px(TALL))
        self.verticalHeader().setDefaultSectionSize(look.px(TALL))

    def _share_out(self) -> None:
        self._fit()
        if self.model():
            self.setColumnWidth(0, self.viewport().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._share_out()


class ProviderCells(QStyledItemDelegate):
    """Paints a provider on two lines; what is to the right keeps its room."""

    def __init__(self, desk: Desk, view: ProviderList) -> None:
        super().__init__(view)
        self._desk, self._view = desk, view

    def column(self) -> Column[Listed]:
        return Column(self._desk.words.tr("Provider"), lambda each: each.name)

    def sentence(self, each: Listed) -> str:
        """Say the whole row, then what Enter does."""
        words = self._desk.words
        parts = (
            each.name,
            said.line(words, each),
            said.opens(words, each, self._desk.today()).text,
            self._placed(each),
            words.tr("starred") if each.starred else "",
        )
        enter = words.tr("Enter opens the provider.")
        return f"{'; '.join(filter(None, parts))}. {enter}"

    def _placed(self, each: Listed) -> str:
        """Count those one placed, but for who is only in a directory or is a professional."""
        if each.id < 0 or not (each.mine or each.placed):
            return ""
        return said.placed(self._desk.words, each.placed)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(120), look.px(TALL))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = paint.told(option)
        with paint.kept(painter):
            paint.row_ground(painter, rect, state)
            each = index.data(ROW)
            if isinstance(each, Listed):
                self._draw(painter, rect, each)
            if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                paint.draw_ring(painter, rect.adjusted(2, 1, -2, -1), 4)

    def _draw(self, painter: QPainter, rect: QRect, each: Listed) -> None:
        words, edge = self._desk.words, look.px(EDGE)
        inside = rect.adjusted(edge, 0, -edge, -1)
        top, lead = look.line_height("body"), look.line_height("small")
        first = QRect(inside.x(), 0, inside.width(), top)
        first.moveTop(inside.y() + (inside.height() - top - lead) // 2)
        opens = said.opens(words, each, self._desk.today())
        left = self._right(painter, first, opens.text, opens.ink)
        paint.draw_text(painter, left, each.name, "strong")
        below = QRect(inside.x(), first.bottom() + 1, inside.width(), lead)
        left = self._right(painter, below, self._placed(each), "text2")
        if each.starred:
            side = look.px(STAR)
            star = QRect(left.right() + 1 - side, 0, side, side)
            star.moveTop(below.y() + (below.height() - side) // 2)
            icons.draw(painter, Icon.STAR, star, look.colour("accent"))
            left = left.adjusted(0, 0, -side - look.px(GAP), 0)
        paint.draw_text(painter, left, said.line(words, each), "small", "text2")

    def _right(self, painter: QPainter, rect: QRect, text: str, ink: str) -> QRect:
        """Draw words at the right end; give what is left of the line."""
        if not text:
            return rect
        wide = min(paint.text_width(text, "small") + 2, rect.width() // 2)
        place = QRect(rect.right() + 1 - wide, rect.y(), wide, rect.height())
        paint.draw_text(painter, place, text, "small", ink, align=paint.RIGHT)
        return rect.adjusted(0, 0, -wide - look.px(GAP), 0)
