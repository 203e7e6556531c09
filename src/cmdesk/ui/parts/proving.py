"""Proves the signatures of what is being read: in the background, a few at a time, each once."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, QTimer, Signal

from cmdesk.casework import timeline
from cmdesk.ui.desk import Desk

PAUSE_MS = 300  # without new entries on the screen, as when scrolling ends
AT_ONCE = 10  # entries: proving one reads five rows


class Proving(QObject):
    """Signal `found`: `broken` has the numbers of entries that are not what was signed."""

    found = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._waiting: dict[int, None] = {}
        self._proved: set[int] = set()
        self.broken: set[int] = set()
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.prove)
        desk.closing.connect(self._pause.stop)

    def read(self, ids: Iterable[int]) -> None:
        """Take the numbers of entries that came to be read."""
        self._waiting |= dict.fromkeys(set(ids) - self._proved)
        self._pause.start()

    def forget(self) -> None:
        """Begin anew, as with another chart."""
        self._waiting.clear()
        self._proved.clear()
        self.broken.clear()

    def prove(self) -> None:
        some = list(self._waiting)[:AT_ONCE]
        if not some:
            return
        for number in some:
            del self._waiting[number]
        self._proved.update(some)
        self._desk.fetch(self, timeline.broken_seals, some).then(self._on_proved)

    def _on_proved(self, broken: set[int]) -> None:
        if broken:
            self.broken |= broken
            self.found.emit()
        if self._waiting:
            self._pause.start()
