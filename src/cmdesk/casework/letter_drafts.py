"""The draft of a letter that grows: begun on one day, it is found again as its period goes on."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.casework.drafts import Kept
from cmdesk.errors import Problem
from cmdesk.rules.letter_template import WEEKLY, Template

UPDATE = "update"
A_DAY: Final = 24  # hours a letter due by an hour is gone on with, also where it was due sooner


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


def one_letter(one: str, other: str) -> bool:
    """Whether two keys are of one letter, on whatever day each of them ended."""
    first, second = parse(one), parse(other)
    return first is not None and second is not None and first.same_letter(second)


def key_of(client_id: int, party: str, first: date, last: date, template: str) -> str:
    """Name the draft of one reader's letter of a kind for one period."""
    kind = "" if template == WEEKLY else f":{template}"
    return f"{UPDATE}:{client_id}:{party}:{first}:{last}{kind}"


def among(keys: Collection[str], key: str) -> str:
    """Return which of some keys a letter's draft is kept under: its own, or one when shorter.

    Empty where there is none.
    """
    if key in keys:
        return key
    whole = parse(key)
    shorter = (
        (found.last, each)
        for each in keys
        if whole and each.startswith(_begins(whole)) and (found := parse(each))
        if found.same_letter(whole) and found.last < whole.last
    )
    return max(shorter, default=(date.min, ""))[1]


def outgrown(keys: Collection[str]) -> set[str]:
    """Return the keys of drafts that a longer one of the same letter took the place of."""
    longest: dict[Key, date] = {}
    known = {each: key for each in keys if (key := parse(each))}
    for key in known.values():
        letter = key._replace(last=date.max)
        longest[letter] = max(key.last, longest.get(letter, key.last))
    return {each for each, key in known.items() if key.last < longest[key._replace(last=date.max)]}


def find(session: Session, key: str) -> Kept | None:
    """Return the draft of a letter, or the newest of the same letter when it was shorter yet."""
    return drafts.find(session, key) or next(iter(_shorter(session, key)), None)


def discard(session: Session, key: str) -> None:
    """Throw the draft of a letter away, with what was kept of it while it was shorter."""
    drafts.discard(session, key)
    for kept in _shorter(session, key):
        drafts.discard(session, kept.key)


def throw_away(session: Session, key: str) -> list[Kept]:
    """Throw a letter away as `discard` does; return what was kept of it, to put back."""
    whole = drafts.find(session, key)
    thrown = [*([whole] if whole else []), *_shorter(session, key)]
    discard(session, key)
    return thrown


def put_back(session: Session, thrown: Collection[Kept]) -> None:
    """Keep again what `throw_away` gave.

    Problem: another such letter was begun since; it is left as it is.
    """
    for kept in thrown:
        if drafts.find(session, kept.key) is not None:
            raise Problem("Another such letter was begun since.", "Throw that one away first.")
        known = parse(kept.key)
        drafts.keep(session, kept.key, kept.body, int(known.client) if known else None)


def still_open(session: Session, client_id: int, party: str, kind: Template) -> Key | None:
    """Return the newest letter begun of a kind that is due by an hour, where it is of today.

    One begun before midnight is gone on with after it. None for kinds without an hour.
    """
    if kind.due_hours is None:
        return None
    since = clock.now(session) - timedelta(hours=max(kind.due_hours, A_DAY))
    for kept in drafts.all_of(session, f"{UPDATE}:{client_id}:{party}:"):
        key, at = parse(kept.key), kept.body.get("since")
        began = datetime.fromisoformat(at) if at else kept.saved_at
        if key and key.template == kind.code and began > since:
            return key
    return None


def _begins(key: Key) -> str:
    """Return how the keys of one letter begin, whenever it ends."""
    return f"{UPDATE}:{key.client}:{key.party}:{key.first}:"


def _shorter(session: Session, key: str) -> list[Kept]:
    wanted = parse(key)
    if wanted is None:
        return []
    return [
        kept
        for kept in drafts.all_of(session, _begins(wanted))
        if (found := parse(kept.key)) and found.same_letter(wanted) and found.last < wanted.last
    ]


__all__ = [
    "Key", "among", "discard", "find", "key_of", "one_letter", "outgrown", "parse", "put_back",
    "still_open", "throw_away",
]  # fmt: skip
