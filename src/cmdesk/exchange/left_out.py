"""What a large file left out: the first rows by name, and how many more there were of each kind."""

from collections import Counter
from typing import Final

from cmdesk.exchange.result import Skipped

TOLD: Final = 200  # rows that are named one by one; the rest are counted
UNREADABLE: Final = "rows could not be read"


class LeftOut:
    """Grows with a file of any length and stays small."""

    def __init__(self) -> None:
        self._first: list[Skipped] = []
        self._more: Counter[str] = Counter()

    def add(self, line: int, why: str, kind: str = UNREADABLE) -> None:
        if len(self._first) < TOLD:
            self._first.append(Skipped(line, why))
        else:
            self._more[kind] += 1

    def told(self) -> list[Skipped]:
        """Return the first ones, and a sentence for each kind of which there are more."""
        more = (f"{number:,} more {kind}." for kind, number in self._more.items())
        return [*self._first, *(Skipped(None, why) for why in more)]
