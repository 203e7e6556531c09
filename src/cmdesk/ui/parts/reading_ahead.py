"""Reads the next rows of a long list in the background, so that scrolling waits for none."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QPoint, QTimer
from PySide6.QtWidgets import QAbstractItemView

from cmdesk.ui.table import Row, Table
from cmdesk.ui.tasks import Outcome

R = TypeVar("R", bound=Row)


class ReadingAhead(QObject, Generic[R]):
    """Looks once the list has moved: at the page after the last row in view, and before the first.

    A page that comes into view sooner is read there and then, as ever.
    """

    def __init__(
        self,
        view: QAbstractItemView,
        table: Table[R],
        page: int,
        fetch: Callable[[Sequence[int]], Outcome[Sequence[R]]],
    ) -> None:
        """`fetch` reads rows in the background, a `page` of them at a time."""
        super().__init__(view)
        self._view, self._table, self._page, self._fetch = view, table, page, fetch
        self._asked: set[int] = set()
        self._look = QTimer(self, interval=0, singleShot=True)
        self._look.timeout.connect(self.look)
        view.verticalScrollBar().valueChanged.connect(self._on_moved)

    def forget(self) -> None:
        """Take nothing any more that was asked for until now: the rows are read anew."""
        self._asked = set()

    def _on_moved(self, _to: int) -> None:
        self._look.start()

    def look(self) -> None:
        """Ask for what comes next, once."""
        foot = QPoint(0, self._view.viewport().height() - 1)
        first, last = self._view.indexAt(QPoint(0, 0)), self._view.indexAt(foot)
        for index, step in ((last, self._page), (first, -self._page)):
            wanted = self._table.unread(index.row() + step) if index.isValid() else []
            if wanted and not self._asked.issuperset(wanted):
                self._asked.update(wanted)
                self._fetch(wanted).then(partial(self._on_read, self._asked))

    def _on_read(self, asked: set[int], rows: Sequence[R]) -> None:
        if asked is self._asked:
            self._table.take(rows)
