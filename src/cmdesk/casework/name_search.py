"""Names found as one types them in haste: by their beginnings, and in spite of a slip."""

import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, parties, search
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation

KINDS = ("client", "person", "organisation")
MOST = 6  # how many are shown
FORGIVING_FROM = 5  # letters; shorter words have to be right
WORD = re.compile(r"[^\W_]+", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Known:
    """A name to be found; `kind` is `client`, `person` or `organisation`."""

    kind: str
    id: int
    name: str
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Names:
    """Everybody's names, read once: `words` sorted, `bearers` those whose name has the word."""

    known: tuple[Known, ...]
    words: tuple[str, ...]
    bearers: tuple[tuple[int, ...], ...]


def folded(text: str) -> str:
    """Return the letters alone, as one would type them in haste: without marks or capitals."""
    if text.isascii():  # nearly all are: a tenth of the time
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.translate(search.FOLDS))
    return "".join(sign for sign in plain if not unicodedata.combining(sign)).casefold()


def names(session: Session) -> Names:
    """Read every name there is: about 60 ms for 25,000 programs, so not at every key."""
    found: list[tuple[Known, str]] = []
    shown = Person.id.not_in(merged.gone_people())
    people = select(Person, Client.id).outerjoin(Client, Client.person_id == Person.id).where(shown)
    for person, client_id in session.execute(people):
        name = parties.name_of(person).full
        kind, number = ("client", client_id) if client_id else ("person", person.id)
        spoken = f"{name} {person.given_name} {person.preferred_name}"
        found.append((Known(kind, number, name, person.id), spoken))
    houses = select(Organisation.id, Organisation.name, Organisation.name2)
    houses = houses.where(Organisation.kind != merged.MERGED_PROVIDER)
    for number, name, name2 in session.execute(houses):
        found.append((Known("organisation", number, name), f"{name} {name2}"))
    return indexed(found)


def indexed(found: Iterable[tuple[Known, str]]) -> Names:
    """Sort the words of the names, each with those who bear it."""
    bearers: dict[str, list[int]] = defaultdict(list)
    known: list[Known] = []
    for place, (one, spoken) in enumerate(found):
        known.append(one)
        for word in dict.fromkeys(WORD.findall(folded(spoken))):
            bearers[word].append(place)
    words = sorted(bearers)
    return Names(tuple(known), tuple(words), tuple(tuple(bearers[word]) for word in words))


def _begun(names: Names, word: str) -> dict[int, int]:
    """Give the words of names that begin so, each with how far off it is."""
    near: dict[int, int] = {}
    for place in range(bisect_left(names.words, word), len(names.words)):
        if not names.words[place].startswith(word):
            break
        near[place] = 0 if names.words[place] == word else 1
    return near


def _mistyped(names: Names, word: str) -> dict[int, int]:
    """Give the words of names one or two slips away (restricted Damerau-Levenshtein)."""
    if len(word) < FORGIVING_FROM:
        return {}
    allowed = 1 if len(word) < 2 * FORGIVING_FROM else 2
    found = process.extract(word, names.words, scorer=OSA.distance, score_cutoff=allowed, limit=20)
    return {place: 1 + int(off) for _, off, place in found}


def called(names: Names, typed: str, limit: int = MOST) -> tuple[list[Known], list[str]]:
    """Find who is meant, clients first; return them and the words that are no part of a name.

    Slips are forgiven only where nobody is called as typed: else a ride home would be Ridge Home.
    """
    words = list(dict.fromkeys(WORD.findall(folded(typed))))
    matches = {word: near for word in words if (near := _begun(names, word))}
    if not matches:
        matches = {word: near for word in words if (near := _mistyped(names, word))}
    far: dict[int, dict[str, int]] = defaultdict(dict)  # who, by which word, how far off
    for word, near in matches.items():
        for place, off in near.items():
            for bearer in names.bearers[place]:
                far[bearer][word] = min(off, far[bearer].get(word, off))
    most = max((len(each) for each in far.values()), default=0)
    best = [bearer for bearer, by_word in far.items() if len(by_word) == most]
    best.sort(key=lambda each: _order(names.known[each], sum(far[each].values())))
    shown = best[:limit]
    spoken = {word for each in shown for word in far[each]}
    return [names.known[each] for each in shown], [word for word in words if word not in spoken]


def _order(known: Known, off: int) -> tuple[int, int, str]:
    return off, KINDS.index(known.kind), known.name.casefold()
