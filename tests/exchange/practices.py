"""Practices made up from the description of the format, so that every key of it is met."""

import hashlib
import random
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

from hypothesis import strategies as st

from cmdesk.exchange.practice_consents import Event
from cmdesk.exchange.practice_fields import Inner, Row, Slot
from cmdesk.exchange.practice_format import FORMAT, SECTIONS, VERSION
from cmdesk.exchange.practice_kinds import Kind, Nest, Uid
from cmdesk.exchange.practice_letters import ContactName, TemplateCode
from cmdesk.exchange.practice_lists import Anything, Listed, Reference, Switches
from cmdesk.exchange.practice_people import FileName, Sha256
from cmdesk.exchange.practice_placements import Matched
from cmdesk.exchange.practice_providers import Chosen, Marks
from cmdesk.exchange.practice_values import (
    Coded,
    Day,
    Flag,
    Number,
    Real,
    Text,
    Time,
    Value,
    Zone,
)
from cmdesk.rules.codes import UpdateTemplate
from cmdesk.rules.topics import NEVER_SHARED

EARLY: Final = datetime(2019, 5, 1, tzinfo=UTC)  # for what stood before
LATE: Final = datetime(2025, 5, 1, tzinfo=UTC)
LETTERS: Final = "abz ABZ 019-+=@'\"<>&\\\t\n\u00e9\u0141\u00df\u4e2d\u05d0\u200f\U0001f642\ufeff"
LETTER: Final[Row] = {
    "sections": {"headline": "A", "parts": [{"kind": "text", "key": "a", "topics": []}]},
    "shared": [{"entry": "e", "text": "A", "verdict": "share", "rule": 1}],
    "kept_back": [{"entry": "e", "why": "A"}],
}
BEFORE: Final = ("wordings_before", "marks_before")
MERGES: Final = {"person_merges": "person", "client_merges": "client"}
MATCHES: Final[tuple[Row, ...]] = (
    {},
    {"field": "treats", "codes": ["mood"]},
    {"field": "home", "most": 50},
    {"field": "opening", "by": "2026-04-02"},
)
FITS: Final = {"party": ("person", "client", "organisation"), "person": ("person", "client")}


class Maker:
    """Makes one practice by a seed. `fullness`: how many of the keys that may be absent stay."""

    def __init__(self, seed: int, fullness: float, *, most: int = 3) -> None:
        self._random = random.Random(seed)  # noqa: S311 - examples, not secrets
        self._fullness, self._most = fullness, most
        self._refs: dict[str, list[str]] = {}
        self._count = 0

    def practice(self) -> Row:
        made: Row = {"format": FORMAT, "version": VERSION}
        for nest in SECTIONS:
            made |= self._nested(nest)
        for nest in SECTIONS:
            for row in nest.rows(made):
                self._fill_with_those_inside(nest.kind, row)
        for key, side in MERGES.items():
            made |= {key: _without_rings(made[key], side)} if key in made else {}
        return made

    def _nested(self, nest: Nest) -> Row:
        """Make rows with names only, so that any row can point at any other."""
        rows: list[Row] = []
        least = 1 if nest.kind.name == "organisation" else 0  # a search names programs, deep inside
        for _ in range(
            self._random.randint(least, 1 if nest.single and not nest.before else self._most)
        ):
            self._count += 1
            row: Row = {}
            if nest.kind.slots["ref"].required or self._random.random() < 0.7:
                row["ref"] = f"{nest.kind.name} {self._count}"
                self._refs.setdefault(nest.kind.name, []).append(row["ref"])
            for inner in nest.kind.nests:
                row |= self._nested(inner)
            rows.append(row)
        return nest.put(rows)

    def _fill_with_those_inside(self, kind: Kind, row: Row) -> None:
        for nest in kind.nests:
            for inside in nest.rows(row):
                self._fill_with_those_inside(nest.kind, inside)
        nested = {key for nest in kind.nests for key in nest.slots()}
        row |= self._filled({k: s for k, s in kind.slots.items() if k not in {*nested, "ref"}})
        for key in kind.unique:
            row.update({key: f"{key} {self._count}"} if key in row else {})
            self._count += 1
        if kind.name == "code_list":
            row["code"] = f"code {self._count}"
        if "given_name" in kind.slots:
            row["given_name"] = "Ann"
        if kind.name == "entry":
            self._make_sense(row)
        if kind.name == "letter_template":
            self._make_readable(row)
        row.update({key: made for key, made in LETTER.items() if key in row})

    def _make_readable(self, row: Row) -> None:
        row["code"] = f"own_{self._count}"
        row["parts"] = [{"kind": "text", "key": "said", "topics": ["progress"]}]
        row["words"] = {"en": {"title": "A", "parts": {"said": {"title": "B"}}}, "es": {}}
        row["topics"] = [code for code in row.get("topics", ()) if code not in NEVER_SHARED]
        row["due_hours"] = self._random.choice([1, 24])

    def _make_sense(self, row: Row) -> None:
        seen: dict[str, Row] = {mark["person"]: mark for mark in row.get("marks") or ()}
        row["marks"] = list(seen.values())
        there: list[str] = row.get("participants", [])
        details: list[Row] = row.get("participant_details", [])
        row["participant_details"] = [item for item in details if item["person"] in there]
        for key in BEFORE:
            for item in row.get(key) or ():
                item["at"] = (EARLY + timedelta(hours=self._random.randint(0, 9000))).isoformat()

    def _filled(self, slots: dict[str, Slot]) -> Row:
        made: Row = {}
        for key, slot in slots.items():
            if isinstance(slot.value, Uid | FileName | ContactName) or key.endswith(
                ("uid", "person_ref")
            ):
                continue
            if slot.required or self._random.random() < self._fullness:
                value = self._value(slot.value)
                whole = not isinstance(slot.value, Inner) or _has_all(slot.value.slots, value)
                if whole and (value is not None or not slot.required):
                    made[key] = value
        return made

    def _value(self, value: Value) -> Any:
        for kind, make in self._makers():
            if isinstance(value, kind):
                return make(value)
        raise TypeError(type(value))

    def _makers(self) -> tuple[tuple[type[Value], Callable[[Any], Any]], ...]:
        chance = self._random
        return (
            (Reference, self._reference),
            (Zone, lambda _: chance.choice(["America/New_York", "Asia/Kolkata", "-03:30", "UTC"])),
            (Sha256, lambda _: hashlib.sha256(chance.randbytes(1)).hexdigest()),
            (TemplateCode, lambda _: chance.choice(list(UpdateTemplate)).value),
            (Text, lambda _: "".join(chance.choices(LETTERS, k=chance.randint(1, 9))) + "."),
            (Flag, lambda _: chance.random() < 0.5),
            (Number, self._number),
            (Real, lambda _: chance.uniform(-90, 90)),
            (Day, lambda _: (date(1950, 1, 1) + timedelta(chance.randint(0, 40000))).isoformat()),
            (Time, lambda _: self._time()),
            (Coded, lambda value: chance.choice(value.schema()["enum"][:-1])),
            (Listed, self._listed),
            (Switches, lambda value: dict.fromkeys(value.schema()["properties"], True)),
            (Anything, lambda value: {"b": [1, "x"]} if value.empty == {} else [{"a": None}]),
            (Marks, lambda _: {"safety": chance.randint(0, 4)}),
            (Chosen, lambda _: {"apart": [["x", "y"]]} if chance.random() < 0.5 else {"b": [1]}),
            (Matched, lambda _: dict(chance.choice(MATCHES))),
            (Event, lambda _: self._event()),
            (Inner, lambda value: self._filled(value.slots)),
        )

    def _number(self, value: Number) -> int:
        bounds = value.schema()
        return self._random.randint(max(-5, bounds["minimum"]), min(9_999, bounds["maximum"]))

    def _reference(self, value: Reference) -> str | None:
        kinds = FITS.get(value.target, (value.target,))
        known = [ref for kind in kinds for ref in self._refs.get(kind, ())]
        return self._random.choice(known) if known else None

    def _listed(self, value: Listed) -> list[Any]:
        each = [self._value(value.each) for _ in range(self._random.randint(0, self._most))]
        needed = getattr(value.each, "slots", {})
        return [item for item in each if item is not None and _has_all(needed, item)]

    def _time(self) -> str:
        offset = timezone(timedelta(minutes=self._random.choice([-300, 0, 330])))
        seconds = self._random.randint(0, 30_000_000)
        at = LATE + timedelta(seconds=seconds, microseconds=self._random.choice([0, 0, 250]))
        return at.astimezone(offset).isoformat()

    def _event(self) -> Row:
        episode = self._reference(Reference("episode"))
        return {"engagement": True} if episode is None else {"episode": episode}


def _without_rings(merges: list[Row], side: str) -> list[Row]:
    """Let each record go into one that comes later by name, and into one alone."""
    whole = [merge for merge in merges if merge.keys() >= {side, "kept"}]
    return list({merge[side]: merge for merge in whole if merge[side] < merge["kept"]}.values())


def pruned(practice: Row) -> Row:
    """Take out what could not be made whole, for want of a row to point at."""
    made = dict(practice)
    for nest in SECTIONS:
        rows = [_pruned(nest.kind, row) for row in nest.rows(practice) if _is_whole(nest.kind, row)]
        made = {key: value for key, value in made.items() if key not in nest.slots()}
        made |= nest.put(rows)
    return made


def _pruned(kind: Kind, row: Row) -> Row:
    made = dict(row)
    for nest in kind.nests:
        rows = [inside for inside in nest.rows(row) if _is_whole(nest.kind, inside)]
        made = {key: value for key, value in made.items() if key not in nest.slots()}
        made |= nest.put(rows)
    return made


def _is_whole(kind: Kind, row: Row) -> bool:
    return _has_all(kind.slots, row)


def _has_all(slots: dict[str, Slot], row: Row) -> bool:
    """Say whether what must be there is: there may have been no row to point at."""
    return all(key in row for key, slot in slots.items() if slot.required)


class Practice(dict[str, Any]):
    """A made-up practice. It shows how it was made: what it holds would fill pages."""

    def __init__(self, seed: int, fullness: float, most: int) -> None:
        self._made_by = f"Practice({seed}, {fullness}, {most})"
        super().__init__(pruned(Maker(seed, fullness, most=most).practice()))

    def __repr__(self) -> str:
        return self._made_by


def practices(*, most: int = 3) -> st.SearchStrategy[Practice]:
    """Give whole practices, from nearly empty ones to those with every key."""
    fullness = st.sampled_from([0.1, 0.5, 1.0])
    return st.builds(Practice, st.integers(0, 2**32 - 1), fullness, st.integers(1, most))
