"""When a backup is due, and which old ones may go: when in doubt, none.

Ages are counted in days, weeks and months that have a backup, not from today: a clock that runs
wrong for a while then makes no old backup look superfluous.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import Enum
from typing import Final

BEFORE_MIGRATION: Final = "before_migration"
LEAST: Final = 5  # backups that are never gone below
_SHARE: Final = 5  # one of so many may go at once
_MOVED: Final = timedelta(hours=24)
_AWAY: Final = timedelta(days=31)  # so long without a backup looks like a clock set forward
_ON_LEAVING: Final = timedelta(hours=4)
_SECOND_PLACE: Final = timedelta(days=7)
_DRILL: Final = timedelta(days=30)


class Held(Enum):
    """Why nothing is thinned this time."""

    CLOCK_MOVED = "The clock seems to have moved, so no old backup was removed."
    NEWEST_UNVERIFIED = "The newest backup is not verified, so no old one was removed."


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept: all of some days, then the newest one of so many days, weeks and months."""

    everything_days: int = 2
    daily: int = 14
    weekly: int = 8
    monthly: int = 12
    before_migration_days: int = 180


USUAL: Final = Keeping()
LONGER: Final = Keeping(daily=30)
LONGEST: Final = Keeping(daily=90, weekly=26, monthly=36)


@dataclass(frozen=True, slots=True)
class Kept:
    """One backup of this vault in one place. `name` tells it from the others there."""

    name: str
    at: datetime
    occasion: str
    verified: bool = True


@dataclass(frozen=True, slots=True)
class Thinning:
    """What may go, oldest first; or why nothing may."""

    remove: tuple[Kept, ...] = ()
    held: Held | None = None


NOTHING: Final = Thinning()


def due_on_leaving(now: datetime, last: datetime | None, *, changed: bool) -> bool:
    """Whether quitting or locking takes a backup: something changed, the last is 4 h old or more.

    A last backup from the future counts as none: the clock was set back, one more does no harm.
    """
    return changed and _passed(now, last, _ON_LEAVING)


def due_daily(now: datetime, last: datetime | None, at: time) -> bool:
    """Whether the daily backup is due: at its hour, or the next time the vault is open after it.

    `now` is local time with its zone; `last` may be in any.
    """
    scheduled = datetime.combine(now.date(), at, now.tzinfo)
    if scheduled.astimezone(UTC) > now.astimezone(UTC):
        scheduled = datetime.combine(now.date() - timedelta(days=1), at, now.tzinfo)
    return last is None or not scheduled <= last <= now


def due_second_place(now: datetime, last: datetime | None) -> bool:
    """Whether to remind of the second place: weekly."""
    return _passed(now, last, _SECOND_PLACE)


def due_drill(now: datetime, last: datetime | None) -> bool:
    """Whether a test restore is due: every 30 days."""
    return _passed(now, last, _DRILL)


def clock_moved(now: datetime, newest: datetime | None, last_act: datetime | None) -> bool:
    """Whether the clock jumped, judged by what was there before this run.

    `newest` is the last backup that was made, `last_act` the audit trail's last row, which
    the unlocking wrote. A backup of some weeks ago is no sign: of a practice that backs up once a
    week, nothing would ever be thinned.
    """
    return (
        any(seen is not None and seen - now > _MOVED for seen in (newest, last_act))
        or (last_act is not None and now - last_act > _MOVED)
        or (newest is not None and now - newest > _AWAY)
    )


def thin(
    backups: Sequence[Kept], now: datetime, *, moved: bool, keeping: Keeping = USUAL
) -> Thinning:
    """Choose what may go: a fifth of all at most (but one), and never so that fewer than 5 stay."""
    if moved:
        return Thinning(held=Held.CLOCK_MOVED)
    newest_first = sorted(backups, key=lambda one: (one.at, one.name), reverse=True)
    if newest_first and not newest_first[0].verified:
        return Thinning(held=Held.NEWEST_UNVERIFIED)
    wanted = _wanted(newest_first, now, keeping)
    spare = [one for one in reversed(newest_first) if one not in wanted]
    most = min(max(1, len(newest_first) // _SHARE), max(0, len(newest_first) - LEAST))
    return Thinning(tuple(spare[:most]))


def _wanted(newest_first: Sequence[Kept], now: datetime, keeping: Keeping) -> set[Kept]:
    verified = [one for one in newest_first if one.verified]
    return {
        *(one for one in newest_first if now - one.at <= timedelta(days=keeping.everything_days)),
        *(
            one
            for one in newest_first
            if one.occasion == BEFORE_MIGRATION
            and now - one.at <= timedelta(days=keeping.before_migration_days)
        ),
        *_newest_of_each(verified, keeping.daily, lambda at: at.date()),
        *_newest_of_each(verified, keeping.weekly, lambda at: at.isocalendar()[:2]),
        *_newest_of_each(verified, keeping.monthly, lambda at: (at.year, at.month)),
    }


def _newest_of_each(
    newest_first: Iterable[Kept], most: int, span: Callable[[datetime], Hashable]
) -> list[Kept]:
    """Return the newest backup of each of the last spans that have one; spans are those of UTC."""
    found: dict[Hashable, Kept] = {}
    for one in newest_first:
        found.setdefault(span(one.at.astimezone(UTC)), one)
    return list(found.values())[:most]


def _passed(now: datetime, last: datetime | None, span: timedelta) -> bool:
    return last is None or not timedelta(0) <= now - last < span
