"""The warning read before someone chooses unlocked e-mail: text as data, with a version.

HHS, 78 FR 5634 (January 25, 2013): unlocked e-mail is allowed where the individual was advised of
"some level of risk that the information in the email could be read by a third party" and still
prefers it. Who accepts is the client or their representative, never the reader alone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Caution:
    """Words said or shown before the choice, and the day they came into use."""

    version: str
    dated: date
    text: str


WARNINGS: Final = (
    Caution(
        version="plain-email-2026-1",
        dated=date(2026, 11, 22),
        text=(
            "An e-mail that is not locked can be opened on its way or in the mailbox it reaches. "
            "There is some level of risk that a third party reads what is in it. "
            "A locked letter, paper or a call does not have this risk. "
            "You can choose unlocked e-mail all the same, and take that back at any time."
        ),
    ),
)
CURRENT: Final = WARNINGS[-1]


def warning(version: str) -> Caution | None:
    """Find the words someone was warned with; None for those of another program."""
    return next((each for each in WARNINGS if each.version == version), None)


__all__ = ["CURRENT", "WARNINGS", "Caution", "warning"]
