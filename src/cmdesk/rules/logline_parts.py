"""What a typed log line is taken apart into: spans, choices, and the line as a whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from typing import NamedTuple

from cmdesk.rules.contact_codes import Direction, EntryKind, Method, Outcome
from cmdesk.rules.topics import Topic

Choosing = Mapping[str, str]  # folded words -> key picked for them; "" keeps them as text


class Part(StrEnum):
    """What a span says. WHEN holds (day, time), FOLLOW_UP (words, day), either may be None."""

    CLIENT = "client"
    METHOD = "method"
    PERSON = "person"
    MINUTES = "minutes"
    WHEN = "when"
    FOLLOW_UP = "follow_up"
    TOPIC = "topic"
    OUTCOME = "outcome"
    DIRECTION = "direction"
    MILES = "miles"
    EXPENSE = "expense"
    KIND = "kind"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Someone:
    """`names`: full, given, family, preferred; `team_of`: keys of clients they are around."""

    key: str
    names: tuple[str, ...]
    team_of: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Span:
    """`line[start:end]` and what it says; `said` is the chip's words, `doubt` asks back."""

    start: int
    end: int
    part: Part
    value: object
    said: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A name that several answer to; the word stays text until one of `keys` is picked."""

    span: Span
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """All that was read. `miles` as typed, `expense_cents` in cents, `at` local time."""

    client: str | None
    people: tuple[str, ...]
    method: Method | None
    kind: EntryKind | None
    direction: Direction | None
    outcome: Outcome | None
    minutes: int | None
    day: date | None
    at: time | None
    follow_up: str
    follow_up_on: date | None
    topics: tuple[Topic, ...]
    miles: float | None
    expense_cents: int | None
    summary: str
    spans: tuple[Span, ...]
    choices: tuple[Choice, ...]


class Word(NamedTuple):
    """A word of the line; `core` is folded, without the punctuation around it."""

    start: int
    end: int
    raw: str
    core: str


class Found(NamedTuple):
    """`taken` words say `value`."""

    taken: int
    part: Part
    value: object
    said: str
    doubt: str = ""
    keys: tuple[str, ...] = ()  # whom an ambiguous name may mean


Words = Sequence[Word]

__all__ = [
    "Choice",
    "Choosing",
    "Found",
    "Line",
    "Part",
    "Someone",
    "Span",
    "Word",
    "Words",
]
