"""The words that are looked for in a letter, each with its kind and why: a table by first word."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from cmdesk.rules import leak_names as names
from cmdesk.rules.leak_held import Held, Kind
from cmdesk.rules.leak_names import Writing
from cmdesk.rules.leak_text import folded
from cmdesk.rules.people import possessive
from cmdesk.rules.topics import Topic

# Two capitals that stand for no person, whoever's initials they are.
NOBODY: Final = frozenset(
    {"ad", "ai", "am", "bc", "ca", "cd", "ct", "dc", "er", "eu", "fl", "hr", "id", "ii", "il",
     "iv", "la", "ma", "md", "na", "nc", "nj", "nm", "ny", "oh", "ok", "pa", "pc", "pe", "pj",
     "pm", "ps", "pt", "rn", "rv", "sc", "st", "tv", "tx", "uk", "un", "us", "vi", "wi"}
)  # fmt: skip

# Letters of what is known with one of them wrong. "Abilify" is nearly a word, "sertraline" is not.
LEAST_LONG: Final = {Kind.NAME: 6, Kind.PROGRAM: 7, Kind.MEDICINE: 9}


class Phrase(NamedTuple):
    words: Writing
    kind: Kind | None  # none: the reader may hear of it
    why: str
    careful: bool  # everyday words too: only with a capital
    loud: bool = False  # only in capitals throughout


Table = dict[str, list[Phrase]]


def table(held: Held) -> tuple[Table, dict[str, Phrase]]:
    """Return all phrases by their first word, the longest first; and the beginnings of words."""
    found: dict[Writing, Phrase] = {}
    stems: dict[str, Phrase] = {}
    for phrase in (*_known(held), *_people(held), *_places_and_medicines(held)):
        if phrase.words:
            found.setdefault(phrase.words, phrase)
    for phrase, begins in _of_topics(held):
        if begins:
            stems.setdefault(phrase.words[0], phrase)
        else:
            found.setdefault(phrase.words, phrase)
    by_first: Table = {}
    for phrase in sorted(found.values(), key=lambda each: -len(each.words)):
        by_first.setdefault(phrase.words[0], []).append(phrase)
    return by_first, stems


def long_names(looked_for: Table) -> dict[str, Phrase]:
    """Return the words that are known with one letter wrong, too: long ones, no everyday words."""
    found: dict[str, Phrase] = {}
    for word, phrases in looked_for.items():
        kind, size = phrases[-1].kind, len(word)
        if kind is None or size < LEAST_LONG.get(kind, size + 1) or len(phrases[-1].words) > 1:
            continue
        several = word[-1] == "s" and word[:-1] in looked_for
        if not several and not names.needs_capital((word,)):
            found[word] = phrases[-1]
    return found


def _known(held: Held) -> Iterator[Phrase]:
    """Give what the reader may hear of: of two ways to read the same words, this one counts."""
    for person in held.known_people:
        for words in names.of_person(person):
            yield Phrase(words, None, "", careful=False)
    for name in held.known_names:
        yield Phrase(folded(name), None, "", careful=False)
        yield Phrase(names.joined(name), None, "", careful=False)


def _people(held: Held) -> Iterator[Phrase]:
    for person, why in held.people:
        for words in names.of_person(person):
            yield Phrase(words, Kind.NAME, why, names.needs_capital(words))
    known = {words for person in held.known_people for words in names.initials(person)}
    for person, why in held.near:
        for words in names.initials(person):
            if "".join(words) not in NOBODY and words not in known:
                yield Phrase(words, Kind.NAME, why, careful=True, loud=True)


def _places_and_medicines(held: Held) -> Iterator[Phrase]:
    known = {words for name in held.known_names for words in names.abbreviations(name)}
    for address, why in held.addresses:
        for words in names.of_address(address):
            yield Phrase(words, Kind.ADDRESS, why, careful=False)
    for name, why in held.programs:
        words, short = names.of_program(name), names.short_program(name)
        careful = not name.islower() and (len(words) == 1 or names.needs_capital(words))
        yield Phrase(words, Kind.PROGRAM, why, careful)
        yield Phrase(short, Kind.PROGRAM, why, careful=True)
        yield Phrase(names.joined(name), Kind.PROGRAM, why, careful=False)
        for words in names.abbreviations(name):
            if "".join(words) not in NOBODY and words not in known:
                yield Phrase(words, Kind.PROGRAM, why, careful=True, loud=True)
    for name in held.medicines:
        for words in names.of_medicine(name):
            yield Phrase(words, Kind.MEDICINE, _not_covered(held, Topic.MEDICATION), careful=False)


def _of_topics(held: Held) -> Iterator[tuple[Phrase, bool]]:
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
                yield Phrase(words, kind, why, careful=False), begins


def _not_covered(held: Held, topic: Topic) -> str:
    return f"not in {possessive(held.reader)} consent: {topic.in_words}"


__all__ = ["Phrase", "Table", "long_names", "table"]
