"""What a place must have, and whether one has it: met, not met or unknown, and never a score."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter
from types import MappingProxyType
from typing import Any, Final

from cmdesk.rules.code import Code
from cmdesk.rules.provider_opening import Told, opening, stale

WEIGHTS: Final = (3, 2, 1)  # the heaviest first
# To a month of twelve in a year of 365 days.
A_MONTH: Final[Mapping[str, tuple[int, int]]] = MappingProxyType(
    {"day": (365, 12), "night": (365, 12), "week": (365, 84), "month": (1, 1), "year": (1, 12)}
)


class Met(Code):
    YES = "yes", "Met"
    NO = "no", "Not met"
    UNKNOWN = "unknown", "Not known"


class Asked(StrEnum):
    """What a need is matched by. Any other is answered by people alone."""

    TREATS = "treats"
    LEVEL = "level"
    MODALITY = "modality"
    TAKES = "takes"
    PAYER = "payer"
    AGE = "age"
    GENDER = "gender"
    ACCREDITATION = "accreditation"
    MEDICATION = "medication"
    STATE = "state"
    DETOX = "detox"
    PRICE = "price"  # at most so many cents a month
    OPENING = "opening"  # a place by a day
    HOME = "home"  # at most so many miles from home
    HERE = "here"  # at most so many miles from where the client is now


# Of these a place lists all that it has; of any other list it may have more than it says.
CLOSED: Final = frozenset({Asked.LEVEL, Asked.TAKES, Asked.AGE, Asked.GENDER, Asked.STATE})
LISTS: Final[Mapping[Asked, str]] = MappingProxyType(
    {
        Asked.TREATS: "treats",
        Asked.LEVEL: "levels",
        Asked.MODALITY: "modalities",
        Asked.TAKES: "takes",
        Asked.PAYER: "payers",
        Asked.AGE: "ages",
        Asked.GENDER: "genders",
        Asked.ACCREDITATION: "accreditation",
        Asked.MEDICATION: "medications",
        Asked.STATE: "states",
    }
)


# Ready questions where the words of the need make none.
READY: Final[Mapping[Asked | None, str]] = MappingProxyType(
    {
        Asked.PRICE: "Ask what it costs",
        Asked.OPENING: "Ask when a place opens",
        Asked.HOME: "Ask where it is",
        Asked.HERE: "Ask where it is",
    }
)
FIRST: Final[Mapping[str, str]] = MappingProxyType(
    {"within": "Ask how far it is", "under": "Ask what it costs"}
)
VERBS: Final = frozenset({"treats", "offers", "has", "gives", "does"})


@dataclass(frozen=True, slots=True)
class Match:
    """How a need is matched: any of `codes`, at most `most` (cents a month, miles), `by` a day."""

    asked: Asked
    codes: tuple[str, ...] = ()
    most: int | None = None
    by: date | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """One thing the place must have (`must`) or would better have. `weight` is 1 to 3."""

    id: int
    text: str
    must: bool = True
    weight: int = 2
    test: Match | None = None
    question: str = ""

    @property
    def ask(self) -> str:
        """Give the ready question, where the answer is not known."""
        if self.question:
            return self.question
        verb, _, rest = self.text.partition(" ")
        ready = READY.get(self.test.asked if self.test else None) or FIRST.get(verb.casefold(), "")
        if ready:
            return ready
        if rest and verb.casefold() == "takes":  # a payer, a group
            return f"Ask whether they take {rest}"
        said = rest if rest and verb.casefold() in VERBS else self.text
        first = said.split(" ", 1)[0]
        return f"Ask about {said if first.isupper() else said[:1].lower() + said[1:]}"


@dataclass(frozen=True, slots=True)
class Place:
    """What is known of one provider. Empty and None mean: not known. Distances are in miles.

    `told_on` is when what it says of openings was last heard.
    """

    treats: Collection[str] = ()
    levels: Collection[str] = ()
    modalities: Collection[str] = ()
    takes: Collection[str] = ()
    payers: Collection[str] = ()
    ages: Collection[str] = ()
    genders: Collection[str] = ()
    accreditation: Collection[str] = ()
    medications: Collection[str] = ()
    states: Collection[str] = ()
    detox: bool | None = None
    cents: int | None = None
    per: str = ""
    opening_on: date | None = None
    openings: int | None = None
    wait_days: int | None = None
    told_on: date | None = None
    home: float | None = None
    here: float | None = None


def read(kept: Mapping[str, Any]) -> Match | None:
    """Read a test as a row keeps it; None where people alone can answer, or it is not known."""
    try:
        return Match(
            Asked(kept["field"]),
            tuple(str(code) for code in kept.get("codes", ())),
            None if kept.get("most") is None else int(kept["most"]),
            date.fromisoformat(kept["by"]) if kept.get("by") else None,
        )
    except (KeyError, ValueError, TypeError):
        return None


def plain(test: Match | None) -> dict[str, Any]:
    """Write a test down as a row keeps it."""
    if test is None:
        return {}
    made: dict[str, Any] = {"field": test.asked.value}
    if test.codes:
        made["codes"] = list(test.codes)
    if test.most is not None:
        made["most"] = test.most
    if test.by is not None:
        made["by"] = test.by.isoformat()
    return made


def a_month(cents: int | None, per: str) -> int | None:
    """Return what a rate comes to in a month, in cents; None where that can't be said."""
    if cents is None or per not in A_MONTH:
        return None
    times, of = A_MONTH[per]
    return (cents * times + of // 2) // of


def reads(test: Match) -> tuple[str, ...]:
    """Name the fields of a place that a test looks at."""
    if test.asked in LISTS:
        return (LISTS[test.asked],)
    return {
        Asked.DETOX: ("detox",),
        Asked.PRICE: ("cents", "per"),
        Asked.OPENING: ("opening_on", "openings", "wait_days", "told_on"),
        Asked.HOME: ("home",),
        Asked.HERE: ("here",),
    }[test.asked]


def met(test: Match | None, place: object, today: date) -> Met:
    """Say whether a place has what is asked; what is not known is never met."""
    if test is None:
        return Met.UNKNOWN
    return _met(test, tuple(getattr(place, name) for name in reads(test)), today)


class _Judged(dict[Any, Met]):
    """What one test makes of what a place says: judged when first asked, then remembered."""

    def __init__(self, test: Match, today: date) -> None:
        super().__init__()
        self._test, self._today = test, today
        self._alone = len(reads(test)) == 1

    def __missing__(self, said: Any) -> Met:
        found = self[said] = _met(self._test, (said,) if self._alone else said, self._today)
        return found


def judged(test: Match | None, places: Sequence[object], today: date) -> list[Met]:
    """Hold many places against one test; what several say alike is judged once."""
    if test is None:
        return [Met.UNKNOWN] * len(places)
    return list(map(_Judged(test, today).__getitem__, map(attrgetter(*reads(test)), places)))


def _met(test: Match, said: tuple[Any, ...], today: date) -> Met:
    if test.asked in LISTS:
        return _listed(test, said[0])
    if test.asked is Asked.DETOX:
        return Met.UNKNOWN if said[0] is None else _told(has=said[0])
    if test.asked is Asked.OPENING:
        return _open(test, *said, today=today)
    amount = a_month(*said) if test.asked is Asked.PRICE else said[0]
    if amount is None or test.most is None:
        return Met.UNKNOWN
    return _told(has=amount <= test.most)


def _told(*, has: bool) -> Met:
    return Met.YES if has else Met.NO


def _listed(test: Match, said: Collection[str]) -> Met:
    if not test.codes or not said:
        return Met.UNKNOWN
    if any(code in said for code in test.codes):
        return Met.YES
    return Met.NO if test.asked in CLOSED else Met.UNKNOWN


def _open(
    test: Match,
    opening_on: date | None,
    openings: int | None,
    wait_days: int | None,
    told_on: date | None,
    *,
    today: date,
) -> Met:
    """Judge by the soonest day there is a place; what was heard too long ago is asked again."""
    if test.by is None or stale(told_on, today):
        return Met.UNKNOWN
    if openings and opening_on is None:
        return Met.YES
    soonest = opening(Told(opening_on, wait_days, asked_on=told_on), today).soonest
    return Met.UNKNOWN if soonest is None else _told(has=soonest <= test.by)


@dataclass(frozen=True, slots=True)
class Fit:
    """How one place stands to the needs, by their positions: what it lacks, what is to be asked."""

    lacks: tuple[int, ...] = ()
    unknown: tuple[int, ...] = ()


def fit(found: Sequence[Met]) -> Fit:
    """Sort what was found of each need."""
    return Fit(
        tuple(at for at, each in enumerate(found) if each is Met.NO),
        tuple(at for at, each in enumerate(found) if each is Met.UNKNOWN),
    )


def order(needs: Sequence[Need], fit: Fit) -> tuple[int, ...]:
    """Give what places are listed by: how many must-haves each lacks, the weightiest first.

    Then how many are not known, then what else would be good. Smaller comes first.
    """
    return tuple(
        sum(needs[at].must is must and needs[at].weight == weight for at in those)
        for must in (True, False)
        for those in (fit.lacks, fit.unknown)
        for weight in WEIGHTS
    )


def counted(needs: Sequence[Need], found: Sequence[Met]) -> tuple[int, int]:
    """Count the must-haves that are met, and all of them: `5 of 6`."""
    musts = [each for need, each in zip(needs, found, strict=True) if need.must]
    return sum(each is Met.YES for each in musts), len(musts)


def differ(cells: Iterable[object]) -> bool:
    """Whether a row of the table side by side says more than one thing."""
    return len(set(cells)) > 1
