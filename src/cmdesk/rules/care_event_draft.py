"""A turn in somebody's care as it is typed, and what keeps it from being saved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cmdesk.rules.care_event_codes import EventKind, of_words
from cmdesk.rules.contact_codes import Part2


@dataclass(frozen=True, slots=True)
class CareEventForm:
    """One turn. The day may be unknown; `episode_id` is the stay it happened in or after.

    `factors` are codes of what came before, and a person's own words for it.
    """

    kind: str = EventKind.RETURN_TO_USE
    happened_on: date | None = None
    episode_id: int | None = None
    entry_id: int | None = None
    what: str = ""
    came_before: str = ""
    factors: tuple[str, ...] = ()
    response: str = ""
    source: str = ""
    part2: str = Part2.UNKNOWN
    version: int = 0


def faults(draft: CareEventForm, today: date) -> dict[str, str]:
    """Map fields to what keeps it from being saved, one sentence each."""
    found: dict[str, str] = {}
    if draft.happened_on and draft.happened_on > today:
        found["happened_on"] = "This day is still to come."
    if draft.kind == EventKind.OTHER and not draft.what.strip():
        found["what"] = "Say what happened."
    return found


def settled(factors: Iterable[str]) -> tuple[str, ...]:
    """Return factors as they are kept: codes for known words, each once, in their order."""
    found = dict[str, str]()
    for each in factors:
        if words := of_words(each):
            found.setdefault(words.casefold(), words)
    return tuple(found.values())


def split(typed: str) -> tuple[str, ...]:
    """Read words of one's own with commas or line ends between them."""
    return settled(part for line in typed.splitlines() for part in line.split(","))
