"""What may leave for one reader: made by `casework.updates.release` alone, and all paper takes."""

from dataclasses import dataclass
from datetime import date
from typing import Final, final

from cmdesk.casework.parties import Party
from cmdesk.rules.letter import Letter

WARRANT: Final = object()  # imported by casework.updates alone; a test holds that


@dataclass(frozen=True, slots=True)
class Line:
    """One released line: the entry, the rule that let it out, and the consent it rests on."""

    entry_id: int
    entry: str
    verdict: str
    rule: int
    consent: str
    consents: tuple[str, ...]
    topics: tuple[str, ...]
    text: str
    part2: bool


@dataclass(frozen=True, slots=True)
class KeptBack:
    entry: str
    rule: int
    why: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the verdicts make of a period: what can be said, what waits for words, what stays.

    `left_out` is what the letter that was written could tell and does not, by its name outside,
    with how far it could be told.
    """

    shared: tuple[Line, ...]
    unwritten: tuple[str, ...]
    kept_back: tuple[KeptBack, ...]
    left_out: tuple[tuple[str, str], ...] = ()


@final
@dataclass(frozen=True, slots=True)
class Released:
    """A letter whose every line passed consent for this reader on this day."""

    warrant: object
    letter: Letter
    client_id: int
    recipient: Party
    first: date
    last: date
    on: date
    findings: Findings
    consent: str  # of those relied on, the one signed last
    consents: tuple[str, ...]
    topics: tuple[str, ...]
    purpose: str
    channels: frozenset[str]  # by which every consent relied on lets it go
    part2: bool
    notice_id: str  # empty when no Part 2 material is inside
    notice_form: str
    kind: str  # of letter, as the log of what was shared names it
    overrides: tuple[str, ...] = ()  # what the leak check found and was marked, with the reasons

    def __post_init__(self) -> None:
        if self.warrant is not WARRANT:
            raise TypeError("only casework.updates.release makes what may leave")
