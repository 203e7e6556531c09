"""Values of a practice file that hold others: lists, switches, and what points at another row."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

from collections.abc import Iterable
from typing import Any, cast

from cmdesk.exchange.practice_values import Misfit, Names, Notes, Value, shown
from cmdesk.rules.code import Code


class Listed(Value):
    """Values of one kind in order. `once` drops those said before."""

    def __init__(self, each: Value, *, once: bool = False) -> None:
        self.each, self._once = each, once
        self.empty = []

    def check(self, value: Any, notes: Notes) -> list[Any]:
        if not isinstance(value, list):
            raise Misfit(f"{shown(value)} is not a list; put it in square brackets")
        made: list[Any] = []
        for number, item in enumerate(cast("list[Any]", value), 1):
            try:
                made.append(self.each.check(item, notes))
            except Misfit as misfit:
                misfit.trail.append(f"no. {number}")
                raise
        return list(dict.fromkeys(made)) if self._once else made

    def load(self, value: Any, names: Names) -> list[Any]:
        return [self.each.load(item, names) for item in value]

    def dump(self, value: Any, names: Names) -> list[Any]:
        return [self.each.dump(item, names) for item in value or ()]

    def schema(self) -> dict[str, Any]:
        return {"type": "array", "items": self.each.schema()}


class Reference(Value):
    """The ref of another row of the file."""

    plain: dict[str, Any] = {"type": "string", "minLength": 1}  # noqa: RUF012 - read only

    def __init__(self, target: str) -> None:
        self.target = target

    def check(self, value: Any, notes: Notes) -> str:
        if not isinstance(value, str) or not value:
            raise Misfit(f"{shown(value)} is not a ref; write the ref of a row of this file")
        notes.use(self.target, value)
        return value

    def load(self, value: Any, names: Names) -> int | None:
        return names.number(self.target, value) if value else None

    def dump(self, value: Any, names: Names) -> str | None:
        return names.ref(self.target, value) if value else None


class Switches(Value):
    """A set of codes, written as an object of true and false."""

    def __init__(self, codes: Iterable[Code]) -> None:
        self._codes = [code.value for code in codes]
        self.empty = {}

    def check(self, value: Any, notes: Notes) -> dict[str, bool]:
        if not isinstance(value, dict):
            raise Misfit(f"{shown(value)} is not an object of {', '.join(self._codes)}")
        switches = cast("dict[str, Any]", value)
        for key, on in switches.items():
            if key not in self._codes:
                raise Misfit(f"the key {shown(key)} is not one of {', '.join(self._codes)}")
            if on is not None and not isinstance(on, bool):
                raise Misfit(f"{shown(on)} is neither true nor false")
        return {code: True for code in self._codes if switches.get(code)}

    def load(self, value: Any, names: Names) -> list[str]:
        return list(value)

    def dump(self, value: Any, names: Names) -> dict[str, bool]:
        return {code: True for code in self._codes if code in (value or ())}

    def schema(self) -> dict[str, Any]:
        either = {"type": ["boolean", "null"]}
        keys = dict.fromkeys(self._codes, either)
        return {"type": "object", "properties": keys, "additionalProperties": False}


class Anything(Value):
    """What the program itself keeps as an object or a list of objects."""

    def __init__(self, kind: type) -> None:
        self._kind = kind
        self.empty = kind()

    def check(self, value: Any, notes: Notes) -> Any:
        items = cast("list[Any]", value) if isinstance(value, list) else [value]
        if not isinstance(value, self._kind) or not all(isinstance(item, dict) for item in items):
            raise Misfit(f"{shown(cast('object', value))} is not an object here")
        return cast("Any", value)

    def schema(self) -> dict[str, Any]:
        each = {"type": "object"}
        return each if self._kind is dict else {"type": "array", "items": each}
