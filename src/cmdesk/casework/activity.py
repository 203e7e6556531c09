"""Who did what, when: the audit trail in words, newest first.

It is read through its columns alone; writing and sealing are the store's.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final, cast

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    String,
    column,
    func,
    or_,
    select,
    table,
)
from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.casework.activity_things import PARTS, THINGS
from cmdesk.casework.parties import name_of
from cmdesk.models.client import Client
from cmdesk.models.document import Document
from cmdesk.models.person import Person
from cmdesk.words import Words

PAGE: Final = 100
_SEQ: Final[ColumnElement[int]] = column("seq", Integer)
_AT, _ACT, _KIND, _ROWS, _MAC = (column(n, String) for n in ("at", "act", "kind", "rows", "mac"))
_AUDIT: Final = table("audit", _SEQ, _AT, _ACT, _KIND, _ROWS, _MAC)
_VIEWED: Final = re.compile(r"(Chart|Document) (\S+) opened")
Viewed = tuple[str, str]  # what, and the name files know it by


class Group(StrEnum):
    """The kinds of acts that are asked for together."""

    OPENED = "opened"
    VIEWED = "viewed"
    CHANGED = "changed"
    SIGNED = "signed"
    LEFT = "left"
    BACKUP = "backup"
    SECURITY = "security"
    UNDO = "undo"


KINDS: Final[Mapping[Group, tuple[str, ...]]] = {
    Group.OPENED: ("unlock", "lock", "failed_unlock", "moved"),
    Group.VIEWED: ("view",),
    Group.CHANGED: ("write",),
    Group.SIGNED: ("sign",),
    Group.LEFT: ("export", "print", "disclosure"),
    Group.BACKUP: ("backup", "restore", "restore_test", "migration", "repair"),
    Group.SECURITY: ("passphrase", "recovery", "keychain", "rotation", "rollback", "settings"),
    Group.UNDO: ("undo", "redo"),
}
_GROUPS: Final = {kind: group for group, kinds in KINDS.items() for kind in kinds}


@dataclass(frozen=True, slots=True)
class Act:
    """One row of the trail, by its number there.

    `counts` are rows touched, by table; `mac` seals it together with all that came before.
    `about` names the client or document that was viewed: the trail itself holds no names of them.
    """

    id: int
    at: datetime
    act: str
    kind: str
    counts: tuple[tuple[str, int], ...]
    mac: str
    about: str = ""

    @property
    def group(self) -> Group | None:
        return _GROUPS.get(self.kind)


@dataclass(frozen=True, slots=True)
class Filter:
    """What is asked for; days are the practice's own, both ends included."""

    group: Group | None = None
    text: str = ""
    first: date | None = None
    last: date | None = None

    @property
    def narrows(self) -> bool:
        return self != Filter()


def page(
    session: Session, wanted: Filter, before: int | None = None, limit: int = PAGE
) -> list[Act]:
    """Return acts, newest first; `before` is the number of the last one already known."""
    query = select(_AUDIT).where(*_conditions(session, wanted)).order_by(_SEQ.desc()).limit(limit)
    if before is not None:
        query = query.where(before > _SEQ)
    return [_act(row) for row in session.execute(query)]


def numbers(session: Session, wanted: Filter) -> list[int]:
    """Return the numbers of all acts asked for, newest first; 0.1 s for 100,000."""
    query = select(_SEQ).where(*_conditions(session, wanted)).order_by(_SEQ.desc())
    return list(session.scalars(query))


def find(session: Session, wanted: Filter) -> tuple[list[int], dict[Group | None, int]]:
    """Return the numbers of all acts asked for, and how many each group has."""
    return numbers(session, wanted), counts(session, wanted)


def acts(session: Session, wanted: Sequence[int]) -> list[Act]:
    """Return these acts; one page of them."""
    found = [_act(row) for row in session.execute(select(_AUDIT).where(_SEQ.in_(wanted)))]
    names = _names(session, [match for act in found if (match := _viewed(act))])
    return [replace(act, about=names.get(_viewed(act), "")) for act in found]


def count(session: Session, wanted: Filter | None = None) -> int:
    conditions = _conditions(session, wanted or Filter())
    return session.scalar(select(func.count()).select_from(_AUDIT).where(*conditions)) or 0


def counts(session: Session, wanted: Filter) -> dict[Group | None, int]:
    """Return how many acts each group has under this filter, all of them under None."""
    query = (
        select(_KIND, func.count())
        .where(*_conditions(session, replace(wanted, group=None)))
        .group_by(_KIND)
    )
    found: dict[Group | None, int] = dict.fromkeys((None, *Group), 0)
    for kind, many in session.execute(query):
        found[None] += many
        if kind in _GROUPS:
            found[_GROUPS[kind]] += many
    return found


def latest(session: Session, kind: str) -> datetime | None:
    """Return when an act of this kind was last done."""
    at = session.scalar(select(_AT).where(_KIND.in_([kind])).order_by(_SEQ.desc()).limit(1))
    return _moment(at) if at else None


def month_ends(session: Session) -> list[Act]:
    """Return the last act of each month of the practice's calendar, oldest first.

    Its number and the first eight digits of its seal, on paper, are an anchor nobody can reach.
    """
    zone, found = clock.zone(session), dict[tuple[int, int], int]()
    for number, at in session.execute(select(_SEQ, _AT).order_by(_SEQ)):
        day = _moment(at).astimezone(zone)
        found[day.year, day.month] = number
    return sorted(acts(session, list(found.values())), key=lambda act: act.id)


def told(words: Words, act: Act) -> str:
    """Say what an act touched: `1 entry and 2 people`; rows only of parts count as nothing."""
    parts: list[str] = []
    for name, many in act.counts:
        one, several = THINGS.get(name, ("", ""))
        if one:
            parts.append(words.ntr(one, several, many).format(n=words.number(many)))
    return words.listed(parts) if parts else ""


def whole(words: Words, rows: int) -> str:
    """Say that a check of so many rows found nothing."""
    said = words.ntr("Whole: {n} row, nothing missing", "Whole: {n} rows, nothing missing", rows)
    return said.format(n=words.number(rows))


def mark(act: Act) -> str:
    """Give the first eight digits of the seal, in fours, to be written down."""
    return f"{act.mac[:4]} {act.mac[4:8]}"


def _viewed(act: Act) -> Viewed | None:
    match = _VIEWED.fullmatch(act.act) if act.kind == "view" else None
    return (match[1], match[2]) if match else None


def _names(session: Session, viewed: Iterable[Viewed]) -> dict[Viewed | None, str]:
    """Name clients and documents by the names files know them by."""
    found: dict[Viewed | None, str] = {}
    refs = {ref for _, ref in viewed}
    people = (
        select(Client.ref, Client.uid, Person)
        .join(Person, Client.person_id == Person.id)
        .where(or_(Client.ref.in_(refs), Client.uid.in_(refs)))
    )
    for ref, uid, person in session.execute(people):
        name = name_of(person).full
        found["Chart", ref or uid] = name
    files = select(Document).where(or_(Document.ref.in_(refs), Document.uid.in_(refs)))
    for document in session.scalars(files):
        found["Document", document.ref or document.uid] = document.title
    return found


def _conditions(session: Session, wanted: Filter) -> Iterable[ColumnElement[bool]]:
    if wanted.group is not None:
        yield _KIND.in_(KINDS[wanted.group])
    for word in wanted.text.split():
        yield _ACT.icontains(word, autoescape=True)
    zone = clock.zone(session)
    if wanted.first is not None:
        yield _written(datetime.combine(wanted.first, time(), zone)) <= _AT
    if wanted.last is not None and wanted.last < date.max:
        yield _written(datetime.combine(wanted.last + timedelta(days=1), time(), zone)) > _AT


def _written(at: datetime) -> str:
    """Write a moment as the trail does; before the year 1 there is nothing."""
    try:
        moment = at.astimezone(UTC)
    except OverflowError:
        return ""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)


def _act(row: Row[Any]) -> Act:
    return Act(row.seq, _moment(row.at), row.act, row.kind, _counts(row.rows), row.mac)


def _counts(rows: str) -> tuple[tuple[str, int], ...]:
    """Count ids told as {"person": [[3, 9], 12]} (3 to 9, and 12) or {"person": 50000}."""
    told_of = cast("dict[str, int | list[int | list[int]]]", json.loads(rows))
    return tuple(
        (name, runs if isinstance(runs, int) else sum(_length(run) for run in runs))
        for name, runs in told_of.items()
        if name not in PARTS
    )


def _length(run: int | list[int]) -> int:
    return 1 if isinstance(run, int) else run[1] - run[0] + 1
