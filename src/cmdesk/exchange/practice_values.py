"""Single values of a practice file: what is accepted, what is stored, what is written again."""

# ruff: noqa: ARG002 - each kind of value uses what it needs of what all are handed

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_OFFSET: Final = re.compile(r"[+-]\d\d:\d\d(:\d\d)?", re.ASCII)
_TIME: Final = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d([.,]\d+)?)?(Z|[+-]\d\d(:?\d\d(:\d\d)?)?)?", re.ASCII
)
LARGEST: Final = 2**53 - 1  # what every reader of JSON keeps exactly

# What a name in the file may stand for, by what is asked for: a client is a person too.
_FITS: Final[dict[str, frozenset[str]]] = {
    "person": frozenset({"person", "client"}),
    "party": frozenset({"person", "client", "organisation"}),
}
_NOUNS: Final = {"party": "person or organisation", "family_update": "update"}


class Misfit(ValueError):
    """A value that can't be taken. `trail` is where it stands, innermost first."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.trail: list[str] = []


@dataclass
class Notes:
    """What is gathered while a file is checked: the names it gives and the names it uses."""

    given: dict[str, str] = field(default_factory=dict[str, str])
    used: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    dangling: frozenset[tuple[str, str]] = frozenset()
    taken: set[tuple[str, str, str]] = field(default_factory=set[tuple[str, str, str]])

    def name(self, ref: str, target: str) -> None:
        """Take a row's name. Raises Misfit if another row has it."""
        if ref in self.given:
            raise Misfit(f"{shown(ref)} names a second row, and a name may stand for one only")
        self.given[ref] = target

    def unique(self, target: str, key: str, value: str | None) -> None:
        """Take a value that no two rows of a kind may share. Raises Misfit if one has it."""
        if value and (target, key, value) in self.taken:
            raise Misfit(f"{key} {shown(value)} stands on a second row; it belongs to one only")
        self.taken.add((target, key, value or ""))

    def use(self, target: str, ref: str) -> None:
        if (target, ref) in self.dangling:
            noun = _NOUNS.get(target, target)
            raise Misfit(f"no {noun} of this file has the ref {shown(ref)}")
        self.used.add((target, ref))

    def without_end(self) -> frozenset[tuple[str, str]]:
        """Return the uses that point nowhere, or at a row of the wrong kind."""
        fits = ((use, _FITS.get(use[0], frozenset({use[0]}))) for use in self.used)
        return frozenset(use for use, kinds in fits if self.given.get(use[1]) not in kinds)


class Names(Protocol):
    """Translates between the refs of a file and the numbers of the tables."""

    def number(self, target: str, ref: str) -> int: ...
    def ref(self, target: str, number: int) -> str: ...


class AsWritten:
    """Leaves refs as they are: for bringing plain rows into the form they come back in."""

    def number(self, target: str, ref: str) -> int:
        return ref  # pyright: ignore[reportReturnType] - what is made with it is plain again at once

    def ref(self, target: str, number: int) -> str:
        return str(number)


def shown(value: object) -> str:
    """Quote a value of the file, short enough for a sentence and on one line."""
    text = value if isinstance(value, str) else repr(value)
    text = "".join(char if char.isprintable() else " " for char in text[:60])
    short = text if len(text) <= 40 else text[:40] + "\u2026"
    return f"\u201c{short}\u201d"


def moment(value: object) -> datetime:
    """Read a time with its offset. Raises Misfit."""
    if not isinstance(value, str) or not (match := _TIME.fullmatch(value)):
        raise Misfit(f"{shown(value)} is not a time such as 2026-03-06T11:00:00-05:00")
    if not match[3]:
        raise Misfit(f"{shown(value)} has no offset; add the one it happened in, such as -05:00")
    try:
        read = datetime.fromisoformat(value)
        read.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Misfit(f"{shown(value)} is no time that exists") from None
    return read


def in_zone(at: datetime, zone: str) -> datetime:
    """Show a moment where it happened: `zone` is an offset or the name of a zone."""
    if _OFFSET.fullmatch(zone):
        return at.astimezone(datetime.fromisoformat(f"2000-01-01T00:00:00{zone}").tzinfo)
    try:
        return at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return at.astimezone(UTC)


class Value:
    """One kind of value. `check` gives its plain form, in which two files can be compared."""

    empty: Any = None
    plain: dict[str, Any]

    def check(self, value: Any, notes: Notes) -> Any:
        raise NotImplementedError

    def blank(self, value: Any) -> bool:
        """Say whether a value that must be there is as good as missing."""
        return False

    def load(self, value: Any, names: Names) -> Any:
        """Turn the plain form into what the column holds."""
        return value

    def dump(self, value: Any, names: Names) -> Any:
        """Turn what the column holds into the plain form."""
        return value

    def schema(self) -> dict[str, Any]:
        return self.plain


class Text(Value):
    empty = ""
    plain: dict[str, Any] = {"type": "string"}  # noqa: RUF012 - read only

    def check(self, value: Any, notes: Notes) -> str:
        if not isinstance(value, str):
            raise Misfit(f"{shown(value)} is not text; put it in quotation marks")
        return value


class MaybeText(Text):
    """Text where nothing is not the same as empty: columns whose values are unique."""

    empty = None

    def check(self, value: Any, notes: Notes) -> Any:
        return super().check(value, notes) or None


class Zone(Text):
    def check(self, value: Any, notes: Notes) -> str:
        name = super().check(value, notes)
        try:
            if name and not _OFFSET.fullmatch(name):
                ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Misfit(f"{shown(name)} is not a time zone such as America/New_York") from None
        return name


class Flag(Value):
    empty = False
    plain: dict[str, Any] = {"type": "boolean"}  # noqa: RUF012 - read only

    def check(self, value: Any, notes: Notes) -> bool:
        if not isinstance(value, bool):
            raise Misfit(f"{shown(value)} is neither true nor false")
        return value


class MaybeFlag(Flag):
    empty = None


class Number(Value):
    def __init__(self, least: int = -LARGEST, most: int = LARGEST) -> None:
        self._least, self._most = least, most

    def check(self, value: Any, notes: Notes) -> int:
        whole = isinstance(value, int) or (isinstance(value, float) and value.is_integer())
        if isinstance(value, bool) or not whole:
            raise Misfit(f"{shown(value)} is not a whole number")
        if not self._least <= value <= self._most:
            raise Misfit(f"{shown(value)} is not between {self._least} and {self._most}")
        return int(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self._least, "maximum": self._most}


class Real(Value):
    plain: dict[str, Any] = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}  # noqa: RUF012

    def check(self, value: Any, notes: Notes) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise Misfit(f"{shown(value)} is not a number")
        if not -LARGEST <= value <= LARGEST:
            raise Misfit("a number is far too large")
        return float(value)


class Day(Value):
    plain: dict[str, Any] = {  # noqa: RUF012 - read only
        "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
    }  # fmt: skip

    def check(self, value: Any, notes: Notes) -> str:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise Misfit(f"{shown(value)} is not a date such as 2026-03-09")
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise Misfit(f"{shown(value)} is no date that exists") from None

    def load(self, value: Any, names: Names) -> date | None:
        return date.fromisoformat(value) if value else None

    def dump(self, value: Any, names: Names) -> str | None:
        return value.isoformat() if value else None


class Time(Value):
    """A moment whose place does not matter: written in UTC."""

    plain: dict[str, Any] = {  # noqa: RUF012 - read only
        "type": "string", "format": "date-time",
        "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
        "(Z|[+-][0-9]{2}(:?[0-9]{2}(:[0-9]{2})?)?)$",
    }  # fmt: skip

    def check(self, value: Any, notes: Notes) -> str:
        return moment(value).astimezone(UTC).isoformat()

    def load(self, value: Any, names: Names) -> datetime | None:
        return datetime.fromisoformat(value) if value else None

    def dump(self, value: Any, names: Names) -> str | None:
        return value.astimezone(UTC).isoformat() if value else None


class Coded(Value):
    """One of a closed list of codes, or nothing."""

    empty = ""

    def __init__(self, codes: type[StrEnum]) -> None:
        self._codes = codes

    def check(self, value: Any, notes: Notes) -> str:
        if value == "":
            return value
        if isinstance(value, str):
            try:
                return self._codes(value).value
            except ValueError:
                pass
        raise Misfit(f"{shown(value)} is not a known code; write one of {self._choice(value)}")

    def blank(self, value: Any) -> bool:
        return not value

    def _choice(self, value: Any) -> str:
        known = [code.value for code in self._codes]
        near = get_close_matches(str(value), known, 3)
        return ", ".join(known if len(known) <= 25 else near or [*known[:5], "\u2026"])

    def schema(self) -> dict[str, Any]:
        known = [code.value for code in self._codes]
        aliases = ["email"] if "e_mail" in known else []
        return {"type": "string", "enum": [*known, *aliases, ""]}
