"""Parts that one letter of a kind goes without: they are left out, stay listed, and come back."""

from collections.abc import Sequence
from typing import Final

from cmdesk.rules.letter import Part, PartKind

# What the program makes from the records; of others the words themselves are taken out.
LEAVABLE: Final = frozenset(
    {PartKind.CHART, PartKind.MAP, PartKind.GOALS, PartKind.DATES, PartKind.HISTORY, PartKind.CALLS}
)


def listed(parts: Sequence[Part], offered: Sequence[Part]) -> tuple[Part, ...]:
    """Return the parts of a draft with those its kind has, and it goes without, in their places.

    A draft that was begun while its kind was laid out otherwise stays as it is.
    """
    have = {part.key: part for part in parts}
    missing = [part for part in offered if part.key not in have]
    order = [part.key for part in offered if part.key in have]
    if [part.key for part in parts] != order or any(p.kind not in LEAVABLE for p in missing):
        return tuple(parts)
    return tuple(have.get(part.key, part) for part in offered)


def turned(parts: Sequence[Part], whole: Sequence[Part], key: str) -> tuple[Part, ...]:
    """Leave the part of a key out, or put it back in its place among all of them."""
    keys = {part.key for part in parts} ^ {key}
    return tuple(part for part in whole if part.key in keys)
