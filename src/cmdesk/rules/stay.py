"""One stay as recorded, with its days as far as anybody knows them."""

from dataclasses import dataclass
from datetime import date

from cmdesk.rules import known_day
from cmdesk.rules.known_day import Known, Rough


@dataclass(frozen=True, slots=True)
class Level:
    """One level of care inside a stay."""

    code: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay as recorded. `over`: it ended, though perhaps on a day nobody knows.

    A day of which only the month or the year is known lies somewhere between two days: from
    `begun_from` to `begun_by`, from `left_from` to `left_by`.
    """

    id: int
    where: str
    level: str
    admitted: date | None
    left: date | None
    over: bool = False
    ended: str = ""  # the TEDS-based code
    ours: bool = True
    levels: tuple[Level, ...] = ()
    factors: tuple[str, ...] = ()
    planned: date | None = None  # the day planned to leave
    admitted_known: str = Known.DAY
    left_known: str = Known.DAY

    @property
    def begun_from(self) -> date | None:
        return known_day.first(self.admitted, self.admitted_known) if self.admitted else None

    @property
    def begun_by(self) -> date | None:
        return known_day.last(self.admitted, self.admitted_known) if self.admitted else None

    @property
    def left_from(self) -> date | None:
        return known_day.first(self.left, self.left_known) if self.left else None

    def left_by(self, today: date) -> date | None:
        """Return the last day on which it may have ended: none to come, if it did end."""
        if self.left is None:
            return None
        return min(known_day.last(self.left, self.left_known), max(today, self.left))

    @property
    def days(self) -> int | None:
        """Count its days; None while it goes on or where one of its days is not known whole."""
        if self.admitted is None or self.left is None:
            return None
        if not known_day.whole(self.admitted_known, self.left_known):
            return None
        return max((self.left - self.admitted).days, 0)

    @property
    def about(self) -> Rough | None:
        """Tell about how long it was, where that can be told and its days are not known whole."""
        if self.admitted is None or self.left is None or self.days is not None:
            return None
        return known_day.between(self.admitted, self.admitted_known, self.left, self.left_known)

    def days_by(self, today: date) -> int | None:
        """Count the days up to today of one that goes on."""
        if self.left or self.over or self.admitted is None or self.admitted > today:
            return self.days
        return (today - self.admitted).days if known_day.whole(self.admitted_known) else None

    def state(self, today: date) -> str:
        """Tell `ended`, `planned` or `going_on`."""
        if self.over or (self.left is not None and self.left <= today):
            return "ended"
        began = self.admitted is None or self.admitted <= today
        return "going_on" if began else "planned"


__all__ = ["Level", "Stay"]
