"""What one types of a provider as it is said on the phone: "$780/day", "3.9k wk", "no wait"."""

import re
from datetime import date
from typing import Final, NamedTuple

from cmdesk.rules.said_dates import days_in

UNITS: Final = {
    "day": "day", "d": "day", "daily": "day", "night": "night", "week": "week", "wk": "week",
    "w": "week", "weekly": "week", "month": "month", "mo": "month", "mth": "month",
    "monthly": "month", "hour": "hour", "hr": "hour", "h": "hour", "hourly": "hour",
    "session": "session", "visit": "session",
}  # fmt: skip
_AMOUNT: Final = re.compile(
    r"\$?\s*(?P<figure>\d[\d,]*(?:\.\d+)?)\s*(?P<thousand>k)?\b", re.ASCII | re.IGNORECASE
)
_UNIT: Final = re.compile(rf"\b(?:{'|'.join(sorted(UNITS, key=len, reverse=True))})s?\b")
_NO_WAIT: Final = re.compile(
    r"\b(?:no wait(?:ing list|list)?|right away|immediate(?:ly)?|today|now|open)\b"
)
_SPAN: Final = re.compile(
    r"(?:(?<!\d)\d{1,4}\s*(?:to|-|–|or)\s*)?(?P<most>(?<!\d)\d{1,4}|an?|one|two|three|four|five|six)\s*"
    r"(?P<unit>day|week|wk|month|mo)s?\b",
    re.ASCII,
)
_PLACES: Final = re.compile(r"\b(\d{1,3})\s+(?:places?|beds?|openings?|spots?|slots?)\b", re.ASCII)
_NAMED: Final = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_DAYS: Final = {"day": 1, "week": 7, "wk": 7, "month": 30, "mo": 30}
MOST_CENTS: Final = 100_000_000
TOO_MUCH: Final = "This is more than a million dollars."
_NO_SUM: Final = 10**12  # cents; every figure beyond stands for too much
_AGES: Final = re.compile(r"(\d{1,3})\s*(?:to|-|–)\s*(\d{1,3})|(\d{1,3})\s*(?:\+|and (?:over|up))")
NPI_DIGITS: Final = 10
NPI_PREFIX: Final = 24  # what the digits 80840 before an NPI add to its sum (45 CFR 162.406)
_NUMBER: Final = re.compile(
    r"(?:\+?1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?!\d)"
    r"(?:\s*,?\s*(?:x|ext\.?|extension)\s*\d+)?",
    re.ASCII | re.IGNORECASE,
)
GROUP_YEARS: Final = {
    "child": (0, 12),
    "teen": (13, 17),
    "young_adult": (18, 26),
    "adult": (18, 64),
    "older_adult": (65, 120),
}


class Cost(NamedTuple):
    """An amount in cents, and what it is for: day, night, week, month, hour or session."""

    cents: int
    per: str


class Wait(NamedTuple):
    """When somebody could come: after so many days, or on a day; and how many could."""

    days: int | None = None
    opening_on: date | None = None
    openings: int | None = None


def amounts(text: str) -> list[int]:
    """Return the amounts a text names, in cents: 3.9k is 390000."""
    found = [match for match in _AMOUNT.finditer(text) if match["figure"].strip(",")]
    return [
        round(
            min(
                float(each["figure"].replace(",", "")) * (1000 if each["thousand"] else 1) * 100,
                _NO_SUM,
            )
        )
        for each in found
    ]


def cost(text: str) -> Cost | None:
    """Read what it costs; nothing where an amount or what it is for is missing."""
    units = _UNIT.findall(text.casefold().replace("/", " "))
    named = amounts(text)
    if not named or not units:
        return None
    per = UNITS[units[0]] if units[0] in UNITS else UNITS[units[0].removesuffix("s")]
    return Cost(named[0], per)


def cost_fault(text: str) -> str:
    """Say why a cost can't be read; empty where it can, and for nothing typed."""
    if not text.strip() or cost(text):
        named = amounts(text)
        return TOO_MUCH if named and named[0] > MOST_CENTS else ""
    if not amounts(text):
        return "Write an amount, such as $780/day."
    return "Per what? Add day, week, month, hour or session."


def waiting(text: str, near: date | None = None) -> Wait | None:
    """Read how soon there is a place; of a span the later end. `near` is the day it was said."""
    folded = " ".join(text.casefold().split())
    places = _PLACES.search(folded)
    openings = int(places[1]) if places else None
    named = list(days_in(text, near)) if near is not None else []
    if named:
        return Wait(None, named[0].day, openings)
    if span := _SPAN.search(folded):
        most = span["most"]
        count = int(most) if most.isdigit() else _NAMED[most]
        return Wait(count * _DAYS[span["unit"]], None, openings)
    if _NO_WAIT.search(folded):
        return Wait(0, None, openings)
    return None


def age_groups(text: str) -> tuple[str, ...]:
    """Return the groups an age range reaches well into: 18 to 26 is young adults alone."""
    found = _AGES.search(text)
    if found is None:
        return ()
    least = int(found[1] or found[3])
    most = int(found[2]) if found[2] else GROUP_YEARS["older_adult"][1]
    if least >= 18 and most <= 30:
        return ("young_adult",)
    return tuple(
        code for code, (first, last) in GROUP_YEARS.items() if least <= last and most >= first
    )


def npi_fault(typed: str) -> str:
    """Check the ten digits of an NPI and the last of them (ISO/IEC 7812, 45 CFR 162.406)."""
    digits = typed.strip()
    if not digits:
        return ""
    if not (digits.isascii() and digits.isdigit() and len(digits) == NPI_DIGITS):
        return "An NPI has ten digits."
    total = NPI_PREFIX
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return "" if total % 10 == 0 else "One digit of this NPI is wrong."


def zip_fault(typed: str, read: str) -> str:
    """Say what is wrong with a ZIP that could not be `read`."""
    return "A ZIP has five digits, or nine." if typed.strip() and not read else ""


def phone_fault(typed: str) -> str:
    """Say what is wrong with a number: one to a field, with its extension, if it has one."""
    if not typed.strip():
        return ""
    found = _NUMBER.findall(typed)
    if len(found) > 1:
        return "Two numbers: put each into a field of its own."
    if found or (typed.strip().startswith("+") and sum(sign.isdigit() for sign in typed) >= 7):
        return ""
    digits = sum(sign.isdigit() for sign in typed)
    if digits == 7:
        return "Add the area code."
    return "A number has ten digits, with ext. before more."
