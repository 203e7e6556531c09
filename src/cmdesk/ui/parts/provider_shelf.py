"""The directory in memory, one for all of a desk: made in the background, kept up with changes."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cmdesk.casework import provider_index
from cmdesk.casework.provider_index import CONCERNS, Index
from cmdesk.store.journal import Change
from cmdesk.ui.desk import Desk


class ProviderShelf(QObject):
    """Signal `ready()`: there is an index, or a newer one."""

    ready = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self.index: Index | None = None
        self._asked = False
        self._changed: frozenset[tuple[str, int]] = frozenset()
        self._burst = QTimer(self, interval=0, singleShot=True)
        self._burst.timeout.connect(self._read)
        desk.changed.connect(self._on_changed)

    def want(self) -> Index | None:
        """Give the index there is, and make one if there is none, or if a day has begun."""
        stale = self.index is not None and self.index.today != self._desk.today()
        if (self.index is None or stale) and not self._asked:
            self._asked = True
            self._desk.fetch(self, provider_index.build).then(self._take)
        return self.index

    def _take(self, index: Index) -> None:
        self._asked, self.index = False, index
        self.ready.emit()
        if self._changed:
            self._burst.start()

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if (self.index is not None or self._asked) and change.touches(*CONCERNS):
            self._changed |= change.rows
            self._burst.start()

    @Slot()
    def _read(self) -> None:
        if self.index is None or self._asked or not self._changed:
            return  # it is read once what is under way has come
        rows, self._changed, self._asked = self._changed, frozenset(), True
        self._desk.fetch(self, provider_index.revised, self.index, rows).then(self._take)


def shelf_of(desk: Desk) -> ProviderShelf:
    """Give the desk's own shelf."""
    held = desk.findChild(ProviderShelf)
    return held if held is not None else ProviderShelf(desk)
