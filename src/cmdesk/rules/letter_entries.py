"""Which entries of days told already a letter looks back for: what came too late for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Final, NamedTuple

from cmdesk.rules.consent import Outcome, Verdict
from cmdesk.rules.days import later

BACK: Final = 35  # days before its own that a letter looks back over
UNWRITTEN: Final = "unwritten"  # may be told, and has no line
LATER: Final = "later"  # may be told, and was left for the next letter
KEPT, OUT, UNNAMED = 0, 3, -1
_REACH: Final = MappingProxyType(
    {LATER: KEPT, UNWRITTEN: 1, Outcome.SHORT.value: 2, Outcome.SHARE.value: OUT}
)


class Dated(NamedTuple):
    """A signed entry by its name outside: its local day, and when it was signed and worded last."""

    ref: str
    day: date
    ready: datetime


@dataclass(frozen=True, slots=True)
class Sent:
    """A letter one reader got: which kind, over which days, when it left, and the entries it named.

    `lines`: whether it has a section for entries at all; without one it decided about none.
    `left_out` are entries that could be told and were not, with how far they could be then.
    """

    template: str
    first: date
    last: date
    left_at: datetime
    lines: bool = True
    told: frozenset[str] = frozenset()
    held: frozenset[str] = frozenset()
    left_out: Mapping[str, str] = field(default_factory=dict[str, str])

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def looked_back(first: date) -> tuple[date, date]:
    """Return the days before a letter's own that it looks back over."""
    return later(first, -BACK), later(first, -1)


def reach(verdict: Verdict) -> int:
    """Return how far an entry may be told: not, once it is worded, shortened, or in full."""
    if verdict.outcome is Outcome.KEEP_BACK:
        return KEPT
    return _REACH[verdict.outcome.value if verdict.text else UNWRITTEN]


def bar(entry: Dated, letters: Iterable[Sent], series: frozenset[str]) -> int:
    """Return what the reach of an entry has to exceed for the next letter to tell of it.

    `OUT` is exceeded by none: the reader was told already, the day was in no letter, or the entry
    was seen and left out. `UNNAMED` is one that no letter knew of. `series` are the kinds of
    letters that count as one with the letter that looks back.
    """
    letters = list(letters)
    own = [letter for letter in letters if letter.template in series]
    if not any(letter.covers(entry.day) for letter in own):
        return OUT
    if any(entry.ref in letter.told for letter in letters):
        return OUT
    return max((_said(entry, letter) for letter in own), default=UNNAMED)


def _said(entry: Dated, letter: Sent) -> int:
    """Return what one letter said of an entry that it did not tell."""
    if entry.ref in letter.left_out:
        return _REACH.get(letter.left_out[entry.ref], UNNAMED)  # a word of no reach: as if unsaid
    if entry.ref in letter.held:
        return KEPT
    # A letter brought in from elsewhere names no entries: what was there was seen.
    seen = letter.lines and letter.covers(entry.day) and entry.ready < letter.left_at
    return OUT if seen else UNNAMED


def is_late(bar: int, verdict: Verdict, unmarked: Verdict) -> bool:
    """Tell whether a letter looks back for an entry.

    `unmarked` is the verdict without the practitioner's own mark: what she keeps back while she
    writes stays in sight.
    """
    return reach(unmarked if bar == UNNAMED else verdict) > max(bar, KEPT)


__all__ = [
    "BACK", "KEPT", "LATER", "OUT", "UNNAMED", "UNWRITTEN", "Dated", "Sent", "bar", "is_late",
    "looked_back", "reach",
]  # fmt: skip
