"""A table of two-line rows with hairlines: what stands large, and what explains it below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from cmdesk.ui import look, table
from cmdesk.ui.table import ROW
from cmdesk.ui.tokens import Role
from cmdesk.ui.widgets import paint
from cmdesk.ui.widgets.avatar import draw_avatar

HEIGHT, HEADER, EDGE, PADDING = 50, 33, 24, 12
LEAST, FIRST = 620, 180  # px at 100 % that all columns, and the first, have; else they scroll
STEPS: Final = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell says; a cell without a second line stands in the middle."""

    first: str
    second: str = ""
    role: Role = "body"
    ink: str = "text"
    second_ink: str = "text2"
    letters: str = ""


class TwoLines(QStyledItemDelegate):
    """Paints cells; `cell(row, column)` says what is in them."""

    def __init__(self, cell: Callable[[Any, int], Cell], view: QTableView) -> None:
        super().__init__(view)
        self._cell, self._view = cell, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(look.px(120), look.px(HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect, state = paint.told(option)
        with paint.kept(painter):
            paint.row_ground(painter, rect, state)
            row = index.data(ROW)
            if row is not None:
                self._draw(painter, rect, self._cell(row, index.column()), index.column())
            if self._view.hasFocus() and index.row() == self._view.currentIndex().row():
                self._draw_ring(painter, rect, index.column())

    def _draw(self, painter: QPainter, rect: QRect, cell: Cell, column: int) -> None:
        last = column == index_of_last(self._view)
        left = look.px(EDGE if column == 0 else PADDING)
        inside = rect.adjusted(left, 0, -look.px(EDGE if last else PADDING), -1)
        if cell.letters:
            draw_avatar(painter, inside, cell.letters)
            inside.setLeft(inside.x() + look.px(28 + PADDING))
            lacking = paint.text_width(cell.first, cell.role) - inside.width()
            if lacking > 0 and isinstance(self._view, RowList):
                self._view.make_room(rect.width() + lacking)
        if not cell.second:
            paint.draw_text(painter, inside, cell.first, cell.role, cell.ink)
            return
        top, lead = look.line_height("body"), look.line_height("small")
        first = QRect(inside.x(), inside.y(), inside.width(), top)
        first.moveTop(inside.y() + (inside.height() - top - lead) // 2)
        paint.draw_text(painter, first, cell.first, cell.role, cell.ink)
        below = QRect(inside.x(), first.bottom() + 1, inside.width(), lead)
        paint.draw_text(painter, below, cell.second, "small", cell.second_ink)

    def _draw_ring(self, painter: QPainter, rect: QRect, column: int) -> None:
        """Draw this cell's part of a ring around the whole row."""
        whole = QRect(0, rect.y(), self._view.viewport().width(), rect.height() - 1)
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.draw_ring(painter, whole.adjusted(2, 1, -2, 0), 4)


def index_of_last(view: QTableView) -> int:
    return view.model().columnCount() - 1


class _Header(QHeaderView):
    """Titles in line with the cells below, a hairline under them."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        first, last = section == 0, section == self.count() - 1
        left, right = (look.px(EDGE if at_edge else PADDING) for at_edge in (first, last))
        title = str(self.model().headerData(section, self.orientation()) or "")
        paint.draw_text(painter, rect.adjusted(left, 0, -right, -1), title, "label", "text3")
        line = QRect(rect.x(), rect.bottom(), rect.width(), 1)
        painter.fillRect(line, look.colour("border"))


class RowList(QTableView):
    """A table read row by row: J and K move too. Signal `opened`: Enter or a double click."""

    opened = Signal()

    def __init__(self, name: str, shares: Sequence[int]) -> None:
        """`shares` are the columns' parts of the width."""
        super().__init__()
        self._shares, self._named = shares, 0
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(name)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        header = _Header(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        self.doubleClicked.connect(self.opened)
        self._fit()

    def _fit(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look.px(HEIGHT))
        self.verticalHeader().setMinimumSectionSize(look.px(HEIGHT))
        self.horizontalHeader().setFixedHeight(look.px(HEADER))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._shares:
            self._named = 0
            self._share_out()

    def make_room(self, pixels: int) -> None:
        """Give the first column this width, soon: a name in it would be cut to another's."""
        if pixels > self._named:
            self._named = pixels
            QTimer.singleShot(0, self, self._share_out)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say the whole row where it is pointed at: its cells may be cut short."""
        return table.tell_row(self, event) or super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        self._fit()
        width = max(self.viewport().width(), look.px(LEAST))
        first, *others = self._shares
        usual = max(width * first // sum(self._shares), look.px(FIRST))
        left = max(usual, self._named)
        self.setColumnWidth(0, left)
        least = min(width - usual, look.px(LEAST - FIRST))  # the others scroll sooner than shrink
        whole, rest, taken = sum(others), max(width - left, least), 0
        for column, share in enumerate(others, 1):
            end = rest if column == len(others) else taken + rest * share // whole
            self.setColumnWidth(column, end - taken)
            taken = end

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit()
        elif plain and key in STEPS:
            moved = QKeyEvent(event.type(), STEPS[key], event.modifiers())
            super().keyPressEvent(moved)
        elif plain and event.text().isprintable() and event.text():
            event.ignore()  # letters are the window's commands, not Qt's search in the list
        else:
            super().keyPressEvent(event)
