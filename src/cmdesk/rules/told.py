"""What a reader was told before, beside what a letter says now: repeats and contradictions.

A remark warns and never blocks, so it has to be rare. A repeat is the same entry told again, or a
sentence that says almost the same with the same days and numbers. A contradiction needs the same
subject, no topic apart, and one of these: another day, while the one that was told is still to
come or was already past when it was told; another number about the same entry, about the same
day, or in a letter over the same days.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Final, NamedTuple

from cmdesk.rules.claims import Claim, claims_of
from cmdesk.rules.leak_text import folded
from cmdesk.rules.near_lines import Lines

NEWS: Final = frozenset({"passage", "text"})  # places where a letter tells what is new
LEAST_ALIKE: Final = 6  # words from which two entries that say the same are a repeat
SAME_SUBJECT: Final = 0.6  # of the words of both
# These alone say too little of what is on that day: there is one every week.
EVERY_WEEK: Final = frozenset(
    {"appointment", "call", "check", "group", "meeting", "session", "therapy", "update", "visit"}
    | {"llamada", "cita", "grupo", "reunion", "sesion", "terapia", "visita"}
)

Folded = tuple[str, ...]


class RemarkKind(StrEnum):
    REPEATS = "repeats"
    OTHER_DAY = "other_day"
    OTHER_NUMBER = "other_number"


@dataclass(frozen=True, slots=True)
class Told:
    """One thing a reader was told: on which day, in a letter over which days."""

    text: str
    on: date
    first: date
    last: date
    part: str = ""
    topics: frozenset[str] = frozenset()
    entry: str = ""
    id: int = 0


class Said(NamedTuple):
    """One text of the letter that is written. `place` begins with its kind, as `passage 3`."""

    place: str
    text: str
    topics: frozenset[str] = frozenset()
    entry: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """`start` and `end` are places of the sentence in the text at `place`."""

    kind: RemarkKind
    place: str
    start: int
    end: int
    words: str
    told: Told


class _Known(NamedTuple):
    claim: Claim
    told: Told


class Ledger:
    """All that one reader was told, read once for a letter over some days.

    `own` are words that say nothing of what a sentence is about: what the client is called.
    """

    def __init__(
        self, told: Iterable[Told], first: date, last: date, own: Iterable[str] = ()
    ) -> None:
        self._told = tuple(told)
        self._days = (first, last)
        self._own = frozenset(word for name in own for word in folded(name))
        self._lines = Lines((each.text, str(place)) for place, each in enumerate(self._told))
        self._entries: dict[str, Told] = {}
        self._by_word: dict[str, list[_Known]] = {}
        for each in self._told:
            if each.entry:
                self._entries.setdefault(each.entry, each)
            for claim in claims_of(each.text, each.on, self._own):
                if claim.days or claim.numbers:
                    for word in claim.subject:
                        self._by_word.setdefault(word, []).append(_Known(claim, each))

    def __len__(self) -> int:
        return len(self._told)

    def remarks(
        self, said: Sequence[Said], on: date, answered: Iterable[str] = ()
    ) -> tuple[Remark, ...]:
        """Return what a letter of a day repeats or contradicts, at most one for each sentence.

        `answered` are things the letter itself says were moved: of them another day is no news.
        """
        all_of = [(each, self._claims(each.text, on)) for each in said]
        beside = [claim for _, claims in all_of for claim in claims]
        moved = {folded(text) for text in answered}
        found: list[Remark] = []
        for each, claims in all_of:
            for claim in claims:
                remark = self._contradicts(each, claim, on, beside, moved)
                remark = remark or self._repeats(each, claim)
                found += [remark] if remark else []
        return tuple(found)

    def _claims(self, text: str, on: date) -> tuple[Claim, ...]:
        return _kept_claims(text, on, self._own)

    def _repeats(self, said: Said, claim: Claim) -> Remark | None:
        if said.place.partition(" ")[0] not in NEWS:
            return None  # goals, days and next steps may well stand there every week
        told = self._entries.get(said.entry) if said.entry else None
        near, place = self._lines.nearest(claim.words, whole=True)
        if told is None and near:
            told = self._told[int(place)]
            alone = said.entry and told.entry and len(claim.words) < LEAST_ALIKE
            same = any(
                other.words and (other.days, other.numbers) == (claim.days, claim.numbers)
                for other in self._claims(told.text, told.on)
            )
            told = told if same and not alone else None
        return _remark(RemarkKind.REPEATS, said, claim, told) if told else None

    def _contradicts(
        self, said: Said, claim: Claim, on: date, beside: Sequence[Claim], moved: set[Folded]
    ) -> Remark | None:
        if not (claim.days or claim.numbers):
            return None
        known = list(dict.fromkeys(self._same(said, claim)))
        if any(other.claim.days == claim.days for other in known if claim.days):
            known = [each for each in known if each.claim.days == claim.days]
        for other in sorted(known, key=lambda each: (each.told.on, each.told.id), reverse=True):
            kind = self._otherwise(claim, other, said, on)
            if kind is RemarkKind.OTHER_DAY and (
                _stands_too(other.claim, beside) or _is_moved(other.claim, moved)
            ):
                continue
            if kind is not None:
                return _remark(kind, said, claim, other.told)
        return None

    def _same(self, said: Said, claim: Claim) -> Iterator[_Known]:
        """Give what was told about the same subject, with no topic apart."""
        for word in claim.subject:
            for known in self._by_word.get(word, ()):
                topics = known.told.topics
                apart = topics and said.topics and topics.isdisjoint(said.topics)
                if not apart and same_subject(claim.subject, known.claim.subject):
                    yield known

    def _otherwise(self, claim: Claim, known: _Known, said: Said, on: date) -> RemarkKind | None:
        other, told = known
        if claim.days and other.days and claim.days.isdisjoint(other.days):
            new, old = max(claim.days), max(other.days)
            both_ahead = old >= on and new >= on
            both_past = old <= told.on and new <= told.on
            # What went by may come again: another day is news only while the first is to come,
            # or of what was over when it was told.
            apart = (both_ahead or both_past) and not claim.subject <= EVERY_WEEK
            return RemarkKind.OTHER_DAY if apart else None
        same_days = bool(claim.days) and claim.days == other.days
        same_entry = bool(said.entry) and said.entry == told.entry
        undated = not (claim.days or other.days)
        over_the_same = (told.first, told.last) == self._days and undated
        comparable = len(claim.numbers) == len(other.numbers) and claim.numbers != other.numbers
        if comparable and (same_days or same_entry or over_the_same):
            return RemarkKind.OTHER_NUMBER
        return None


@lru_cache(maxsize=4096)
def _kept_claims(text: str, on: date, own: frozenset[str]) -> tuple[Claim, ...]:
    """Read a text once: of a letter that is typed, one sentence changes at a time."""
    return tuple(claims_of(text, on, own))


def forget() -> None:
    """Empty what keeps sentences of letters, as when the records are locked."""
    _kept_claims.cache_clear()


def same_subject(one: frozenset[str], other: frozenset[str]) -> bool:
    """Tell whether two sentences speak of the same thing, by the words that carry it."""
    shared = one & other
    if len(shared) <= 1:
        return bool(shared) and one == other
    return len(shared) >= SAME_SUBJECT * len(one | other)


def _stands_too(other: Claim, beside: Iterable[Claim]) -> bool:
    """Tell whether the letter says what was told as well: then there are two of a kind."""
    return any(each.days == other.days and each.subject == other.subject for each in beside)


def _is_moved(other: Claim, moved: set[Folded]) -> bool:
    return any(other.words[-len(words) :] == words for words in moved if words)


def _remark(kind: RemarkKind, said: Said, claim: Claim, told: Told) -> Remark:
    return Remark(
        kind, said.place, claim.start, claim.end, said.text[claim.start : claim.end], told
    )


__all__ = ["Ledger", "Remark", "RemarkKind", "Said", "Told", "forget", "same_subject"]
