"""Where a letter that left stands: the kind of the newest thing that became of it."""

from datetime import date
from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.days import short

ASK_AFTER: Final = 2  # days after which it is asked whether a letter was sent
ASK_UNTIL: Final = 14  # days; a letter older than that is not asked about any more


class LetterState(Code):
    HANDED_OVER = "handed_over"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged", "Read"
    CAME_BACK = "came_back"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


CLOSED: Final = frozenset({LetterState.WITHDRAWN, LetterState.REPLACED})  # nothing follows these
# Handing such a letter over once more is telling once more: the accounting gets a row for it.
TOLD: Final = frozenset({LetterState.SENT, LetterState.ACKNOWLEDGED, LetterState.CAME_BACK})
# What is in such a letter is known to its reader: no later word takes that back.
REACHED: Final = frozenset({LetterState.SENT, LetterState.ACKNOWLEDGED})


def said(state: LetterState, on: date | None, note: str, today: date) -> str:
    """Say where a letter stands: "Came back Mar 10: the mailbox is full"."""
    day = f" {short(on, today)}" if on and state is not LetterState.HANDED_OVER else ""
    words = f"{state.label}{day}"
    return f"{words}: {note}" if note else words
