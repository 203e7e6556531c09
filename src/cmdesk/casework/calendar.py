"""The appointments of a calendar file as it was last read; the file itself is never written."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.models.preference import Setting
from cmdesk.models.rhythm import CalendarEvent

KEY = "calendar"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment. Times are aware; one of a whole day begins at midnight."""

    starts_at: datetime
    ends_at: datetime | None = None
    all_day: bool = False
    title: str = ""
    place: str = ""

    @property
    def minutes(self) -> int | None:
        if self.ends_at is None or self.all_day:
            return None
        return max(round((self.ends_at - self.starts_at).total_seconds() / 60), 0)


@dataclass(frozen=True, slots=True)
class Source:
    """Where the calendar is read from, empty for nowhere, and the day of the last good reading."""

    path: str = ""
    read_on: date | None = None


def source(session: Session) -> Source:
    kept = session.scalar(select(Setting.value).where(Setting.key == KEY)) or {}
    day = kept.get("read_on")
    return Source(str(kept.get("path", "")), date.fromisoformat(day) if day else None)


def choose(session: Session, path: str) -> None:
    """Read another file from now on, or none; what was read of the old one goes."""
    session.execute(delete(CalendarEvent))
    _set(session, {"path": path})


def keep(session: Session, path: str, found: Sequence[Appointment]) -> None:
    """Put what was read in the place of what was read before, unless another file was chosen."""
    if source(session).path != path:
        return
    session.execute(delete(CalendarEvent))
    session.add_all(
        CalendarEvent(
            starts_at=each.starts_at,
            ends_at=each.ends_at,
            all_day=each.all_day,
            title=each.title,
            place=each.place,
        )
        for each in found
    )
    today = clock.today(session)
    if source(session).read_on != today:  # once a day: it stands in the record of changes
        _set(session, {"path": path, "read_on": today.isoformat()})


def _set(session: Session, value: dict[str, str]) -> None:
    row = session.scalars(select(Setting).where(Setting.key == KEY)).one_or_none()
    row = row or Setting(key=KEY)
    row.value = value
    session.add(row)


def of_day(session: Session, day: date) -> list[Appointment]:
    """Return the appointments of a day, those of the whole day first, in the practice's zone."""
    zone = clock.zone(session)
    begins = datetime.combine(day, time(), zone)
    ends = datetime.combine(day + timedelta(days=1), time(), zone)
    query = (
        select(CalendarEvent)
        .where(CalendarEvent.starts_at >= begins, CalendarEvent.starts_at < ends)
        .order_by(CalendarEvent.all_day.desc(), CalendarEvent.starts_at, CalendarEvent.id)
    )
    return [
        Appointment(
            row.starts_at.astimezone(zone),
            row.ends_at.astimezone(zone) if row.ends_at else None,
            row.all_day,
            row.title,
            row.place,
        )
        for row in session.scalars(query)
    ]
