"""The leak check: what of a letter's words may not reach its reader, and why.

Verdicts judge entries by their topics; this reads the words. An index is made once for a reader
and a client, and each text is then checked in a pass over its words (facts/peers.md 3, item 7).
What is found stops the letter until it is gone, covered, or marked "not about that".
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from cmdesk.rules import leak_names as names
from cmdesk.rules.leak_names import AMERICAN_DIGITS, LEAST_DIGITS, Named, Writing
from cmdesk.rules.leak_text import Sentence, Word, folded, sentences
from cmdesk.rules.leak_words import (
    BEFORE_A_MONTH,
    DIGITS,
    MONTHS,
    NO_NAME_BEFORE,
    NO_NAME_FIRST,
)
from cmdesk.rules.near_lines import Lines
from cmdesk.rules.people import possessive
from cmdesk.rules.topics import Topic

SHORTEST_STEM: Final = 4
MOST_KEPT: Final = 500  # answers that are kept until they are asked anew
APART: Final = 3  # signs that may stand between two groups of one number's digits


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
class Held:
    """What one reader may not hear of, each with why; `known_*` is what they may.

    `outside` are the topics no consent of theirs reaches, `told` lines that were released.
    """

    reader: str
    people: Sequence[tuple[Named, str]] = ()
    known_people: Sequence[Named] = ()
    known_names: Sequence[str] = ()
    numbers: Sequence[tuple[str, str]] = ()
    addresses: Sequence[tuple[str, str]] = ()
    programs: Sequence[tuple[str, str]] = ()
    medicines: Sequence[str] = ()
    outside: frozenset[Topic] = frozenset()
    kept: Sequence[tuple[str, str]] = ()
    told: Sequence[str] = ()


class _Phrase(NamedTuple):
    words: Writing
    kind: Kind | None  # none: the reader may hear of it
    why: str
    careful: bool


@dataclass(frozen=True, slots=True)
class Index:
    """What is looked for, by the word it begins with."""

    phrases: dict[str, list[_Phrase]]
    stems: dict[str, _Phrase]
    numbers: dict[str, str]
    kept: Lines
    told: Lines
    checked: dict[str, tuple[Hit, ...]] = field(default_factory=dict[str, tuple[Hit, ...]])


def index(held: Held) -> Index:
    """Prepare what is held back from one reader, so that a key typed costs a pass of the words."""
    found: dict[Writing, _Phrase] = {}
    stems: dict[str, _Phrase] = {}
    for phrase in (*_known(held), *_people(held), *_places_and_medicines(held)):
        if phrase.words:
            found.setdefault(phrase.words, phrase)
    for phrase, begins in _of_topics(held):
        if begins:
            stems.setdefault(phrase.words[0], phrase)
        else:
            found.setdefault(phrase.words, phrase)
    by_first: dict[str, list[_Phrase]] = {}
    for phrase in sorted(found.values(), key=lambda each: -len(each.words)):
        by_first.setdefault(phrase.words[0], []).append(phrase)
    numbers = {digits: why for typed, why in held.numbers if (digits := names.of_number(typed))}
    kept, told = Lines(held.kept), Lines((line, "") for line in held.told)
    return Index(by_first, stems, numbers, kept, told)


def _known(held: Held) -> Iterator[_Phrase]:
    """Give what the reader may hear of: of two ways to read the same words, this one counts."""
    for person in held.known_people:
        for words in names.of_person(person):
            yield _Phrase(words, None, "", careful=False)
    for name in held.known_names:
        yield _Phrase(folded(name), None, "", careful=False)


def _people(held: Held) -> Iterator[_Phrase]:
    for person, why in held.people:
        for words in names.of_person(person):
            yield _Phrase(words, Kind.NAME, why, names.needs_capital(words))


def _places_and_medicines(held: Held) -> Iterator[_Phrase]:
    for address, why in held.addresses:
        for words in names.of_address(address):
            yield _Phrase(words, Kind.ADDRESS, why, careful=False)
    for name, why in held.programs:
        words, short = names.of_program(name), names.short_program(name)
        careful = not name.islower() and (len(words) == 1 or names.needs_capital(words))
        yield _Phrase(words, Kind.PROGRAM, why, careful)
        yield _Phrase(short, Kind.PROGRAM, why, careful=True)
    for name in held.medicines:
        for words in names.of_medicine(name):
            yield _Phrase(words, Kind.MEDICINE, _not_covered(held, Topic.MEDICATION), careful=False)


def _of_topics(held: Held) -> Iterator[tuple[_Phrase, bool]]:
    """Give the words of topics outside; one that another topic covers tells nothing."""
    covered = {
        words
        for topic in Topic
        if topic not in held.outside
        for words, _, _ in names.of_topic(topic)
    }
    for topic in sorted(held.outside, key=list(Topic).index):
        why = _not_covered(held, topic)
        for words, begins, medicine in names.of_topic(topic):
            if medicine or words not in covered:
                kind = Kind.MEDICINE if medicine else Kind.TOPIC
                yield _Phrase(words, kind, why, careful=False), begins


def _not_covered(held: Held, topic: Topic) -> str:
    return f"not in {possessive(held.reader)} consent: {topic.in_words}"


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
    released = {part.start for part in parts if made.told.has(part.folded)}
    for found in (_named(made, words), _numbered(made, words), _alike(made, parts)):
        for start, end, kind, key, why in found:
            whole = _around(parts, start, end)
            if kind not in OF_VERDICTS or whole[0] not in released:
                phrase = text[start:end]
                yield Hit(
                    start, end, whole, kind, f"{kind}:{key}", phrase, _said(kind, phrase, why)
                )


_Found = tuple[int, int, Kind, str, str]


def _named(made: Index, words: Sequence[Word]) -> Iterator[_Found]:
    place = 0
    while place < len(words):
        phrase = _phrase_at(made, words, place)
        if phrase is None:
            place += 1
            continue
        last = words[place + len(phrase.words) - 1]
        if phrase.kind is not None:
            key = " ".join(word.text for word in words[place : place + len(phrase.words)])
            yield words[place].start, last.end, phrase.kind, key, phrase.why
        place += len(phrase.words)


def _phrase_at(made: Index, words: Sequence[Word], place: int) -> _Phrase | None:
    """Return the longest phrase that begins here, known or not."""
    word = words[place]
    for phrase in made.phrases.get(word.text, ()):
        size = len(phrase.words)
        if size > 1 and tuple(each.text for each in words[place : place + size]) != phrase.words:
            continue
        if not phrase.careful or _is_name(words, place, size):
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
    """Find numbers, in figures or in words, however they are grouped."""
    run: list[tuple[str, Word]] = []
    for word in words:
        digits = word.text if word.text.isdecimal() else DIGITS.get(word.text, "")
        if run and (not digits or word.start - run[-1][1].end > APART):
            yield from _in_run(made, run)
            run = []
        run += [(digit, word) for digit in digits]
    yield from _in_run(made, run)


def _in_run(made: Index, run: Sequence[tuple[str, Word]]) -> Iterator[_Found]:
    if len(run) < LEAST_DIGITS:
        return
    said = "".join(digit for digit, _ in run)
    for number, why in made.numbers.items():
        looked_for = number
        if len(number) == AMERICAN_DIGITS and len(said) < AMERICAN_DIGITS:
            looked_for = number[-LEAST_DIGITS:]  # without the area
        at, size = said.find(looked_for), len(looked_for)
        while at >= 0:
            yield run[at][1].start, run[at + size - 1][1].end, Kind.NUMBER, number, why
            at = said.find(looked_for, at + size)


def _alike(made: Index, parts: Iterable[Sentence]) -> Iterator[_Found]:
    """Find sentences near-identical to what is kept back, and nearer to it than to a told line."""
    for part in parts:
        near, why = made.kept.nearest(part.folded)
        if near and near > made.told.nearest(part.folded, whole=True)[0]:
            key = hashlib.sha256(" ".join(part.folded).encode()).hexdigest()[:16]
            yield part.start, part.end, Kind.LINE, key, why


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
