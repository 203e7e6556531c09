"""Run work off the UI thread and bring the outcome back to it."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot
from shiboken6 import isValid

from cmdesk.errors import Cancelled, Locked

T = TypeVar("T")


class Outcome(Generic[T]):
    """What a task will yield. Its handlers run on the UI thread, if the owner still lives."""

    def __init__(self, owner: QObject, failed: Callable[[BaseException], object]) -> None:
        self._owner, self._failed = owner, failed
        self._then: Callable[[T], object] | None = None
        self._otherwise: Callable[[BaseException], object] | None = None

    def then(self, handler: Callable[[T], object]) -> "Outcome[T]":
        """Say what to do with the result."""
        self._then = handler
        return self

    def otherwise(self, handler: Callable[[BaseException], object]) -> "Outcome[T]":
        """Take the failure (`Cancelled` too) instead of letting the user be told."""
        self._otherwise = handler
        return self

    def deliver(self, future: "Future[T]") -> None:
        """Hand over what the future holds. UI thread only."""
        lives = isValid(self._owner)
        error = None if future.cancelled() else future.exception()
        if error is None:
            if self._then and lives and not future.cancelled():
                self._then(future.result())
        elif self._otherwise and lives:
            self._otherwise(error)
        elif not isinstance(error, Cancelled):
            self._failed(error)


class Tasks(QObject):
    """Where work is handed in. With an executor of one worker, writes queue and never collide."""

    _finished = Signal(object, object)

    def __init__(self, executor: Executor, failed: Callable[[BaseException], object]) -> None:
        super().__init__()
        self._executor, self._failed = executor, failed
        self._closed = False
        self._handed_in: list[Future[Any]] = []
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, owner: QObject, work: Callable[[], T]) -> Outcome[T]:
        """Hand in work. Attach handlers to the result before returning to the event loop."""
        if self._closed:  # a file dialog may come back after the records were locked behind it
            raise Locked
        outcome: Outcome[T] = Outcome(owner, self._failed)
        future = self._executor.submit(work)
        self._handed_in.append(future)
        future.add_done_callback(
            lambda future: isValid(self) and self._finished.emit(outcome, future)
        )
        return outcome

    def last(self, *, drop: bool = True) -> Callable[[], None]:
        """Take no more; return what waits for the rest, free of Qt: any thread may call it."""
        self._closed = True
        return partial(self._executor.shutdown, wait=True, cancel_futures=drop)

    def close(self, *, drop: bool = True) -> None:
        """Finish what was begun, drop what was not (unless told to finish it), take no more."""
        self.last(drop=drop)()

    def untold(self) -> list[BaseException]:
        """Return what failed and was never told, once all has ended; nothing is told after that."""
        waiting, self._handed_in = self._handed_in, []
        ended = [future for future in waiting if future.done() and not future.cancelled()]
        failed = [future.exception() for future in ended]
        return [error for error in failed if error and not isinstance(error, Cancelled)]

    @Slot(object, object)
    def _deliver(self, outcome: "Outcome[object]", future: "Future[object]") -> None:
        if future in self._handed_in:
            self._handed_in.remove(future)
            outcome.deliver(future)
