"""A list of rows of different heights that measures only the rows it shows."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
)

Index = QModelIndex | QPersistentModelIndex
STEP = 44  # pixels a turn of the wheel moves
BAR = 10  # width of the scroll bar, in the style sheet
Hint = QAbstractItemView.ScrollHint
Cursor = QAbstractItemView.CursorAction


class LongList(QListView):
    """Ten thousand rows open at once: those never seen count with the height guessed for them.

    The delegate's `sizeHint` is asked for rows in view alone. When a row turns out taller than
    guessed, what stands on the screen stays where it is. It is a QListView for the sake of screen
    readers, to which Qt shows the rows of its own views only; all layout is done here.
    """

    def __init__(self, name: str, guess: int) -> None:
        """`guess` is the height of a row not measured yet, in pixels."""
        super().__init__()
        self._guess = guess
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.viewport().setAutoFillBackground(False)
        self._heights: list[int | None] = []
        self._tops: list[int] | None = None
        self._seen: list[int] = []  # the rows painted last
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def setItemDelegate(self, delegate: QAbstractItemDelegate) -> None:
        """Take the delegate for one's own: else it is kept for good, with all it knows."""
        super().setItemDelegate(delegate)
        delegate.setParent(self)

    # Heights.

    def _wide(self) -> int:
        """Give the rows' width: the same with and without a scroll bar."""
        return self.width() - BAR

    def measure_again(self) -> None:
        """Forget every height: the width, the text size or the words have changed."""
        model = self.model()
        self._heights = [None] * (model.rowCount() if model else 0)
        self._tops = None
        self._seen = []
        self.updateGeometries()
        self.viewport().update()

    def _ends(self) -> list[int]:
        """Give the top of every row and, last, the bottom of all."""
        if self._tops is None:
            heights = (self._guess if each is None else each for each in self._heights)
            self._tops = list(accumulate(heights, initial=0))
        return self._tops

    def _height(self, row: int) -> int:
        known = self._heights[row]
        if known is not None:
            return known
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        option.rect = QRect(0, 0, self._wide(), 0)  # pyright: ignore[reportAttributeAccessIssue] - not in the stubs
        height = self.itemDelegate().sizeHint(option, self.model().index(row, 0)).height()
        self._heights[row] = height
        if height != self._guess:
            self._tops = None
        return height

    def _row_at(self, y: int) -> int:
        """Give the row at this height of the whole list; the last if below all."""
        return min(bisect_right(self._ends(), y) - 1, len(self._heights) - 1)

    def _measure_up(self, row: int) -> None:
        """Measure as many rows, up from this one, as fill the view."""
        room = self.viewport().height()
        while room > 0 and row >= 0:
            room -= self._height(row)
            row -= 1

    def _settle(self) -> list[int]:
        """Measure what is in view, holding still what was seen before; give those rows."""
        if not self._heights:
            return []
        bar = self.verticalScrollBar()
        if 0 < bar.maximum() <= bar.value():  # the end stays the end
            self._measure_up(len(self._heights) - 1)
            self._span()
            bar.setValue(bar.maximum())
        held = self._held(bar.value())
        below = self._ends()[held] - bar.value()
        top = -1
        while top != self._ends()[held] - below:  # rows above turn out taller or shorter: again
            top = self._ends()[held] - below
            self._seen = self._measure_down(max(0, self._row_at(top)), held, top)
        self._span()
        bar.setValue(top)
        return self._seen

    def _held(self, top: int) -> int:
        """Give the row to hold still: the first one seen before that is still in view."""
        bottom = top + self.viewport().height()
        first = max(0, self._row_at(top))
        known = (row for row in self._seen if row >= first and self._ends()[row] < bottom)
        return next(known, first)

    def _measure_down(self, first: int, held: int, top: int) -> list[int]:
        """Measure the rows from this one to the foot of the view, the held one among them."""
        rows: list[int] = []
        for row in range(first, len(self._heights)):
            if row > held and self._ends()[row] >= top + self.viewport().height():
                break
            self._height(row)
            rows.append(row)
        return rows

    def _span(self) -> None:
        bar, whole = self.verticalScrollBar(), self._ends()[-1]
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(STEP)
        bar.setRange(0, max(0, whole - self.viewport().height()))

    # What Qt asks of a view.

    def reset(self) -> None:
        QAbstractItemView.reset(self)
        self.measure_again()
        self.verticalScrollBar().setValue(0)

    def doItemsLayout(self) -> None:
        self.measure_again()
        QAbstractItemView.doItemsLayout(self)

    def updateGeometries(self) -> None:
        QAbstractItemView.updateGeometries(self)
        self._span()

    def dataChanged(self, topLeft: Index, bottomRight: Index, roles: Sequence[int] = ()) -> None:  # noqa: N803 - Qt's names
        QAbstractItemView.dataChanged(self, topLeft, bottomRight)
        for row in range(topLeft.row(), bottomRight.row() + 1):
            self._heights[row] = None
        self._tops = None
        self.viewport().update()

    def visualRect(self, index: Index) -> QRect:
        if not index.isValid() or index.row() >= len(self._heights):
            return QRect()
        tops = self._ends()
        top = tops[index.row()] - self.verticalOffset()
        return QRect(0, top, self._wide(), tops[index.row() + 1] - tops[index.row()])

    def indexAt(self, point: QPoint) -> QModelIndex:
        y = point.y() + self.verticalOffset()
        if not self._heights or not 0 <= y < self._ends()[-1]:
            return QModelIndex()
        return self.model().index(self._row_at(y), 0)

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        if not index.isValid() or index.row() >= len(self._heights):
            return
        self._height(index.row())
        self._span()
        rect, height = self.visualRect(index), self.viewport().height()
        bar = self.verticalScrollBar()
        if rect.top() < 0 or rect.height() >= height or hint == Hint.PositionAtTop:
            bar.setValue(bar.value() + rect.top())
        elif rect.bottom() >= height:
            self._measure_up(index.row())
            self._span()
            rect = self.visualRect(index)
            bar.setValue(bar.value() + rect.bottom() + 1 - height)

    def moveCursor(self, action: Cursor, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        count = len(self._heights)
        if not count:
            return QModelIndex()
        now = self.currentIndex().row()
        page = max(1, self.viewport().height() // max(1, self._guess) - 1)
        moves = {
            Cursor.MoveUp: now - 1,
            Cursor.MovePrevious: now - 1,
            Cursor.MoveDown: now + 1,
            Cursor.MoveNext: now + 1,
            Cursor.MovePageUp: now - page,
            Cursor.MovePageDown: now + page,
            Cursor.MoveHome: 0,
            Cursor.MoveEnd: count - 1,
        }
        return self.model().index(max(0, min(count - 1, moves.get(action, now))), 0)

    def horizontalOffset(self) -> int:
        return 0

    def verticalOffset(self) -> int:
        return self.verticalScrollBar().value()

    def isIndexHidden(self, index: Index) -> bool:
        return False

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        self.selectionModel().select(self.indexAt(rect.topLeft()), command)

    def visualRegionForSelection(self, selection: object) -> QRegion:
        return QRegion(self.viewport().rect())

    def resizeEvent(self, event: QResizeEvent) -> None:
        QAbstractItemView.resizeEvent(self, event)
        if event.size().width() != event.oldSize().width():
            first = self._row_at(self.verticalOffset()) if self._heights else -1
            self.measure_again()
            if first > 0:
                self.scrollTo(self.model().index(first, 0), Hint.PositionAtTop)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self.model():
            self.measure_again()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with J and K too; other letters are the window's commands, not a search."""
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        step = {Qt.Key.Key_J: Qt.Key.Key_Down, Qt.Key.Key_K: Qt.Key.Key_Up}
        key = Qt.Key(event.key())
        if plain and key in step:
            super().keyPressEvent(QKeyEvent(event.type(), step[key], event.modifiers()))
        elif plain and event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        rows = self._settle()
        painter = QPainter(self.viewport())
        try:
            self._paint_rows(painter, rows)
        finally:
            painter.end()  # also when a row can't be read: Qt would crash over it

    def _paint_rows(self, painter: QPainter, rows: Sequence[int]) -> None:
        current = self.currentIndex().row()
        for row in rows:
            index = self.model().index(row, 0)
            option = QStyleOptionViewItem()
            self.initViewItemOption(option)
            option.rect = self.visualRect(index)  # pyright: ignore[reportAttributeAccessIssue] - not in the stubs
            if row == current:
                option.state |= QStyle.StateFlag.State_Selected  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - not in the stubs
            if row == current and self.hasFocus():
                option.state |= QStyle.StateFlag.State_HasFocus  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType] - not in the stubs
            self.itemDelegate().paint(painter, option, index)
