"""End a command that is told to stop as Ctrl+C ends it: nothing half-written stays."""

import signal
import threading
from collections.abc import Generator
from contextlib import contextmanager

_ASKED_TO_END = ("SIGTERM", "SIGHUP")  # a time limit, a log-off, a terminal that was closed


@contextmanager
def ended_as_interrupted() -> Generator[None]:
    """Raise KeyboardInterrupt where the system would end the process on the spot."""
    if threading.current_thread() is not threading.main_thread():
        yield  # only that one hears of signals
        return
    numbers = [getattr(signal, name) for name in _ASKED_TO_END if hasattr(signal, name)]
    ours = [number for number in numbers if signal.getsignal(number) == signal.SIG_DFL]
    for number in ours:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in ours:
            signal.signal(number, signal.SIG_DFL)
