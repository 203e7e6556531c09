"""What one reader may not hear of, as it comes from the records, and of what kinds that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from cmdesk.rules.leak_names import Named
from cmdesk.rules.topics import Topic


class Kind(StrEnum):
    NAME = "name"
    NUMBER = "number"
    ADDRESS = "address"
    PROGRAM = "program"
    MEDICINE = "medicine"
    TOPIC = "topic"
    LINE = "line"


# A released line was judged by its topics: the words of a topic, the program, and what the line
# resembles are not asked again. Whom it names, and which medicine, is.
OF_VERDICTS: Final = frozenset({Kind.TOPIC, Kind.PROGRAM, Kind.LINE})


@dataclass(frozen=True, slots=True)
class Held:
    """What one reader may not hear of, each with why; `known_*` is what they may.

    `outside` are the topics no consent of theirs reaches, `told` lines that were released. `near`
    are those of `people` who are close to the client: their initials alone tell who they are.
    `own` are lines of the program's own that are kept back, however short.
    """

    reader: str
    people: Sequence[tuple[Named, str]] = ()
    near: Sequence[tuple[Named, str]] = ()
    known_people: Sequence[Named] = ()
    known_names: Sequence[str] = ()
    numbers: Sequence[tuple[str, str]] = ()
    addresses: Sequence[tuple[str, str]] = ()
    programs: Sequence[tuple[str, str]] = ()
    medicines: Sequence[str] = ()
    outside: frozenset[Topic] = frozenset()
    kept: Sequence[tuple[str, str]] = ()
    own: Sequence[tuple[str, str]] = ()
    told: Sequence[str] = ()


__all__ = ["OF_VERDICTS", "Held", "Kind"]
