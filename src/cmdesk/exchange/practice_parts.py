"""Rows that belong to another row of a practice file and have no name of their own."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from collections.abc import Iterable, Sequence
from typing import Any

from cmdesk.exchange.practice_fields import Field, Inner, Row, Slot, Stored
from cmdesk.exchange.practice_lists import Listed, Reference
from cmdesk.exchange.practice_values import Names
from cmdesk.models.base import Record


class Part:
    """Rows of one table that belong to one row, under the keys that `slots` names."""

    def __init__(self, model: type[Record], link: str) -> None:
        self.model, self.link = model, link

    def slots(self) -> dict[str, Slot]:
        raise NotImplementedError

    def settle(self, row: Row) -> None:
        """Bring what may be said in two ways into one. Raises Misfit for a contradiction."""

    def spread(self, row: Row, names: Names) -> list[Row]:
        """Make the columns of the rows that stand in this plain row."""
        raise NotImplementedError

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        """Put the rows of this owner, oldest first, under their keys."""
        raise NotImplementedError


class Rows(Part):
    """A list of objects."""

    def __init__(self, key: str, model: type[Record], link: str, fields: Iterable[Field]) -> None:
        super().__init__(model, link)
        self.key, self.inner = key, Inner(fields)
        self.placed = "position" in model.__table__.columns

    def slots(self) -> dict[str, Slot]:
        return {self.key: Slot(Listed(self.inner), [])}

    def spread(self, row: Row, names: Names) -> list[Row]:
        made = [self.inner.load(item, names) for item in row.get(self.key, ())]
        if self.placed:
            for position, item in enumerate(made):
                item["position"] = position
        return made

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        ordered = sorted(stored, key=lambda each: each["position"]) if self.placed else stored
        made = [self.inner.dump(item, names) for item in ordered]
        return {self.key: made} if made else {}


class Latest(Rows):
    """One object; those before it stand in a list of their own. Empty ones say nothing."""

    def __init__(
        self, key: str, model: type[Record], link: str, fields: Iterable[Field], before: str
    ) -> None:
        super().__init__(key, model, link, fields)
        self._before = before

    def slots(self) -> dict[str, Slot]:
        return {self.key: Slot(self.inner, {}), self._before: Slot(Listed(self.inner), [])}

    def settle(self, row: Row) -> None:
        row |= self._put(self._said(row)) if self._before in row else {}

    def spread(self, row: Row, names: Names) -> list[Row]:
        return [self.inner.load(item, names) for item in self._said(dict(row))]

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        return self._put([item for row in stored if (item := self.inner.dump(row, names))])

    def _said(self, row: Row) -> list[Row]:
        """Take both keys out of a row."""
        items = [*row.pop(self._before, ()), row.pop(self.key, {})]
        return [item for item in items if item]

    def _put(self, items: list[Row]) -> Row:
        if not items:
            return {}
        *before, last = items
        return {self.key: last} | ({self._before: before} if before else {})


class One(Rows):
    """At most one object. An empty one says nothing."""

    def slots(self) -> dict[str, Slot]:
        return {self.key: Slot(self.inner, {})}

    def spread(self, row: Row, names: Names) -> list[Row]:
        return [self.inner.load(row[self.key], names)] if self.key in row else []

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        item = self.inner.dump(stored[0], names) if stored else {}
        return {self.key: item} if item else {}


class Pointers(Part):
    """A list of refs, each a row that points at one other row."""

    def __init__(
        self, key: str, model: type[Record], link: str, target: str, column: str = ""
    ) -> None:
        super().__init__(model, link)
        self._key, self._target, self._column = key, target, column or f"{target}_id"

    def slots(self) -> dict[str, Slot]:
        return {self._key: Slot(Listed(Reference(self._target), once=True), [])}

    def spread(self, row: Row, names: Names) -> list[Row]:
        return [self._columns(ref, names) for ref in row.get(self._key, ())]

    def gather(self, stored: Sequence[Stored], owner: Stored, names: Names) -> Row:
        refs = dict.fromkeys(self._ref(row, names) for row in stored)
        return {self._key: list(refs)} if refs else {}

    def _columns(self, ref: str, names: Names) -> Row:
        if self._target == "party":
            return party_columns(ref, names)
        return {self._column: names.number(self._target, ref)}

    def _ref(self, row: Stored, names: Names) -> str:
        if self._target == "party":
            return party_ref(row, names)
        return names.ref(self._target, row[self._column])


def party_columns(ref: str, names: Names) -> Row:
    """Name a person or an organisation; organisations count below zero among the parties."""
    number: Any = names.number("party", ref)
    organisation = isinstance(number, int) and number < 0
    return {
        "person_id": None if organisation else number,
        "organisation_id": -number if organisation else None,
    }


def party_ref(row: Stored, names: Names) -> str:
    organisation = row["organisation_id"]
    return names.ref("party", row["person_id"] if organisation is None else -organisation)
