"""In which zone moments are told everywhere in the window: in that of the practice."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


class Face:
    """The zone in force; None is the computer's own, until a practice was opened here."""

    zone: ZoneInfo | None = None


def follow(name: str) -> None:
    """Take a zone by its name, as America/New_York; an unknown one is the computer's own."""
    try:
        Face.zone = ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        Face.zone = None


def local(moment: datetime) -> datetime:
    """Give the moment as the practice's clocks show it."""
    return moment.astimezone(Face.zone)
