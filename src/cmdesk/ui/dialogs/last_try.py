"""Holds what was typed from when it is handed in until it is kept, also when its dialog is gone."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from cmdesk.casework import drafts
from cmdesk.casework.drafts import Kept
from cmdesk.ui.desk import Desk

AGAIN: Final = 5000  # milliseconds until the next try, for whoever makes room meanwhile
TakeBack = Callable[[BaseException], bool]


def newest(desk: Desk, key: str) -> Kept | None:
    """Return what was typed last under a key: words not kept yet come before those that are."""
    for held in desk.findChildren(LastTry):
        if held.key == key and not held.outdone:
            return held.words
    return desk.ask(drafts.find, key)


def let_be(desk: Desk, key: str) -> None:
    """Try no more for a key: what was typed is saved, or was thrown away."""
    for held in desk.findChildren(LastTry):
        if held.key == key:
            held.end()


class LastTry(QObject):
    """Tries until the draft is kept, and says once why it is not and once that it is.

    Signal `done`: it is kept.
    """

    done = Signal()

    def __init__(
        self,
        desk: Desk,
        key: str,
        body: dict[str, Any],
        client: int | None,
        take_back: TakeBack | None = None,
    ) -> None:
        """`take_back` answers whether a dialog that still stands goes on with the words itself."""
        super().__init__(desk)
        self._desk, self._key, self._body, self._client = desk, key, body, client
        self._take_back = take_back
        self._at = desk.clock()
        self._told = self._over = False
        self._before: Mapping[str, Any] | None = None  # what is kept while these words are not
        for older in desk.findChildren(LastTry):
            if older is not self and older.key == key:
                older.end()
        self.again = QTimer(self, interval=AGAIN, singleShot=True)
        self.again.timeout.connect(self.go)

    @property
    def key(self) -> str:
        return self._key

    @property
    def stuck(self) -> bool:
        """Whether the words are in memory alone, and that was said."""
        return self._told and not self._over

    @property
    def words(self) -> Kept:
        """The words as the records would give them back."""
        return Kept(self._key, self._at, json.loads(json.dumps(self._body)))

    @property
    def outdone(self) -> bool:
        """Whether it is over, or newer words stand under the same key."""
        return self._over or (self._told and self._kept() not in (None, self._before))

    @Slot()
    def go(self) -> None:
        """Try now; words typed anew under the same key meanwhile are not written over."""
        self.again.stop()
        if self.outdone:
            self.end()
            return
        keeping = self._desk.do(
            self, "Keep draft", drafts.keep, self._key, self._body, self._client
        )
        keeping.then(self._on_kept).otherwise(self._on_failed)

    def _on_kept(self, _nothing: None) -> None:
        if self._told:
            self._desk.say.toast(self._desk.words.tr("What you typed is kept now"))
        if not self._over:
            self.done.emit()
        self.end()

    def _on_failed(self, error: BaseException) -> None:
        if self._over:
            return
        if self._take_back is not None and self._take_back(error):
            self.end()
            return
        self._take_back = None
        if self._desk.leaving:  # that was the last try, and the words go with the keys
            self._desk.say.failure(error)
            self.end()
            return
        self.again.start()
        if not self._told:
            self._told = True
            self._desk.closing.connect(self.go)
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
            self._take_back = None
            self.deleteLater()
