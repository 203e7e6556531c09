"""Tell how far a long piece of work is, and stop it when the user wants it to stop."""

from collections.abc import Callable
from typing import TypeAlias

from cmdesk.errors import Cancelled

Progress: TypeAlias = Callable[[float], object]
"""Told how much is done, from 0 to 1"""
Cancel: TypeAlias = Callable[[], bool]


class Watch:
    """Passes progress on, and stops the work when the user wants it to stop."""

    def __init__(self, progress: Progress | None, cancelled: Cancel | None) -> None:
        self._progress, self._cancelled = progress, cancelled

    def __call__(self, done: float) -> None:
        if self._cancelled and self._cancelled():
            raise Cancelled
        if self._progress:
            self._progress(done)

    def part(self, first: float, last: float, whole: float = 1.0) -> Callable[[float], None]:
        """Return what tells of one part of the way, `whole` being its end."""
        return lambda done: self(first + (last - first) * done / whole)
