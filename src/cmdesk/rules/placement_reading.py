"""What a must-have that is typed in words is matched by; what it can't read is asked of people."""

import re
from datetime import date
from typing import Final

from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.code import Code
from cmdesk.rules.days import MONTHS
from cmdesk.rules.placement import Asked, Match, a_month
from cmdesk.rules.provider_codes import (
    Accreditation,
    AgeGroup,
    GenderGroup,
    Modality,
    Takes,
    Treats,
)

MEDICATIONS: Final = ("buprenorphine", "methadone", "naltrexone")
GROUPS: Final = {
    "children": (Asked.AGE, AgeGroup.CHILD),
    "teens": (Asked.AGE, AgeGroup.TEEN),
    "teenagers": (Asked.AGE, AgeGroup.TEEN),
    "young adults": (Asked.AGE, AgeGroup.YOUNG_ADULT),
    "adults": (Asked.AGE, AgeGroup.ADULT),
    "older adults": (Asked.AGE, AgeGroup.OLDER_ADULT),
    "women": (Asked.GENDER, GenderGroup.FEMALE),
    "girls": (Asked.GENDER, GenderGroup.FEMALE),
    "men": (Asked.GENDER, GenderGroup.MALE),
    "boys": (Asked.GENDER, GenderGroup.MALE),
    "nonbinary people": (Asked.GENDER, GenderGroup.NONBINARY),
}
_PRICE: Final = re.compile(
    r"under \$([\d,]{1,12})(?:\.\d\d)?(?:(?:/| an? | per )(day|week|month|year))?", re.IGNORECASE
)
_MILES: Final = re.compile(r"within ([\d,]{1,12}) miles(?: of (.+))?", re.IGNORECASE)
_BY: Final = re.compile(
    r"(?:an? )?(?:place|bed|opening) by (\w+) (\d{1,2})(?:, (\d{4}))?", re.IGNORECASE
)
_VERB: Final = re.compile(r"(treats|offers|takes|accredited by|in) (.+)", re.IGNORECASE)
_STATE: Final = re.compile(r"[A-Z]{2}")
LISTED: Final[dict[str, tuple[tuple[Asked, type[Code]], ...]]] = {
    "treats": ((Asked.TREATS, Treats),),
    "offers": ((Asked.MODALITY, Modality), (Asked.LEVEL, LevelOfCare)),
    "takes": ((Asked.TAKES, Takes),),
    "accredited by": ((Asked.ACCREDITATION, Accreditation),),
}


def match_of(text: str, today: date) -> Match | None:
    """Read `Treats school refusal`, `Under $11,000 a month`, `Place by April 2` and the like.

    Also `Within 250 miles of home`, `Takes teens`, `Takes Harbor Mutual`, `Offers DBT`, `In VT or
    ME`, `Detox on site`. None: nobody but the program can tell.
    """
    said = " ".join(text.split()).rstrip(".")
    if said.casefold() == "detox on site":
        return Match(Asked.DETOX)
    for pattern, make in ((_PRICE, _price), (_MILES, _miles)):
        if found := pattern.fullmatch(said):
            return make(found)
    if found := _BY.fullmatch(said):
        return _by(found, today)
    found = _VERB.fullmatch(said)
    return _listed(found[1].casefold(), found[2]) if found else None


def _number(digits: str) -> int:
    return int(digits.replace(",", "") or 0)


def _price(found: re.Match[str]) -> Match | None:
    month = a_month(_number(found[1]) * 100, (found[2] or "month").casefold())
    return Match(Asked.PRICE, most=month) if month else None


def _miles(found: re.Match[str]) -> Match | None:
    home = found[2] is None or found[2].casefold() == "home" or found[2].isdigit()
    return Match(Asked.HOME if home else Asked.HERE, most=_number(found[1]))


def _by(found: re.Match[str], today: date) -> Match | None:
    """Read the next such day, where no year is said."""
    names = [each.casefold() for each in MONTHS]
    short = found[1].casefold()[:3]
    month = next((at for at, each in enumerate(names, 1) if each.startswith(short)), 0)
    year = int(found[3]) if found[3] else today.year
    try:
        day = date(year, month, int(found[2]))
        if not found[3] and day < today:
            day = day.replace(year=year + 1)
    except ValueError:
        return None
    return Match(Asked.OPENING, by=day)


def _listed(verb: str, what: str) -> Match | None:
    wanted = what.casefold()
    if verb == "in":
        states = tuple(_STATE.findall(what))
        rest = _STATE.sub("", what).replace("or", "").replace(",", "").strip()
        return Match(Asked.STATE, states) if states and not rest else None
    if verb == "takes" and wanted in GROUPS:
        asked, code = GROUPS[wanted]
        return Match(asked, (code.value,))
    if verb == "offers" and wanted in MEDICATIONS:
        return Match(Asked.MEDICATION, (wanted,))
    for asked, kind in LISTED[verb]:
        for code in kind:
            if wanted in (code.label.casefold(), code.value.replace("_", " ")):
                return Match(asked, (code.value,))
    return Match(Asked.PAYER, (what,)) if verb == "takes" else None


def told(match: Match | None) -> str:
    """Say how a need is matched, in a few words."""
    if match is None:
        return "Asked of each program"
    return {
        Asked.PRICE: "Looked up: the rate",
        Asked.OPENING: "Looked up: openings",
        Asked.HOME: "Looked up: miles from home",
        Asked.HERE: "Looked up: miles from where they are",
        Asked.STATE: "Looked up: the state",
        Asked.PAYER: "Looked up: plans in network",
    }.get(match.asked, "Looked up in the directory")
