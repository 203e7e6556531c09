"""Which way words run: levels and visual order of text that mixes directions (UAX #9).

The Unicode bidirectional algorithm without its invisible controls, which text.py drops. No library
with a licence and wheels we can take gives levels; tests hold this against one that gives order.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Final
from unicodedata import bidirectional

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

FIRST_RIGHT_TO_LEFT: Final = "\u0590"  # no letter before it runs from right to left
RIGHT: Final = ("R", "AL")
NEUTRAL: Final = ("B", "S", "WS", "ON")
INVISIBLE: Final = ("BN", "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
NUMBERS: Final = ("EN", "AN")
SETTLED: Final = {"AL": "R", "ES": "ON", "ET": "ON", "CS": "ON"}
PAIRS: Final = "()[]{}\u2045\u2046\u207d\u207e\u208d\u208e\u27e8\u27e9\u3008\u3009\uff08\uff09"
OPENING: Final = dict(zip(PAIRS[::2], PAIRS[1::2], strict=True))
MOST_OPEN: Final = 63  # UAX #9, BD16


def turns(text: str) -> bool:
    """Whether any of it runs from right to left; in most letters nothing does."""
    return any(
        part >= FIRST_RIGHT_TO_LEFT and bidirectional(part) in (*RIGHT, "AN") for part in text
    )


def base_level(text: str) -> int:
    """Return 1 where two letters in three run from right to left, else 0.

    Not by the first letter, as rule P2 has it: an English line may begin with a Hebrew name.
    """
    kinds = [bidirectional(part) for part in text]
    return int(sum(kind in RIGHT for kind in kinds) > 2 * kinds.count("L"))


def levels(text: str, base: int) -> list[int]:
    """Return each character's embedding level; odd ones run from right to left."""
    outer = "R" if base else "L"
    original = [bidirectional(part) or "L" for part in text]
    kinds = list(_visible(original))
    _weak(kinds, outer)
    _brackets(text, original, kinds, outer)
    _neutral(kinds, outer)
    up = {"R": 0, "L": 1, "EN": 1, "AN": 1} if base else {"L": 0, "R": 1, "EN": 2, "AN": 2}
    return [base + up[kind] for kind in kinds]


def order(found: Sequence[int]) -> list[int]:
    """Return where each place of a line, from left to right, stands in the text (rule L2)."""
    places = list(range(len(found)))
    odd = [level for level in found if level % 2]
    for level in range(max(found, default=0), min(odd, default=1) - 1, -1):
        start = 0
        while start < len(places):
            end = start
            while end < len(places) and found[places[end]] >= level:
                end += 1
            places[start:end] = reversed(places[start:end])
            start = max(end, start + 1)
    return places


def _visible(original: Sequence[str]) -> Iterator[str]:
    """Give joiners and the like the kind of what stands before them."""
    last = "ON"
    for kind in original:
        last = last if kind in INVISIBLE else kind
        yield last


def _weak(kinds: list[str], outer: str) -> None:
    """Settle marks, numbers and what belongs to them (rules W1 to W7)."""
    last, strong = outer, outer
    for at, kind in enumerate(kinds):
        kinds[at] = last = last if kind == "NSM" else kind
        strong = last if last in ("L", *RIGHT) else strong
        if last == "EN" and strong == "AL":
            kinds[at] = "AN"
    _separators(kinds)
    _terminators(kinds)
    strong = outer
    for at, kind in enumerate(kinds):
        kinds[at] = settled = SETTLED.get(kind, kind)
        strong = settled if settled in ("L", "R") else strong
        if settled == "EN" and strong == "L":
            kinds[at] = "L"


def _separators(kinds: list[str]) -> None:
    """Make one separator between two numbers of a kind a part of them (rule W4)."""
    for at in range(1, len(kinds) - 1):
        before, kind, after = kinds[at - 1 : at + 2]
        if before == after and (
            (kind == "CS" and before in NUMBERS) or (kind == "ES" and before == "EN")
        ):
            kinds[at] = before


def _terminators(kinds: list[str]) -> None:
    """Make signs beside a number, such as of money, a part of it (rule W5)."""
    for start, end in _runs(kinds, ("ET",)):
        around = (kinds[start - 1] if start else "", kinds[end] if end < len(kinds) else "")
        if "EN" in around:
            kinds[start:end] = ["EN"] * (end - start)


def _brackets(text: str, original: Sequence[str], kinds: list[str], outer: str) -> None:
    """Let both brackets of a pair run as what is between them does (rule N0)."""
    for opening, closing in _pairs(text, kinds):
        inside = {_strong(kind) for kind in kinds[opening + 1 : closing]} & {"L", "R"}
        if not inside:
            continue
        before = (_strong(kinds[at]) for at in range(opening - 1, -1, -1))
        context = next((kind for kind in before if kind != "ON"), outer)
        way = outer if outer in inside else context
        for at in (opening, closing):
            kinds[at] = way
            while at + 1 < len(text) and original[at + 1] == "NSM":
                at += 1  # noqa: PLW2901 - a mark goes with its bracket
                kinds[at] = way


def _pairs(text: str, kinds: Sequence[str]) -> list[tuple[int, int]]:
    open_ones, found = list[tuple[str, int]](), list[tuple[int, int]]()
    for at, part in enumerate(text):
        if kinds[at] != "ON":
            continue
        if part in OPENING:
            if len(open_ones) == MOST_OPEN:
                break
            open_ones.append((OPENING[part], at))
            continue
        depth = next((n for n, one in reversed([*enumerate(open_ones)]) if one[0] == part), None)
        if depth is not None:
            found.append((open_ones[depth][1], at))
            del open_ones[depth:]
    return sorted(found)


def _neutral(kinds: list[str], outer: str) -> None:
    """Give what has no direction that of its neighbours, or the paragraph's (rules N1, N2)."""
    for start, end in _runs(kinds, NEUTRAL):
        before = _strong(kinds[start - 1]) if start else outer
        after = _strong(kinds[end]) if end < len(kinds) else outer
        kinds[start:end] = [before if before == after else outer] * (end - start)


def _strong(kind: str) -> str:
    return "R" if kind in NUMBERS else kind if kind in ("L", "R") else "ON"


def _runs(kinds: Sequence[str], wanted: Sequence[str]) -> list[tuple[int, int]]:
    ends = [at for at in range(1, len(kinds)) if (kinds[at] in wanted) != (kinds[at - 1] in wanted)]
    cuts = [0, *ends, len(kinds)]
    return [(a, b) for a, b in pairwise(cuts) if a < b and kinds[a] in wanted]
