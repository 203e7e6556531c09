"""The standing words of letters and papers, and their dates, in the language of who reads them."""

from __future__ import annotations

import re
from datetime import date
from functools import cached_property, lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Final

from cmdesk.rules import known_day, periods
from cmdesk.rules.codes import Weekday
from cmdesk.rules.days import MONTHS, in_full, near
from cmdesk.rules.known_day import in_month
from cmdesk.rules.speech import joined
from cmdesk.words import Words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.resources.abc import Traversable

ENGLISH: Final = "en"
SPANISH: Final = "es"
TERRITORY: Final = "US"

WEEKDAYS: Final = tuple(day.label for day in Weekday)
SHORT: Final = re.compile(r"\b([^\W\d_]{3,4})\b\.?(,?)")

# "y" and "o" before a word that begins with their own sound: "e información", "u ocho".
LIKE_Y: Final = re.compile(r" y (?=h?i(?![aeo])|h?í)", re.IGNORECASE)
LIKE_O: Final = re.compile(r" o (?=h?[oó])", re.IGNORECASE)


class Standing(Words):
    """One language of papers. English is the text itself, and stands in for what has no words.

    Beside it there is Spanish: how a span, a list and a day of the week are put together is its.
    """

    def __init__(self, language: str, territory: str) -> None:
        catalogue = files("cmdesk.resources") / "words" / language / "letters.po"
        known = language.isalpha() and language != ENGLISH and catalogue.is_file()
        super().__init__(ENGLISH)
        if known:
            self.language, self._territory = language, territory
            self._catalogue = _read(catalogue)

    @property
    def tag(self) -> str:
        """Name the language as PDF does, such as `es-US` (RFC 3066)."""
        return f"{self.language}-{self._territory}"

    @property
    def english(self) -> bool:
        return self.language == ENGLISH

    def tr(self, text: str) -> str:
        return super().tr(text) if text else ""  # of nothing, gettext tells about the catalogue

    def day(self, day: date) -> str:
        """Write March 18, 2026; in English without reading the tables of all languages."""
        return in_full(day) if self.english else super().day(day)

    def month(self, day: date) -> str:
        """Write Mar, under a chart."""
        return MONTHS[day.month - 1][:3] if self.english else self._date(day, "MMM").rstrip(".")

    def whole_month(self, day: date) -> str:
        """Write March 2021, `marzo de 2021`."""
        return in_month(day) if self.english else self._date(day, "MMMM 'de' y")

    def as_known(self, day: date, known: str) -> str:
        """Write a day no more exactly than it is known: in full, March 2021, or 2021."""
        return known_day.said(day, known, self.day, self.whole_month)

    def short_date(self, day: date) -> str:
        """Write Mar 5, under a chart."""
        if self.english:
            return f"{MONTHS[day.month - 1][:3]} {day.day}"
        return f"{day.day} {self.month(day)}"

    def near_date(self, day: date, today: date) -> str:
        """Write March 5, with the year only when it is another one than today's."""
        if self.english:
            return near(day, today)
        return self._date(day, "d 'de' MMMM") if day.year == today.year else self.day(day)

    def weekday_date(self, day: date) -> str:
        """Write a near date for a narrow column: `Wed, March 11`, `mié., 11 de marzo`."""
        if self.english:
            return periods.weekday_date(day)
        month = self._date(day, "MMMM")
        if len(month) > periods.LONGEST:
            month = f"{self._date(day, 'MMM').rstrip('.')}."
        return f"{self.weekday(day).rstrip('.')}., {day.day} de {month}"

    def aloud(self, short: str) -> str:
        """Say a short day in full: `Wed, Nov 11` is Wednesday, November 11; else nothing."""

        def full(found: re.Match[str]) -> str:
            name = found[1].casefold()
            first, other = self._days if found[2] else self._days[::-1]
            return f"{first.get(name) or other.get(name) or found[0]}{found[2]}"

        said = SHORT.sub(full, short)
        return "" if said == short else said[:1].upper() + said[1:]

    @cached_property
    def _days(self) -> tuple[dict[str, str], dict[str, str]]:
        """Map the short names of weekdays, and of months, to the whole."""
        if self.english:
            weekdays = dict(zip(map(str.casefold, periods.WEEKDAYS), WEEKDAYS, strict=True))
            return weekdays, {month[:3].casefold(): month for month in MONTHS}

        def named(short: str, long: str, days: Sequence[date]) -> dict[str, str]:
            pairs = ((self._date(day, short), self._date(day, long)) for day in days)
            return {name.rstrip(".").casefold(): whole for name, whole in pairs}

        return (
            named("EEE", "EEEE", [date(2024, 1, day) for day in range(1, 8)]),
            named("MMM", "MMMM", [date(2024, month, 1) for month in range(1, 13)]),
        )

    def span(self, first: date, last: date) -> str:
        """Write a period: `March 2 to 8, 2026`, `2 al 8 de marzo de 2026`."""
        if self.english:
            return periods.span(first, last)
        if first == last:
            return self.day(first)
        if first.year != last.year:
            begin = self.day(first)
        elif first.month != last.month:
            begin = self._date(first, "d 'de' MMMM")
        else:
            begin = str(first.day)
        return self.tr("{first} to {last}").format(first=begin, last=self.day(last))

    def listed(self, items: Sequence[str], *, either: bool = False) -> str:
        """Write `progress, plans, and safety`, `progreso, planes y seguridad`."""
        if self.english:
            return super().listed(items, either=True) if either else joined(items)
        said = super().listed(items, either=either)
        return LIKE_Y.sub(" e ", LIKE_O.sub(" u ", said))


@lru_cache(8)
def standing(tag: str) -> Standing:
    """Give the words for a language as PDF names it, such as `es-US` (RFC 3066)."""
    language, _, territory = tag.partition("-")
    return Standing(language.lower(), territory.upper() or TERRITORY)


def language_of(recorded: str) -> str:
    """Return the language of letters for what a dialog holds: `Spanish`, `es-MX`, `español`.

    English for nothing, and for a language no letter can be written in.
    """
    said = recorded.strip().casefold()
    spanish = said.partition("-")[0] == SPANISH or said in {"spanish", "español", "spa"}
    return SPANISH if spanish else ENGLISH


def _read(catalogue: Traversable) -> GNUTranslations:
    """Read the words as translators write them; there are few, so nothing is compiled ahead."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English letters do without
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)
