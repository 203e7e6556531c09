"""What a sentence of a letter needs of its reader's language; English needs nothing but itself."""

from collections.abc import Sequence
from datetime import date
from typing import Final, Protocol

from cmdesk.rules.days import in_full


class Speech(Protocol):
    """One language of letters. Words are looked up first and filled in after."""

    def tr(self, text: str) -> str: ...

    def day(self, day: date) -> str: ...

    def listed(self, items: Sequence[str]) -> str: ...


class _English:
    """The text itself."""

    def tr(self, text: str) -> str:
        return text

    def day(self, day: date) -> str:
        return in_full(day)

    def listed(self, items: Sequence[str]) -> str:
        return joined(items)


def joined(items: Sequence[str]) -> str:
    """Write `progress, plans, and safety`."""
    if len(items) < 3:
        return " and ".join(items)
    return f"{', '.join(items[:-1])}, and {items[-1]}"


IN_ENGLISH: Final[Speech] = _English()

__all__ = ["IN_ENGLISH", "Speech", "joined"]
