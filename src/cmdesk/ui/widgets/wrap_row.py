"""A row that goes on below itself where there is no room: with large text, in a small window."""

from collections.abc import Collection

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLayoutItem, QWidget

from cmdesk.ui import look

PARAGRAPH = 160  # px at 100 %


def wrap_row(parent: QWidget | None = None, *, gap: int = 8, lead: int = 8) -> "WrapRow":
    """Make a row that wraps, with this spacing, in pixels."""
    made = WrapRow(parent) if parent else WrapRow()
    made.setSpacing(gap)
    made.setContentsMargins(0, 0, 0, 0)
    made.lead = lead
    return made


class WrapRow(QHBoxLayout):
    """An ordinary row while its items fit; else they wrap, `lead` pixels between the lines."""

    lead = 8

    def fits(self, width: int) -> bool:
        """Say whether everything has a width side by side in which it can be read."""
        return width >= self.needs()

    def needs(self, without: Collection[QWidget] = ()) -> int:
        """Tell the width in which everything can be read side by side, some perhaps left out."""
        edges = self.contentsMargins()
        items = [item for item in self._items() if item.widget() not in without]
        wide = sum(_readable(item) for item in items) + self.spacing() * (len(items) - 1)
        every = (self.itemAt(number) for number in range(self.count()))
        gaps = (item for item in every if item and item.spacerItem())
        wide += sum(item.minimumSize().width() for item in gaps)
        return wide + edges.left() + edges.right()

    def minimumSize(self) -> QSize:
        least = max((item.minimumSize().width() for item in self._items()), default=0)
        edges = self.contentsMargins()
        return QSize(least + edges.left() + edges.right(), super().minimumSize().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if not self.fits(width):
            return self._place(QRect(0, 0, width, 0), move=False)
        if super().hasHeightForWidth():
            return super().heightForWidth(width)
        return super().sizeHint().height()

    def minimumHeightForWidth(self, width: int) -> int:
        return self.heightForWidth(width)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        if not self.fits(rect.width()):
            self._place(rect, move=True)

    def _items(self) -> list[QLayoutItem]:
        every = (self.itemAt(number) for number in range(self.count()))
        return [item for item in every if item and not item.isEmpty() and not item.spacerItem()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        """Put the items on as many lines as they need; answer the height of all."""
        edges = self.contentsMargins()
        inside, top = rect.marginsRemoved(edges), rect.y() + edges.top()
        for line in self._lines(inside.width()):
            left, tall = inside.x(), max(size.height() for _, size in line)
            for item, size in line:
                if move:
                    drop = (tall - size.height()) // 2
                    item.setGeometry(QRect(QPoint(left, top + drop), size))
                left += size.width() + self.spacing()
            top += tall + self.lead
        return top - self.lead - rect.y() + edges.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        left = 0
        for item in self._items():
            size = _wanted(item, width)
            if lines[-1] and left + size.width() > width:
                lines.append([])
                left = 0
            lines[-1].append((item, size))
            left += size.width() + self.spacing()
        return lines if lines[0] else []


def _readable(item: QLayoutItem) -> int:
    """Tell the width under which an item wraps to a column of single words."""
    least = item.minimumSize().width()
    if item.hasHeightForWidth():
        return max(least, min(item.sizeHint().width(), look.px(PARAGRAPH)))
    return least


def _wanted(item: QLayoutItem, width: int) -> QSize:
    """Give an item its own width, or the whole line's if it takes what there is."""
    size, least = item.sizeHint(), item.minimumSize()
    greedy = bool(item.expandingDirections() & Qt.Orientation.Horizontal)
    wide = min(width, max(width if greedy else size.width(), least.width()))
    tall = item.heightForWidth(wide) if item.hasHeightForWidth() else size.height()
    return QSize(wide, max(tall, least.height()))
