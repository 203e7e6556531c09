"""What one sentence says: its subject in a few words, the days it names, and its numbers."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from cmdesk.rules.leak_text import Sentence, sentences
from cmdesk.rules.logline_names import COMMON
from cmdesk.rules.said_dates import MONTH_OF, days_in

# A number stands alone: the 9 of PHQ-9 is a name, that of 9% and 9:30 is not.
_NUMBER: Final = re.compile(r"(?<![\w.\-/])\d{1,6}(?:[:.,/]\d{1,4})*(?![\w/]|-\w)", re.ASCII)
_COUNTED: Final = {
    word: str(number)
    for words in (
        "two three four five six seven eight nine ten eleven twelve",
        "dos tres cuatro cinco seis siete ocho nueve diez once doce",
    )
    for number, word in enumerate(words.split(), 2)
    if word != "once"  # in English it is no number
}
_WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri"
    " sat sun lunes martes miercoles jueves viernes sabado domingo lun mar mie jue vie sab dom"
    " morning afternoon evening noon night am pm manana tarde noche"
)
_SPANISH: Final = (
    "a al con de del el ella ellos en es esta estan este fue ha han hay la las le les lo los mas"
    " me mi no nos o para pero por que se si sin su sus tiene un una y ya"
)
_EMPTY: Final = frozenset(
    (*COMMON, *_SPANISH.split(), *_WEEKDAYS.split(), *MONTH_OF, *_COUNTED, "s", "t")
)


class Claim(NamedTuple):
    """One sentence at its place in a text. `words` are folded; `subject` are those that count."""

    start: int
    end: int
    words: tuple[str, ...]
    subject: frozenset[str]
    days: frozenset[date]
    numbers: tuple[str, ...]


def claims_of(text: str, near: date, own: frozenset[str] = frozenset()) -> Iterator[Claim]:
    """Give what each sentence says; a day without its year is one close to `near`.

    `own` are folded words that say nothing of the subject.
    """
    for sentence in sentences(text):
        yield _claim(text, sentence, near, own)


def _claim(text: str, sentence: Sentence, near: date, own: frozenset[str]) -> Claim:
    said = text[sentence.start : sentence.end]
    named = list(days_in(said, near))
    rest = list(said)
    for each in named:  # a number of a day is not counted again
        rest[each.start : each.end] = " " * (each.end - each.start)
    bare = "".join(rest)
    words = sentence.folded
    counted = [match.group() for match in _NUMBER.finditer(bare)]
    counted += [_COUNTED[word] for word in words if word in _COUNTED]
    subject = {_stem(word) for word in words if _counts(word, own)}
    return Claim(
        sentence.start,
        sentence.end,
        words,
        frozenset(subject),
        frozenset(each.day for each in named),
        tuple(sorted(counted)),
    )


def _counts(word: str, own: frozenset[str]) -> bool:
    return not (word.isdecimal() or word in _EMPTY or word in own)


def _stem(word: str) -> str:
    """Leave off the s of more than one: goal and goals are one subject."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


__all__ = ["Claim", "claims_of"]
