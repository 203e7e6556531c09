"""Rows of a practice file on their way into the tables."""

from collections import defaultdict
from typing import Any

from sqlalchemy import bindparam, delete, insert, select, text, update
from sqlalchemy.orm import Session

from cmdesk.casework.clock import now
from cmdesk.exchange.practice_entries import ENTRY
from cmdesk.exchange.practice_fields import Row, spread
from cmdesk.exchange.practice_match import FileNames, Numbers, Unit
from cmdesk.exchange.practice_parts import Part
from cmdesk.models.base import Record
from cmdesk.models.care import Episode
from cmdesk.models.client import Client, Engagement
from cmdesk.models.entry import Addendum, Entry, EntryParticipant
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.practice import Practitioner
from cmdesk.models.update import UpdateCopy
from cmdesk.rules.contact_codes import EntryStatus
from cmdesk.rules.signature import FROZEN, LINKS, Participant, signature_hash

SIGNED = EntryStatus.SIGNED.value
SEAL = ("signed_at", "signed_by", "signature_hash")
CHUNK = 500  # rows asked for by number at once


class Writer:
    """Gathers new rows and writes them table by table; changes known rows at once."""

    def __init__(self, session: Session, names: FileNames, numbers: Numbers) -> None:
        self._session, self._names, self._numbers = session, names, numbers
        self._new: dict[type[Record], list[Row]] = defaultdict(list)
        self._to_sign: dict[int, Row] = {}
        # A row may point at one that comes later in the file; all are there at the end.
        session.execute(text("PRAGMA defer_foreign_keys = ON"))

    def add(self, unit: Unit, extra: Row) -> None:
        kind = unit.kind
        columns = spread(kind.fields, unit.row, self._names) | extra
        columns |= {"id": unit.number, "ref": unit.ref, "imported_digest": unit.digest}
        if unit.uid:
            columns["uid"] = unit.uid
        if kind.link:
            columns[kind.link] = unit.parent.number if unit.parent else None
        if "position" in kind.model.__table__.columns and "position" not in kind.slots:
            columns["position"] = unit.position
        if kind.twin and kind.twin.link:
            columns[kind.twin.link] = unit.twin
        self._put(kind.model, self._held(unit, columns))
        for part in kind.parts:
            self._add_parts(part, unit, unit.number)
        if kind.twin and not unit.twin_known:
            self._add_twin(unit)

    def change(self, unit: Unit, extra: Row) -> None:
        kind = unit.kind
        columns = spread(kind.fields, unit.row, self._names) | extra
        columns["imported_digest"] = unit.digest
        self._set(kind.model, unit.number, self._held(unit, columns))
        owners = [(part, unit.number) for part in kind.parts]
        if kind.twin and not unit.twin_known:
            self._add_twin(unit)
        elif kind.twin:
            self._set(kind.twin.model, unit.twin, spread(kind.twin.fields, unit.row, self._names))
            owners += [(part, unit.twin) for part in kind.twin.parts]
        for part, owner in owners:
            self._replace_parts(part, unit, owner)

    def finish(self) -> None:
        """Write what was gathered, then seal the signed entries."""
        self._session.flush()
        connection = self._session.connection()
        for model, rows in self._new.items():
            alike: dict[frozenset[str], list[Row]] = defaultdict(list)  # by which columns are given
            for row in rows:
                alike[frozenset(row)].append(row)
            for group in alike.values():
                connection.execute(insert(model.__table__), group)  # pyright: ignore[reportArgumentType] - it is a Table
        if self._to_sign:
            self._sign()
        self._session.expire_all()

    def _held(self, unit: Unit, columns: Row) -> Row:
        """Keep back the seal of a signed entry: it goes in open, and is closed at the end."""
        if unit.kind is ENTRY and columns["status"] == SIGNED:
            self._to_sign[unit.number] = dict(columns)
            return columns | {
                "status": EntryStatus.DRAFT.value, "signed_at": None, "signed_by": "",
                "signature_hash": "",
            }  # fmt: skip
        return columns

    def _add_twin(self, unit: Unit) -> None:
        twin = unit.kind.twin
        if twin is None:
            return
        columns = spread(twin.fields, unit.row, self._names)
        columns |= {"id": unit.twin, "ref": unit.row.get(twin.prefix + "ref")}
        if uid := unit.row.get(twin.prefix + "uid"):
            columns["uid"] = uid
        self._put(twin.model, columns)
        for part in twin.parts:
            self._add_parts(part, unit, unit.twin)

    def _add_parts(self, part: Part, unit: Unit, owner: int) -> None:
        for columns in part.spread(unit.row, self._names):
            self._add_part(part, columns, owner)

    def _add_part(self, part: Part, columns: Row, owner: int) -> None:
        columns[part.link] = owner
        if part.model is ContactPoint:
            columns["id"] = self._numbers.next(ContactPoint)
            self._names.contacts.setdefault(columns["value"], columns["id"])
        self._put(part.model, columns)

    def _replace_parts(self, part: Part, unit: Unit, owner: int) -> None:
        link = part.model.__table__.c[part.link]
        query = select(part.model).where(link == owner).order_by(part.model.id)
        old = list(self._session.scalars(query))
        for columns in part.spread(unit.row, self._names):
            known = next((row for row in old if _says(row, columns)), None)
            if known is None and part.model is ContactPoint:
                known = next((row for row in old if _says(row, {"value": columns["value"]})), None)
                self._set(part.model, known.id if known else 0, columns)
            if known is None:
                self._add_part(part, columns, owner)
            else:
                old.remove(known)
        gone = [] if part.model is Addendum else [row.id for row in old]  # addenda are only added
        if part.model is ContactPoint and gone:
            lost = update(UpdateCopy).where(UpdateCopy.contact_point_id.in_(gone))
            self._session.execute(lost.values(contact_point_id=None))
        if gone:
            self._session.execute(delete(part.model).where(part.model.id.in_(gone)))

    def _put(self, model: type[Record], columns: Row) -> None:
        self._new[model].append(columns)

    def _set(self, model: type[Record], number: int, columns: Row) -> None:
        row = self._session.get(model, number) if number else None
        for name, value in columns.items() if row else ():
            if getattr(row, name) != value:
                setattr(row, name, value)

    def _sign(self) -> None:
        """Close entries as the file says; where it does not, as of now and by the practitioner."""
        uids = _Uids(self._session)
        people = self._participants(uids)
        by = self._session.scalar(select(Practitioner.name).limit(1)) or ""
        seals: list[Row] = []
        for number, columns in self._to_sign.items():
            columns["signed_at"] = columns["signed_at"] or now(self._session)
            columns["signed_by"] = columns["signed_by"] or by
            links = {
                name: uids.of(model, columns.get(f"{name}_id") if name != "entry" else number)
                for name, model in _LINKED.items()
            }
            frozen = {name: columns[name] for name in FROZEN}
            columns["signature_hash"] = columns["signature_hash"] or signature_hash(
                frozen, links, people.get(number, ())
            )
            seals.append({"number": number, **{name: columns[name] for name in SEAL}})
        table = Entry.__table__
        seal = update(table).where(table.c.id == bindparam("number"))  # pyright: ignore[reportArgumentType]
        values: dict[str, Any] = {name: bindparam(name) for name in SEAL}
        self._session.connection().execute(seal.values(status=SIGNED, **values), seals)

    def _participants(self, uids: "_Uids") -> dict[int, list[Participant]]:
        made: dict[int, list[Participant]] = defaultdict(list)
        numbers = list(self._to_sign)
        for start in range(0, len(numbers), CHUNK):
            query = (
                select(EntryParticipant)
                .where(EntryParticipant.entry_id.in_(numbers[start : start + CHUNK]))
                .order_by(EntryParticipant.position, EntryParticipant.id)
            )
            for row in self._session.scalars(query):
                person = uids.of(Person, row.person_id) or ""
                made[row.entry_id].append(Participant(person, row.capacity, row.reached))
        return made


_LINKED: dict[str, type[Record]] = dict(
    zip(LINKS, (Entry, Client, Engagement, Episode, Entry), strict=True)
)


class _Uids:
    """The lasting names behind the numbers, read once for each table."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._read: dict[type[Record], dict[int, str]] = {}

    def of(self, model: type[Record], number: int | None) -> str | None:
        if number is None:
            return None
        if model not in self._read:
            rows = self._session.execute(select(model.id, model.uid))
            self._read[model] = dict(rows.all())
        return self._read[model][number]


def _says(row: Record, columns: Row) -> bool:
    return all(getattr(row, name) == value for name, value in columns.items())
