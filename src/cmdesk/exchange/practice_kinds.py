"""A named row of a practice file: its columns, the rows that belong to it and those inside it."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

import hashlib
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final, cast

from cmdesk.exchange.practice_fields import (
    Field,
    Row,
    Slot,
    check_row,
    object_schema,
)
from cmdesk.exchange.practice_lists import Listed
from cmdesk.exchange.practice_parts import Part
from cmdesk.exchange.practice_values import MaybeText, Misfit, Notes, Text, Value, shown
from cmdesk.models.base import Record

UID: Final = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class Uid(Text):
    """The lasting name of a row (a UUID of version 7), told beside its ref."""

    plain: dict[str, Any] = {"type": "string", "pattern": f"^{UID.pattern}$"}  # noqa: RUF012

    def check(self, value: Any, notes: Notes) -> str:
        if not isinstance(value, str) or not UID.fullmatch(value):
            raise Misfit(f"{shown(value)} is not a UUID of version 7")
        return value


class Ref(Text):
    plain: dict[str, Any] = {"type": "string", "minLength": 1}  # noqa: RUF012 - read only

    def check(self, value: Any, notes: Notes) -> str:
        if not super().check(value, notes):
            raise Misfit("a ref is empty; give the row a name or leave the ref out")
        return value


@dataclass(frozen=True)
class Twin:
    """A second row that stands in the same object: the person a client is."""

    model: type[Record]
    link: str | None  # the column of the first row that holds the number of the second
    prefix: str  # before "uid" and "ref"
    fields: tuple[Field, ...]
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Nest:
    """Named rows inside another. `single`: one object, the newest; those before it stand apart."""

    key: str
    kind: "Kind"
    single: bool = False
    before: str | None = None

    def slots(self) -> dict[str, Slot]:
        made = {self.key: Slot(self.kind) if self.single else Slot(Listed(self.kind), [])}
        return made | ({self.before: Slot(Listed(self.kind), [])} if self.before else {})

    def rows(self, row: Row) -> list[Row]:
        """Return the rows inside, oldest first."""
        if not self.single:
            return row.get(self.key, [])
        before: list[Row] = row.get(self.before, []) if self.before else []
        return [*before, *([row[self.key]] if self.key in row else [])]

    def put(self, rows: list[Row]) -> Row:
        """Return the keys under which these rows stand."""
        if not rows or not self.single:
            return {self.key: rows} if rows else {}
        made = {self.key: rows[-1]}
        return made | ({self.before: rows[:-1]} if self.before and rows[:-1] else {})


class Kind(Value):
    """One kind of named row.

    `same` are the keys by which a row without a ref is known to be that of an earlier file though
    it says something else; `unique` those that no two rows may share; `final` what the user is told
    when such a row can't be changed any more.
    """

    def __init__(
        self,
        model: type[Record],
        fields: Iterable[Field],
        *,
        noun: str,
        link: str | None = None,
        parts: Iterable[Part] = (),
        nests: Iterable[Nest] = (),
        twin: Twin | None = None,
        needs_ref: bool = False,
        same: tuple[str, ...] = (),
        unique: tuple[str, ...] = (),
        final: str | None = None,
        settle: Callable[[Row], None] | None = None,
        also: Row | None = None,
    ) -> None:
        self.model, self.noun, self.link, self.twin = model, noun, link, twin
        self.name: str = model.__tablename__
        self.fields, self.parts, self.nests = tuple(fields), tuple(parts), tuple(nests)
        self.same, self.unique, self.final = same, unique, final
        self._settle, self._also = settle, also or {}
        self.all_fields = (*self.fields, *(twin.fields if twin else ()))
        self.all_parts = (*self.parts, *(twin.parts if twin else ()))
        self.slots: dict[str, Slot] = {"ref": Slot(Ref(), None, needs_ref), "uid": Slot(Uid())}
        if twin:
            self.slots |= {twin.prefix + "uid": Slot(Uid()), twin.prefix + "ref": Slot(MaybeText())}
        for holder in (*self.all_fields, *self.all_parts, *self.nests):
            self.slots |= holder.slots()
        nested = {key for nest in self.nests for key in nest.slots()}
        aside = {key for key, slot in self.slots.items() if slot.aside}
        own = {"ref", "uid", *((twin.prefix + "uid", twin.prefix + "ref") if twin else ())}
        self.not_content = frozenset(nested | aside | own)

    def check(self, value: Any, notes: Notes) -> Row:
        try:
            row = check_row(self.slots, value, notes)
            if "ref" in row:
                notes.name(row["ref"], self.name)
            for key in self.unique:
                notes.unique(self.name, key, row.get(key))
            for holder in (*self.all_fields, *self.all_parts):
                holder.settle(row)
            if self._settle:
                self._settle(row)
        except Misfit as misfit:
            ref = cast("Row", value).get("ref") if isinstance(value, dict) else None
            if isinstance(ref, str):
                misfit.trail.append(shown(ref))
            raise
        return row

    def digest(self, row: Row) -> str:
        """Sum up what a plain row says, without its names and the rows inside it."""
        content = {key: value for key, value in row.items() if key not in self.not_content}
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def in_full(self, row: Row) -> Row:
        """Write out the codes that a row would have if the file did not say, keys in order."""
        said = {key: row.get(key, slot.absent) for key, slot in self.slots.items()}
        return {key: value for key, value in said.items() if key in row or _is_code(value)}

    def schema(self) -> Row:
        return {"$ref": f"#/$defs/{self.name}"}

    def definition(self) -> Row:
        return object_schema(self.slots) | self._also


def _is_code(value: object) -> bool:
    return isinstance(value, str) and bool(value)
