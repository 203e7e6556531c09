"""The ways a name, a number or a word is written, as the leak check looks for them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from cmdesk.rules.leak_text import folded
from cmdesk.rules.leak_words import (
    NO_MEDICINE,
    NO_MEDICINE_ALONE,
    NO_PROGRAM_ALONE,
    PARTICLES,
    SHORT_NAMES,
    TELLING,
    WORDS_TOO,
)
from cmdesk.rules.leak_words_medicines import MEDICINES
from cmdesk.rules.leak_words_phrases import PHRASES
from cmdesk.rules.leak_words_spanish import TELLING_IN_SPANISH
from cmdesk.rules.topics import Topic

LEAST_LETTERS: Final = 2  # of a name that is looked for by itself
LEAST_JOINED: Final = 8  # letters of several words that are written as one
LEAST_GROWN: Final = 4  # letters of a first name to which others are put
LEAST_INITIALS: Final = 3  # of a program that is called by them
LEAST_DIGITS: Final = 7  # of a number that can be somebody's
AMERICAN_DIGITS: Final = 10
HISSES: Final = ("s", "x", "z", "ch", "sh")  # a family of such a name takes -es
ENDINGS: Final = ("", "s", "ed", "ing")

Writing = tuple[str, ...]
STATE_LETTERS: Final = 2
LEAST_SHORT: Final = 4  # letters of the word a program is called by
SMALL_WORDS: Final = frozenset({"a", "an", "and", "at", "by", "for", "in", "of", "on", "the"})
STREETS: Final[Mapping[str, str]] = {
    "avenue": "ave", "boulevard": "blvd", "court": "ct", "drive": "dr", "highway": "hwy",
    "lane": "ln", "place": "pl", "road": "rd", "square": "sq", "street": "st", "terrace": "ter",
}  # fmt: skip
LONGER: Final = {short: long for long, short in STREETS.items()}


@dataclass(frozen=True, slots=True)
class Named:
    """The parts of somebody's name; any may be empty."""

    given: str = ""
    family: str = ""
    preferred: str = ""
    middle: str = ""


def _long_names() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name, short in SHORT_NAMES.items():
        for each in short.split():
            found[each] = (*found.get(each, ()), name)
    return found


_LONG_NAMES: Final = _long_names()


def of_person(name: Named) -> Iterator[Writing]:
    """Give every way somebody is named: in full, by one name or what it is cut to, as a family."""
    given, family, preferred, middle = (
        _folded(part) for part in (name.given, name.family, name.preferred, name.middle)
    )
    firsts = [first for first in dict.fromkeys((given, preferred)) if first]
    for first in firsts:
        yield from _alone(first)
        if family:
            yield (*first, *family)
            yield (*family, *first)
            yield (first[0][:1], *family)
            yield _as_one((*first, *family))
            if middle:
                yield (*first, *middle, *family)
                yield (*first, middle[0][:1], *family)
        for other in _others(first):
            yield other
            if family:
                yield (*other, *family)
    yield from _grown(given)
    yield from _alone(family)
    if family and not needs_capital(family):
        yield (*family[:-1], f"{family[-1]}{'es' if family[-1].endswith(HISSES) else 's'}")


def _grown(given: Writing) -> Iterator[Writing]:
    """Give a first name whose apostrophe was left out, and what it grows to in fond Spanish."""
    if len(given) == 1 and len(given[0]) >= LEAST_GROWN and not needs_capital(given):
        name = given[0]
        yield (f"{name}s",)
        bare, plural = name.rstrip("aeios"), "s" if name.endswith("os") else ""
        yield (f"{bare}{'ita' if name.endswith('a') else 'ito'}{plural}",)


def initials(name: Named) -> Iterator[Writing]:
    """Give the first letters of somebody's name, apart and as one, without the middle and with."""
    parts = [_folded(part) for part in (name.given, name.middle, name.family)]
    letters = [part[0][0] for part in parts if part and part[0].isalpha()]
    if name.given and name.family:
        for some in dict.fromkeys((tuple(letters), (letters[0], letters[-1]))) if letters else ():
            yield some
            yield ("".join(some),)


def _as_one(words: Writing) -> Writing:
    """Return words written as one, as in an address of the web; none where that is too short."""
    made = "".join(words)
    return (made,) if len(words) > 1 and len(made) >= LEAST_JOINED else ()


@lru_cache(maxsize=16384)
def _folded(part: str) -> Writing:
    return folded(part)


@lru_cache(maxsize=16384)
def _alone(part: Writing) -> tuple[Writing, ...]:
    """Return a name by itself, and of one with several words each, and all in one."""
    if not part or (len(part) == 1 and len(part[0]) < LEAST_LETTERS):
        return ()
    if len(part) == 1:
        return (part,)
    telling = tuple((word,) for word in part if len(word) > LEAST_LETTERS and word.isalpha())
    return (part, ("".join(part),), *(each for each in telling if each[0] not in PARTICLES))


@lru_cache(maxsize=16384)
def _others(first: Writing) -> tuple[Writing, ...]:
    """Return what a first name is cut to, or what it is cut from."""
    name = first[0]
    short = SHORT_NAMES.get(name, "").split()
    return tuple((each,) for each in dict.fromkeys((*short, *_LONG_NAMES.get(name, ()))))


def forget() -> None:
    """Drop the names of everybody who was looked for. To be called when the vault locks."""
    for kept in (_folded, _alone, _others):
        kept.cache_clear()


def needs_capital(writing: Writing) -> bool:
    """Tell whether these words are everyday words as well, or too short to be sure of."""
    # Asked of every name of a practice: most answer by their first word, in half the time.
    if writing and writing[0] not in WORDS_TOO and len(writing[0]) > LEAST_LETTERS:
        return False
    return all(word in WORDS_TOO or len(word) <= LEAST_LETTERS for word in writing)


def of_program(name: str) -> Writing:
    """Return the name of a program, without what kind of company it is."""
    found = folded(name)
    while len(found) > 1 and found[-1] in {"inc", "llc", "ltd", "pllc", "pc", "corp", "co"}:
        found = found[:-1]
    return found


def short_program(name: str) -> Writing:
    """Return the one word a program is called by in short; none where its first is anybody's."""
    words = of_program(name)
    first = next((word for word in words if word not in PARTICLES), "")
    telling = len(first) >= LEAST_SHORT and first.isalpha() and not name.islower()
    if len(words) == 1 or not telling or first in WORDS_TOO or first in NO_PROGRAM_ALONE:
        return ()
    return (first,)


def joined(name: str) -> Writing:
    """Return the name of a program as one word, as in its address on the web."""
    return _as_one(of_program(name))


def abbreviations(name: str) -> Iterator[Writing]:
    """Give the initials a program is called by, as one and apart, where they make no other word.

    Two letters are read only apart, with their dots: whole words of two mean too much else.

    With its small words and without: "Center for New Recovery" is the CFNR and the CNR.
    """
    words = of_program(name)
    if name.islower():
        return
    for some in (words, tuple(word for word in words if word not in {*PARTICLES, *SMALL_WORDS})):
        made = "".join(word[0] for word in some)
        if len(made) >= LEAST_INITIALS and made.isalpha() and made not in WORDS_TOO:
            yield (made,)
        if len(made) > 1 and made.isalpha() and made not in WORDS_TOO:
            yield tuple(made)


def of_address(address: str) -> Iterator[Writing]:
    """Give an address, and the line of it with the house's number, however its street is short."""
    yield folded(address)
    mailbox, at, _ = address.rpartition("@")
    own = folded(mailbox) if at else ()
    if len(own) > 1 and len("".join(own)) >= LEAST_JOINED:  # several words, or some with figures
        yield own
    if at:
        yield from _spoken(address)
    for line in re.split(r"[,;\n]", address):
        words = folded(line)
        if len(words) > 1 and any(word.isdecimal() for word in words) and not _is_code(words):
            yield words
            yield tuple(STREETS.get(word, word) for word in words)
            yield tuple(LONGER.get(word, word) for word in words)


def _spoken(address: str) -> Iterator[Writing]:
    """Give an address of e-mail as one says it, in both languages, with its dots and without."""
    for at, dot in (("at", "dot"), ("arroba", "punto"), ("at", "")):
        yield folded(address.replace("@", f" {at} ").replace(".", f" {dot} "))


def _is_code(words: Writing) -> bool:
    """Tell the state and its code for the mail, which name no house."""
    return len(words[0]) <= STATE_LETTERS and not words[0].isdecimal()


def of_medicine(name: str) -> Iterator[Writing]:
    """Give a medicine as recorded, without its strength, and its first word if that tells it."""
    words = folded(name)
    yield words
    yield words[: next((at for at, word in enumerate(words) if word.isdecimal()), len(words))]
    if not needs_capital(words[:1]) and words[0] not in NO_MEDICINE_ALONE:
        yield words[:1]
        yield (f"{words[0]}s",)


def of_number(typed: str) -> str:
    """Return the digits of a telephone number without the country's; empty where too few."""
    digits = "".join(part for part in folded(typed) if part.isdecimal())
    digits = digits.removeprefix("00")
    if len(digits) == AMERICAN_DIGITS + 1 and digits[0] == "1":
        digits = digits[1:]
    return digits if len(digits) >= LEAST_DIGITS else ""


@cache
def of_topic(topic: Topic) -> tuple[tuple[Writing, bool, bool], ...]:
    """Return what tells a topic: as a writing, whether a word begins so, whether a medicine."""
    return tuple(_of_topic(topic))


def _of_topic(topic: Topic) -> Iterator[tuple[Writing, bool, bool]]:
    english, spanish = TELLING.get(topic, ()), TELLING_IN_SPANISH.get(topic, ())
    if topic is Topic.MEDICATION:
        yield from ((folded(name), False, True) for name in MEDICINES)
    more = PHRASES.get(topic, ())
    for listed in (*english, *spanish, *more):
        words, begins = folded(listed), listed.endswith("*")
        named = listed not in (*NO_MEDICINE, *spanish, *more)
        medicine = topic is Topic.MEDICATION and named
        if begins and len(words) > 1:
            yield from (((*words[:-1], words[-1] + end), False, medicine) for end in ENDINGS)
        else:
            yield words, begins, medicine


__all__ = [
    "AMERICAN_DIGITS", "LEAST_DIGITS", "Named", "Writing", "abbreviations", "forget", "initials",
    "joined", "needs_capital", "of_address", "of_medicine", "of_number", "of_person",
    "of_program", "of_topic", "short_program",
]  # fmt: skip
