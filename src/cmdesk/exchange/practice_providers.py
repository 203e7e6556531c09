"""The practice file's facts about providers, visits to them, ties with them, and saved views."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from typing import Any, Final, cast

from cmdesk.exchange.practice_fields import columns
from cmdesk.exchange.practice_kinds import Kind, Nest
from cmdesk.exchange.practice_values import Coded, Misfit, Notes, Value, shown
from cmdesk.models.provider import ProviderFact, ProviderTie, SavedView, SiteVisit
from cmdesk.rules.provider_codes import TieKind

MOST: Final = 4  # the best mark a visit gives
APART: Final = "apart"  # the pairs that are no twins, in a view of casework/provider_twins.py


class Marks(Value):
    """How each side of a place struck one: whole numbers by the code of an aspect."""

    empty: dict[str, Any] = {}  # noqa: RUF012 - read only
    plain: dict[str, Any] = {  # noqa: RUF012 - read only
        "type": "object",
        "additionalProperties": {"type": "integer", "minimum": 0, "maximum": MOST},
    }

    def check(self, value: Any, notes: Notes) -> dict[str, int]:
        if not isinstance(value, dict):
            raise Misfit(f"{shown(value)} is not an object here")
        for mark in cast("dict[str, Any]", value).values():
            if type(mark) is not int or not 0 <= mark <= MOST:
                raise Misfit(f"{shown(mark)} is not a mark from 0 to {MOST}")
        return cast("dict[str, int]", value)


class Chosen(Value):
    """What a saved view holds, as its list reads it; pairs that are no twins are two names each."""

    empty: dict[str, Any] = {}  # noqa: RUF012 - read only
    plain: dict[str, Any] = {  # noqa: RUF012 - read only
        "type": "object",
        "properties": {
            APART: {
                "type": "array",
                "items": {
                    "type": "array",
                    "items": {"type": "string"},
                    "minItems": 2,
                    "maxItems": 2,
                },
            }
        },
    }

    def check(self, value: Any, notes: Notes) -> dict[str, Any]:
        if not isinstance(value, dict):
            raise Misfit(f"{shown(value)} is not an object here")
        kept = cast("dict[str, Any]", value)
        pairs: Any = kept.get(APART, [])
        sound = isinstance(pairs, list) and all(map(_is_pair, cast("list[Any]", pairs)))
        if not sound:
            raise Misfit(f"{shown(kept[APART])} is not a list of pairs of names")
        return kept


def _is_pair(pair: Any) -> bool:
    if not isinstance(pair, list) or len(cast("list[Any]", pair)) != len(("one", "other")):
        return False
    return all(isinstance(name, str) for name in cast("list[Any]", pair))


PROVIDER_FACT = Kind(
    ProviderFact,
    columns(
        ProviderFact,
        need={"field", "told_on"},
        called={"told_by_id": "told_by_person"},  # told_by are the words
    ),
    noun="fact about a provider",
    same=("organisation", "person", "field", "told_on"),
)
SITE_VISIT = Kind(
    SiteVisit,
    columns(SiteVisit, need={"organisation_id", "visited_on"}, values={"ratings": Marks()}),
    noun="site visit",
    same=("organisation", "visited_on"),
)
PROVIDER_TIE = Kind(
    ProviderTie,
    columns(ProviderTie, need={"kind"}, values={"kind": Coded(TieKind)}),
    noun="tie with a provider",
    same=("organisation", "person", "kind", "happened_on"),
)
SAVED_VIEW = Kind(
    SavedView,
    columns(SavedView, need={"place", "name"}, keep={"position"}, values={"chosen": Chosen()}),
    noun="saved view",
    same=("place", "name"),
)
SECTIONS = (
    Nest("provider_facts", PROVIDER_FACT),
    Nest("site_visits", SITE_VISIT),
    Nest("provider_ties", PROVIDER_TIE),
    Nest("saved_views", SAVED_VIEW),
)
