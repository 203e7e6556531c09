"""The draft of a letter that grows: begun on one day, it is found again as its period goes on."""

from datetime import date
from typing import NamedTuple

from sqlalchemy.orm import Session

from cmdesk.casework import drafts
from cmdesk.casework.drafts import Kept

UPDATE = "update"


class Key(NamedTuple):
    """The parts of `update:{client}:{party}:{first}:{last}`, and of one with a kind after it."""

    client: str
    party: str
    first: date
    last: date
    template: str = ""

    def same_letter(self, other: "Key") -> bool:
        """Whether two are one letter that grew."""
        return self._replace(last=other.last) == other


def parse(key: str) -> Key | None:
    """Take a key apart; None for that of anything else."""
    kind, *parts = key.split(":")
    if kind != UPDATE or len(parts) not in (4, 5):
        return None
    try:
        first, last = (date.fromisoformat(day) for day in parts[2:4])
    except ValueError:
        return None
    return Key(parts[0], parts[1], first, last, *parts[4:])


def find(session: Session, key: str) -> Kept | None:
    """Return the draft of a letter, or the newest of the same letter when it was shorter yet."""
    return drafts.find(session, key) or next(iter(_shorter(session, key)), None)


def discard(session: Session, key: str) -> None:
    """Throw the draft of a letter away, with what was kept of it while it was shorter."""
    drafts.discard(session, key)
    for kept in _shorter(session, key):
        drafts.discard(session, kept.key)


def _shorter(session: Session, key: str) -> list[Kept]:
    wanted = parse(key)
    if wanted is None:
        return []
    of = f"{UPDATE}:{wanted.client}:{wanted.party}:{wanted.first}:"
    return [
        kept
        for kept in drafts.all_of(session, of)
        if (found := parse(kept.key)) and found.same_letter(wanted) and found.last < wanted.last
    ]


__all__ = ["Key", "discard", "find", "parse"]
