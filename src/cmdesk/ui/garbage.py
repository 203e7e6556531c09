"""Collect garbage on the UI thread alone, once a second, where there is any."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY: Final = 1_000  # milliseconds


class Collector(QObject):
    """Takes over from the interpreter, which collects on whatever thread happens to be at work.

    A widget in a circle of references would be destroyed there, while Qt uses it here: a crash in a
    hundred hours of use, in whatever is being done at that moment.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer = QTimer(self, interval=EVERY)
        timer.timeout.connect(collect_due)
        timer.start()


def collect_due() -> int | None:
    """Collect the oldest generation that is due; return which. UI thread only."""
    limits = gc.get_threshold()
    for generation, count in reversed(list(enumerate(gc.get_count()))):
        if 0 < limits[generation] < count:
            gc.collect(generation)
            return generation
    return None
