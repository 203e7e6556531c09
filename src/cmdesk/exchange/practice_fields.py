"""How the columns of a table and the keys of a practice file stand for each other, both ways."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, Final, TypeAlias, cast

from sqlalchemy import JSON, Boolean, Date, Float, Integer
from sqlalchemy.sql.elements import KeyedColumnElement

from cmdesk.exchange.practice_lists import Anything, Listed, Reference
from cmdesk.exchange.practice_values import (
    Day,
    Flag,
    MaybeFlag,
    MaybeText,
    Misfit,
    Names,
    Notes,
    Number,
    Real,
    Text,
    Time,
    Value,
    Zone,
    in_zone,
    moment,
    shown,
)
from cmdesk.models.base import Moment, Record

Row: TypeAlias = dict[str, Any]  # of the file, or the columns of a table
Stored: TypeAlias = Mapping[str, Any]  # a row as it was read from a table

OWN_COLUMNS: Final = frozenset(
    {"id", "uid", "ref", "imported_digest", "created_at", "updated_at", "version", "position"}
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A key and its value. What equals `absent` is not written.

    `aside`: no part of the content, so that two rows that differ in it alone count as the same.
    """

    value: Value
    absent: Any = None
    required: bool = False
    aside: bool = False


class Field:
    """One column under one key."""

    def __init__(self, key: str, column: str, slot: Slot) -> None:
        self.key, self.column, self.slot = key, column, slot

    def slots(self) -> dict[str, Slot]:
        return {self.key: self.slot}

    def settle(self, row: Row) -> None:
        """Bring what may be said in two ways into one."""

    def spread(self, row: Row, names: Names) -> Row:
        """Turn the plain row into columns."""
        return {self.column: self.slot.value.load(row.get(self.key, self.slot.absent), names)}

    def gather(self, stored: Stored, names: Names) -> Row:
        """Turn columns into the plain row."""
        held = stored[self.column]
        plain = None if held is None else self.slot.value.dump(held, names)
        return {} if plain is None or plain == self.slot.absent else {self.key: plain}


class Stamp(Field):
    """A moment with the place it happened in, which is an offset or the name of a zone."""

    def __init__(self, key: str, zone_column: str, *, zone_key: str = "zone") -> None:
        super().__init__(key, key, Slot(Time(), required=True))
        self._zone_column, self._zone_key = zone_column, zone_key

    def slots(self) -> dict[str, Slot]:
        return {self.key: Slot(_Written(), required=True), self._zone_key: Slot(Zone(), "")}

    def settle(self, row: Row) -> None:
        if zone := row.get(self._zone_key):
            at = in_zone(moment(row[self.key]), zone).isoformat()
            row[self.key] = at
            if offset(at) == zone:
                del row[self._zone_key]

    def spread(self, row: Row, names: Names) -> Row:
        at = row[self.key]
        zone = row.get(self._zone_key) or offset(at)
        return {self.column: moment(at), self._zone_column: zone}

    def gather(self, stored: Stored, names: Names) -> Row:
        zone = stored[self._zone_column] or "+00:00"
        at = in_zone(stored[self.column], zone).isoformat()
        return {self.key: at} if offset(at) == zone else {self.key: at, self._zone_key: zone}


class _Written(Time):
    def check(self, value: Any, notes: Notes) -> str:
        return moment(value).isoformat()


class Inner(Value):
    """An object inside a row that has no name of its own."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self.fields = tuple(fields)
        self.slots = {key: slot for one in self.fields for key, slot in one.slots().items()}

    def check(self, value: Any, notes: Notes) -> Row:
        row = check_row(self.slots, value, notes)
        for one in self.fields:
            one.settle(row)
        return row

    def load(self, value: Any, names: Names) -> Row:
        return spread(self.fields, value, names)

    def dump(self, value: Any, names: Names) -> Row:
        return gather(self.fields, value, names)

    def schema(self) -> dict[str, Any]:
        return object_schema(self.slots)


def offset(at: str) -> str:
    """Return the offset at the end of a time."""
    return at[max(at.rfind("+"), at.rfind("-")) :]


def spread(fields: Iterable[Field], row: Row, names: Names) -> Row:
    made: Row = {}
    for one in fields:
        made |= one.spread(row, names)
    return made


def gather(fields: Iterable[Field], stored: Stored, names: Names) -> Row:
    made: Row = {}
    for one in fields:
        made |= one.gather(stored, names)
    return made


def check_row(slots: Mapping[str, Slot], row: Any, notes: Notes) -> Row:
    """Bring a row into its plain form. Raises Misfit."""
    if not isinstance(row, dict):
        raise Misfit(f"{shown(row)} is not an object; put it in curly brackets")
    made: Row = {}
    for key, value in cast("Row", row).items():
        if key not in slots:
            raise Misfit(_unknown(key, slots))
        if value is not None:
            plain = _plain(key, slots[key], value, notes)
            made |= {} if plain == slots[key].absent else {key: plain}
    for key, slot in slots.items():
        if slot.required and (key not in made or slot.value.blank(made[key])):
            raise Misfit(f"{shown(key)} is missing")
    return made


def _plain(key: str, slot: Slot, value: Any, notes: Notes) -> Any:
    try:
        return slot.value.check(value, notes)
    except Misfit as misfit:
        misfit.trail.append(key)
        raise


def _unknown(key: str, known: Iterable[str]) -> str:
    near = get_close_matches(key, known, 1)
    instead = f"write {shown(near[0])} or take it out" if near else "take it out"
    return f"the key {shown(key)} is not one of this format; {instead}"


def object_schema(slots: Mapping[str, Slot]) -> dict[str, Any]:
    keys = {
        key: slot.value.schema() if slot.required else or_null(slot.value.schema())
        for key, slot in slots.items()
    }
    made: dict[str, Any] = {"type": "object", "properties": keys, "additionalProperties": False}
    if required := [key for key, slot in slots.items() if slot.required]:
        made["required"] = required
    return made


def or_null(schema: dict[str, Any]) -> dict[str, Any]:
    """Let a value be null, which is the same as leaving it out."""
    if "type" not in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    kind: str | list[str] = schema["type"]
    kinds = [kind] if isinstance(kind, str) else kind
    made: Row = {**schema, "type": [*kinds, "null"]}
    return made | ({"enum": [*schema["enum"], None]} if "enum" in schema else {})


def columns(
    model: type[Record],
    *,
    leave: Collection[str] = (),
    keep: Collection[str] = (),
    called: Mapping[str, str] | None = None,
    need: Collection[str] = (),
    aside: Collection[str] = (),
    absent: Mapping[str, Any] | None = None,
    values: Mapping[str, Value] | None = None,
) -> tuple[Field, ...]:
    """Describe every column of a table but those left out.

    What is not said follows from the column: its type, its default, what it points at.
    """
    called, absent, values = called or {}, absent or {}, values or {}
    made: list[Field] = []
    for column in model.__table__.columns:
        name = column.name
        if (name in OWN_COLUMNS and name not in keep) or name in leave:
            continue
        value = values.get(name) or _value(column, model.__annotations__.get(name))
        key = called.get(name) or (name.removesuffix("_id") if column.foreign_keys else name)
        missing = absent[name] if name in absent else _default(column, value)
        required = name in need
        slot = Slot(value, None if required else missing, required, name in aside)
        made.append(Field(key, name, slot))
    return tuple(made)


def _default(column: KeyedColumnElement[Any], value: Value) -> Any:
    if column.default is not None and column.default.is_scalar:
        return column.default.arg  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownVariableType] - scalar
    return value.empty


def _value(column: KeyedColumnElement[Any], annotation: object) -> Value:
    if column.foreign_keys:
        return Reference(next(iter(column.foreign_keys)).column.table.name)
    kinds: tuple[tuple[type, Value], ...] = (
        (Moment, Time()),
        (Date, Day()),
        (Boolean, MaybeFlag() if column.nullable else Flag()),
        (Float, Real()),
        (Integer, Number()),
    )
    for kind, value in kinds:
        if isinstance(column.type, kind):
            return value
    if isinstance(column.type, JSON):
        return _json(str(annotation))
    return MaybeText() if column.nullable else Text()


def _json(annotation: str) -> Value:
    if "list[str]" in annotation:
        return Listed(Text())
    return Anything(list if "list[" in annotation else dict)
