"""Words, dates, amounts and lists in one language; handed in, since a report has its own.

Babel is loaded with the first date: the unlock window has none and should not wait for it.
"""

import gettext
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


def N_(text: str) -> str:  # noqa: N802 - gettext's own name for "mark it, translate it later"
    """Mark words at module level; they are translated when shown."""
    return text


class Words:
    """One language. English is the text itself and needs no catalogue."""

    def __init__(self, language: str = "en", territory: str = "US") -> None:
        self.language, self._territory = language, territory
        self._catalogue = gettext.NullTranslations()
        if language != "en":
            folder = Path(__file__).with_name("resources") / "words"
            self._catalogue = gettext.translation("cmdesk", folder, [language], fallback=True)

    @cached_property
    def _locale(self) -> "Locale":
        from babel import Locale  # noqa: PLC0415

        return Locale(self.language, self._territory)

    def _date(self, day: date, pattern: str) -> str:
        from babel.dates import format_date  # noqa: PLC0415

        return format_date(day, pattern, locale=self._locale)

    def tr(self, text: str) -> str:
        """Translate. Fill in values after it, never before."""
        return self._catalogue.gettext(text)

    def ntr(self, one: str, many: str, count: int) -> str:
        """Choose the form for this count; the caller fills in the figure."""
        return self._catalogue.ngettext(one, many, count)

    def day(self, day: date) -> str:
        """Write March 18, 2026."""
        return self._date(day, "long")

    def short_day(self, day: date) -> str:
        """Write Mar 18, 2026: for fields and places where the year matters."""
        return self._date(day, "medium")

    def month_day(self, day: date) -> str:
        """Write Mar 18."""
        return self._date(day, "MMM d")

    def month_year(self, day: date) -> str:
        """Write Sep 2025."""
        return self._date(day, "MMM y")

    def weekday(self, day: date) -> str:
        """Write Wed."""
        return self._date(day, "EEE")

    def full_day(self, day: date) -> str:
        """Write Saturday, March 7."""
        return self._date(day, "EEEE, MMMM d")

    def near_day(self, day: date, today: date) -> str:
        """Write Today, Tomorrow, Yesterday, Wed within six days, Mar 18; with its year if far."""
        away = (day - today).days
        near = {0: self.tr("Today"), 1: self.tr("Tomorrow"), -1: self.tr("Yesterday")}
        if away in near:
            return near[away]
        if 1 < away < 7:
            return self.weekday(day)
        return self.month_day(day) if abs(away) < 300 else self.short_day(day)

    def late(self, due: date, today: date) -> str:
        """Write 3 days late; empty when not late."""
        days = (today - due).days
        return self.ntr("{n} day late", "{n} days late", days).format(n=days) if days > 0 else ""

    def time(self, moment: time | datetime) -> str:
        """Write 9:41 AM. A datetime is shown as it stands, in its own zone."""
        from babel.dates import format_time  # noqa: PLC0415

        clock = moment.timetz() if isinstance(moment, datetime) else moment
        # CLDR puts a narrow no-break space before AM, which many fonts lack.
        return format_time(clock, "short", locale=self._locale).replace("\u202f", " ")

    def minutes(self, minutes: int) -> str:
        """Write 24 min, 1 h 10 min."""
        hours, rest = divmod(minutes, 60)
        if not hours:
            return self.tr("{n} min").format(n=rest)
        whole = self.tr("{n} h").format(n=hours)
        return whole if not rest else f"{whole} {self.tr('{n} min').format(n=rest)}"

    def money(self, amount: Decimal, currency: str = "USD", *, cents: bool = True) -> str:
        """Write $1,250.00, or $1,250 without cents."""
        from babel.numbers import format_currency  # noqa: PLC0415

        pattern = None if cents else "¤#,##0"
        return format_currency(
            amount, currency, pattern, locale=self._locale, currency_digits=cents
        )

    def number(self, value: int | Decimal) -> str:
        """Write 1,284."""
        from babel.numbers import format_decimal  # noqa: PLC0415

        return format_decimal(value, locale=self._locale)

    def listed(self, items: Sequence[str], *, either: bool = False) -> str:
        """Write progress, plans and safety; with `either`, joined by or."""
        from babel.lists import format_list  # noqa: PLC0415

        joined = format_list(items, style="or" if either else "standard", locale=self._locale)
        # The design's sentences go without the comma before the last item.
        return joined.replace(", and ", " and ").replace(", or ", " or ")
