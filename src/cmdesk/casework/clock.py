"""The time as this session was handed it, and the day in the practice's zone."""

from collections.abc import Callable
from datetime import date, datetime
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.models.practice import Practice


def now(session: Session) -> datetime:
    """Return the present moment, in UTC."""
    return cast("Callable[[], datetime]", session.info["clock"])()


def zone(session: Session) -> ZoneInfo:
    """Return the practice's zone; UTC while none is set."""
    name = session.scalar(select(Practice.time_zone).limit(1))
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):  # "America" is a folder
        return ZoneInfo("UTC")


def today(session: Session) -> date:
    """Return the day it is in the practice's zone."""
    return now(session).astimezone(zone(session)).date()
