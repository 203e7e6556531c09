"""One program as a directory states it: what identifies it, and how two statements of it join."""

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Final

from cmdesk.exchange.written import Point, point_key


@dataclass(frozen=True, slots=True)
class Program:
    """A row of a directory. Empty means not stated."""

    line: int = 0
    ref: str = ""
    npi: str = ""
    name: str = ""
    name2: str = ""
    kind: str = "program"
    sud_program: bool = False
    website: str = ""
    source: str = ""
    facility_type: str = ""
    service_codes: tuple[str, ...] = ()
    levels_of_care: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    notes: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    county: str = ""
    points: tuple[Point, ...] = ()
    treats: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()
    gender_groups: tuple[str, ...] = ()
    medications: tuple[str, ...] = ()
    parent_name: str = ""
    mine: bool = True  # else it stands in a national directory alone
    as_of: date | None = None  # of the directory


ADDRESS: Final = ("street", "street2", "city", "state", "zip", "county")
OWN: Final = (
    "name", "name2", "kind", "sud_program", "website", "source", "facility_type", "service_codes",
    "levels_of_care", "latitude", "longitude", "notes",
)  # fmt: skip
# What was added to the statement later: left out of its fingerprint where nothing is stated, so
# that a row imported before is still known to be untouched.
FACETS: Final = (
    "treats", "modalities", "takes", "age_groups", "gender_groups", "medications",
)  # fmt: skip
LATER: Final = (*FACETS, "parent_name")
LISTS: Final = ("service_codes", "levels_of_care", *FACETS)
# Said of the row by the reader of the file, not by the file: no reason to call two rows different.
EMPTY: Final = ("", (), None)
CLASSIFYING: Final = frozenset({"kind", "sud_program", "source"})


def directory_key(program: Program) -> str:
    """Name a program by both name lines, both street lines, city, state and five-digit ZIP."""
    lines = (program.name, program.name2, program.street, program.street2, program.city)
    parts = (*lines, program.state, program.zip[:5])
    text = "\n".join(" ".join(part.casefold().split()) for part in parts)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def digest(program: Program) -> str:
    """Fingerprint what is stated, so that a later import sees what changed and who changed it."""
    stated: dict[str, Any] = {
        name: getattr(program, name) for name in ("npi", *OWN, *ADDRESS, "points")
    }
    stated |= {name: value for name in LATER if (value := getattr(program, name)) not in EMPTY}
    text = json.dumps(stated, sort_keys=True, ensure_ascii=False)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def joined(program: Program, other: Program) -> Program:
    """Fill what the first leaves empty from the second."""
    filled: dict[str, Any] = {
        field.name: getattr(other, field.name)
        for field in fields(Program)
        if getattr(program, field.name) in EMPTY
    }
    known = {(point.kind, point.label) for point in program.points}
    more = tuple(point for point in other.points if (point.kind, point.label) not in known)
    filled["points"] = program.points + more
    filled["sud_program"] = program.sud_program or other.sud_program  # fails closed
    filled["mine"] = program.mine or other.mine
    return replace(program, **filled)


def united(wanted: Program, held: Program, stated: Program) -> Program:
    """Let lists hold what is held and what is stated: two directories ask different questions."""
    lists: dict[str, Any] = {
        name: tuple(dict.fromkeys((*getattr(held, name), *getattr(stated, name)))) for name in LISTS
    }
    return replace(wanted, **lists)


def conflicts(held: Program, stated: Program, but: Collection[str] = ()) -> list[str]:
    """Name what both state, and state differently."""
    left = CLASSIFYING.union(but)
    names = ["npi", *(name for name in (*OWN, *LATER, *ADDRESS) if name not in left)]
    differing = [
        name.replace("_", " ")
        for name in names
        if _differ(name, getattr(held, name), getattr(stated, name))
    ]
    points = {(point.kind, point.label): point_key(point) for point in held.points}
    return differing + [
        "e-mail" if point.kind == "e_mail" else f"{point.label} phone".strip().lower()
        for point in stated.points
        if points.get((point.kind, point.label), point_key(point)) != point_key(point)
    ]


def _differ(name: str, held: Any, stated: Any) -> bool:
    if held in EMPTY or stated in EMPTY:
        return False
    if name == "zip":
        return held[:5] != stated[:5]  # the four digits more are no contradiction
    return held != stated
