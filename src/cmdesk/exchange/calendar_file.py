"""Read a calendar file (RFC 5545, .ics): what lies in the next two weeks, nothing is written."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final, TypeAlias, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr
from icalendar import Calendar

from cmdesk.casework.calendar import Appointment
from cmdesk.errors import Problem

DAYS_AHEAD: Final = 14
MOST_BYTES: Final = 5 * 1024 * 1024
MOST_TIMES: Final = 200_000  # repetitions looked at in one file
LONGEST: Final = 200  # characters of a title
BOUNDS: Final = ("UNTIL", "COUNT")
REPEATS: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
OLDEST: Final = datetime(1970, 1, 1)  # noqa: DTZ001 - local time, as the file has it
Item: TypeAlias = Any  # what the library makes of a part of the file, whose types it leaves open
WAY_OUT: Final = "Choose another calendar file, or export it again."


def read_file(path: Path, zone: ZoneInfo, today: date) -> list[Appointment]:
    """Read a file's appointments from today on. Problem if it can't be read or is too large."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        raise Problem("The calendar file can’t be read.", WAY_OUT) from error
    return read(data, zone, today)


def read(data: bytes, zone: ZoneInfo, today: date) -> list[Appointment]:
    """Read the appointments of two weeks, in order; times without a zone are the practice's."""
    if len(data) > MOST_BYTES:
        raise Problem("The calendar file is larger than 5 MB.", WAY_OUT)
    try:
        calendars = cast("list[Item]", Calendar.from_ical(data, multiple=True))
        if not calendars:
            raise ValueError("no calendar")  # noqa: TRY301 - told in the one way below
        events = [event for each in calendars for event in each.walk("VEVENT")]
        found = list(_Reading(zone, today).all(events))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError) as error:
        # A calendar library meets anything in such a file; all of it means the same to the user.
        raise Problem("The calendar file can’t be understood.", WAY_OUT) from error
    return sorted(found, key=lambda each: (each.starts_at, each.title))


class _Reading:
    """Turns events into appointments of the days asked for."""

    def __init__(self, zone: ZoneInfo, today: date) -> None:
        self._zone = zone
        self._begins = datetime.combine(today, time(), zone)
        self._ends = datetime.combine(today + timedelta(days=DAYS_AHEAD), time(), zone)
        self._left = MOST_TIMES

    def all(self, events: list[Item]) -> Iterator[Appointment]:
        moved = {
            (str(event.get("UID", "")), self._moment(event["RECURRENCE-ID"].dt))
            for event in events
            if "RECURRENCE-ID" in event
        }
        for event in events:
            if "DTSTART" not in event or str(event.get("STATUS", "")).upper() == "CANCELLED":
                continue
            uid, repeated = str(event.get("UID", "")), "RECURRENCE-ID" not in event
            for starts in self._times(event) if repeated else [event["DTSTART"].dt]:
                at = self._moment(starts)
                if self._begins <= at < self._ends and not (repeated and (uid, at) in moved):
                    yield self._appointment(event, at)

    def _moment(self, when: date | datetime) -> datetime:
        if not isinstance(when, datetime):
            return datetime.combine(when, time(), self._zone)
        return when if when.tzinfo else when.replace(tzinfo=self._zone)

    def _appointment(self, event: Item, at: datetime) -> Appointment:
        begins = event["DTSTART"].dt
        length = event.duration
        return Appointment(
            starts_at=at.astimezone(self._zone),
            ends_at=(at + length).astimezone(self._zone) if length else None,
            all_day=not isinstance(begins, datetime),
            title=" ".join(str(event.get("SUMMARY", "")).split())[:LONGEST],
            place=" ".join(str(event.get("LOCATION", "")).split())[:LONGEST],
        )

    def _times(self, event: Item) -> Iterator[date | datetime]:
        """Give each time an event is held, up to the last day asked for."""
        begins = event["DTSTART"].dt
        rule = event.get("RRULE")
        if rule is None:
            yield begins
            return
        whole_day = not isinstance(begins, datetime)
        first = datetime.combine(begins, time()) if whole_day else begins
        zone, first = first.tzinfo, first.replace(tzinfo=None)
        left_out = {self._moment(day) for day in _left_out(event)}
        if not _bounded(rule, first):
            yield begins
            return
        last = self._ends.astimezone(zone or self._zone).replace(tzinfo=None)
        plain = {name: value for name, value in rule.items() if name.upper() not in BOUNDS}
        until = min([last, *(_plain(day, zone) for day in rule.get("UNTIL", ()))])
        text = type(rule)(plain).to_ical().decode()
        count = max((int(each) for each in rule.get("COUNT", ())), default=None)
        repeats = cast("rrule", rrulestr(text, dtstart=first))
        # Both ends are ours: a rule that never comes true would be looked for till the year 9999.
        for at in islice(repeats.replace(until=until), count):
            self._left -= 1
            if self._left < 0:
                raise ValueError("too many repetitions")
            when = at.date() if whole_day else at.replace(tzinfo=zone)
            if self._moment(when) not in left_out:
                yield when


def _bounded(rule: Any, first: datetime) -> bool:
    """Say whether a rule can be worked out in reasonable time; else it is held but once."""
    often = str(next(iter(rule.get("FREQ", ())), "")).upper()
    every = next(iter(rule.get("INTERVAL", ())), 1)
    return often in REPEATS and int(every) > 0 and first >= OLDEST


def _plain(day: date | datetime, zone: Any) -> datetime:
    """Return the end of a rule as local time of its event."""
    if not isinstance(day, datetime):
        return datetime.combine(day, time.max)
    return day.astimezone(zone).replace(tzinfo=None) if day.tzinfo else day


def _left_out(event: Item) -> Iterator[date | datetime]:
    listed: Item = event.get("EXDATE", [])
    for each in cast("list[Item]", listed if isinstance(listed, list) else [listed]):
        for day in each.dts:
            yield day.dt
