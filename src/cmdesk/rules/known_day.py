"""A day as far as anybody knows it: the whole day, or no more than its month or its year.

Families remember “March 2021”. Its first day is kept with how exactly it is known, and nothing is
counted from it as if somebody had named that day.
"""

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from typing import Final, NamedTuple

from cmdesk.rules.days import MONTHS

EARLIEST, LATEST = 1900, 2199  # years anybody means
_YEAR: Final = re.compile(r"(\d{4})")
_FIGURES: Final = re.compile(r"(\d{1,2})[/.-](\d{4})")
_ISO: Final = re.compile(r"(\d{4})[/.-](\d{1,2})")
_WORDS: Final = re.compile(r"([a-z]{3,})\.?,? (?:of )?(\d{4})")
_YEARS_FROM: Final = 24  # months; a longer time is told in years
_DAYS_OF_MONTH, _DAYS_OF_YEAR = 30.44, 365.25


class Known(StrEnum):
    """How exactly a day is known."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Rough(NamedTuple):
    """A time that is known roughly: about so many months, or years."""

    number: int
    years: bool


def read(text: str) -> tuple[date, Known] | None:
    """Read `Mar 2021`, `3/2021`, `2021-03` or `2018` as its first day; None for anything else."""
    plain = " ".join(text.casefold().split())
    if found := _YEAR.fullmatch(plain):
        return _first(int(found[1]), 1, Known.YEAR)
    if found := _FIGURES.fullmatch(plain):
        return _first(int(found[2]), int(found[1]), Known.MONTH)
    if found := _ISO.fullmatch(plain):
        return _first(int(found[1]), int(found[2]), Known.MONTH)
    if found := _WORDS.fullmatch(plain):
        numbers = (n for n, name in enumerate(MONTHS, 1) if name.casefold().startswith(found[1]))
        return _first(int(found[2]), next(numbers, 0), Known.MONTH)
    return None


def _first(year: int, month: int, known: Known) -> tuple[date, Known] | None:
    sound = EARLIEST <= year <= LATEST and 1 <= month <= len(MONTHS)
    return (date(year, month, 1), known) if sound else None


def of(known: str) -> Known:
    """Return how exactly a day is known by its code; whole, where none is said."""
    return next((each for each in Known if each == known), Known.DAY)


def whole(*known: str) -> bool:
    """Whether each of these is a whole day."""
    return not {Known.MONTH, Known.YEAR} & set(known)


def first(day: date, known: str) -> date:
    """Return the earliest day that is meant."""
    if known == Known.YEAR:
        return date(day.year, 1, 1)
    return day.replace(day=1) if known == Known.MONTH else day


def last(day: date, known: str) -> date:
    """Return the latest day that is meant."""
    if known == Known.YEAR:
        return date(day.year, 12, 31)
    if known == Known.MONTH:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def said(
    day: date, known: str, in_full: Callable[[date], str], month: Callable[[date], str]
) -> str:
    """Write a day no more exactly than it is known; `in_full` and `month` are the writer's own."""
    if known == Known.YEAR:
        return f"{day.year:04}"
    return month(day) if known == Known.MONTH else in_full(day)


def in_month(day: date) -> str:
    """Write `March 2021`."""
    return f"{MONTHS[day.month - 1]} {day.year:04}"


def between(begun: date, begun_known: str, ended: date, ended_known: str) -> Rough | None:
    """Return about how long it was, of which a bound is not a whole day.

    None where it might as well have been half as long again, or less than half: that says nothing.
    """
    least = max((first(ended, ended_known) - last(begun, begun_known)).days, 0)
    most = (last(ended, ended_known) - first(begun, begun_known)).days
    if most <= 0 or most - least > (most + least) / 2:
        return None
    middle = (least + most) / 2
    months = max(round(middle / _DAYS_OF_MONTH), 1)
    if months < _YEARS_FROM and Known.YEAR not in (begun_known, ended_known):
        return Rough(months, years=False)
    return Rough(max(round(middle / _DAYS_OF_YEAR), 1), years=True)


__all__ = [
    "Known", "Rough", "between", "first", "in_month", "last", "of", "read", "said", "whole",
]  # fmt: skip
