"""Programs into the directory: many at once, and never over what the user wrote."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import Any, Final

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from cmdesk.errors import Cancelled
from cmdesk.exchange.program import (
    ADDRESS,
    OWN,
    Program,
    conflicts,
    digest,
    directory_key,
    joined,
)
from cmdesk.exchange.result import Skipped
from cmdesk.exchange.written import (
    Point,
    Written,
    is_same,
    is_untouched,
    mark,
    point_row,
    remove_unused,
)
from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.provider import Organisation

CHUNK: Final = 1000  # programs between two looks at `stop`


@dataclass(frozen=True, slots=True)
class _Known:
    """Finds a program by ref, else NPI, else names and address. Numbers are the caller's."""

    by_ref: dict[str, int] = field(default_factory=dict[str, int])
    by_npi: dict[str, int] = field(default_factory=dict[str, int])
    by_key: dict[str, int] = field(default_factory=dict[str, int])
    refs: dict[int, str] = field(default_factory=dict[int, str])

    def find(self, ref: str, npi: str, key: str) -> int | None:
        if ref in self.by_ref:
            return self.by_ref[ref]
        for number in (self.by_npi.get(npi), self.by_key.get(key)):
            # Two refs are two programs, whatever else they share.
            if number is not None and not (ref and self.refs.get(number)):
                return number
        return None

    def add(self, number: int, ref: str | None, npi: str | None, key: str | None) -> None:
        if ref:
            self.by_ref[ref] = number
            self.refs[number] = ref
        if npi:
            self.by_npi.setdefault(npi, number)
        if key:
            self.by_key.setdefault(key, number)


def write(
    session: Session,
    programs: Iterable[Program],
    progress: Callable[[float], None] | None = None,
    stop: Event | None = None,
) -> Written:
    """Write programs; rows that name the same one are joined first. Raises Cancelled."""
    stated = _one_each(programs)
    known, digests = _in_the_directory(session)
    written = Written()
    for start in range(0, len(stated), CHUNK):
        if stop is not None and stop.is_set():
            raise Cancelled
        fresh: list[Program] = []
        for program in stated[start : start + CHUNK]:
            key = directory_key(program)
            held = known.find(program.ref, program.npi, key)
            if held is None:
                fresh.append(program)
            elif is_same(digests.get(held), digest(program)):
                written.unchanged += 1
            else:
                _revise(session, held, program, written)
        _add(session, fresh, known)
        written.added += len(fresh)
        if progress is not None:
            progress(min(1.0, (start + CHUNK) / len(stated)))
    return written


def _one_each(programs: Iterable[Program]) -> list[Program]:
    known = _Known()
    each: list[Program] = []
    for program in programs:
        key = directory_key(program)
        number = known.find(program.ref, program.npi, key)
        if number is None:
            number = len(each)
            each.append(program)
        else:
            each[number] = joined(each[number], program)
        known.add(number, program.ref, program.npi, key)
    return each


def _in_the_directory(session: Session) -> tuple[_Known, dict[int, str | None]]:
    known = _Known()
    digests: dict[int, str | None] = {}
    columns = (
        Organisation.id,
        Organisation.ref,
        Organisation.npi,
        Organisation.directory_key,
        Organisation.imported_digest,
    )
    for number, ref, npi, key, imported in session.execute(select(*columns)):
        known.add(number, ref, npi, key or directory_key(_held(session, number)))
        digests[number] = imported
    return known, digests


def _add(session: Session, programs: Sequence[Program], known: _Known) -> None:
    if not programs:
        return
    npis, keys = set(known.by_npi), set(known.by_key)
    rows = [_row(program, npis, keys) for program in programs]
    wanted = insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True)
    numbers = session.scalars(wanted, rows).all()
    addresses = [
        {"organisation_id": number, **{name: getattr(program, name) for name in ADDRESS}}
        for number, program in zip(numbers, programs, strict=True)
        if any(getattr(program, name) for name in ADDRESS)
    ]
    points = [
        {"organisation_id": number, **point_row(position, point)}
        for number, program in zip(numbers, programs, strict=True)
        for position, point in enumerate(program.points)
    ]
    if addresses:
        session.execute(insert(Address), addresses)
    if points:
        session.execute(insert(ContactPoint), points)
    for number, program in zip(numbers, programs, strict=True):
        known.add(number, program.ref, program.npi, directory_key(program))


def _row(program: Program, npis: set[str], keys: set[str]) -> dict[str, Any]:
    """Give the columns of a new program. NPI and key are unique: the first to hold one keeps it."""
    key = directory_key(program)
    row: dict[str, Any] = {
        **{name: getattr(program, name) for name in OWN},
        "service_codes": list(program.service_codes),
        "levels_of_care": list(program.levels_of_care),
        "ref": program.ref or None,
        "npi": None if program.npi in npis else program.npi or None,
        "directory_key": None if key in keys else key,
        "imported_digest": digest(program),
    }
    npis.add(program.npi)
    keys.add(key)
    return row


def _held(session: Session, number: int) -> Program:
    """Read a program back in the shape of a directory's row."""
    row = session.get_one(Organisation, number)
    address = session.scalar(
        select(Address).where(Address.organisation_id == number).order_by(Address.id).limit(1)
    )
    points = session.scalars(
        select(ContactPoint)
        .where(ContactPoint.organisation_id == number)
        .order_by(ContactPoint.position, ContactPoint.id)
    )
    own: dict[str, Any] = {name: getattr(row, name) for name in OWN}
    own["service_codes"] = tuple(row.service_codes)
    own["levels_of_care"] = tuple(row.levels_of_care)
    return Program(
        ref=row.ref or "",
        npi=row.npi or "",
        **own,
        **({name: getattr(address, name) for name in ADDRESS} if address else {}),
        points=tuple(Point(point.kind, point.value, point.label) for point in points),
    )


def _revise(session: Session, number: int, stated: Program, written: Written) -> None:
    """Follow the file where the row is as it was imported; else fill gaps and say what differs."""
    row = session.get_one(Organisation, number)
    held = _held(session, number)
    untouched = is_untouched(row.imported_digest, digest(held))
    follow = untouched and held.source == stated.source
    differing = [] if follow else conflicts(held, stated)
    wanted = joined(held, stated)
    if follow:  # what another directory has filled in meanwhile stays
        wanted = stated if is_same(row.imported_digest, digest(held)) else joined(stated, held)
    if digest(wanted) != digest(held):
        _store(session, row, wanted)
        written.updated += 1
    elif not differing:
        written.unchanged += 1
    if differing:
        elsewhere = held.source not in ("", stated.source)
        since = "comes from another source" if elsewhere else "was changed here since"
        named = ", ".join(dict.fromkeys(differing))
        why = f"{held.name} {since}, so what differs was left as it is: {named}."
        written.skipped.append(Skipped(stated.line, why))
    else:
        row.imported_digest = mark(digest(stated), digest(wanted))


def _store(session: Session, row: Organisation, wanted: Program) -> None:
    for name in OWN:
        setattr(row, name, getattr(wanted, name))
    row.service_codes, row.levels_of_care = list(wanted.service_codes), list(wanted.levels_of_care)
    row.npi = wanted.npi or None
    address = session.scalar(
        select(Address).where(Address.organisation_id == row.id).order_by(Address.id).limit(1)
    )
    if address is None:
        address = Address(organisation_id=row.id)
        session.add(address)
    for name in ADDRESS:
        setattr(address, name, getattr(wanted, name))
    mine = ContactPoint.organisation_id == row.id
    spare = {
        (point.kind, point.label): point
        for point in session.scalars(select(ContactPoint).where(mine))
    }
    for position, point in enumerate(wanted.points):
        there = spare.pop((point.kind, point.label), None)
        if there is None:
            session.add(ContactPoint(organisation_id=row.id, **point_row(position, point)))
        else:
            there.value, there.position = point.value, position
    remove_unused(session, spare.values())
    session.flush()
