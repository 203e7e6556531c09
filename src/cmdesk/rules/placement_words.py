"""How a place stands to one need, in words: what it has, who said so, and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Final

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import Code
from cmdesk.rules.days import short
from cmdesk.rules.placement import LISTS, Asked, Met, Need, Place, a_month, met
from cmdesk.rules.provider_codes import (
    Accreditation,
    AgeGroup,
    GenderGroup,
    Modality,
    Takes,
    Treats,
)
from cmdesk.rules.provider_opening import stale

MOST_NAMED: Final = 2  # of what a place has instead
CODES: Final[Mapping[Asked, type[Code]]] = MappingProxyType(
    {
        Asked.TREATS: Treats,
        Asked.LEVEL: LevelOfCare,
        Asked.MODALITY: Modality,
        Asked.TAKES: Takes,
        Asked.AGE: AgeGroup,
        Asked.GENDER: GenderGroup,
        Asked.ACCREDITATION: Accreditation,
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said of one thing. `met` is empty where they spoke of the provider alone."""

    words: str
    by: str = ""
    on: date | None = None
    met: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One need of one place. Without words there is nothing but the question to show."""

    met: Met
    words: str = ""
    source: str = ""
    old: bool = False  # heard so long ago that it is asked again


def label(asked: Asked, code: str) -> str:
    """Give the words of a code; a plan or a state stands for itself."""
    kind = CODES.get(asked)
    try:
        return kind(code).label if kind else code
    except ValueError:
        return code


def finding(
    need: Need, place: Place, today: date, answer: Said | None = None, fact: Said | None = None
) -> Finding:
    """Say how a place stands to a need. An answer for this client goes before the directory.

    `fact` is what somebody said of the provider's own field: its words stand for what it is. What
    was said of an opening and has aged is not known any more.
    """
    if answer is not None and (answer.words or answer.met in (Met.YES, Met.NO)):
        old = stale(answer.on, today)
        asked = need.test.asked if need.test else None
        found = Met.UNKNOWN if old and asked is Asked.OPENING else Met(answer.met or Met.UNKNOWN)
        return Finding(found, answer.words or found.label, _told(answer, today), old)
    found = met(need.test, place, today)
    if need.test is None:
        return Finding(found)
    own = _words(need.test.asked, need.test.codes, place, found, today)
    old = stale(place.told_on, today) if need.test.asked is Asked.OPENING else False
    if fact is not None and fact.words:
        return Finding(found, fact.words, _told(fact, today), old or stale(fact.on, today))
    return Finding(found, own, "From the directory" if own else "", old)


def _told(said: Said, today: date) -> str:
    by = f"Told by {said.by}" if said.by else "Told to you"
    return f"{by}, {short(said.on, today)}" if said.on else by


def _words(asked: Asked, codes: Iterable[str], place: Place, found: Met, today: date) -> str:
    if asked in LISTS:
        return _list_words(asked, codes, place, found)
    if asked is Asked.DETOX:
        return {Met.YES: "On site", Met.NO: "Not on site"}.get(found, "")
    if asked is Asked.PRICE:
        return _price(place)
    if asked is Asked.OPENING:
        return _opening(place, today)
    miles = place.home if asked is Asked.HOME else place.here
    return "" if miles is None else f"{miles:,.0f} miles"


def _list_words(asked: Asked, codes: Iterable[str], place: Place, found: Met) -> str:
    has = getattr(place, LISTS[asked])
    if found is Met.YES:
        return ", ".join(label(asked, code) for code in codes if code in has)
    named = ", ".join(label(asked, code) for code in tuple(has)[:MOST_NAMED])
    return f"Only {named}" if found is Met.NO else ""


def _price(place: Place) -> str:
    if place.cents is None:
        return ""
    said, month = money(place.cents), a_month(place.cents, place.per)
    if place.per == "month":
        return said
    rate = f"{said} a {place.per}" if place.per else said
    return f"{rate}, {money(month // 100 * 100)} a month" if month is not None else rate


def money(cents: int) -> str:
    """Write an amount, whole dollars without cents."""
    return f"${cents // 100:,}" if cents % 100 == 0 else f"${cents / 100:,.2f}"


def _opening(place: Place, today: date) -> str:
    if place.opening_on is not None:
        return f"Opens {short(place.opening_on, today)}"
    if place.openings:
        return f"{place.openings} open now"
    if place.wait_days is None:
        return ""
    return f"{place.wait_days} days’ wait" if place.wait_days else "No wait"


__all__ = ["Finding", "Said", "finding", "label", "money"]
