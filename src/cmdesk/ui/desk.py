"""What every page is given: the records, the workers, the day, and the news of changes."""

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from cmdesk.ui.backing_up import BackingUp
from cmdesk.ui.clipboard import Clipboard
from cmdesk.ui.page import Route
from cmdesk.ui.tasks import Outcome, Tasks

if TYPE_CHECKING:  # the unlock window must not wait for SQLAlchemy
    from cmdesk.handover import Handover, Request
    from cmdesk.handover_again import Again
    from cmdesk.settings import SettingsFile
    from cmdesk.store.journal import Label
    from cmdesk.store.store import Store, Work
    from cmdesk.ui.privacy import Privacy
    from cmdesk.ui.say import Say
    from cmdesk.words import Words

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)
BLINK = 0.05  # seconds a read on the UI thread may take before it is noted
SLOW = 0.2


class Desk(QObject):
    """The one thing a page needs.

    Signals: `changed(Change)` after a commit, `went(Route)` when a page asks for another,
    `met(int, str)` when a client's chart was opened: its id and the client's name,
    `returned` when a page asks for the one before it,
    `letter_thrown(str)` when the draft of a letter is thrown away, by its key,
    `closing` before the records are locked, the last moment to hand in a write,
    `rekeyed(Keys)` when the data key is to be renewed, which takes a closed vault.
    """

    changed = Signal(object)
    went = Signal(object)
    met = Signal(int, str)
    returned = Signal()
    letter_thrown = Signal(str)
    closing = Signal()
    rekeyed = Signal(object)

    def __init__(
        self,
        store: "Store",
        writes: Tasks,
        reads: Tasks,
        *,
        today: Callable[[], date],
        words: "Words",
        say: "Say",
        privacy: "Privacy",
        settings: "SettingsFile",
    ) -> None:
        """Take a worker for writes, two for reads; `today` is the day in the practice's zone."""
        super().__init__()
        self._store, self._writes, self._reads = store, writes, reads
        self.leaving = False  # the records are being closed: nothing more can be asked or tried
        self.today = today
        self.clock: Callable[[], datetime] = store.clock
        self.words, self.say, self.privacy, self.settings = words, say, privacy, settings
        seconds = settings.now.clear_copied
        self.clipboard = Clipboard(QGuiApplication.clipboard(), seconds, parent=self)
        store.listeners.append(self.changed.emit)
        self.backing_up = BackingUp(self)

    def ask(self, work: "Work[P, T]", *args: P.args, **kwargs: P.kwargs) -> T:
        """Read now. For what is bounded: a page, a record."""
        began = perf_counter()
        try:
            return self._store.ask(work, *args, **kwargs)
        finally:
            took = perf_counter() - began
            if took > BLINK:
                level = logging.WARNING if took > SLOW else logging.INFO
                log.log(level, "%s took %d ms", getattr(work, "__name__", "?"), took * 1000)

    def look(self) -> AbstractContextManager[None]:
        """Read several things now as of one moment, waiting at most once for a save under way."""
        return self._store.look()

    def fetch(
        self, owner: QObject, work: "Work[P, T]", *args: P.args, **kwargs: P.kwargs
    ) -> Outcome[T]:
        """Read in the background. For what may take longer than a blink."""
        return self._reads.run(owner, partial(self._store.ask, work, *args, **kwargs))

    def run(self, owner: QObject, work: Callable[[], T]) -> Outcome[T]:
        """Do something slow that needs no records."""
        return self._reads.run(owner, work)

    def do(
        self,
        owner: QObject,
        label: "Label | str",
        work: "Work[P, T]",
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> Outcome[T]:
        """Write, in the background, as one undoable step."""
        return self._writes.run(owner, partial(self._store.do, label, work, *args, **kwargs))

    def hand_over(self, owner: QObject, label: "Label", request: "Request") -> "Outcome[Handover]":
        """Release, seal, record and write one letter, in the background. Can't be taken back."""
        # Paper and its library are loaded with the first letter, not with the window.
        from cmdesk import handover  # noqa: PLC0415

        return self._writes.run(owner, partial(handover.hand_over, self._store, label, request))

    def hand_again(self, owner: QObject, label: "Label", request: "Again") -> "Outcome[int]":
        """Hand a letter that left over once more, in the background. Can't be taken back."""
        from cmdesk import handover_again as again  # noqa: PLC0415

        return self._writes.run(owner, partial(again.hand_again, self._store, label, request))

    def note(self, owner: QObject, act: str, kind: str) -> Outcome[None]:
        """Add to the audit trail what changes no record: opened, printed.

        What is only looked at in records opened to read only can't be written down.
        """
        if self.read_only and kind == "view":
            return self._writes.run(owner, _nothing)
        return self._writes.run(owner, partial(self._store.note, act, kind))

    def handle(self, owner: QObject, work: "Callable[[Store], T]") -> Outcome[T]:
        """Do what needs the store itself, after the writes handed in: keys and slots."""
        return self._writes.run(owner, partial(work, self._store))

    def aside(self, owner: QObject, work: "Callable[[Store], T]") -> Outcome[T]:
        """Do what copies the records and proves the copy, while writing goes on."""
        return self._reads.run(owner, partial(work, self._store))

    @property
    def read_only(self) -> bool:
        """Whether nothing can be written: the records were opened only to look."""
        return self._store.read_only

    @property
    def folder(self) -> Path:
        """Where the records live."""
        return self._store.folder

    def undo(self, owner: QObject) -> Outcome[str | None]:
        """Take back the newest step; the outcome is its name."""
        return self._writes.run(owner, self._store.undo)

    def redo(self, owner: QObject) -> Outcome[str | None]:
        """Do again what was taken back last; the outcome is its name."""
        return self._writes.run(owner, self._store.redo)

    @property
    def undo_label(self) -> str | None:
        return self._store.undo_label

    @property
    def redo_label(self) -> str | None:
        return self._store.redo_label

    def done(self, text: str) -> None:
        """Tell what was done, with Undo when it can be taken back."""
        undo = partial(self.undo, self) if self._store.undo_label else None
        self.say.toast(text, undo)

    def go(self, route: Route) -> None:
        """Ask the window for a page."""
        self.went.emit(route)

    def go_back(self) -> None:
        """Ask the window for the page one came from."""
        self.returned.emit()

    def let_go(self) -> Callable[[], None]:
        """Take the last drafts and no more work; return what waits for the rest on any thread."""
        self.leaving = True
        self.closing.emit()
        self.clipboard.clear()
        writes, reads = self._writes.last(drop=False), self._reads.last()
        if self.changed.emit in self._store.listeners:
            self._store.listeners.remove(self.changed.emit)

        def finish() -> None:
            reads()
            writes()

        return finish

    def untold(self) -> list[BaseException]:
        """Return what failed on the way out, when no page was left to be told."""
        return [*self._writes.untold(), *self._reads.untold()]

    def close(self) -> None:
        """Finish the writes handed in, then hear no more of the store."""
        self.let_go()()


def _nothing() -> None:
    pass
