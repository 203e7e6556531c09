"""Read a time of day and a number of minutes as people type them."""

import re
from datetime import time
from typing import Final

from cmdesk.errors import Problem

LONG_CALL: Final = 180  # minutes; beyond that it is asked back
_CLOCK: Final = re.compile(r"(\d{1,2})(?:[:.]?(\d{2}))?\s*([ap])?\.?(?:m\.?)?")
_HOURS: Final = re.compile(r"(\d{1,2})\s*(?:h|hr|hrs|hours?|:)\s*(?:(\d{1,2})\s*(?:m|min)?)?")
_MINUTES: Final = re.compile(r"(\d{1,4})\s*(?:m|min|mins|minutes?)?")


def read_time(text: str) -> time | None:
    """Read 4pm, 10:30 AM, 16:30 or 1630; nothing typed is None. Raises Problem in plain words."""
    plain = text.strip().lower()
    if not plain:
        return None
    match = _CLOCK.fullmatch(plain)
    if match is None:
        raise Problem("Write a time like 4pm or 10:30.")
    hour, minute = int(match[1]), int(match[2] or 0)
    if match[3] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if match[3] == "p" else 0)
    if hour > 23 or minute > 59:
        raise Problem("A day ends at 11:59 PM.")
    return time(hour, minute)


def read_minutes(text: str) -> int | None:
    """Read 24, 24m, 1h10 or 1:10 as minutes; nothing typed is None. Raises Problem."""
    plain = text.strip().lower()
    if not plain:
        return None
    if match := _MINUTES.fullmatch(plain):
        return int(match[1])
    if match := _HOURS.fullmatch(plain):
        return int(match[1]) * 60 + int(match[2] or 0)
    raise Problem("Write minutes like 24 or 1h10.")
