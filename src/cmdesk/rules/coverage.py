"""Approved days: how many are used, how many are left, and whether they reach to the leaving."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cmdesk.rules.days import later
from cmdesk.rules.family_codes import AuthorizationDecision, AuthorizationUnit

COUNTED = (AuthorizationDecision.APPROVED, AuthorizationDecision.PARTIAL)
SOON = 7  # days left from which they are amber


@dataclass(frozen=True, slots=True)
class Approval:
    """What an insurer gave. `first` and `last` may be unknown; a count of days then stands in."""

    days: int | None = None
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Spent:
    """Days approved, used up to and with today, and left; `last` is the last day approved."""

    approved: int
    used: int
    left: int
    last: date

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
    """Add up approvals, one after another; None where no first day is known.

    An approval without a first day begins where the one before it ends, the first of them on the
    day of admission. Both ends count. Days after `left_on`, the day they left, are not used.
    """
    until = min(today, left_on) if left_on else today
    begins, whole = admitted, list[tuple[date, date]]()
    for approval in sorted(approvals, key=_order):
        first = approval.first or begins
        last = _last(approval, first) if first else None
        if first is None or last is None or last < first:
            continue
        if whole and first <= whole[-1][1]:  # a day is approved once
            first = later(whole[-1][1], 1)
        if first <= last:
            whole.append((first, last))
            begins = later(last, 1)
    if not whole:
        return None
    approved = sum(_length(first, last) for first, last in whole)
    used = sum(max(0, _length(first, min(last, until))) for first, last in whole)
    left = sum(max(0, _length(max(first, later(today, 1)), last)) for first, last in whole)
    return Spent(approved, used, left, whole[-1][1])


def _order(approval: Approval) -> tuple[date, date]:
    return approval.first or approval.last or date.max, approval.last or date.max


def _last(approval: Approval, first: date) -> date | None:
    """Return the last day given: the count's or the one named, whichever comes first."""
    counted = later(first, approval.days - 1) if approval.days else None
    ends = [day for day in (counted, approval.last) if day]
    return min(ends, default=None)


def _length(first: date, last: date) -> int:
    return (last - first) // timedelta(days=1) + 1


def ends_early(last: date, leaves: date | None) -> bool:
    """Say whether days are needed that nobody has approved; the day of leaving needs none."""
    return leaves is not None and later(last, 1) < leaves
