"""Names inside running text, hidden with all others (F8)."""

import re

from PySide6.QtCore import QObject, Slot

from cmdesk.casework import parties
from cmdesk.store.journal import Change
from cmdesk.ui.desk import Desk

WORD = re.compile(r"[^\W\d_][\w-]*")  # ends before the apostrophe of a possessive


class Veil(QObject):
    """Puts initials for the names of everyone on record, wherever they stand in a text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._names: frozenset[str] | None = None
        desk.changed.connect(self._on_changed)

    @Slot(object)
    def _on_changed(self, change: Change) -> None:
        if change.touches("person"):
            self._names = None

    def text(self, text: str) -> str:
        """Give the text as it may be shown now."""
        if not self._desk.privacy.hidden:
            return text
        names = self._names
        if names is None:
            names = self._names = self._desk.ask(parties.known_names)

        def hide(word: re.Match[str]) -> str:
            if word[0] not in names:
                return word[0]
            ends = word.string[word.end() : word.end() + 1] == "."  # of a sentence: one dot will do
            return word[0][0].upper() + ("" if ends else ".")

        return WORD.sub(hide, text)
