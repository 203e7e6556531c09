"""The one voice of the window: problems, bugs, what was done, and words for screen readers."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType
from typing import Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot, qVersion
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from cmdesk.errors import Cancelled, Locked, Problem

log = logging.getLogger(__name__)

Undo = Callable[[], object]
Action = tuple[str, Callable[[], object]]  # what the button says, and what it does


class Place(Protocol):
    """Where words appear: the window offers this."""

    def show_problem(self, problem: Problem, action: Action | None = None) -> None: ...
    def show_bug(self, account: str) -> None: ...
    def show_toast(self, text: str, undo: Undo | None) -> None: ...
    def speaker(self) -> QObject: ...


def account_of(error: BaseException) -> str:
    """Describe a bug without a single value: versions, types, and where it happened."""
    import platform  # noqa: PLC0415 - both are slow to load, and bugs are rare
    from importlib.metadata import version  # noqa: PLC0415

    system = f"{platform.system()} {platform.release()}"
    python = f"Python {platform.python_version()}"
    lines = [f"cmdesk {version('cmdesk')}, {python}, Qt {qVersion()}, {system}"]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__qualname__)
        lines += [
            f"  {frame.f_globals.get('__name__', '?')}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(cause.__traceback__)
        ]
        cause = cause.__cause__ or cause.__context__
    return "\n".join(lines)


class Say(QObject):
    """Tells the user. May be called from any thread; what it shows appears on the UI thread."""

    _failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._place: Place | None = None
        self.of_an_act = False  # what is being told is how one act failed, and passes
        self._failed.connect(self._on_failed, Qt.ConnectionType.AutoConnection)

    def attach(self, place: Place | None) -> None:
        """Speak here from now on."""
        self._place = place

    def failure(self, error: BaseException) -> None:
        """Say what failed: a problem in its own words, anything else as a bug."""
        self._failed.emit(error)

    def problem(self, problem: Problem, action: Action | None = None) -> None:
        """Show a bar in the window, perhaps with a way out; it replaces the one before."""
        if self._place:
            self._place.show_problem(problem, action)
        self.announce(str(problem))

    def bug(self, error: BaseException) -> None:
        """Show the note for a bug: no values, nothing sent."""
        account = account_of(error)
        log.error("bug\n%s", account)
        if self._place:
            self._place.show_bug(account)

    def toast(self, text: str, undo: Undo | None = None) -> None:
        """Tell what was done, for ten seconds, with a way back."""
        if self._place:
            self._place.show_toast(text, undo)
        self.announce(text)

    def announce(self, text: str, *, at_once: bool = False) -> None:
        """Have a screen reader say it, politely or at once."""
        if not self._place:
            return
        event = QAccessibleAnnouncementEvent(self._place.speaker(), text)
        if at_once:
            event.setPoliteness(QAccessible.AnnouncementPoliteness.Assertive)
        QAccessible.updateAccessibility(event)

    def install_hooks(self) -> None:
        """Catch what nothing else caught, in every thread."""
        sys.excepthook = self._on_uncaught
        threading.excepthook = self._on_thread_failed
        sys.unraisablehook = self._on_unraisable

    def _on_uncaught(
        self, _kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            sys.__excepthook__(_kind, error, _trace)
            return
        self.failure(error)

    def _on_thread_failed(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value:
            self.failure(args.exc_value)

    def _on_unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value:
            self.failure(args.exc_value)

    @Slot(object)
    def _on_failed(self, error: BaseException) -> None:
        if isinstance(error, Locked):
            return  # a late question of a page that is gone
        if isinstance(error, Problem):
            self.of_an_act = True
            try:
                self.problem(error)
            finally:
                self.of_an_act = False
        elif not isinstance(error, Cancelled):
            self.bug(error)
