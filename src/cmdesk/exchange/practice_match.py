"""Which rows of the tables the rows of a practice file speak of."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from sqlalchemy import func, null, select, text
from sqlalchemy.orm import Session

from cmdesk.exchange.practice_clients import CLIENT
from cmdesk.exchange.practice_fields import Row
from cmdesk.exchange.practice_format import SECTIONS
from cmdesk.exchange.practice_kinds import UID, Kind
from cmdesk.exchange.practice_people import PERSON, PRACTICE
from cmdesk.exchange.practice_stored import Standing
from cmdesk.models.base import Record
from cmdesk.models.person import ContactPoint, Person


@dataclass(eq=False)
class Unit:
    """One named row of the file. `known`: it stands in the tables already, as row `number`."""

    kind: Kind
    row: Row
    parent: "Unit | None"
    position: int
    digest: str
    number: int = 0
    twin: int = 0
    known: bool = False
    twin_known: bool = False

    @property
    def uid(self) -> str | None:
        """The lasting name the file gives. Our own exports name rows without a ref by it."""
        ref = self.row.get("ref", "")
        return self.row.get("uid") or (ref if UID.fullmatch(ref) else None)

    @property
    def ref(self) -> str | None:
        ref = self.row.get("ref")
        return None if ref is not None and ref == self.uid else ref


@dataclass(frozen=True)
class Known:
    """A row of a table, as far as it matters for finding it."""

    number: int
    uid: str
    ref: str | None
    digest: str | None
    parent: int | None
    unique: dict[str, Any]


@dataclass
class Table:
    """The rows of one kind that stand in the tables, by what they can be found by."""

    rows: dict[int, Known]
    by_ref: dict[str, int] = field(default_factory=dict[str, int])
    by_uid: dict[str, int] = field(default_factory=dict[str, int])
    by_digest: dict[tuple[int | None, str | None], list[int]] = field(
        default_factory=lambda: defaultdict(list)
    )
    by_parent: dict[int | None, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_unique: dict[tuple[str, Any], int] = field(default_factory=dict[tuple[str, Any], int])
    claimed: set[int] = field(default_factory=set[int])

    def __post_init__(self) -> None:
        for number, row in self.rows.items():
            self.by_uid[row.uid] = number
            if row.ref:
                self.by_ref[row.ref] = number
            self.by_digest[row.parent, row.digest].append(number)
            self.by_parent[row.parent].append(number)
            for key, value in row.unique.items():
                if value is not None:
                    self.by_unique[key, value] = number


class Numbers:
    """Hands out numbers for rows to come, none of which was ever used."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._last: dict[type[Record], int] = {}

    def next(self, model: type[Record]) -> int:
        if model not in self._last:
            used = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
            name = {"name": model.__tablename__}
            highest = self._session.scalar(select(func.max(model.id)))
            self._last[model] = max(highest or 0, self._session.scalar(used, name) or 0)
        self._last[model] += 1
        return self._last[model]


class Matcher:
    """Finds the row that each row of the file speaks of, or hands out a number for a new one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._tables: dict[Kind, Table] = {}
        self.numbers = Numbers(session)

    @cached_property
    def standing(self) -> Standing:
        """All that stands, read only if something has to be compared with it."""
        return Standing(self._session)

    def table(self, kind: Kind) -> Table:
        if kind not in self._tables:
            self._tables[kind] = Table(self._read(kind))
        return self._tables[kind]

    def place(self, unit: Unit) -> None:
        """Give a unit the number of its row. Its parent has one already."""
        table = self.table(unit.kind)
        found = self._find(unit, table)
        unit.known = found is not None
        unit.number = self.numbers.next(unit.kind.model) if found is None else found
        if found is not None:
            table.claimed.add(found)
        if unit.kind.twin:
            self._place_twin(unit)

    def digest(self, unit: Unit) -> str:
        """Sum up what stands in the tables for a known unit."""
        return unit.kind.digest(self.standing.plain(unit.kind, unit.number))

    def _find(self, unit: Unit, table: Table) -> int | None:
        if unit.kind is PRACTICE:
            return next(iter(table.rows), None)
        found = table.by_ref.get(unit.row.get("ref", ""))
        if found is None:
            found = table.by_uid.get(unit.uid or "")
        for key in unit.kind.unique:
            if found is None and key in unit.row:
                found = table.by_unique.get((key, unit.row[key]))
        if found is not None and found not in table.claimed:
            return found
        return None if "ref" in unit.row else self._find_by_content(unit, table)

    def _find_by_content(self, unit: Unit, table: Table) -> int | None:
        if unit.parent is not None and not unit.parent.known:
            return None
        parent = unit.parent.number if unit.parent else None
        for number in table.by_digest.get((parent, unit.digest), ()):
            if number not in table.claimed:
                return number
        free = [n for n in table.by_parent.get(parent, ()) if n not in table.claimed]
        rows = {number: self.standing.plain(unit.kind, number) for number in free}
        for number, row in rows.items():
            if unit.kind.digest(row) == unit.digest:
                return number
        same = unit.kind.same
        for number, row in rows.items():
            if same and all(row.get(key) == unit.row.get(key) for key in same):
                return number
        return None

    def _place_twin(self, unit: Unit) -> None:
        twin = unit.kind.twin
        if twin is None:
            return
        if twin.link is None:
            found = self._session.scalar(select(func.min(twin.model.id)))
        elif unit.known:
            link = unit.kind.model.__table__.c[twin.link]
            found = self._session.scalar(select(link).where(unit.kind.model.id == unit.number))
        else:
            found = self._person_to_be(unit)
        unit.twin_known = found is not None
        unit.twin = self.numbers.next(twin.model) if found is None else found

    def _person_to_be(self, unit: Unit) -> int | None:
        """Find a person on file who becomes a client with this row."""
        people = self.table(PERSON)
        found = people.by_uid.get(unit.row.get("person_uid", ""))
        if found is None and "card_uid" in unit.row:
            found = people.by_unique.get(("card_uid", unit.row["card_uid"]))
        if found is None or found in people.claimed:
            return None
        people.claimed.add(found)
        return found

    def _read(self, kind: Kind) -> dict[int, Known]:
        model = kind.model
        table = model.__table__.c
        own = [table[name] for name in ("id", "uid", "ref", "imported_digest")]
        parent = table[kind.link] if kind.link else null()
        source = Person if kind is CLIENT else model
        unique = [source.__table__.c[key] for key in kind.unique]
        query = select(*own, *unique).order_by(model.id)
        if kind is CLIENT:
            query = query.join(Person, Person.id == CLIENT.model.__table__.c.person_id)
        if kind is PERSON:
            clients = select(CLIENT.model.__table__.c.person_id)
            query = query.where(Person.id.not_in(clients))
        rows: dict[int, Known] = {}
        for row in self._session.execute(query.add_columns(parent.label("above"))).mappings():
            rows[row["id"]] = Known(
                row["id"],
                row["uid"],
                row["ref"],
                row["imported_digest"],
                row["above"],
                {key: row[key] for key in kind.unique},
            )
        return rows


class FileNames:
    """The numbers behind the refs of a file."""

    def __init__(self, session: Session, units: list[Unit]) -> None:
        self._session = session
        self._numbers: dict[tuple[str, str], int] = {}
        self.contacts: dict[str, int] = {}
        for unit in units:
            ref = unit.row.get("ref")
            if ref is None:
                continue
            self._numbers[unit.kind.name, ref] = unit.number
            if unit.kind is CLIENT:
                self._numbers["person", ref] = unit.twin

    def number(self, target: str, ref: str) -> int:
        if target == "party":
            person = self._numbers.get(("person", ref))
            return -self._numbers["organisation", ref] if person is None else person
        if target == "contact_point":
            return self._contact(ref)
        return self._numbers[target, ref]

    def ref(self, target: str, number: int) -> str:
        raise NotImplementedError(target)

    def _contact(self, value: str) -> Any:
        if value not in self.contacts:
            query = select(func.min(ContactPoint.id)).where(ContactPoint.value == value)
            return self._session.scalar(query)
        return self.contacts[value]


def units_of(practice: Row) -> Iterator[Unit]:
    """Yield every named row of a plain practice, those that hold others first."""
    for nest in SECTIONS:
        for position, row in enumerate(nest.rows(practice)):
            yield from _with_those_inside(nest.kind, row, None, position)


def _with_those_inside(kind: Kind, row: Row, parent: Unit | None, position: int) -> Iterator[Unit]:
    unit = Unit(kind, row, parent, position, kind.digest(row))
    yield unit
    for nest in kind.nests:
        for place, inside in enumerate(nest.rows(row)):
            yield from _with_those_inside(nest.kind, inside, unit, place)
