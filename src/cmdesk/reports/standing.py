"""The standing words of papers, and dates and plurals, in the language of who reads them."""

from __future__ import annotations

from functools import lru_cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from cmdesk.rules.days import in_full
from cmdesk.words import Words

if TYPE_CHECKING:
    from datetime import date
    from importlib.resources.abc import Traversable

ENGLISH = "en"


class Standing(Words):
    """One language of papers. English is the text itself, and stands in for what has no words."""

    def __init__(self, language: str, territory: str) -> None:
        catalogue = files("cmdesk.resources") / "words" / language / "letters.po"
        known = language.isalpha() and language != ENGLISH and catalogue.is_file()
        super().__init__(ENGLISH)
        if known:
            self.language, self._territory = language, territory
            self._catalogue = _read(catalogue)

    def tr(self, text: str) -> str:
        return super().tr(text) if text else ""  # of nothing, gettext tells about the catalogue

    def day(self, day: date) -> str:
        """Write March 18, 2026; in English without reading the tables of all languages."""
        return in_full(day) if self.language == ENGLISH else super().day(day)


@lru_cache(8)
def standing(tag: str) -> Standing:
    """Give the words for a language as PDF names it, such as `es-US` (RFC 3066)."""
    language, _, territory = tag.partition("-")
    return Standing(language.lower(), territory.upper() or "US")


def _read(catalogue: Traversable) -> GNUTranslations:
    """Read the words as translators write them; there are few, so nothing is compiled ahead."""
    from babel.messages.mofile import write_mo  # noqa: PLC0415 - English letters do without
    from babel.messages.pofile import read_po  # noqa: PLC0415

    compiled = BytesIO()
    with catalogue.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)
