"""Names and amounts inside running text, hidden with all others (F8)."""

import re

from PySide6.QtCore import QObject, Slot

from cmdesk.casework import parties
from cmdesk.store.journal import Change
from cmdesk.ui.desk import Desk

# With the apostrophe of a name, and with that of a possessive.
WORD = re.compile(r"[^\W\d_][\w-]*(?:['\u2019][^\W\d_][\w-]*)*")
AMOUNT = re.compile(r"[$\u20ac\u00a3]\s?\d[\d,]*(?:\.\d+)?k?")
APOSTROPHE = re.compile(r"['\u2019]")


class Veil(QObject):
    """Puts initials for the names of everyone on record, and no amounts, into a text."""

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
            found = self._desk.ask(parties.known_names)
            names = self._names = frozenset(part for name in found for part in _parts(name))
        named = WORD.sub(lambda word: _hidden(word, names), text)
        return AMOUNT.sub(lambda _: self._desk.privacy.amount(""), named)


def veil_of(desk: Desk) -> Veil:
    """Give the desk's own veil, for what has none of its own."""
    held = desk.findChild(Veil)
    if held is None:
        held = Veil(desk)
        held.setParent(desk)
    return held


def _hidden(word: re.Match[str], names: frozenset[str]) -> str:
    """Give the initial for a name, and what hangs on it: O'Brien's, O.'s; the O'Briens, the O."""
    ends = [len(word[0]), *(each.start() for each in APOSTROPHE.finditer(word[0]))]
    for end in sorted(ends, reverse=True):
        found = _parts(word[0][:end])
        if not names.isdisjoint(found | {each.removesuffix("s") for each in found}):
            rest = word[0][end:]
            # Of a sentence: one dot will do.
            dotted = not rest and word.string[word.end() : word.end() + 1] == "."
            return word[0][0].upper() + ("" if dotted else ".") + rest
    return word[0]


def _parts(name: str) -> set[str]:
    """Give how a name is looked for: whole and by what hyphens join, in capitals as written."""
    plain = APOSTROPHE.sub("'", name).strip(".,")
    pieces = {plain, *(each for each in plain.split("-") if len(each) > 1)}
    return pieces | {each.title() for each in pieces if each.isupper() and len(each) > 1}
