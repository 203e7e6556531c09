"""The lists of plainer words and of words of the field, one of each for a language."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from cmdesk.rules.plain_words import Jargon, Kind, Plainer, jargon

_FOLDER: Final = Path(__file__).parents[1] / "resources" / "words"
LANGUAGES: Final = ("en", "es")


def shipped(language: str) -> str:
    """Return the language whose lists serve: English for one there are none of."""
    begin = language[:2].casefold()
    return begin if begin in LANGUAGES else "en"


def terms(language: str) -> list[Plainer]:
    """Return every form of every term of the list, with what to say in its place."""
    path = _FOLDER / "plain" / f"{shipped(language)}.json"
    rows: list[dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return [
        Plainer(term, Kind(row["kind"]), tuple(offers), exact=bool(row.get("exact")))
        for row in rows
        for term, offers in {row["term"]: row["offer"], **row.get("forms", {})}.items()
    ]


@lru_cache(maxsize=len(LANGUAGES))
def plainer(language: str) -> Jargon:
    """Return the terms made ready for looking up; nothing of anybody's records is in them."""
    return jargon(terms(language))


@lru_cache(maxsize=len(LANGUAGES))
def of_the_field(language: str) -> tuple[str, ...]:
    """Return words a dictionary lacks or ranks too low, such as telehealth and Wednesday."""
    path = _FOLDER / "spelling" / f"{shipped(language)}.txt"
    lines = path.read_text("utf-8").splitlines()
    return tuple(word for line in lines if not line.startswith("#") for word in line.split())


__all__ = ["LANGUAGES", "of_the_field", "plainer", "shipped", "terms"]
