"""Facets of a long list: who bears which mark, held and counted as the bits of one number each."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Final, TypeAlias

Chosen: TypeAlias = Mapping[str, frozenset[str]]  # what is ticked under each facet
BETWEEN: Final = "="  # a facet and its option in a mark


def mark(facet: str, option: str) -> str:
    """Name one option of one facet."""
    return f"{facet}{BETWEEN}{option}"


def parted(name: str) -> tuple[str, str]:
    """Split a mark into its facet and its option."""
    facet, _, option = name.partition(BETWEEN)
    return facet, option


def bits_of(places: Iterable[int], size: int) -> int:
    """Set the bit of each place, in time linear to their number."""
    held = bytearray(size // 8 + 1)
    for place in places:
        held[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(held, "little")


def places_of(bits: int) -> list[int]:
    """List the places of the bits that are set, lowest first."""
    written = format(bits, "b")[::-1]
    return list(compress(range(len(written)), map("1".__eq__, written)))


class Facets:
    """Options ticked under one facet widen the list, those of two facets narrow it.

    What an option counts leaves out what is ticked beside it under its own facet: it tells how many
    there would be with this one.
    """

    def __init__(self, marks: Sequence[Iterable[str]]) -> None:
        """Take the marks of each thing in the order of the list."""
        self.size = len(marks)
        self.everything = (1 << self.size) - 1
        held: dict[str, list[int]] = {}
        for place, borne in enumerate(marks):
            for each in borne:
                held.setdefault(each, []).append(place)
        self._bits = {name: bits_of(places, self.size) for name, places in held.items()}
        self._facets: dict[str, list[str]] = {}
        for name in self._bits:
            self._facets.setdefault(parted(name)[0], []).append(name)

    def bits(self, name: str) -> int:
        """Give who bears a mark; nobody, where it is unknown."""
        return self._bits.get(name, 0)

    def options(self, facet: str) -> list[str]:
        """List the options that anything at all has under a facet."""
        return [parted(name)[1] for name in self._facets.get(facet, ())]

    def _ticked(self, facet: str, options: Iterable[str]) -> int:
        found = 0
        for option in options:
            found |= self.bits(mark(facet, option))
        return found

    def matching(self, chosen: Chosen, within: int | None = None) -> int:
        """Give what answers to every facet with something ticked; `within` narrows it further."""
        found = self.everything if within is None else within
        for facet, options in chosen.items():
            if options:
                found &= self._ticked(facet, options)
        return found

    def counts(self, chosen: Chosen, within: int | None = None) -> dict[str, int]:
        """Count for each mark what there would be with it, given what the other facets leave."""
        whole = self.matching(chosen, within)
        found: dict[str, int] = {}
        for facet, names in self._facets.items():
            base = whole
            if chosen.get(facet):
                others = {other: ticked for other, ticked in chosen.items() if other != facet}
                base = self.matching(others, within)
            for name in names:
                found[name] = (self._bits[name] & base).bit_count()
        return found
