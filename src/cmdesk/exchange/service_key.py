"""What the short codes of a directory stand for: by its own key sheet, else by the usual one."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from cmdesk.exchange.service_facets import Facets, facets_of

ServiceKey = Mapping[str, str]
CODE: Final = ("service_code", "code", "service_codes")
NAMED: Final = ("service_name", "service", "name", "description", "service_description", "label")
FEWEST: Final = 5  # columns of ones and zeros that make a table one with a column for each code


@cache
def usual() -> ServiceKey:
    """Return the key of lists that carry none: code by code, as directories of 2017 to 2025 do."""
    text = files("cmdesk.resources").joinpath("directories", "service_codes.csv").read_text("utf-8")
    return MappingProxyType({row["code"]: row["description"] for row in csv.DictReader(
        text.splitlines()
    )})  # fmt: skip


def is_key(columns: Sequence[str]) -> bool:
    """Say whether a header is one of a key: a code, and words for it."""
    return any(name in columns for name in CODE) and any(name in columns for name in NAMED)


def read_key(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> ServiceKey:
    """Read a key sheet below its header. The first words a code is given are kept."""
    at = next(columns.index(name) for name in CODE if name in columns)
    words = next(columns.index(name) for name in NAMED if name in columns)
    key: dict[str, str] = {}
    for row in rows:
        if max(at, words) < len(row) and row[at].strip() and row[words].strip():
            key.setdefault(row[at].strip(), " ".join(row[words].split()))
    return MappingProxyType(key)


def with_usual(own: ServiceKey | None) -> ServiceKey:
    """Return a key by which what a list leaves out of its own is read by the usual one."""
    return MappingProxyType({**usual(), **own}) if own else usual()


def code_columns(columns: Iterable[str], key: ServiceKey) -> dict[str, str]:
    """Return the columns that stand for one code each, by their plain names (the GIS variant)."""
    codes = {code.casefold(): code for code in key}
    found = {name: codes[name] for name in columns if name in codes}
    return found if len(found) >= FEWEST else {}


class Facetted:
    """Looks up what lists of codes say; equal lists, which are many, are looked up once."""

    def __init__(self, key: ServiceKey) -> None:
        self._key = key
        self._seen: dict[tuple[str, ...], Facets] = {}

    def of(self, codes: tuple[str, ...]) -> Facets:
        if codes not in self._seen:
            key = self._key
            self._seen[codes] = facets_of(key[code] for code in codes if code in key)
        return self._seen[codes]
