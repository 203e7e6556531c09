"""Spelling: words that neither a bundled dictionary nor the records’ own names know.

The dictionary is loaded when first asked for and holds nothing of anybody's records. Names are
read for one client: those of other families are not marked, and never offered.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from rapidfuzz import process
from rapidfuzz.distance import OSA
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, word_lists
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember, Client
from cmdesk.models.person import Address, Person
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.preference import Setting
from cmdesk.models.provider import Organisation
from cmdesk.models.safety import Medication

KEY: Final = "dictionary"
MOST_OFFERED: Final = 5
LONGEST_WORD: Final = 40  # letters: longer ones are no words
_FOLDER: Final = Path(__file__).parents[1] / "resources" / "dictionaries"
_NOT_WORDS: Final = re.compile(
    r"\S+@\S+|\b(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|org|net|gov|edu|example)\b\S*"
)
# Letters of the Latin script; what touches a figure, as in 7am and B12, is left alone.
_WORD: Final = re.compile(
    r"(?<!\w)[a-zA-Z\u00c0-\u024f\u1e00-\u1eff]+"
    r"(?:['\u2019-][a-zA-Z\u00c0-\u024f\u1e00-\u1eff]+)*(?![\w])"
)
_NAMES: Final = (Person.given_name, Person.middle_name, Person.family_name, Person.preferred_name)


class Dictionary(Protocol):
    """What is used of the library."""

    def spell(self, word: str) -> bool: ...
    def suggest(self, word: str) -> Sequence[str]: ...


class Unknown(NamedTuple):
    """A word nothing knows, and where it stands in the text as it was typed."""

    start: int
    end: int
    word: str


@dataclass(frozen=True, slots=True)
class Personal:
    """Names and words of the records. `known` are folded; only `near` ones are ever offered."""

    known: frozenset[str] = frozenset()
    near: tuple[str, ...] = ()
    added: frozenset[str] = frozenset()  # by hand


# The words of a vault.


def personal(session: Session, client_id: int = 0) -> Personal:
    """Return the names in the records, and as near those of this client's own circle."""
    own = merged.own_ids(session, client_id) if client_id else []
    added = words_added(session)
    near = [*_parts(_near(session, own)), *added]
    everything = [*_parts(_everywhere(session)), *near]
    return Personal(
        frozenset(_alike(word) for word in everything),
        tuple(dict.fromkeys(near)),
        frozenset(_alike(word) for word in added),
    )


def words_added(session: Session) -> tuple[str, ...]:
    """Return the words put into the dictionary by hand, in order."""
    kept = session.scalar(select(Setting.value).where(Setting.key == KEY)) or {}
    return tuple(kept.get("words", ()))


def add_word(session: Session, word: str) -> None:
    """Put a word into this vault's dictionary. Problem if it is no word."""
    bare = word.strip().replace("\u2019", "'")
    if not _WORD.fullmatch(bare) or len(bare) > LONGEST_WORD:
        raise Problem("This is not a word.", "Choose letters alone.")
    words = words_added(session)
    if _alike(bare) not in {_alike(each) for each in words}:
        _keep(session, sorted([*words, bare], key=_alike))


def was_added(word: str, own: Personal) -> bool:
    """Tell whether a word is known because it was added by hand."""
    return _alike(word) in own.added


def remove_word(session: Session, word: str) -> None:
    """Take a word out of this vault's dictionary again."""
    _keep(session, [each for each in words_added(session) if _alike(each) != _alike(word)])


def _keep(session: Session, words: list[str]) -> None:
    row = session.scalars(select(Setting).where(Setting.key == KEY)).one_or_none()
    row = row or Setting(key=KEY)
    row.value = {"words": words}
    session.add(row)
    session.flush()


def _near(session: Session, own: Sequence[int]) -> Iterator[str]:
    """Give the names of a client, of the circle, of the programs met there, and our own."""
    if own:
        circle = select(CircleMember.person_id).where(CircleMember.client_id.in_(own))
        client = select(Client.person_id).where(Client.id.in_(own))
        about = or_(Person.id.in_(circle), Person.id.in_(client))
        for row in session.execute(select(*_NAMES).where(about)):
            yield from row
        work = select(Person.organisation_id).where(Person.id.in_(circle))
        yield from session.scalars(select(Organisation.name).where(Organisation.id.in_(work)))
        stays = select(Episode.organisation_id).where(Episode.client_id.in_(own))
        yield from session.scalars(select(Organisation.name).where(Organisation.id.in_(stays)))
        medicines = select(Medication.name).where(Medication.client_id.in_(own))
        yield from session.scalars(medicines)
    yield from session.scalars(select(Practice.name))
    yield from session.scalars(select(Practitioner.name))


def _everywhere(session: Session) -> Iterator[str]:
    for row in session.execute(select(*_NAMES)):
        yield from row
    for row in session.execute(select(Organisation.name, Organisation.name2)):
        yield from row
    for row in session.execute(select(Address.street, Address.city, Address.county)):
        yield from row
    yield from session.scalars(select(Medication.name))


def _parts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        yield from _WORD.findall(name)


# Checking.


@lru_cache(maxsize=len(word_lists.LANGUAGES))
def load(language: str) -> Dictionary | None:
    """Load the dictionary of a language, a tenth of a second; nothing where there is no library."""
    if find_spec("hunspell") is None:  # no wheel of it for Macs with an Intel processor
        return None
    made: Dictionary = import_module("hunspell").Hunspell(
        word_lists.shipped(language), hunspell_data_dir=str(_FOLDER), system_encoding="utf-8"
    )
    return made


def check(text: str, language: str, own: Personal) -> tuple[Unknown, ...]:
    """Return the words that nothing knows. Abbreviations in capitals and addresses are none."""
    language = word_lists.shipped(language)
    dictionary = load(language)
    if dictionary is None:
        return ()
    plain = _NOT_WORDS.sub(lambda found: " " * len(found.group()), text)
    return tuple(
        each
        for found in _WORD.finditer(plain)
        for each in _unknown(Unknown(*found.span(), found.group()), dictionary, language, own)
    )


def _unknown(
    whole: Unknown, dictionary: Dictionary, language: str, own: Personal
) -> Iterator[Unknown]:
    """Give what of a word is unknown: of one with hyphens, the parts."""
    if _is_known(whole.word, dictionary, language, own):
        return
    if "-" not in whole.word:
        yield whole
        return
    start = whole.start
    for part in whole.word.split("-"):
        if len(part) > 2 and not _is_known(part, dictionary, language, own):
            yield Unknown(start, start + len(part), part)
        start += len(part) + 1


def _is_known(word: str, dictionary: Dictionary, language: str, own: Personal) -> bool:
    straight = word.replace("\u2019", "'")
    if len(word) == 1 or (word.isupper() and len(word) <= 6):
        return True
    bare = re.sub(r"'s?$", "", straight)
    if _alike(bare) in own.known or _alike(straight) in own.known:
        return True
    if bare in _field(language) or bare.lower() in _field(language):
        return True
    return dictionary.spell(straight) or (bare != straight and dictionary.spell(bare))


@lru_cache(maxsize=len(word_lists.LANGUAGES))
def _field(language: str) -> frozenset[str]:
    return frozenset(word_lists.of_the_field(language))


# Suggesting.


def suggest(word: str, language: str, own: Personal) -> tuple[str, ...]:
    """Return up to five words that may be meant, the likeliest first, with the capital typed."""
    language = word_lists.shipped(language)
    dictionary = load(language)
    if dictionary is None:
        return ()
    liked = (*word_lists.of_the_field(language), *own.near)
    reach = 1 if len(word) <= 4 else 2
    bare = _bare(word)
    near = process.extract(
        bare, liked, scorer=OSA.distance, processor=_bare, score_cutoff=reach, limit=8
    )
    found = [each for each, _, _ in near]
    ranks: dict[str, tuple[float, int]] = {}
    for place, each in enumerate([*found, *dictionary.suggest(word.replace("\u2019", "'"))]):
        far = OSA.distance(bare, _bare(each)) + (" " in each or "-" in each)
        ranks.setdefault(each, (far - 0.5 * (place < len(found)), place))
    best = sorted(ranks, key=lambda each: ranks[each])
    capital = word[:1].isupper()
    shown = [each[:1].upper() + each[1:] if capital else each for each in best]
    return tuple(dict.fromkeys(each for each in shown if each != word))[:MOST_OFFERED]


def _alike(word: str) -> str:
    return unicodedata.normalize("NFC", word).casefold().replace("\u2019", "'")


def _bare(word: str) -> str:
    """Return a word without case, accents and apostrophes, which are forgotten most."""
    parts = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in parts if sign.isalpha())


__all__ = [
    "Dictionary",
    "Personal",
    "Unknown",
    "add_word",
    "check",
    "load",
    "personal",
    "remove_word",
    "suggest",
    "was_added",
    "words_added",
]
