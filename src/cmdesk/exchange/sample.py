"""The sample practice: invented people, with dates that keep pace with the calendar.

It is written as a practice file around Monday, March 9, 2026, with three liberties. A time of day
stands without an offset and means the practice's own zone. A signed entry does not say when it was
written down: that was ten minutes after the contact. And texts name days by tokens, since a month's
name does not survive being moved (names of weekdays do, and stand as they are):

    {2026-03-20}        March 20
    {date 2026-03-20}   March 20, 2026
    {month 2026-03-20}  March

What happened moves by whole weeks, so that weekdays stay true. What is open is due as long after
today as it was after that Monday: on any day some of it is due, and little is late. So does what
runs out in that week: days an insurer approved, of which as many more are used, and a supply.
"""

import json
import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from importlib.resources import files
from typing import Any, Final, cast
from zoneinfo import ZoneInfo

ANCHOR: Final = date(2026, 3, 9)  # a Monday; the last entry stands on the Sunday before
ZONE: Final = ZoneInfo("America/New_York")
WRITTEN_AFTER: Final = timedelta(minutes=10)

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip
_DAY: Final = r"\d{4}-\d{2}-\d{2}"
_RUNS_OUT: Final = (
    "through_on", "last_covered_on", "next_review_on", "supply_ends_on", "review_on", "next_on",
    "due_on",
)  # fmt: skip
_WHEN = re.compile(rf"{_DAY}(?:T\d{{2}}:\d{{2}})?")
_TOKEN = re.compile(rf"\{{(date |month |)({_DAY})\}}")


def practice(today: date) -> bytes:
    """Return the practice file whose Monday is that of today's week."""
    into_week = timedelta(days=today.weekday())
    monday = today - into_week
    shift = monday - ANCHOR  # whole weeks, so that weekdays stay what they are
    source = files("cmdesk.resources").joinpath("sample", "practice.json").read_bytes()
    told = cast("dict[str, Any]", json.loads(source))
    for client in told["clients"]:
        for entry in client["entries"]:
            _date_entry(entry)
        _keep_pace(client, into_week)
        _send_on_this_weekday(client, into_week)
        _keep_steps_ahead(client, into_week)
        for kind in ("safety_plans", "medications", "authorizations", "referrals"):
            for row in client.get(kind, ()):
                _put_off(row, into_week)
        for search in client.get("placements", ()):
            for candidate in search["candidates"]:
                _put_off(candidate, into_week)
    for inquiry in told["inquiries"]:
        _put_off(inquiry, into_week)
    return json.dumps(_shifted(told, shift), ensure_ascii=False, indent=1).encode()


def _date_entry(entry: dict[str, Any]) -> None:
    """Say when an entry was written and signed."""
    over = datetime.fromisoformat(entry["occurred_at"]) + timedelta(minutes=entry.get("minutes", 0))
    written = (over + WRITTEN_AFTER).isoformat(timespec="minutes")
    entry["entered_at"] = entry["worded_at"] = written
    if entry["status"] == "signed":
        entry["signed_at"], entry["signed_by"] = written, "Nora Whitlock"


def _keep_pace(client: dict[str, Any], days: timedelta) -> None:
    """Move what is open on by the days since Monday."""
    promised = [entry.get("follow_up") for entry in client["entries"]]
    for task in (*client["tasks"], *filter(None, promised)):
        if "due" not in task or "done_on" in task or "consent" in task:
            continue
        if "family_line" not in task:
            task["due"] = _later(task["due"], days)
        elif date.fromisoformat(task["due"]) < ANCHOR + days:  # its line names the day
            task["done_on"], task["state"] = task["due"], "done"


def _keep_steps_ahead(client: dict[str, Any], days: timedelta) -> None:
    """Move what is still to be done before a move on, up to the day before it."""
    for move in client.get("transitions", ()):
        for step in move["steps"]:
            if step["part"] == "before" and "done_on" not in step:
                step["offset_days"] = min(step["offset_days"] + days.days, -1)
        for pair in move["handoffs"]:
            if "call_on" in pair and "sender_confirmed_on" not in pair:
                pair["call_on"] = _later(pair["call_on"], min(days, timedelta(days=2)))


def _put_off(row: dict[str, Any], days: timedelta) -> None:
    """Move what runs out in the week of the file on by the days since Monday."""
    first, last = ANCHOR.isoformat(), (ANCHOR + timedelta(days=7)).isoformat()
    soon = [key for key in _RUNS_OUT if first <= row.get(key, "") <= last]
    if "through_on" in soon:
        row["units_authorized"] += days.days
    for key in soon:
        row[key] = _later(row[key], days)
    for review in row.get("reviews", ()):
        _put_off(review, days)


def _send_on_this_weekday(client: dict[str, Any], days: timedelta) -> None:
    """Move the letters sent, and the weekdays agreed for the next ones, on by the same days."""
    for plan in client["update_plans"]:
        there = (_WEEKDAYS.index(plan["weekday"]) + days.days) % 7
        plan["weekday"] = _WEEKDAYS[there]
    for letter in client.get("updates", ()):
        letter["finalised_at"] = _later(letter["finalised_at"], days)
        for copy in letter["copies"]:
            copy["sent_at"] = _later(copy["sent_at"], days)
    for disclosure in client.get("disclosures", ()):
        disclosure["at"] = _later(disclosure["at"], days)


def _later(when: str, days: timedelta) -> str:
    if "T" in when:
        return (datetime.fromisoformat(when) + days).isoformat(timespec="minutes")
    return (date.fromisoformat(when) + days).isoformat()


def _shifted(value: Any, shift: timedelta) -> Any:
    if isinstance(value, dict):
        pairs = cast("dict[str, Any]", value).items()
        return {key: _shifted(each, shift) for key, each in pairs}
    if isinstance(value, list):
        return [_shifted(each, shift) for each in cast("list[Any]", value)]
    if not isinstance(value, str):
        return value
    if not _WHEN.fullmatch(value):
        return _TOKEN.sub(_teller(shift), value)
    if "T" not in value:
        return (date.fromisoformat(value) + shift).isoformat()
    return (datetime.fromisoformat(value) + shift).replace(tzinfo=ZONE).isoformat()


def _teller(shift: timedelta) -> Callable[[re.Match[str]], str]:
    """Put words for a token's day."""

    def tell(token: re.Match[str]) -> str:
        day = date.fromisoformat(token[2]) + shift
        month = _MONTHS[day.month - 1]
        year = f", {day.year}" if token[1] == "date " else ""
        return month if token[1] == "month " else f"{month} {day.day}{year}"

    return tell
