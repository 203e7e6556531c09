"""A table model that knows every id and fetches rows only as they are looked at."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Protocol, TypeAlias, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip

PAGE = 100

Index: TypeAlias = QModelIndex | QPersistentModelIndex
NOWHERE = QModelIndex()
ROW = Qt.ItemDataRole.UserRole  # the whole row, for delegates
LEADING = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
TRAILING = Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter


class Row(Protocol):
    @property
    def id(self) -> int: ...


R = TypeVar("R", bound=Row)


@dataclass(frozen=True)  # Python 3.11 can't make a frozen generic with slots
class Column(Generic[R]):
    """One column: its title, its text, and the order it asks for when its header is clicked."""

    title: str
    text: Callable[[R], str]
    align: Qt.AlignmentFlag = LEADING
    order: str = ""


def tell_row(view: QAbstractItemView, event: QEvent) -> bool:
    """Say the whole row where it is pointed at, for its words may be cut short; false if not."""
    if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
        return False
    index = view.indexAt(event.pos()).siblingAtColumn(0)
    words = index.data(Qt.ItemDataRole.AccessibleTextRole) if index.isValid() else ""
    QToolTip.showText(event.globalPos(), str(words or ""), view)
    return True


class Table(QAbstractTableModel, Generic[R]):
    """Holds ids; rows are fetched a hundred at a time. `sentence` is what a screen reader says."""

    def __init__(
        self,
        columns: Sequence[Column[R]],
        fetch: Callable[[Sequence[int]], Sequence[R]],
        sentence: Callable[[R], str] | None = None,
        parent: QObject | None = None,
        *,
        page: int = PAGE,
    ) -> None:
        """`page` is how many rows are fetched at a time."""
        super().__init__(parent)
        self._columns, self._fetch, self._sentence = columns, fetch, sentence
        self._page = page
        self._ids: list[int] = []
        self._places: dict[int, int] = {}
        self._rows: dict[int, R] = {}

    @property
    def ids(self) -> Sequence[int]:
        return self._ids

    def rename(self, titles: Iterable[str]) -> None:
        """Head the columns anew, as where the rows of another list are shown."""
        named = zip(self._columns, titles, strict=True)
        self._columns = [replace(each, title=title) for each, title in named]
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)

    @property
    def columns(self) -> Sequence[Column[R]]:
        return self._columns

    def show(self, ids: Iterable[int]) -> None:
        """Show these ids in this order; views keep what they had selected, by id."""
        found = list(ids)
        self._rows.clear()
        if found == self._ids:
            self._repaint()
            return
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        held = [self._ids[index.row()] for index in kept]
        if len(found) == len(self._ids):
            self._take(found)
            self._move(kept, held)
            self.layoutChanged.emit()
            return
        # The number of rows may only change inside insert, remove or reset.
        self.layoutChanged.emit()
        self.beginResetModel()
        self._take(found)
        self.endResetModel()

    def _take(self, ids: list[int]) -> None:
        self._ids = ids
        self._places = {id_: place for place, id_ in enumerate(ids)}

    def _move(self, kept: Sequence[QModelIndex], held: Sequence[int]) -> None:
        """Send persistent indexes to where their ids went."""
        moved = [
            self.index(self._places[id_], index.column()) if id_ in self._places else NOWHERE
            for id_, index in zip(held, kept, strict=True)
        ]
        self.changePersistentIndexList(list(kept), moved)

    def _repaint(self) -> None:
        if self._ids:
            last = self.index(len(self._ids) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def refresh(self, ids: Iterable[int]) -> None:
        """Fetch these rows again when next looked at."""
        for id_ in ids:
            if self._rows.pop(id_, None) and id_ in self._places:
                place = self._places[id_]
                last = self.index(place, len(self._columns) - 1)
                self.dataChanged.emit(self.index(place, 0), last)

    def forget(self) -> None:
        """Drop every row: the vault is being locked."""
        self.show(())

    def id_at(self, index: Index) -> int:
        return self._ids[index.row()]

    def place_of(self, id_: int) -> int | None:
        return self._places.get(id_)

    def row_at(self, place: int) -> R | None:
        """Give the row, fetching its page if need be; None if it is gone."""
        id_ = self._ids[place]
        if id_ not in self._rows:
            start = place - place % self._page
            wanted = self._ids[start : start + self._page]
            self._rows.update({row.id: row for row in self._fetch(wanted)})
        return self._rows.get(id_)

    def unread(self, place: int) -> list[int]:
        """Give the ids of a page that were not fetched yet; none where there is no such place."""
        start = place - place % self._page
        page = self._ids[start : start + self._page] if 0 <= place < len(self._ids) else []
        return [id_ for id_ in page if id_ not in self._rows]

    def take(self, rows: Iterable[R]) -> None:
        """Take rows that were fetched before they are looked at."""
        self._rows.update({row.id: row for row in rows if row.id in self._places})

    def rowCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return column.align
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, ROW):
            return None
        row = self.row_at(index.row())
        if row is None or role == ROW:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole and self._sentence:
            return self._sentence(row)
        return column.text(row)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation == Qt.Orientation.Horizontal and section < len(self._columns):
            if role == Qt.ItemDataRole.DisplayRole:
                return self._columns[section].title
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return self._columns[section].align
        return None


def selected_id(view: QAbstractItemView, table: Table[R]) -> int | None:
    """Give the id of the current row."""
    index = view.currentIndex()
    return table.id_at(index) if index.isValid() else None


def select(view: QAbstractItemView, table: Table[R], id_: int | None) -> bool:
    """Make this row current and bring it into view; false if it is not in the list."""
    place = table.place_of(id_) if id_ is not None else None
    if place is None:
        return False
    index = table.index(place, 0)
    flags = QItemSelectionModel.SelectionFlag
    row = QItemSelection(index, table.index(place, table.columnCount() - 1))
    view.selectionModel().select(row, flags.ClearAndSelect)
    view.selectionModel().setCurrentIndex(index, flags.NoUpdate)
    view.scrollTo(index)
    return True


def show(view: QAbstractItemView, table: Table[R], ids: Iterable[int]) -> None:
    """Show other ids, keeping the current row by id and the place scrolled to."""
    current, top = selected_id(view, table), view.verticalScrollBar().value()
    table.show(ids)
    if not select(view, table, current):
        view.setCurrentIndex(QModelIndex())
    view.verticalScrollBar().setValue(top)
