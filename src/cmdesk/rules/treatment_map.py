"""All the care somebody ever had, on one strip: stays, gaps between, and what came before turns.

Days are counted as nights: a stay from March 2 to March 4 is two days, as is the time between two
stays. Where a day is unknown nothing is guessed: lengths and gaps beside it are unknown too. Where
only its month or year is known, a gap is as long as it is at the least.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.care_event_codes import EventKind, named, of_words
from cmdesk.rules.known_day import Known, whole
from cmdesk.rules.stay import Stay

TURNS: Final = (EventKind.RETURN_TO_USE, EventKind.CRISIS, EventKind.HOSPITAL_VISIT)
LEAST: Final = 2  # stays in which a factor has to come up to be called recurring
NOT_CARE: Final = frozenset({"setting:jail", "setting:unhoused", "setting:missing",
                             "setting:home_without_services"})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Turn:
    """A return to use, a crisis or another turn, with what came before it."""

    id: int
    kind: str
    day: date | None
    what: str = ""
    came_before: str = ""
    factors: tuple[str, ...] = ()
    stay: int | None = None
    response: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Days without care between two stays: from the day one left to the day the next began.

    Of a month or a year it is the last of its days, and the first, as nearest to each other.
    """

    first: date
    last: date
    after: int  # the stay before it
    before: int
    first_known: str = Known.DAY
    last_known: str = Known.DAY

    @property
    def days(self) -> int:
        return (self.last - self.first).days

    @property
    def at_least(self) -> bool:
        """Whether it may have been longer."""
        return not whole(self.first_known, self.last_known)


@dataclass(frozen=True, slots=True)
class Placed:
    """A stay in its place: the days to the next care, and the turns of its time.

    `to_next`: 0 the next began by the day it ended; None nothing follows, or a day is unknown.
    `at_least`: it may have been longer.
    """

    stay: Stay
    to_next: int | None = None
    turns: tuple[Turn, ...] = ()
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Recurring:
    """A factor and the stays in which it came up, of all stays that have any factor or turn."""

    factor: str
    stays: tuple[int, ...]
    of: int

    @property
    def count(self) -> int:
        return len(self.stays)


@dataclass(frozen=True, slots=True)
class Map:
    """The whole: stays the oldest first, those without any day at the end."""

    placed: tuple[Placed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    turns: tuple[Turn, ...] = ()  # the oldest first
    recurring: tuple[Recurring, ...] = ()


def make(stays: Iterable[Stay], turns: Iterable[Turn], today: date) -> Map:
    """Put all of it in order, and find what lies between and what recurs."""
    ordered = tuple(sorted(stays, key=_when))
    told = tuple(sorted(turns, key=lambda turn: (turn.day or date.max, turn.id)))
    of_stay = {stay.id: list[Turn]() for stay in ordered}
    for turn in told:
        number = turn.stay if turn.stay in of_stay else _around(turn, ordered, today)
        if number is not None:
            of_stay[number].append(turn)
    between = _between(ordered, today)
    placed = tuple(
        _placed(stay, between, ordered, today, tuple(of_stay[stay.id])) for stay in ordered
    )
    return Map(placed, tuple(gaps(ordered, today)), told, tuple(recurring(placed)))


def _placed(
    stay: Stay, between: Sequence[Gap], stays: Sequence[Stay], today: date, turns: tuple[Turn, ...]
) -> Placed:
    left = stay.left_by(today)
    gap = next((gap for gap in between if gap.first == left), None)
    if gap is not None and gap.at_least:
        return Placed(stay, gap.days if gap.days > 1 else None, turns, at_least=True)
    return Placed(stay, gap.days if gap else _to_next(stay, stays, today), turns)


def _when(stay: Stay) -> tuple[date, date, int]:
    first = stay.begun_from or stay.left or date.max
    return first, stay.left or date.max, stay.id


def _end(stay: Stay, today: date) -> date | None:
    """Return the day a stay ends, is planned to, or today while it goes on; None if unknown."""
    if stay.left is not None:
        return stay.left_by(today)
    if stay.over:
        return None
    return max(today, stay.planned or today, stay.admitted or today)


def _around(turn: Turn, stays: Sequence[Stay], today: date) -> int | None:
    """Return the stay a turn fell into, the one begun last of several; else the last before it."""
    day = turn.day
    if day is None:
        return None
    before = [stay for stay in stays if stay.begun_from and stay.begun_from <= day]
    inside = [stay for stay in before if (end := _end(stay, today)) and end >= day]
    found = inside or before
    return found[-1].id if found else None


def care(stay: Stay) -> bool:
    """Whether a stay is care at all; a time in jail or without a home is none."""
    return stay.level not in NOT_CARE


def _covers(stays: Sequence[Stay], today: date) -> list[tuple[date, date, int]]:
    """Return from when to when each stay gave care, in order, as far as nobody can say otherwise.

    After a stay whose end is unknown, the time up to the next one is not called a gap, nor is the
    time before one whose first day is unknown.
    """
    dated = [stay for stay in stays if care(stay) and (stay.admitted or stay.left)]
    found = list[tuple[date, date, int]]()
    for stay in dated:
        first = stay.begun_from or date.min
        last = _end(stay, today) or _next(stay, dated) or first
        found.append((first, max(first, last), stay.id))
    return found


def _next(stay: Stay, dated: Sequence[Stay]) -> date | None:
    """Return the first day on which other care began after this did."""
    first = stay.begun_from or date.min
    later = [day for other in dated if (day := other.begun_from) and day > first]
    return min(later, default=None)


def gaps(stays: Sequence[Stay], today: date) -> list[Gap]:
    """Return the times without care between stays that are in order, the first the oldest.

    Who leaves one day and begins on the next has no gap: no whole day lies between.
    """
    return [gap for gap in _between(stays, today) if gap.days > 1]


def _between(stays: Sequence[Stay], today: date) -> list[Gap]:
    of = {stay.id: stay for stay in stays}
    found = list[Gap]()
    reached: date | None = None
    last = 0
    for first, until, number in sorted(_covers(stays, today)):
        if reached is not None and first > reached:
            ended = of[last].left_known if of[last].left else Known.DAY
            found.append(Gap(reached, first, last, number, ended, of[number].admitted_known))
        if reached is None or until >= reached:
            reached, last = until, number
    return found


def _to_next(stay: Stay, stays: Sequence[Stay], today: date) -> int | None:
    """Return 0 where other care went on beyond the end of a stay, or began on that day."""
    left, left_by = stay.left_from, stay.left_by(today)
    if left is None or left_by is None or not care(stay):
        return None
    for other in stays:
        if other.id == stay.id or not care(other) or other.begun_by is None:
            continue
        end = other.left_from or _end(other, today)
        if other.begun_by <= left and end is not None and end > left_by:
            return 0
        if left == left_by == other.begun_from == other.begun_by != stay.admitted:
            return 0
    return None


def recurring(placed: Iterable[Placed]) -> list[Recurring]:
    """Count in how many stays each factor came up, of those where any is noted; most often first.

    Codes and words are compared without regard to case; the first way of writing them stands.
    """
    noted = dict[int, dict[str, str]]()
    for each in placed:
        said = [*each.stay.factors, *(word for turn in each.turns for word in turn.factors)]
        words = {of_words(word).casefold(): of_words(word) for word in said if word.strip()}
        if words:
            noted[each.stay.id] = words
    spelled, of = dict[str, str](), dict[str, list[int]]()
    for number, words in noted.items():
        for key, word in words.items():
            spelled.setdefault(key, word)
            of.setdefault(key, []).append(number)
    made = [
        Recurring(spelled[key], tuple(ids), len(noted))
        for key, ids in of.items()
        if len(ids) >= LEAST
    ]
    return sorted(made, key=lambda each: (-each.count, named(each.factor).casefold()))


def before_turns(found: Map) -> list[tuple[Turn, Placed | None]]:
    """Return each return to use and crisis, the newest first, with the stay it belongs to."""
    of = {turn.id: each for each in found.placed for turn in each.turns}
    told = [turn for turn in found.turns if turn.kind in TURNS]
    return [(turn, of.get(turn.id)) for turn in reversed(told)]


__all__ = [
    "Gap", "Map", "Placed", "Recurring", "Turn", "before_turns", "care", "gaps", "make",
    "recurring",
]  # fmt: skip
