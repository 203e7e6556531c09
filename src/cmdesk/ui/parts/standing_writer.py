"""Keeps what is typed about where things stand as a draft, and saves it."""

from functools import partial

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from cmdesk.casework import clients, clock, drafts
from cmdesk.casework.clients import ClientHead
from cmdesk.ui.desk import Desk
from cmdesk.ui.dialogs import last_try
from cmdesk.ui.dialogs.last_try import AGAIN, LastTry
from cmdesk.ui.parts.standing_card import StandingCard

PAUSE_MS = 400


class StandingWriter(QObject):
    """Stands between the card and the records of the client shown."""

    def __init__(self, desk: Desk, card: StandingCard, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._card, self._client_id = desk, card, 0
        self._failing = False  # the draft is not kept, and that was said
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self.keep)
        card.saved.connect(self._save)
        card.typed.connect(self._on_typed)
        card.dropped.connect(self._drop)
        desk.closing.connect(self.keep)

    def _on_typed(self) -> None:
        self._pause.start(PAUSE_MS)

    def leave_client(self) -> None:
        """Keep what is typed and close the editor: another chart comes."""
        self.keep()
        if self._card.editing:
            self._card.close_editor()

    def show_client(self, head: ClientHead) -> None:
        """Show what stands there, or go on with what was typed before."""
        self._client_id = head.id
        at = head.where_things_stand_at
        local = at.astimezone(self._desk.ask(clock.zone)) if at else None
        self._card.show_text(head.where_things_stand, local)
        kept = last_try.newest(self._desk, self._key())
        if kept and not self._card.editing:
            self._card.edit(str(kept.body.get("text", "")))

    def _key(self) -> str:
        return f"standing:{self._client_id}"

    def keep(self) -> None:
        """Keep what is being typed, so that a lock or a crash loses nothing."""
        self._pause.stop()
        if self._card.editing and self._client_id:
            body, number = {"text": self._card.editor.text()}, self._client_id
            act = self._desk.words.tr("Keep a draft")
            kept = self._desk.do(self, act, drafts.keep, self._key(), body, number)
            kept.then(self._on_kept).otherwise(partial(self._on_failed, self._key(), body, number))

    def _on_kept(self, _nothing: None) -> None:
        self._failing = False

    def _on_failed(self, key: str, body: dict[str, str], number: int, error: BaseException) -> None:
        """Keep it in the editor and try again; once that shows another chart, hold it here."""
        if not self._card.editing or key != self._key():
            LastTry(self._desk, key, body, number).go()
            return
        if not self._failing:
            self._failing = True
            self._desk.say.failure(error)
        self._pause.start(AGAIN)

    def _drop(self) -> None:
        self._pause.stop()
        last_try.let_be(self._desk, self._key())
        self._desk.do(self, self._desk.words.tr("Drop a draft"), drafts.discard, self._key())

    def _save(self, text: str) -> None:
        words = self._desk.words
        self._drop()
        label = words.tr("Say where things stand")
        saved = self._desk.do(self, label, clients.say_where_things_stand, self._client_id, text)
        saved.then(lambda _: self._desk.done(words.tr("Saved where things stand"))).otherwise(
            partial(self._on_not_saved, self._client_id, text)
        )

    def _on_not_saved(self, client: int, text: str, error: BaseException) -> None:
        """Put the words back where they were typed."""
        self._desk.say.failure(error)
        if client == self._client_id:
            self._card.edit(text)
            self._pause.start(PAUSE_MS)
        else:
            LastTry(self._desk, f"standing:{client}", {"text": text}, client).go()
