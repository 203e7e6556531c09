"""Kept-back lines that stand word for word inside what a letter says, across its sentences too.

`near_lines` knows a sentence by what it shares with a line, and for that it needs enough words.
Here the words of a line are looked for in their order, whatever stands before and after them.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from cmdesk.rules.leak_text import Word, folded, sentences
from cmdesk.rules.leak_words import EVERYDAY
from cmdesk.rules.logline_names import COMMON
from cmdesk.rules.near_lines import LEAST_ALIKE

LEAST_OWN: Final = 2  # words of an entry's sentence that are not everybody's
# What the program says of anybody's stay and any goal, besides the words of any week.
_ANY_STAY: Final = "best better completed early ended eat finished start started stay work working"
ORDINARY: Final = COMMON.union(_ANY_STAY.split(), (word.rstrip("*") for word in EVERYDAY))

Folded = tuple[str, ...]


class Said(NamedTuple):
    """Words that say a line: where, the line's words, and why it is kept back."""

    start: int
    end: int
    line: Folded
    why: str


def distinctive(line: Folded) -> bool:
    """Tell whether a line of three words or fewer is somebody's own, wherever it stands.

    It is where one of its words is a number or stands in no list of everybody's words: a name, or
    a thing not said of any week. "Pay Oakmont" and "Since March 2" are; "Back to school" is not.
    One word alone may be anybody's, and counts only as names do that are words: written with a
    capital that no sentence begins with.
    """
    return any(word.isdecimal() or word not in ORDINARY for word in line)


class Inside:
    """Lines to find inside others; nothing that a told line says as well."""

    def __init__(
        self,
        own: Iterable[tuple[str, str]],
        kept: Iterable[tuple[str, str]],
        told: Iterable[str],
    ) -> None:
        """Take pairs of a text and why: lines of the program's own, and those of entries."""
        self._why: dict[Folded, str] = {}
        self._sizes: dict[str, list[int]] = {}  # of lines, longest first, by their first word
        for line, why in _looked_for(own, kept):
            self._why.setdefault(line, why)
        self._sort()
        known = {said.line for text in told for said in self.find(_words(text))}
        known |= {words for text in told if len(words := folded(text)) == 1}
        for line in known & self._why.keys():
            del self._why[line]
        self._sort()

    def _sort(self) -> None:
        sizes: dict[str, set[int]] = {}
        for line in self._why:
            sizes.setdefault(line[0], set()).add(len(line))
        self._sizes = {word: sorted(each, reverse=True) for word, each in sizes.items()}

    def find(self, words: Sequence[Word]) -> Iterator[Said]:
        """Give the lines that these words say, the longest where several begin at one."""
        place = 0
        while place < len(words):
            line = self._at(words, place)
            if line:
                yield Said(words[place].start, words[place + len(line) - 1].end, line,
                           self._why[line])  # fmt: skip
            place += len(line) or 1

    def _at(self, words: Sequence[Word], place: int) -> Folded:
        first = words[place]
        for size in self._sizes.get(first.text, ()):
            line = tuple(word.text for word in words[place : place + size])
            if line in self._why and (size > 1 or (first.capital and not first.first)):
                return line
        return ()


def _looked_for(
    own: Iterable[tuple[str, str]], kept: Iterable[tuple[str, str]]
) -> Iterator[tuple[Folded, str]]:
    for text, why in own:
        for part in sentences(text):
            line = part.folded
            if len(line) >= LEAST_ALIKE or distinctive(line):
                yield line, why
    for text, why in kept:
        for part in sentences(text):
            line = part.folded
            if len(line) >= LEAST_ALIKE and sum(word not in COMMON for word in line) >= LEAST_OWN:
                yield line, why


def _words(text: str) -> list[Word]:
    return [word for part in sentences(text) for word in part.words]


__all__ = ["ORDINARY", "Inside", "Said", "distinctive"]
