"""Programs as they stand in the records, read many at once in the shape of a directory's row."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.exchange.program import ADDRESS, LATER, LISTS, OWN, Program
from cmdesk.exchange.written import Point, point_row, remove_unused
from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.provider import Organisation

AT_ONCE: Final = 500  # numbers in one statement


@dataclass(frozen=True, slots=True)
class Held:
    """A program's rows, and what they state together."""

    row: Organisation
    address: Address | None
    points: Sequence[ContactPoint]
    program: Program


def read(session: Session, numbers: Sequence[int]) -> dict[int, Held]:
    """Read these programs, with the first address of each and all its numbers."""
    held: dict[int, Held] = {}
    for start in range(0, len(numbers), AT_ONCE):
        held |= _some(session, numbers[start : start + AT_ONCE])
    return held


def _some(session: Session, numbers: Sequence[int]) -> dict[int, Held]:
    rows = session.scalars(select(Organisation).where(Organisation.id.in_(numbers))).all()
    addresses: dict[int, Address] = {}
    places = select(Address).where(Address.organisation_id.in_(numbers)).order_by(Address.id)
    for address in session.scalars(places):
        addresses.setdefault(address.organisation_id or 0, address)
    points: defaultdict[int, list[ContactPoint]] = defaultdict(list)
    order = ContactPoint.position, ContactPoint.id
    reach = select(ContactPoint).where(ContactPoint.organisation_id.in_(numbers)).order_by(*order)
    for point in session.scalars(reach):
        points[point.organisation_id or 0].append(point)
    return {
        row.id: Held(
            row, addresses.get(row.id), points[row.id],
            _stated(row, addresses.get(row.id), points[row.id]),
        )
        for row in rows
    }  # fmt: skip


def _stated(row: Organisation, address: Address | None, points: Iterable[ContactPoint]) -> Program:
    own: dict[str, Any] = {name: getattr(row, name) for name in (*OWN, *LATER)}
    own |= {name: tuple(own[name]) for name in LISTS}
    return Program(
        ref=row.ref or "",
        npi=row.npi or "",
        **own,
        **({name: getattr(address, name) for name in ADDRESS} if address else {}),
        points=tuple(Point(point.kind, point.value, point.label) for point in points),
        mine=row.mine,
        as_of=row.source_as_of,
    )


def store(session: Session, held: Held, wanted: Program) -> None:
    """Write what is wanted of a program over its rows. Numbers that letters went to stay."""
    row = held.row
    for name in (*OWN, *LATER):
        value = getattr(wanted, name)
        setattr(row, name, list(value) if name in LISTS else value)
    row.npi = wanted.npi or None
    address = held.address
    if address is None:
        address = Address(organisation_id=row.id)
        session.add(address)
    for name in ADDRESS:
        setattr(address, name, getattr(wanted, name))
    spare = {(point.kind, point.label): point for point in held.points}
    for position, point in enumerate(wanted.points):
        there = spare.pop((point.kind, point.label), None)
        if there is None:
            session.add(ContactPoint(organisation_id=row.id, **point_row(position, point)))
        else:
            there.value, there.position = point.value, position
    remove_unused(session, spare.values())
