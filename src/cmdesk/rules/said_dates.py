"""Days as running text says them, in English and in Spanish, each with its place in the text."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final, NamedTuple

from cmdesk.rules.days import MONTHS

_SPANISH: Final = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto"),
    *("septiembre", "octubre", "noviembre", "diciembre"),
)
_SHORT: Final = 3  # letters of a month's name cut short
MONTH_OF: Final[dict[str, int]] = {
    written: place
    for names in (_SPANISH, tuple(name.casefold() for name in MONTHS))
    for place, name in enumerate(names, 1)
    for written in (name, name[:_SHORT])
} | {"sept": 9, "setiembre": 9}
_NAMES: Final = "|".join(sorted(MONTH_OF, key=len, reverse=True))
_YEAR: Final = r"(?:,?(?:\s+de)?\s+(?P<{}>\d{{4}}))?\b"
_SAID: Final = re.compile(
    r"\b(?P<iso>\d{4}-\d{1,2}-\d{1,2})\b"
    # 4/5 may be four of five: it is a day with its year, or after a word that asks for one.
    r"|\b(?P<slashed>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))\b"
    r"|\b(?:on|by|until|since|el)\s+(?P<bare>\d{1,2}/\d{1,2})\b(?!/)"
    rf"|\b(?P<month>{_NAMES})\b\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b" + _YEAR.format("year") +
    rf"|\b(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?(?P<month2>{_NAMES})\b\.?"
    + _YEAR.format("year2"),
    re.ASCII | re.IGNORECASE,
)  # fmt: skip
_CENTURY: Final = 100


class SaidDay(NamedTuple):
    """A day, and where its words stand."""

    day: date
    start: int
    end: int


def days_in(text: str, near: date) -> Iterator[SaidDay]:
    """Give the days a text names, in order. Without its year, the one closest to `near` is meant.

    A weekday alone is no day, and neither is one the calendar does not have.
    """
    for match in _SAID.finditer(text):
        day = _read(match, near)
        if day is not None:
            yield SaidDay(day, match.start(), match.end())


def _read(match: re.Match[str], near: date) -> date | None:
    if match["iso"]:
        year, month, number = (int(part) for part in match["iso"].split("-"))
        return _day(year, month, number)
    if slashed := match["slashed"] or match["bare"]:
        month, number, *years = (int(part) for part in slashed.split("/"))
        year = years[0] if years else 0
        return _placed(year + 2000 if 0 < year < _CENTURY else year, month, number, near)
    name, number = match["month"] or match["month2"], match["day"] or match["day2"]
    year = int(match["year"] or match["year2"] or 0)
    return _placed(year, MONTH_OF[name.casefold()], int(number), near)


def _placed(year: int, month: int, number: int, near: date) -> date | None:
    if year:
        return _day(year, month, number)
    found = (_day(near.year + years, month, number) for years in (-1, 0, 1))
    return min(filter(None, found), key=lambda day: abs(day - near), default=None)


def _day(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


__all__ = ["MONTH_OF", "SaidDay", "days_in"]
