"""Days and times as they are typed: `yesterday 4pm`, `mon`, `mar 6 2:30pm`, `in a week`."""

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final, NamedTuple

from cmdesk.rules.days import MONTHS, add_months, later

PLAN: Final = "Plan or typo?"
PAST: Final = "In the past"
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SHORT: Final = {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}
WEEKDAY: Final = {
    **{name: place for place, name in enumerate(_WEEKDAYS)},
    **{name[:3]: place for place, name in enumerate(_WEEKDAYS)},
    **_SHORT,
}
_MONTH: Final = {
    **{name.lower(): place for place, name in enumerate(MONTHS, 1)},
    **{name[:3].lower(): place for place, name in enumerate(MONTHS, 1)},
    "sept": 9,
}
_NEAR: Final = {"today": 0, "yesterday": -1, "yday": -1, "ystd": -1,
                "tomorrow": 1, "tmr": 1, "tmrw": 1}  # fmt: skip
YESTERDAY: Final = frozenset({"yesterday", "yday", "ystd"})
_SPAN_DAYS: Final = {"d": 1, "day": 1, "days": 1, "w": 7, "wk": 7, "wks": 7, "week": 7, "weeks": 7}
_MONTHS_ON: Final = frozenset({"mo", "month", "months"})
_NUMBER: Final = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?", re.ASCII)
_YEAR: Final = re.compile(r"20\d\d", re.ASCII)
_SLASHED: Final = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(20\d\d|\d\d))?", re.ASCII)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_AHEAD: Final = re.compile(r"(\d{1,3})(d|days?|w|wks?|weeks?|mo|months?)", re.ASCII)
_COUNT: Final = re.compile(r"\d{1,3}|an?", re.ASCII)
_HALVED: Final = re.compile(r"(\d{1,2})(?:[:.](\d\d))?([ap])m?", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)", re.ASCII)
_HALF: Final = frozenset({"am", "pm", "a.m", "p.m"})
_LAST_AFTERNOON_HOUR: Final = 6  # `4:30` without am or pm is the afternoon, `7:30` the morning
_DOUBTFUL: Final = 60  # days a date without a year may lie on the unlikely side of today
_YEAR_DAYS: Final = 365


class Day(NamedTuple):
    taken: int
    day: date
    weekday: bool = False


class Moment(NamedTuple):
    taken: int
    day: date | None
    at: time | None


def said_day(day: date, today: date) -> str:
    """Write `Today`, `Yesterday`, `Tomorrow`, `Mon, Mar 16`; the year when it is another."""
    near = {0: "Today", -1: "Yesterday", 1: "Tomorrow"}.get((day - today).days)
    if near:
        return near
    year = "" if day.year == today.year else f", {day.year}"
    weekday = _WEEKDAYS[day.weekday()][:3].capitalize()
    return f"{weekday}, {MONTHS[day.month - 1][:3]} {day.day}{year}"


def said_time(at: time) -> str:
    """Write `2:30 PM`."""
    return f"{at.hour % 12 or 12}:{at.minute:02} {'AM' if at.hour < 12 else 'PM'}"


def contact_doubt(day: date | None, at: time | None, now: datetime) -> str:
    """Ask back when a contact would still be to come."""
    today = now.date()
    moment = day or today
    ahead = moment > today or (moment == today and at is not None and at > now.time())
    return PLAN if ahead else ""


def day_at(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Day | None:
    """Read a day from `at` on; `ahead` for promises, else the day of a contact."""
    start = at + 1 if words[at : at + 1] == ["on"] else at
    found = _near(words, start, today)
    for rule in (_weekday, _numbered, _calendar, _span, _week):
        found = found or rule(words, start, today, ahead=ahead)
    return found._replace(taken=found.taken + start - at) if found else None


def bare_day(words: Sequence[str], at: int, today: date) -> Day | None:
    """Read `16` or `16th` as the next such day of a month."""
    match = _NUMBER.fullmatch(words[at]) if at < len(words) else None
    if match is None:
        return None
    months = (add_months(today.replace(day=1), ahead) for ahead in range(3))
    days = (_date(month.year, month.month, int(match[1])) for month in months)
    return next((Day(1, day) for day in days if day and day >= today), None)


def moment_at(words: Sequence[str], at: int, now: datetime) -> Moment | None:
    """Read the day, the time or both of a contact, in either order."""
    day = day_at(words, at, now.date(), ahead=False)
    start = at + day.taken if day else at
    clock = _time_at(words, start)
    if clock is None:
        return Moment(day.taken, day.day, None) if day else None
    taken = start + clock[0] - at
    if day is None and (day := day_at(words, at + taken, now.date(), ahead=False)):
        taken += day.taken
    if day is None:
        return Moment(taken, None, clock[1])
    # Monday at four, said on a Monday at noon, was a week ago.
    week_ago = day.weekday and day.day == now.date() and clock[1] > now.time()
    return Moment(taken, later(day.day, -7) if week_ago else day.day, clock[1])


def _time_at(words: Sequence[str], at: int) -> tuple[int, time] | None:
    start = at + 1 if words[at : at + 1] == ["at"] else at
    if start >= len(words):
        return None
    word, taken = words[start], 1 + start - at
    if word == "noon":
        return taken, time(12)
    if start + 1 < len(words) and words[start + 1] in _HALF:
        word, taken = word + words[start + 1].replace(".", ""), taken + 1
    if match := _HALVED.fullmatch(word):
        hour, minute = int(match[1]), int(match[2] or 0)
        sound = 1 <= hour <= 12 and minute < 60
        afternoon = 12 if match[3] == "p" else 0
        return (taken, time(hour % 12 + afternoon, minute)) if sound else None
    if match := _CLOCK.fullmatch(word):
        hour, minute = int(match[1]), int(match[2])
        if 1 <= hour <= _LAST_AFTERNOON_HOUR and not word.startswith("0"):
            hour += 12
        return (taken, time(hour, minute)) if hour < 24 and minute < 60 else None
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _near(words: Sequence[str], at: int, today: date) -> Day | None:
    days = _NEAR.get(words[at]) if at < len(words) else None
    return Day(1, later(today, days)) if days is not None else None


def _weekday(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Day | None:
    lead = words[at : at + 1] in (["next"], ["this"]) if ahead else words[at : at + 1] == ["last"]
    place = WEEKDAY.get(words[at + lead]) if at + lead < len(words) else None
    if place is None:
        return None
    if ahead:
        return Day(1 + lead, later(today, (place - today.weekday() - 1) % 7 + 1))
    since = (today.weekday() - place - lead) % 7 + lead  # `last mon` on a Monday is a week ago
    return Day(1 + lead, later(today, -since), weekday=True)


def _numbered(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Day | None:
    """`mar 6`, `6 mar`, `mar 6 2026`."""
    pair = words[at : at + 2]
    if len(pair) < 2:
        return None
    month = _MONTH.get(pair[0]) or _MONTH.get(pair[1])
    number = _NUMBER.fullmatch(pair[1] if pair[0] in _MONTH else pair[0])
    if month is None or number is None:
        return None
    year = words[at + 2] if at + 2 < len(words) and _YEAR.fullmatch(words[at + 2]) else ""
    day = _placed(year, month, int(number[1]), today, ahead=ahead)
    return Day(3 if year else 2, day) if day else None


def _calendar(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Day | None:
    """`3/16`, `3/16/26`, `2026-03-16`."""
    word = words[at] if at < len(words) else ""
    if match := _ISO.fullmatch(word):
        day = _date(int(match[1]), int(match[2]), int(match[3]))
    elif match := _SLASHED.fullmatch(word):
        day = _placed(match[3] or "", int(match[1]), int(match[2]), today, ahead=ahead)
    else:
        return None
    return Day(1, day) if day else None


def _placed(year: str, month: int, day: int, today: date, *, ahead: bool) -> date | None:
    """Find the year meant: a few weeks on the wrong side are a slip to ask about."""
    if year:
        return _date(int(year[-2:]) + 2000, month, day)
    first = later(today, -_DOUBTFUL if ahead else _DOUBTFUL - _YEAR_DAYS)
    found = (_date(today.year + years, month, day) for years in (-1, 0, 1))
    return next((each for each in found if each and each >= first), None)


def _span(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Day | None:
    """`2w`, `in 3 days`, `in a week`; of a contact `2 days ago`."""
    start = at + 1 if ahead and words[at : at + 1] == ["in"] else at
    count, unit, taken = "", "", 1
    if start < len(words) and (match := _AHEAD.fullmatch(words[start])):
        count, unit = match[1], match[2]
    elif start + 1 < len(words) and _COUNT.fullmatch(words[start]):
        count, unit, taken = words[start], words[start + 1], 2
    taken += start - at
    if not ahead and words[at + taken : at + taken + 1] != ["ago"]:
        return None
    number = (1 if count.startswith("a") else int(count or 0)) * (1 if ahead else -1)
    taken += 0 if ahead else 1
    if unit in _MONTHS_ON:
        return Day(taken, add_months(today, number)) if ahead else None
    return Day(taken, later(today, number * _SPAN_DAYS[unit])) if unit in _SPAN_DAYS else None


def _week(words: Sequence[str], at: int, today: date, *, ahead: bool) -> Day | None:
    return Day(2, later(today, 7)) if ahead and words[at : at + 2] == ["next", "week"] else None


__all__ = [
    "PAST", "PLAN", "YESTERDAY", "Moment", "bare_day",
    "contact_doubt", "day_at", "moment_at", "said_day", "said_time",
]  # fmt: skip
