"""The one real clock. Everything else is handed it."""

from datetime import UTC, datetime


def system() -> datetime:
    """Return the present moment, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock the others are handed
