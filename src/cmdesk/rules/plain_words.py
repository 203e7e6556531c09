"""What would make a letter plainer: better words, shorter sentences, one ask with a day.

It advises and never blocks. Places are counted in signs of the text as it was typed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise
from typing import Final

from cmdesk.rules.asks import asks, names_a_day
from cmdesk.rules.language_guess import looks
from cmdesk.rules.leak_text import sentences
from cmdesk.rules.reading_grade import Span, grade, words

LONGEST_SENTENCE: Final = 20  # words
PLAIN_GRADE: Final = 8


class Kind(StrEnum):
    """Why something is advised."""

    JARGON = "jargon"
    STIGMA = "stigma"
    ABBREVIATION = "abbreviation"
    LONG = "long"  # a sentence
    ASKS = "asks"  # more than one
    DAY = "day"  # an ask without one
    GRADE = "grade"  # of the whole
    LANGUAGE = "language"  # another than the letter's


WORDING: Final = frozenset({Kind.JARGON, Kind.STIGMA, Kind.ABBREVIATION})


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to say better between two places. `offers` can be put there as they stand.

    `figure` is the words of a long sentence, the asks there are, or the grade of the whole.
    """

    kind: Kind
    start: int
    end: int
    offers: tuple[str, ...] = ()
    figure: int = 0


@dataclass(frozen=True, slots=True)
class Plainer:
    """One way a term is written, and what to say in its place. `exact`: only in these capitals."""

    term: str
    kind: Kind
    offers: tuple[str, ...]
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Jargon:
    """The terms of one language, found by their first word; the longest of a place counts."""

    by_word: Mapping[str, Sequence[tuple[tuple[str, ...], Plainer]]] = field(
        default_factory=dict[str, Sequence[tuple[tuple[str, ...], Plainer]]]
    )


def jargon(terms: Iterable[Plainer]) -> Jargon:
    """Prepare the terms for looking up."""
    found: dict[str, list[tuple[tuple[str, ...], Plainer]]] = defaultdict(list)
    for term in terms:
        parts = tuple(_alike(word.text) for word in words(term.term))
        found[parts[0]].append((parts, term))
    for each in found.values():
        each.sort(key=lambda row: len(row[0]), reverse=True)
    return Jargon(dict(found))


def advise(text: str, language: str, terms: Jargon, *, asked: bool = False) -> tuple[Advice, ...]:
    """Return what could be plainer, in order. `asked`: this is where the reader is asked.

    Of words in another language than the letter's, only that is said.
    """
    if looks(text) not in ("", language):
        return (Advice(Kind.LANGUAGE, 0, len(text)),)
    found = [*_plainer(text, language, terms), *_long(text)]
    if asked:
        found += _asked(text, language)
    reads = grade(text, language)
    if reads > PLAIN_GRADE:
        found.append(Advice(Kind.GRADE, 0, len(text), figure=reads))
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def plainer_words(found: Iterable[Advice]) -> int:
    """Count the words and phrases that have a better one."""
    return sum(1 for each in found if each.kind in WORDING)


# Words.


def _plainer(text: str, language: str, terms: Jargon) -> Iterator[Advice]:
    spans = list(words(text))
    folded = [_alike(span.text) for span in spans]
    place = 0
    while place < len(spans):
        match = _match(text, spans, folded, place, terms)
        if match is None:
            place += 1
            continue
        count, term = match
        yield _advice(text, language, spans, place, count, term)
        place += count


def _match(
    text: str, spans: Sequence[Span], folded: Sequence[str], place: int, terms: Jargon
) -> tuple[int, Plainer] | None:
    for parts, term in terms.by_word.get(folded[place], ()):
        end = place + len(parts)
        if tuple(folded[place:end]) != parts:
            continue
        if not _together(text, spans[place:end]):
            continue
        said = [span.text for span in spans[place:end]]
        if not term.exact or said == [word.text for word in words(term.term)]:
            return len(parts), term
    return None


def _together(text: str, spans: Sequence[Span]) -> bool:
    """Tell whether nothing but spaces stands between words, and no other term goes on in them."""
    between = [text[left.end : right.start] for left, right in pairwise(spans)]
    return all(not each.strip() for each in between)


def _advice(
    text: str, language: str, spans: Sequence[Span], place: int, count: int, term: Plainer
) -> Advice:
    start, end = spans[place].start, spans[place + count - 1].end
    offers = tuple(_as_written(each, text, start, end, term) for each in term.offers)
    if language == "en" and place and offers:
        before = spans[place - 1]
        if before.text.casefold() in {"a", "an"} and not text[before.end : start].strip():
            whole = tuple(f"{_article(before.text, each)} {each}" for each in offers)
            if not whole[0].startswith(f"{before.text} "):
                return Advice(term.kind, before.start, end, whole)
    return Advice(term.kind, start, end, offers)


def _article(said: str, offer: str) -> str:
    right = "an" if offer[:1].casefold() in set("aeio") else "a"  # a use, a urine test
    return right.capitalize() if said[:1].isupper() else right


def _as_written(offer: str, text: str, start: int, end: int, term: Plainer) -> str:
    """Return the offer with the capitals of what it replaces."""
    said = text[start:end]
    if term.exact or (said.isupper() and len(said) <= 4):
        # Capitals of an abbreviation say nothing; at the head of a sentence one is still due.
        return _capital(offer) if _begins(text, start) else offer
    if said.isupper():
        return offer.upper()
    if said.istitle() and " " in said:
        return " ".join(_capital(word) for word in offer.split(" "))
    return _capital(offer) if said[:1].isupper() else offer


def _begins(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \t\"'\u201c\u2018(\u00bf\u00a1")
    return not before or before[-1] in ".!?\u2026\n\r"


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def _alike(word: str) -> str:
    return word.casefold().replace("\u2019", "'")


# Sentences.


def _long(text: str) -> Iterator[Advice]:
    for each in sentences(text):
        count = sum(1 for _ in words(text[each.start : each.end]))
        if count > LONGEST_SENTENCE:
            yield Advice(Kind.LONG, each.start, each.end, figure=count)


def _asked(text: str, language: str) -> Iterator[Advice]:
    found = asks(text, language)
    for each in found[1:2]:
        yield Advice(Kind.ASKS, each.start, each.end, figure=len(found))
    if found and not any(names_a_day(text[each.start : each.end], language) for each in found):
        yield Advice(Kind.DAY, found[0].start, found[0].end)


__all__ = [
    "LONGEST_SENTENCE",
    "PLAIN_GRADE",
    "WORDING",
    "Advice",
    "Jargon",
    "Kind",
    "Plainer",
    "advise",
    "jargon",
    "plainer_words",
]
