"""Names typed with one letter wrong, missing, too many, or changed about with its neighbour."""

from collections.abc import Iterable, Iterator
from typing import Final

LEAST_LONG: Final = 6  # letters of a name from which one wrong letter leaves it known
HEAD: Final = 2  # letters that stand as they are if the wrong one comes later
TAIL: Final = 3  # and if it comes before

_Key = tuple[str, int]


class NearNames:
    """Long names by how they begin and by how they end: one of both stays in a wrong one."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take folded names of LEAST_LONG letters or more."""
        self._by_head: dict[_Key, list[str]] = {}
        self._by_tail: dict[_Key, list[str]] = {}
        for name in names:
            self._by_head.setdefault((name[:HEAD], len(name)), []).append(name)
            self._by_tail.setdefault((name[0] + name[-TAIL:], len(name)), []).append(name)

    def nearest(self, word: str) -> str:
        """Return a name this word almost is, begun with the same letter; empty if there is none."""
        if len(word) < LEAST_LONG - 1:
            return ""
        return next((name for name in self._near(word) if _one_apart(name, word)), "")

    def _near(self, word: str) -> Iterator[str]:
        head, tail = word[:HEAD], word[0] + word[-TAIL:]
        for size in range(len(word) - 1, len(word) + 2):
            yield from self._by_head.get((head, size), ())
            yield from self._by_tail.get((tail, size), ())


def _one_apart(one: str, other: str) -> bool:
    """Tell one letter put in, left out or another, or two neighbours changed about."""
    if len(one) < len(other):
        one, other = other, one
    at = next((at for at, (this, that) in enumerate(zip(one, other, strict=False)) if this != that),
              len(other))  # fmt: skip
    if len(one) > len(other):
        return one[at + 1 :] == other[at:]
    here, there = one[at:], other[at:]
    return bool(here) and (
        here[1:] == there[1:] or (here[1::-1] == there[:2] and here[2:] == there[2:])
    )


__all__ = ["NearNames"]
