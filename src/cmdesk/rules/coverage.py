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
    """Add up approvals, the oldest first; None where no first day is known.

    An approval without a first day begins on the day of admission, or where the one before it
    ends. Both ends count, and a day counts once. Days after `left_on`, the day they left, are not
    used.
    """
    until = min(today, left_on) if left_on else today
    spans: list[tuple[date, date]] = []
    for approval in _in_turn(list(approvals), admitted):
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
    return Spent(approved, used, left, spans[-1][1])


def _in_turn(approvals: list[Approval], admitted: date | None) -> list[Approval]:
    """Put those with a first day in its order; the first without one stands at the admission."""
    dated = sorted((each for each in approvals if each.first), key=_first)
    undated = [each for each in approvals if not each.first]
    if dated and undated and admitted and admitted < _first(dated[0]):
        return [undated[0], *dated, *undated[1:]]
    return [*dated, *undated]


def _first(approval: Approval) -> date:
    return approval.first or date.max


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
