"""One provider as the list knows it, and the marks by which the list is narrowed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import Code, code_of
from cmdesk.rules.distance import Point
from cmdesk.rules.facets import mark
from cmdesk.rules.provider_codes import Modality, Takes, Treats
from cmdesk.rules.provider_opening import NOTHING_TOLD, Told, group, opening, stale

UNSAID: Final = "unsaid"  # whose ages nobody told: they can be looked at, too
PLAN: Final = "plan:"  # before the name of a plan among the kinds of payers
DAYS_OF: Final = {"hour": 0, "session": 0, "day": 1, "night": 1, "week": 7, "month": 30}
SOME, MANY = 50_000, 100_000  # cents a day


class LevelGroup(Code):
    """Settings as one asks for them; each holds several levels of care."""

    RESIDENTIAL = "residential"
    DAY = "day", "Day program"
    IOP = "iop", "IOP"
    SOBER_LIVING = "sober_living"
    OUTPATIENT = "outpatient"
    DETOX = "detox"
    INPATIENT = "inpatient"
    CRISIS = "crisis"
    OUTDOOR = "outdoor", "Outdoor"
    SCHOOL = "school", "Therapeutic school"
    TRANSITIONAL = "transitional", "Transitional living"
    HOME = "home", "Services at home"


class CostGroup(Code):
    """What a day costs who pays it."""

    LOW = "low", "Under $500 a day"
    MIDDLE = "middle", "$500 to $1,000 a day"
    HIGH = "high", "Over $1,000 a day"
    BY_HOUR = "by_hour", "By the hour or session"
    UNKNOWN = "unknown", "Not known"


class Own(Code):
    """What you have to do with a provider."""

    MINE = "mine", "In your own directory"
    STARRED = "starred"
    VISITED = "visited", "You visited"
    PLACED = "placed", "You placed somebody"
    AGAIN = "again", "To check again"


_GROUPS: Final = {
    LevelGroup.RESIDENTIAL: (
        "asam4:3.1", "asam4:3.5", "asam4:3.7", "asam4:3.7bio", "asam3:3.1", "asam3:3.3",
        "asam3:3.5", "locus:5", "locus:6", "mh:residential", "mh:residential_adult",
        "mh:residential_adolescent", "mh:extended_care", "mh:eating_disorder_residential",
    ),
    LevelGroup.DAY: (
        "asam4:2.5", "asam4:2.7", "asam3:2.5", "locus:4", "mh:php", "mh:eating_disorder_php",
    ),
    LevelGroup.IOP: ("asam4:2.1", "asam3:2.1", "locus:3", "mh:iop", "mh:eating_disorder_iop"),
    LevelGroup.SOBER_LIVING: (
        "asam4:rr", "narr:1", "narr:2", "narr:3", "narr:4", "setting:sober_living",
    ),
    LevelGroup.OUTPATIENT: (
        "asam4:1.0", "asam4:1.5", "asam4:1.7", "asam3:0.5", "asam3:1", "asam3:otp", "locus:0",
        "locus:1", "locus:2", "mh:outpatient_therapy", "mh:medication_management_only",
        "setting:college_recovery_program",
    ),
    LevelGroup.DETOX: (
        "asam3:1-wm", "asam3:2-wm", "asam3:3.2-wm", "asam3:3.7-wm", "asam3:4-wm", "setting:detox",
    ),
    LevelGroup.INPATIENT: (
        "asam4:4", "asam3:3.7", "asam3:4", "mh:inpatient_psychiatric", "mh:inpatient_voluntary",
        "mh:inpatient_involuntary", "mh:state_hospital", "mh:eating_disorder_inpatient",
        "setting:medical_inpatient",
    ),
    LevelGroup.CRISIS: ("mh:crisis_stabilisation", "mh:crisis_residential", "setting:ed"),
    LevelGroup.OUTDOOR: ("mh:outdoor",),
    LevelGroup.SCHOOL: ("mh:therapeutic_boarding_school",),
    LevelGroup.TRANSITIONAL: ("mh:transitional",),
    LevelGroup.HOME: ("setting:sober_companion_at_home", "setting:home_with_services"),
}  # fmt: skip
GROUP_OF: Final = {level: each for each, levels in _GROUPS.items() for level in levels}


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list needs of a provider. `id` below zero is a professional: minus the person's.

    Lists hold codes; `plans` names of plans; `special` words beside the levels; `also` what else
    the search looks through; `placed` clients of this practice; money is in cents.
    """

    id: int
    name: str
    role: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    point: Point | None = None
    levels: tuple[str, ...] = ()
    special: str = ""
    treats: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()
    ages: tuple[str, ...] = ()
    genders: tuple[str, ...] = ()
    cost_cents: int | None = None
    cost_per: str = ""
    told: Told = NOTHING_TOLD
    verified_on: date | None = None
    visited: bool = False
    mine: bool = True
    starred: bool = False
    placed: int = 0
    also: str = ""


def is_one(codes: type[Code], value: str) -> bool:
    """Say whether a value is one of these codes."""
    return value in codes._value2member_map_


def known(codes: type[Code], value: str) -> str:
    """Read a word of an older record as its code, where it names one: DBT is `dbt`."""
    if is_one(codes, value):
        return value
    return next((code for code in (code_of(value),) if is_one(codes, code)), value)


def label_of(codes: type[Code], value: str) -> str:
    """Return the words of a code; of what is none, the value itself."""
    code = known(codes, value)
    return codes(code).label if is_one(codes, code) else value


def cost_group(each: Listed) -> CostGroup:
    """Put what a provider costs where the list narrows by it."""
    days = DAYS_OF.get(each.cost_per)
    if each.cost_cents is None or days is None:
        return CostGroup.UNKNOWN
    if not days:
        return CostGroup.BY_HOUR
    a_day = each.cost_cents / days
    if a_day < SOME:
        return CostGroup.LOW
    return CostGroup.MIDDLE if a_day <= MANY else CostGroup.HIGH


def marks(each: Listed, today: date) -> Iterator[str]:
    """Give every mark a provider bears on a day."""
    for level in dict.fromkeys(GROUP_OF.get(level) for level in each.levels):
        if level is not None:
            yield mark("level", level)
    if each.role:
        yield mark("role", each.role)
    for facet, codes, values in (
        ("treats", Treats, each.treats),
        ("approach", Modality, each.modalities),
        ("takes", Takes, each.takes),
    ):
        for value in dict.fromkeys(known(codes, one) for one in values):
            yield mark(facet, value)
    for facet, values in (
        ("takes", tuple(PLAN + plan for plan in each.plans)),
        ("ages", each.ages or (UNSAID,)),
        ("gender", each.genders),
        ("state", (each.state,) if each.state else ()),
    ):
        for value in dict.fromkeys(values):
            yield mark(facet, value)
    yield mark("cost", cost_group(each))
    yield mark("opening", group(opening(each.told, today), today))
    yield from _own(each, today)


def _own(each: Listed, today: date) -> Iterator[str]:
    held = {
        Own.MINE: each.mine,
        Own.STARRED: each.starred,
        Own.VISITED: each.visited,
        Own.PLACED: each.placed > 0,
        Own.AGAIN: stale(each.verified_on, today) or opening(each.told, today).old,
    }
    for own, borne in held.items():
        if borne:
            yield mark("own", own)


def soonest_first(each: Listed, today: date) -> tuple[bool, bool, date, bool, str, int]:
    """Order a list: starred, then one's own, then a directory's; by opening, then by name."""
    found = opening(each.told, today)
    return (
        not each.starred,
        not each.mine,
        found.soonest or date.max,
        found.open_question,
        each.name.casefold(),
        each.id,
    )


def level_words(level: str) -> str:
    """Name a level as a list does: day program, IOP."""
    label = label_of(LevelOfCare, level)
    return label if label[:2].isupper() else label[:1].lower() + label[1:]
