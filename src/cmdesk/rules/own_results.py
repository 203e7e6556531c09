"""How people fared at one place: people and days, never a percentage (DESIGN 7 and 11).

Two people are alike who came with the same kinds of trouble at the same time of life. Who comes
with a mood or another disorder and with substance use is like those who came with both.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from statistics import median
from typing import Final

from cmdesk.rules.care_codes import DischargeReason
from cmdesk.rules.care_event_codes import InCare
from cmdesk.rules.days import later
from cmdesk.rules.episode_draft import NINETY
from cmdesk.rules.levels import DAY_AND_NIGHT, support
from cmdesk.rules.provider_codes import AgeGroup, Treats
from cmdesk.rules.stay import Stay
from cmdesk.rules.treatment_map import care

HANDFUL: Final = 10  # people; fewer are no statistic
SUBSTANCES: Final = frozenset(
    {Treats.ALCOHOL, Treats.OPIOIDS, Treats.CANNABIS, Treats.STIMULANTS, Treats.SEDATIVES}
)
# The oldest of each time of life; above the last one is an older adult.
OLDEST: Final = (
    (12, AgeGroup.CHILD),
    (17, AgeGroup.TEEN),
    (26, AgeGroup.YOUNG_ADULT),
    (64, AgeGroup.ADULT),
)


class Later(StrEnum):
    """Where somebody was 90 days after a stay."""

    IN_CARE = "in_care"
    BACK = "back"  # in care with more support than this stay gave, by day and night
    NOT_IN_CARE = "not_in_care"
    NOT_YET = "not_yet"  # the 90 days are not over
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class At90:
    """Where somebody was 90 days on; `level` is the code of that care, `words` what was told."""

    state: Later
    level: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """One person at one place, without a name. `age` is that of the first day."""

    initials: str
    age: int | None
    came_with: tuple[str, ...]
    days: int | None
    ended: str
    at_90: At90


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of those of whom it is known: `finished` of `ended`, `in_care` of `told`."""

    people: int
    finished: int
    ended: int
    in_care: int
    told: int
    middle: int | None


def age_group(age: int) -> AgeGroup:
    """Return the time of life of an age in whole years."""
    return next((group for oldest, group in OLDEST if age <= oldest), AgeGroup.OLDER_ADULT)


def broad(presentation: Iterable[str]) -> frozenset[str]:
    """Return the kinds of trouble: each substance is substance use, and both are two."""
    found: set[str] = set()
    for code in presentation:
        if code == Treats.MOOD_AND_SUBSTANCE.value:
            found |= {Treats.MOOD.value, Treats.SUBSTANCE_USE.value}
        else:
            found.add(Treats.SUBSTANCE_USE.value if code in SUBSTANCES else code)
    return frozenset(found)


def alike(hers: Iterable[str], others: Iterable[str]) -> bool:
    """Whether somebody came with what she comes with; with nothing known of her, anybody did."""
    wanted, came = broad(hers), broad(others)
    use = {Treats.SUBSTANCE_USE.value}
    mind = wanted - use
    return (not mind or bool(mind & came)) and (not wanted & use or bool(came & use))


def at_90(stay: Stay, stays: Sequence[Stay], told: str, words: str, today: date) -> At90:
    """Return where somebody was 90 days after a stay: as was told, else by the stays recorded.

    That no stay is recorded says nothing.
    """
    if told:
        states = {InCare.YES: Later.IN_CARE, InCare.NO: Later.NOT_IN_CARE}
        return At90(states.get(InCare(told), Later.BACK), words=words)
    left = stay.left_by(today)
    if left is None:
        return At90(Later.UNKNOWN)
    day = later(left, NINETY)
    if day > today:
        return At90(Later.NOT_YET)
    there = [other for other in stays if other.id != stay.id and _holds(other, day)]
    if not there or left != stay.left_from:  # from a month or a year nobody counts 90 days
        return At90(Later.UNKNOWN)
    most = max(there, key=lambda other: (care(other), support(other.level), other.id))
    if not care(most):
        return At90(Later.NOT_IN_CARE, most.level)
    more = support(most.level) >= DAY_AND_NIGHT and support(most.level) > support(stay.level)
    return At90(Later.BACK if more else Later.IN_CARE, most.level)


def _holds(stay: Stay, day: date) -> bool:
    """Whether somebody was there on a day for sure, however roughly the stay is known."""
    if stay.begun_by is None or stay.begun_by > day:
        return False
    return stay.left_from >= day if stay.left_from else not stay.over


def tally(results: Sequence[Result]) -> Tally:
    """Count people; what is unknown of one is not counted against anybody."""
    ended = [each.ended for each in results if each.ended not in ("", DischargeReason.UNKNOWN)]
    told = [
        each.at_90.state
        for each in results
        if each.at_90.state not in (Later.UNKNOWN, Later.NOT_YET)
    ]
    days = [each.days for each in results if each.days is not None]
    return Tally(
        people=len(results),
        finished=ended.count(DischargeReason.TREATMENT_COMPLETED.value),
        ended=len(ended),
        in_care=told.count(Later.IN_CARE),
        told=len(told),
        middle=int(median(days)) if days else None,
    )


__all__ = [
    "HANDFUL", "At90", "Later", "Result", "Tally", "age_group", "alike", "at_90", "broad", "tally",
]  # fmt: skip
