"""What a letter to a school or an employer may say even less than any other: nothing of care."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from cmdesk.rules import leaks
from cmdesk.rules.leak_words import CARE
from cmdesk.rules.leaks import Held
from cmdesk.rules.letter_template import Readers, Template

OF_CARE: Final = "it tells of treatment"


class Quiet(NamedTuple):
    """Programs the reader may know of, lines that hold nothing back, words that tell of care."""

    known: list[str]
    told: list[str]
    care: list[tuple[str, str]]


def quiet(template: Template, known: list[str], told: list[str], programs: Iterable[str]) -> Quiet:
    """Return the same for readers of a family or of care; a school knows of no program.

    A line that was let out and names one, or a level of care, is looked at like a typed one.
    """
    if template.readers is not Readers.SCHOOL:
        return Quiet(known, told, [])
    care = [(word, OF_CARE) for word in CARE]
    return Quiet([], _without(told, [*programs, *CARE]), care)


def _without(told: Sequence[str], words: Sequence[str]) -> list[str]:
    alone = leaks.index(Held("", programs=[(word, "") for word in words]))
    return [line for line in told if not leaks.check(alone, line)]


__all__ = ["Quiet", "quiet"]
