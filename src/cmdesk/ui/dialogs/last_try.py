"""Holds what was typed when its dialog is gone and it could not be kept: it is tried again."""

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Slot

from cmdesk.casework import drafts
from cmdesk.ui.desk import Desk

AGAIN: Final = 5000  # milliseconds until the next try, for whoever makes room meanwhile


class LastTry(QObject):
    """Tries until the draft is kept, and says once why it is not and once that it is."""

    def __init__(self, desk: Desk, key: str, body: dict[str, Any], client: int | None) -> None:
        super().__init__(desk)
        self._desk, self._key, self._body, self._client = desk, key, body, client
        self._told = self._over = False
        self._before: Mapping[str, Any] | None = None  # what is kept while these words are not
        for older in desk.findChildren(LastTry):
            if older is not self and older.key == key:
                older.end()
        self.again = QTimer(self, interval=AGAIN, singleShot=True)
        self.again.timeout.connect(self.go)
        desk.closing.connect(self.go)

    @property
    def key(self) -> str:
        return self._key

    @Slot()
    def go(self) -> None:
        """Try now; words typed anew under the same key meanwhile are not written over."""
        self.again.stop()
        if self._told and self._kept() not in (None, self._before):
            self.end()
            return
        keeping = self._desk.do(
            self, "Keep draft", drafts.keep, self._key, self._body, self._client
        )
        keeping.then(self._on_kept).otherwise(self._on_failed)

    def _on_kept(self, _nothing: None) -> None:
        if self._told:
            self._desk.say.toast(self._desk.words.tr("What you typed is kept now"))
        self.end()

    def _on_failed(self, error: BaseException) -> None:
        if self._over:
            return
        self.again.start()
        if not self._told:
            self._told = True
            self._desk.say.failure(error)
            self._before = self._kept()

    def _kept(self) -> Mapping[str, Any] | None:
        kept = self._desk.ask(drafts.find, self._key)
        return kept.body if kept else None

    def end(self) -> None:
        """Try no more: it is kept, or newer words stand under the same key."""
        if not self._over:
            self._over = True
            self.again.stop()
            self._desk.closing.disconnect(self.go)
            self.deleteLater()
