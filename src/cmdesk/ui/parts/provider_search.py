"""What the providers page is asked for now: facets, words, distance, a client, and the order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from cmdesk.casework.provider_index import Query
from cmdesk.casework.saved_views import ordered
from cmdesk.rules.distance import Point
from cmdesk.rules.facets import Chosen
from cmdesk.ui.parts.provider_near import ANYWHERE, Near

ORDERS = ("opening", "name", "near", "checked")


@dataclass(frozen=True, slots=True)
class Fits:
    """The providers that fit a client, as the placement search found them."""

    search: int
    client: int
    name: str
    ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class Asked:
    """All that narrows the list. `view` is the saved view it came from."""

    chosen: Chosen = field(default_factory=dict[str, frozenset[str]])
    text: str = ""
    near: Near = ANYWHERE
    fits: Fits | None = None
    order: str = "opening"
    view: int | None = None

    @property
    def narrowed(self) -> bool:
        return bool(self.chosen or self.text or self.near.on or self.fits)

    def query(self, place: Point | None) -> Query:
        """Put it as the index is asked; `place` is where distance is measured from."""
        near = (place, self.near.reach) if place is not None and self.near.on else None
        order = "opening" if self.order == "near" and near is None else self.order
        among = self.fits.ids if self.fits else None
        return Query(self.chosen, self.text, near, among, order)

    def without(self, key: str, option: str) -> "Asked":
        """Drop one thing that narrows."""
        if key == "near":
            return replace(self, near=replace(self.near, reach=0), view=None)
        if key == "fits":
            return replace(self, fits=None)
        if key == "text":
            return replace(self, text="")
        left = {name: set(options) for name, options in self.chosen.items()}
        left.get(key, set()).discard(option)
        chosen = {name: frozenset(options) for name, options in left.items() if options}
        return replace(self, chosen=chosen, view=None)

    def kept(self) -> dict[str, Any]:
        """Write it down as a saved view; whom it is for is no part of one."""
        zip_code = self.near.zip_code if self.near.on else ""
        return {
            "chosen": ordered(self.chosen),
            "text": self.text,
            "zip": zip_code,
            "reach": self.near.reach if zip_code else 0,
            "order": self.order,
        }


def read_back(kept: Mapping[str, Any], view: int) -> Asked:
    """Read a saved view; what can't be read narrows nothing."""
    stated: Any = kept.get("chosen")
    chosen: dict[str, frozenset[str]] = {}
    if isinstance(stated, dict):
        pairs = cast("dict[object, object]", stated)
        chosen = {
            str(key): frozenset(str(each) for each in cast("list[object]", options))
            for key, options in pairs.items()
            if isinstance(options, list)
        }
    zip_code, reach = str(kept.get("zip", "")), kept.get("reach", 0)
    near = Near("zip", None, zip_code, reach) if zip_code and isinstance(reach, int) else ANYWHERE
    order = str(kept.get("order", "opening"))
    return Asked(
        chosen, str(kept.get("text", "")), near, None, order if order in ORDERS else "opening", view
    )
