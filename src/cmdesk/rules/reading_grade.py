"""The school grade at which a text can be read, as readability formulas guess it.

English: Flesch-Kincaid grade level (Kincaid, Fishburne, Rogers, Chissom: Derivation of new
readability formulas, Naval Technical Training Command, report 8-75, 1975).
Spanish: Fernández Huerta (Medidas sencillas de lecturabilidad, Consigna 214, 1959, 29-32) with
the words of a sentence in place of the sentences of a hundred words (G. Law, Error in the
Fernández Huerta readability formula, 2011), and the school grades of his own table.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final, NamedTuple

from cmdesk.rules.leak_text import sentences
from cmdesk.rules.syllables import syllables

LEAST_WORDS: Final = 20  # of a text that a grade says something about
# Fernández Huerta's table: the ease a grade ends at, and the grade; below 30 is for specialists.
_SPANISH: Final = ((100.0, 4.0), (90.0, 5.0), (80.0, 6.0), (70.0, 7.0), (60.0, 9.0), (50.0, 13.0),
                   (30.0, 16.0), (0.0, 18.0))  # fmt: skip
# Figures with their comma, words with their hyphen, apostrophe or slash.
_WORD: Final = re.compile(r"\d+(?:[.,:/]\d+)*|[^\W\d_]+(?:['\u2019/-][^\W\d_]+)*")


class Span(NamedTuple):
    start: int
    end: int
    text: str


def words(text: str) -> Iterator[Span]:
    """Give the words of a text as one reads them: "didn't", "co-parent" and "d/c" are one each."""
    for match in _WORD.finditer(text):
        yield Span(match.start(), match.end(), match.group())


def flesch_kincaid(text: str) -> float:
    """Return the grade an English text can be read at; a text without words has none."""
    each, length = _averages(text, "en")
    return 0.39 * length + 11.8 * each - 15.59 if length else 0.0


def fernandez_huerta(text: str) -> float:
    """Return how easily a Spanish text is read, from 0 to about 100; 100 without words."""
    each, length = _averages(text, "es")
    return 206.84 - 60 * each - 1.02 * length if length else 100.0


def grade(text: str, language: str = "en") -> int:
    """Return the school grade a text asks for, 1 to 18; 0 while it is too short to say."""
    if sum(1 for _ in words(text)) < LEAST_WORDS:
        return 0
    if language == "es":
        return _band(fernandez_huerta(text))
    return min(max(round(flesch_kincaid(text)), 1), 18)


def _band(ease: float) -> int:
    for (high, low_grade), (low, high_grade) in pairwise(_SPANISH):
        if ease > low:
            part = (high - min(ease, high)) / (high - low)
            return int(low_grade + part * (high_grade - low_grade))
    return 18


def _averages(text: str, language: str) -> tuple[float, float]:
    """Return syllables per word and words per sentence; nothing of a text without words."""
    spans = [list(words(text[each.start : each.end])) for each in sentences(text)]
    counted = [word for span in spans for word in span]
    if not counted:
        return 0.0, 0.0
    total = sum(syllables(word.text, language) for word in counted)
    return total / len(counted), len(counted) / sum(1 for span in spans if span)


__all__ = ["LEAST_WORDS", "Span", "fernandez_huerta", "flesch_kincaid", "grade", "words"]
