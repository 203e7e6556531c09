"""Judge a contact as it is typed: where its readers stand is read once, not at every key."""

from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from cmdesk.casework import audience
from cmdesk.casework.audience import Preview
from cmdesk.rules.consent import Standing
from cmdesk.rules.log import LogDraft
from cmdesk.ui.desk import Desk


class Judging(QObject):
    """Signal `due()`: judge now. Several keys in one turn of the loop are judged once."""

    due = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._client: int | None = None
        self._stands: list[Standing] | None = None
        self._soon = QTimer(self, interval=0, singleShot=True)
        self._soon.timeout.connect(self.due)
        desk.closing.connect(self._soon.stop)
        desk.changed.connect(self._on_changed)

    def start(self) -> None:
        self._soon.start()

    def isActive(self) -> bool:
        return self._soon.isActive()

    def seen(self, draft: LogDraft, entry_id: int | None) -> list[Preview]:
        """Give each reader's verdict."""
        if draft.client_id is None:
            return []
        if self._stands is None or self._client != draft.client_id:
            self._client = draft.client_id
            self._stands = self._desk.ask(audience.standings, draft.client_id)
        return self._desk.ask(audience.preview, draft, entry_id, self._stands)

    def _on_changed(self, change: Any) -> None:
        """Ask again where readers stand: a consent, a hold or the circle may have changed."""
        if any(table != "draft" for table, _ in change.rows):
            self._stands = None
            self.start()
