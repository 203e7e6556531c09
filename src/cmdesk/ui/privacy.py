"""Hide names (F8): initials instead of names, and no amounts, for calls on shared screens."""

import re

from PySide6.QtCore import QObject, Signal

MASK = "•••"


class Privacy(QObject):
    """Signal `changed`: names are to be painted again."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._hidden = False

    @property
    def hidden(self) -> bool:
        return self._hidden

    def toggle(self) -> None:
        self._hidden = not self._hidden
        self.changed.emit()

    def name(self, person: str) -> str:
        """Give the name as it may be shown now: Maya Brenner, or M. B."""
        if not self._hidden:
            return person
        # What follows a comma is a degree, not a name: Tess Holloway, LMFT.
        words = re.findall(r"[^\W\d_][\w'\u2019-]*", person.partition(",")[0])
        return " ".join(f"{word[0].upper()}." for word in words) or MASK

    def amount(self, amount: str) -> str:
        return MASK if self._hidden else amount

    def file(self, name: str) -> str:
        return MASK if self._hidden else name
