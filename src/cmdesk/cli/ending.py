"""End a command that is told to stop as Ctrl+C ends it: nothing half-written stays."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager
from types import FrameType

# Ctrl+C, a time limit, a log-off, a terminal that was closed
_ASKED_TO_END = ("SIGINT", "SIGTERM", "SIGHUP")
_USUAL = (signal.SIG_DFL, signal.default_int_handler)


@contextmanager
def ended_as_interrupted() -> Generator[None]:
    """Raise KeyboardInterrupt where the system would end the process on the spot.

    Raised amid a question to SQLite it comes out as an error of the database: still it was no
    damage that ended the work.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # only that one hears of signals
        return
    heard: list[int] = []

    def hear(number: int, _frame: FrameType | None) -> None:
        heard.append(number)
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in _ASKED_TO_END if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in numbers}
    ours = {number: was for number, was in before.items() if was in _USUAL}
    for number in ours:
        signal.signal(number, hear)
    try:
        yield
    except Exception as error:
        if heard:
            raise KeyboardInterrupt from error
        raise
    finally:
        for number, was in ours.items():
            signal.signal(number, was)
