"""Programs into the directory: many at once, and never over what the user wrote."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from threading import Event
from typing import Any, Final

from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from cmdesk.casework.merged import MERGED_PROVIDER
from cmdesk.errors import Cancelled
from cmdesk.exchange import held_rows
from cmdesk.exchange.held_rows import Held
from cmdesk.exchange.program import (
    ADDRESS,
    LATER,
    LISTS,
    OWN,
    Program,
    conflicts,
    digest,
    directory_key,
    joined,
    united,
)
from cmdesk.exchange.result import Skipped
from cmdesk.exchange.written import Written, is_same, is_untouched, mark, point_row
from cmdesk.models.base import Record
from cmdesk.models.person import Address, ContactPoint
from cmdesk.models.provider import Organisation

CHUNK: Final = 1000  # programs between two looks at `stop`
_PLAINLY: Final = {"synchronize_session": False}


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
    stated = one_each(programs)
    writer = Writer(session)
    for start in range(0, len(stated), CHUNK):
        if stop is not None and stop.is_set():
            raise Cancelled
        writer.put(stated[start : start + CHUNK])
        if progress is not None:
            progress(min(1.0, (start + CHUNK) / len(stated)))
    return writer.written


class Writer:
    """Writes programs a few at a time, each stated once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known, self._digests = _in_the_directory(session)
        gone = select(Organisation.id, Organisation.parent_id)
        gone = gone.where(Organisation.kind == MERGED_PROVIDER)
        self._merged = {row.id: row.parent_id for row in session.execute(gone)}
        self.written = Written()

    def put(self, programs: Sequence[Program]) -> None:
        """Add those that are new, revise those that changed."""
        session, written = self._session, self.written
        fresh: list[Program] = []
        other: list[tuple[int, Program]] = []
        same: list[tuple[int, Program]] = []
        for stated in programs:
            held = self._known.find(stated.ref, stated.npi, directory_key(stated))
            taken = held is not None and self._known.by_npi.get(stated.npi, held) != held
            program = replace(stated, npi="") if taken else stated  # another row has it
            if held is None:
                fresh.append(program)
            elif is_same(self._digests.get(held), digest(program)):
                same.append((held, program))
            else:
                other.append((held, program))
        written.unchanged += len(same)
        _still_stands(session, same)
        entries = held_rows.read(session, [number for number, _ in other])
        for number, program in other:
            if number in self._merged:
                self._pass_on(entries[number], program)
            else:
                _revise(session, entries[number], program, written)
        session.flush()
        session.expunge_all()  # a row that is done is not held: there may be many thousands
        _add(session, fresh, self._known)
        written.added += len(fresh)

    def _pass_on(self, gone: Held, stated: Program) -> None:
        """Fill what is empty in the provider that another became, which its user looks after."""
        number = self._merged[gone.row.id]
        seen, stated = digest(stated), replace(stated, npi="") if gone.row.npi else stated
        kept = held_rows.read(self._session, [number]).get(number) if number else None
        gone.row.imported_digest = seen
        if kept is None or digest(wanted := joined(kept.program, stated)) == digest(kept.program):
            self.written.unchanged += 1
            return
        held_rows.store(self._session, kept, wanted)
        self.written.updated += 1


def one_each(programs: Iterable[Program]) -> list[Program]:
    """Join rows that name the same program; the later ones fill what the first leaves empty."""
    known = _Known()
    each: list[Program] = []
    for stated in programs:
        program, key = stated, directory_key(stated)
        number = known.find(stated.ref, stated.npi, key)
        if number is not None and is_other_place(each[number], stated):
            program = replace(stated, npi="")  # the first place keeps the number
            number = known.find(stated.ref, "", key)
        if number is None:
            number = len(each)
            each.append(program)
        else:
            each[number] = joined(each[number], program)
        known.add(number, program.ref, program.npi, key)
    return each


def is_other_place(first: Program, program: Program) -> bool:
    """Say whether two rows of one list are two places that share the NPI of their house."""
    same_number = bool(program.npi) and program.npi == first.npi and not program.ref
    places = [
        " ".join(f"{each.street} {each.city}".casefold().split()) for each in (first, program)
    ]
    return same_number and bool(first.street and program.street) and places[0] != places[1]


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
    keyless: list[tuple[int, str | None, str | None]] = []
    for number, ref, npi, key, imported in session.execute(select(*columns)):
        digests[number] = imported
        if key:
            known.add(number, ref, npi, key)
        else:
            keyless.append((number, ref, npi))
    held = held_rows.read(session, [number for number, _, _ in keyless])
    for number, ref, npi in keyless:
        known.add(number, ref, npi, directory_key(held[number].program))
    return known, digests


def _still_stands(session: Session, same: Sequence[tuple[int, Program]]) -> None:
    """Note a later edition that states the same, in one statement for each date."""
    for day in {program.as_of for _, program in same if program.as_of is not None}:
        numbers = [number for number, program in same if program.as_of == day]
        older = (Organisation.source_as_of.is_(None)) | (Organisation.source_as_of < day)
        rows = update(Organisation).where(Organisation.id.in_(numbers), older)
        session.execute(rows.values(source_as_of=day), execution_options=_PLAINLY)


def new_numbers(session: Session, model: type[Record], count: int) -> range:
    """Return the numbers the next rows of a table may take; none that was ever used before."""
    query = text("SELECT seq FROM sqlite_sequence WHERE name = :name")
    last = session.execute(query, {"name": model.__tablename__}).scalar_one_or_none() or 0
    return range(last + 1, last + 1 + count)


def _add(session: Session, programs: Sequence[Program], known: _Known) -> None:
    if not programs:
        return
    npis, keys = set(known.by_npi), set(known.by_key)
    rows = [_row(program, npis, keys) for program in programs]
    numbers = new_numbers(session, Organisation, len(rows))
    # Numbered here: asked for its number, each row would take a statement of its own.
    session.execute(
        insert(Organisation),
        [{"id": number, **row} for number, row in zip(numbers, rows, strict=True)],
    )
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
        **{name: getattr(program, name) for name in (*OWN, *LATER)},
        **{name: list(getattr(program, name)) for name in LISTS},
        "ref": program.ref or None,
        "npi": None if program.npi in npis else program.npi or None,
        "directory_key": None if key in keys else key,
        "imported_digest": digest(program),
        "mine": program.mine,
        "source_as_of": program.as_of,
    }
    npis.add(program.npi)
    keys.add(key)
    return row


def _revise(session: Session, entry: Held, stated: Program, written: Written) -> None:
    """Follow the file where the row is as it was imported; else fill gaps and say what differs."""
    row, held = entry.row, entry.program
    untouched = is_untouched(row.imported_digest, digest(held))
    follow = untouched and held.source == stated.source
    alone = is_same(row.imported_digest, digest(held))  # no other directory has filled anything in
    national = untouched and not (stated.mine or row.mine)
    several = national and (held.source != stated.source or not alone)
    differing = [] if follow else conflicts(held, stated, LISTS if several else ())
    wanted = joined(held, stated)
    if follow:  # what another directory has filled in meanwhile stays
        wanted = stated if alone else joined(stated, held)
    if several:
        wanted = united(wanted, held, stated)
    row.mine = row.mine or stated.mine
    if digest(wanted) != digest(held):
        held_rows.store(session, entry, wanted)
        row.source_as_of = stated.as_of if follow else row.source_as_of
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
