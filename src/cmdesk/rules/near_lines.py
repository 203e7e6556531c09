"""Sentences that say almost what another says, found by the words and pairs of words they share.

Two sentences are near-identical when the shorter has five words or more and the other has eight
tenths of them, eight tenths of those that are not everybody's, and half of its pairs of
neighbours: a word put in, left out or changed, two parts changed about, or a sentence quoted
inside a longer one. A sentence of four words counts only word for word, and a shorter one says
too little to be anybody's secret.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise
from typing import Final

from cmdesk.rules.leak_text import sentences
from cmdesk.rules.logline_names import COMMON

LEAST: Final = 5  # words from which likeness counts
LEAST_ALIKE: Final = 4  # words from which the very same words count
LEAST_TELLING: Final = 3  # words that are not everybody's, in what two sentences share
SHARED_WORDS: Final = 0.8
SHARED_PAIRS: Final = 0.5

Folded = tuple[str, ...]


class Lines:
    """Lines to know again, each with what is to be said of it. The first of two alike stays."""

    def __init__(self, lines: Iterable[tuple[str, str]]) -> None:
        """Take pairs of a text and the words that go with it."""
        self._why: dict[Folded, str] = {}
        for text, why in lines:
            for sentence in sentences(text):
                if len(sentence.words) >= LEAST_ALIKE:
                    self._why.setdefault(sentence.folded, why)
        self._long = [line for line in self._why if len(line) >= LEAST]
        self._numbers: dict[tuple[str, str], int] = {}  # of pairs: sets of them are met quickly
        self._pairs = [self._numbered(_pairs(line)) for line in self._long]
        self._sizes = [len(pairs) for pairs in self._pairs]
        self._by_pair: dict[tuple[str, str], list[int]] = {}  # places in `_long`
        for place, line in enumerate(self._long):
            for pair in _telling(line):
                self._by_pair.setdefault(pair, []).append(place)

    def _numbered(self, pairs: Iterable[tuple[str, str]]) -> frozenset[int]:
        return frozenset(self._numbers.setdefault(pair, len(self._numbers)) for pair in pairs)

    def has(self, sentence: Folded) -> bool:
        return sentence in self._why

    def nearest(self, sentence: Folded, *, whole: bool = False) -> tuple[float, str]:
        """Return how near the nearest line comes, 0 to 1, and its words; 0 where none is near.

        `whole` asks how much of the sentence a line says, not how much of the shorter of the two.
        """
        if (why := self._why.get(sentence)) is not None:
            return 1.0, why
        if len(sentence) < LEAST:
            return 0.0, ""
        found = (0.0, "")
        for line in self._likely(sentence):
            size = len(sentence) if whole else min(len(line), len(sentence))
            found = max(found, (_shared(line, sentence) / size, self._why[line]))
        return found if found[0] >= SHARED_WORDS else (0.0, "")

    def _likely(self, sentence: Folded) -> Iterator[Folded]:
        """Give the lines that may share pairs enough: of thousands with one in common, a few."""
        pairs = _pairs(sentence)
        own = {self._numbers[pair] for pair in pairs if pair in self._numbers}
        telling = _telling(sentence)
        found = Counter(chain.from_iterable(self._by_pair.get(pair, ()) for pair in telling))
        others, size = len(pairs) - len(telling), len(pairs)
        for place, shared in found.items():
            needed = SHARED_PAIRS * min(size, self._sizes[place])
            if shared + others >= needed and len(own & self._pairs[place]) >= needed:
                yield self._long[place]


def _pairs(line: Folded) -> set[tuple[str, str]]:
    return set(pairwise(line))


def _telling(line: Folded) -> list[tuple[str, str]]:
    """Return the pairs that are not both everybody's words: by these a line is looked for."""
    return [pair for pair in _pairs(line) if pair[0] not in COMMON or pair[1] not in COMMON]


def _shared(one: Folded, other: Folded) -> int:
    """Return how many words two sentences share; none where too little of it is their own."""
    shorter, longer = sorted((one, other), key=len)
    shared = Counter(one) & Counter(other)
    own = {word for word in shorter if word not in COMMON}
    telling = len(own & shared.keys())
    together = len(_pairs(shorter) & _pairs(longer))
    alike = telling >= SHARED_WORDS * len(own) and together >= SHARED_PAIRS * len(_pairs(shorter))
    return shared.total() if alike and telling >= LEAST_TELLING else 0


__all__ = ["Lines"]
