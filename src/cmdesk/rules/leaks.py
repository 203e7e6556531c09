"""The leak check: what of a letter's words may not reach its reader, and why.

Verdicts judge entries by their topics; this reads the words. An index is made once for a reader
and a client, and each text is then checked in a pass over its words (facts/peers.md 3, item 7).
What is found stops the letter until it is gone, covered, or marked "not about that".
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Final

from cmdesk.rules import leak_names as names
from cmdesk.rules import leak_phrases
from cmdesk.rules.kept_inside import ORDINARY, Inside
from cmdesk.rules.leak_held import OF_VERDICTS, Held, Kind
from cmdesk.rules.leak_names import Named
from cmdesk.rules.leak_numbers import numbers_in
from cmdesk.rules.leak_phrases import Phrase, Table
from cmdesk.rules.leak_text import Sentence, Word, sentences
from cmdesk.rules.leak_words import (
    BEFORE_A_MONTH,
    MONTHS,
    NO_NAME_BEFORE,
    NO_NAME_FIRST,
    NO_PROGRAM_ALONE,
    WORDS_TOO,
)
from cmdesk.rules.near_lines import Lines
from cmdesk.rules.near_names import NearNames

SHORTEST_STEM: Final = 4
SPELLED_OUT: Final = range(4, 25)  # letters apart from each other that may make a name
MOST_KEPT: Final = 500  # answers that are kept until they are asked anew
LEAST_FIRST: Final = 7  # letters of a misspelled name that begins a sentence
PLAIN: Final = WORDS_TOO | ORDINARY | NO_PROGRAM_ALONE  # "Center" is no misspelled Centner
PLAIN_ENDS: Final = ("ing", "ed", "ly")  # of a word that begins a sentence and is no name
HYPHENS: Final = frozenset("-\u2010\u2011\u2013")
STOPS: Final = tuple(".!?\u2026")


@dataclass(frozen=True, slots=True)
class Hit:
    """`start` to `end` is what was found, `whole` the sentence it stands in, in signs.

    `key` stays the same wherever the same words are found, however they are written.
    """

    start: int
    end: int
    whole: tuple[int, int]
    kind: Kind
    key: str
    phrase: str
    why: str


@dataclass(frozen=True, slots=True)
class Index:
    """What is looked for, by the word it begins with."""

    phrases: Table
    stems: dict[str, Phrase]
    numbers: dict[str, str]
    kept: Lines
    told: Lines
    inside: Inside
    long: dict[str, Phrase]  # known with one letter wrong, too
    almost: NearNames
    checked: dict[str, tuple[Hit, ...]] = field(default_factory=dict[str, tuple[Hit, ...]])


def index(held: Held) -> Index:
    """Prepare what is held back from one reader, so that a key typed costs a pass of the words."""
    phrases, stems = leak_phrases.table(held)
    numbers = {digits: why for typed, why in held.numbers if (digits := names.of_number(typed))}
    kept, told = Lines((*held.kept, *held.own)), Lines((line, "") for line in held.told)
    inside = Inside(held.own, held.kept, held.told)
    long = leak_phrases.long_names(phrases)
    return Index(phrases, stems, numbers, kept, told, inside, long, NearNames(long))


def check(made: Index, text: str) -> tuple[Hit, ...]:
    """Return what a text may not say, in its order. Kept: of a letter, one part changes a key."""
    known = made.checked.get(text)
    if known is None:
        if len(made.checked) >= MOST_KEPT:
            made.checked.clear()
        known = tuple(sorted(_check(made, text), key=lambda hit: (hit.start, hit.end)))
        made.checked[text] = known
    return known


def _check(made: Index, text: str) -> Iterator[Hit]:
    parts = sentences(text)
    words = [word for part in parts for word in part.words]
    typed = [part for part in parts if not made.told.has(part.folded)]
    lines = list(_alike(made, text, parts))
    lines += (each for each in _inside(made, words) if not _within(each, lines))
    for start, end, kind, key, why in (*_named(made, text, words), *_numbered(made, words), *lines):
        if kind not in OF_VERDICTS or any(part.start < end and start < part.end for part in typed):
            phrase, whole = text[start:end], _around(parts, start, end)
            yield Hit(start, end, whole, kind, f"{kind}:{key}", phrase, _said(kind, phrase, why))


_Found = tuple[int, int, Kind, str, str]


def _named(made: Index, text: str, words: Sequence[Word]) -> Iterator[_Found]:
    place = 0
    while place < len(words):
        phrase, size = _phrase_at(made, text, words, place), 1
        if phrase is not None:
            size = len(phrase.words)
        else:
            phrase, size = _put_together(made, text, words, place)
        phrase = phrase or _almost(made, words[place])
        if phrase is not None and phrase.kind is not None:
            some = words[place : place + size]
            spelled = size > len(phrase.words)
            key = " ".join(phrase.words if spelled else (word.text for word in some))
            yield some[0].start, some[-1].end, phrase.kind, key, phrase.why
        place += size


def _put_together(
    made: Index, text: str, words: Sequence[Word], place: int
) -> tuple[Phrase | None, int]:
    """Return the word that parts make which stand apart, as in D-a-v-i-d; and of how many parts.

    Those are single letters, or two halves with a hyphen between, as at the end of a line.
    """
    run = words[place : place + SPELLED_OUT.stop]
    letters = (len(word.text) == 1 and word.text.isascii() for word in run)
    size = sum(1 for _ in takewhile(bool, letters))
    if size not in SPELLED_OUT:
        size = 2 if len(run) > 1 and text[run[0].end : run[1].start].strip() in HYPHENS else 0
    if size:
        whole = "".join(word.text for word in words[place : place + size])
        for phrase in made.phrases.get(whole, ()):
            if len(phrase.words) == 1 and not phrase.careful:
                return phrase, size
    return None, 1


def _almost(made: Index, word: Word) -> Phrase | None:
    """Return the name or the medicine that this is but for one letter; names have a capital.

    At the head of a sentence, where every word has one, only the longer ones are taken for a name.
    """
    phrase = made.long.get(made.almost.nearest(word.text))
    if phrase is None or phrase.kind is Kind.MEDICINE:
        return phrase
    plain = word.text in PLAIN or (word.first and _may_begin(word.text))
    return phrase if word.capital and not plain else None


def _may_begin(word: str) -> bool:
    return len(word) < LEAST_FIRST or word.endswith(PLAIN_ENDS)


def _phrase_at(made: Index, text: str, words: Sequence[Word], place: int) -> Phrase | None:
    """Return the longest phrase that begins here, known or not."""
    word = words[place]
    for phrase in made.phrases.get(word.text, ()):
        size = len(phrase.words)
        if size > 1 and tuple(each.text for each in words[place : place + size]) != phrase.words:
            continue
        if phrase.loud and not text[word.start : words[place + size - 1].end].isupper():
            continue
        if not phrase.careful or phrase.loud or _is_name(words, place, size):
            return phrase
    for length in range(SHORTEST_STEM, len(word.text) + 1):
        if (phrase := made.stems.get(word.text[:length])) is not None:
            return phrase
    return None


def _is_name(words: Sequence[Word], place: int, size: int) -> bool:
    """Tell whether words that are everyday words too are meant as a name here."""
    if not all(word.capital for word in words[place : place + size]):
        return False
    if size > 1:
        return True
    word = words[place]
    after = words[place + 1].text if place + 1 < len(words) else ""
    if word.first and (after in NO_NAME_BEFORE or word.text in NO_NAME_FIRST):
        return False
    before = "" if word.first else words[place - 1].text
    dated = after.isdecimal() or before.isdecimal() or before in BEFORE_A_MONTH
    return word.text not in MONTHS or not dated


def _numbered(made: Index, words: Sequence[Word]) -> Iterator[_Found]:
    for start, end, number, why in numbers_in(made.numbers, words):
        yield start, end, Kind.NUMBER, number, why


def _alike(made: Index, text: str, parts: Sequence[Sentence]) -> Iterator[_Found]:
    """Find sentences near-identical to what is kept back, and nearer to it than to a told line.

    A sentence that was broken in two by the end of a line is read as one, too.
    """
    before: Sentence | None = None
    for part in parts:
        why = _near(made, part.folded)
        if why:
            yield _line(part.start, part.end, part.folded, why)
        elif before is not None and _goes_on(text, before, part):
            both = (*before.folded, *part.folded)
            if why := _near(made, both):
                yield _line(before.start, part.end, both, why)
        before = None if why else part


def _near(made: Index, words: tuple[str, ...]) -> str:
    near, why = made.kept.nearest(words)
    return why if near and near > made.told.nearest(words, whole=True)[0] else ""


def _goes_on(text: str, before: Sentence, part: Sentence) -> bool:
    """Tell whether only the end of a line stands between two sentences."""
    between = text[before.end : part.start]
    return not text[: before.end].endswith(STOPS) and between.count("\n") == 1


def _inside(made: Index, words: Sequence[Word]) -> Iterator[_Found]:
    for start, end, line, why in made.inside.find(words):
        yield _line(start, end, line, why)


def _line(start: int, end: int, words: tuple[str, ...], why: str) -> _Found:
    key = hashlib.sha256(" ".join(words).encode()).hexdigest()[:16]
    return start, end, Kind.LINE, key, why


def _within(found: _Found, others: Iterable[_Found]) -> bool:
    return any(start <= found[0] and found[1] <= end for start, end, *_ in others)


def _around(parts: Sequence[Sentence], start: int, end: int) -> tuple[int, int]:
    touched = [part for part in parts if part.start < end and start < part.end]
    return min(part.start for part in touched), max(part.end for part in touched)


def _said(kind: Kind, phrase: str, why: str) -> str:
    phrase = " ".join(phrase.split())
    lead = {
        Kind.NAME: f"Names {phrase}",
        Kind.NUMBER: f"Gives the number {phrase}",
        Kind.ADDRESS: f"Gives the address {phrase}",
        Kind.PROGRAM: f"Names {phrase}",
        Kind.MEDICINE: "Names a medicine",
        Kind.TOPIC: f"Says “{phrase}”",
        Kind.LINE: "Almost the same as what is kept back",
    }[kind]
    return f"{lead}: {why}"


__all__ = ["OF_VERDICTS", "Held", "Hit", "Index", "Kind", "Named", "check", "index"]
