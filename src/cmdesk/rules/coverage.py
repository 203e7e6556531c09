"""Approved days: how many are used, how many are left, and whether they reach to the leaving."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from cmdesk.rules.days import later
from cmdesk.rules.family_codes import AuthorizationDecision, AuthorizationUnit

COUNTED = (AuthorizationDecision.APPROVED, AuthorizationDecision.PARTIAL)
SOON = 7  # days left from which they are amber
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Approval:
    """What an insurer gave. `first` and `last` may be unknown; a count of days then stands in.

    `number` is its own and `after` that of the one it goes on from, 0 where there is none.
    """

    days: int | None = None
    first: date | None = None
    last: date | None = None
    number: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """Days approved, used up to and with today, and left; `last` is the last day approved.

    `pause` are the first days, from today on, that nobody approved between two approvals.
    """

    approved: int
    used: int
    left: int
    last: date
    pause: tuple[date, date] | None = None

    @property
    def through(self) -> date:
        """The last day approved without a pause."""
        return later(self.pause[0], -1) if self.pause else self.last

    @property
    def share(self) -> float:
        return self.used / self.approved


def counts(decision: str, unit: str, days: int | None, last: date | None) -> bool:
    """Say whether an authorization gives days that can be counted."""
    given = bool(days and days > 0) or (days is None and last is not None)
    return decision in COUNTED and unit == AuthorizationUnit.DAYS and given


def spent(
    approvals: Iterable[Approval], admitted: date | None, today: date, left_on: date | None = None
) -> Spent | None:
    """Add up approvals, the oldest first; None where no first day is known.

    An approval without a first day begins where the one it goes on from ends; without such a one,
    on the day of admission, or where the one before it ends. Both ends count, and a day counts
    once. Days after `left_on`, the day they left, are not used.
    """
    until = min(today, left_on) if left_on else today
    spans: list[tuple[date, date]] = []
    for approval in _in_turn(linked(list(approvals), admitted), admitted):
        first = approval.first or (later(spans[-1][1], 1) if spans else admitted)
        last = _last(approval, first) if first else None
        if first is None or last is None:
            continue
        if spans and first <= spans[-1][1]:
            first = later(spans[-1][1], 1)
        if first <= last:
            spans.append((first, last))
    if not spans:
        return None
    approved = sum(_length(first, last) for first, last in spans)
    used = sum(max(0, _length(first, min(last, until))) for first, last in spans)
    left = sum(max(0, _length(max(first, later(today, 1)), last)) for first, last in spans)
    return Spent(approved, used, left, spans[-1][1], _pause(spans, today))


def _pause(spans: list[tuple[date, date]], today: date) -> tuple[date, date] | None:
    """Return the first days between two spans that are not over yet."""
    between = [(later(before, 1), later(after, -1)) for (_, before), (after, _) in pairwise(spans)]
    return next(((first, last) for first, last in between if max(first, today) <= last), None)


def linked(approvals: list[Approval], admitted: date | None) -> list[Approval]:
    """Give a first day to those that go on from another, and to those that have a last day alone.

    A ring of them keeps none.
    """
    known = {each.number: each for each in approvals if each.number}
    for _ in approvals:
        for number, each in known.items():
            before = known.get(each.after)
            begins = before and (before.first or (None if before.after in known else admitted))
            ends = _last(before, begins) if before and begins else None
            if each.first is None and ends:
                known[number] = replace(each, first=later(ends, 1))
    found = [known.get(each.number, each) for each in approvals]
    ends = [end for each in found if (end := _last(each, each.first))]
    return [_after(each, ends, admitted) for each in found]


def _after(approval: Approval, ends: list[date], admitted: date | None) -> Approval:
    """Let an approval with a last day alone begin where the one that ends before it does."""
    last = approval.last
    if approval.first or last is None:
        return approval
    before = max((end for end in ends if end < last), default=None)
    return replace(approval, first=later(before, 1) if before else admitted)


def _in_turn(approvals: list[Approval], admitted: date | None) -> list[Approval]:
    """Put those with a first day in its order; the first without one stands at the admission."""
    dated = sorted((each for each in approvals if each.first), key=_first)
    undated = [each for each in approvals if not each.first]
    if dated and undated and admitted and admitted < _first(dated[0]):
        return [undated[0], *dated, *undated[1:]]
    return [*dated, *undated]


def _first(approval: Approval) -> date:
    return approval.first or date.max


def _last(approval: Approval, first: date | None) -> date | None:
    """Return the last day given: the count's or the one named, whichever comes first."""
    counted = later(first, approval.days - 1) if approval.days and first else None
    ends = [day for day in (counted, approval.last) if day]
    return min(ends, default=None)


def _length(first: date, last: date) -> int:
    return (last - first) // timedelta(days=1) + 1


def unbroken(last: date | None, following: date | None) -> bool:
    """Say whether what goes on from an approval begins by the day after its last.

    One without a first day begins there.
    """
    return following is None or (last is not None and following <= later(last, 1))


def ends_early(last: date, leaves: date | None) -> bool:
    """Say whether days are needed that nobody has approved; the day of leaving needs none."""
    return leaves is not None and later(last, 1) < leaves


def next_review(held_on: date, last: date | None) -> date | None:
    """Propose when the next review is held: the weekday before the last day approved."""
    if last is None:
        return None
    before = later(last, -1)
    day = later(before, -max(0, before.weekday() - FRIDAY))
    return day if day > held_on else None
