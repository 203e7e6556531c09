"""The days of moves, gathered for many at once: their spans, medicines and first visits."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.casework.columns import among, listed, read
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.safety import Medication
from cmdesk.models.transition import FirstVisit, Transition, TransitionLane
from cmdesk.rules.follow_up_clocks import Visit
from cmdesk.rules.transition import Begins, Gap, Leaving, Span, gaps, joined
from cmdesk.rules.transition_codes import Lane, VisitKind

BEGUN_BY: Final = {
    VisitKind.THERAPIST: Lane.THERAPIST,
    VisitKind.PSYCHIATRIST: Lane.PSYCHIATRIST,
    VisitKind.PROGRAM: Lane.PROGRAM,
}
_MOVES: Final = select(
    *(Transition.id, Transition.client_id, Transition.leaves_on, Transition.left_on),
    *(Transition.medicine_days, Transition.kind, Transition.travel),
).where(Transition.id.in_(among("ids")))
_LANES: Final = (
    select(
        *(TransitionLane.id, TransitionLane.transition_id, TransitionLane.lane),
        *(TransitionLane.label, TransitionLane.since, TransitionLane.until),
        *(TransitionLane.settled, TransitionLane.person_id, TransitionLane.organisation_id),
        *(Person.given_name, Person.family_name, Person.preferred_name),
        Organisation.name.label("house"),
    )
    .outerjoin(Person, TransitionLane.person_id == Person.id)
    .outerjoin(Organisation, TransitionLane.organisation_id == Organisation.id)
    .where(TransitionLane.transition_id.in_(among("ids")))
    .order_by(TransitionLane.since, TransitionLane.id)
)
_VISITS: Final = (
    select(
        *(FirstVisit.transition_id, FirstVisit.id, FirstVisit.kind, FirstVisit.visit_on),
        *(FirstVisit.attended, FirstVisit.label, FirstVisit.time, FirstVisit.note),
        *(FirstVisit.person_id, FirstVisit.organisation_id, FirstVisit.ref, FirstVisit.uid),
        *(Person.given_name, Person.family_name, Person.preferred_name),
        Organisation.name.label("house"),
    )
    .outerjoin(Person, FirstVisit.person_id == Person.id)
    .outerjoin(Organisation, FirstVisit.organisation_id == Organisation.id)
    .where(FirstVisit.transition_id.in_(among("ids")))
    .order_by(FirstVisit.visit_on, FirstVisit.id)
)
_MEDICINES: Final = select(
    Medication.client_id, Medication.name, Medication.supply_ends_on, Medication.id
).where(Medication.client_id.in_(among("ids")), Medication.stopped_on.is_(None))


@dataclass(frozen=True, slots=True)
class Option:
    """What may close a gap, but is not settled: words, and perhaps whom one can book."""

    id: int
    lane: Lane
    label: str
    who: str = ""
    called: str = ""  # by first name


@dataclass(frozen=True, slots=True)
class VisitRow:
    id: int
    kind: VisitKind
    label: str
    visit_on: date | None
    time: str
    attended: bool | None
    note: str
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Supply:
    """A medicine taken now, and the last day it lasts."""

    id: int
    name: str
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class MoveDays:
    """One move by its days; without a day of leaving nothing can be counted: `leaving` is None."""

    id: int
    client_id: int
    kind: str
    leaves_on: date | None  # the day it happened, once it did
    left: bool
    leaving: Leaving | None
    gaps: tuple[Gap, ...]
    spans: tuple[Span, ...]
    options: tuple[Option, ...]
    visits: tuple[VisitRow, ...]
    supplies: tuple[Supply, ...]
    no_travel: bool = False  # nobody said yet how they get there

    @property
    def settled(self) -> bool:
        """Whether where they go is more than a plan: a program or a home there goes on."""
        there = (span for span in self.spans if span.lane in (Lane.PROGRAM, Lane.HOME))
        return self.left or any(s.settled and s.since and not s.until for s in there)

    @property
    def open_gaps(self) -> int:
        """How many gaps there are; a move without its day is one, and so is a way not booked."""
        return len(self.gaps) + self.no_travel if self.leaving else 1


def of(session: Session, ids: Collection[int]) -> dict[int, MoveDays]:
    """Return the days of these moves, by number."""
    rows = read(session, _MOVES, ids=listed(ids)) if ids else []
    if not rows:
        return {}
    spans, options = _spans(session, ids)
    visits = _visits(session, ids)
    owners = merged.owners(session)
    supplies = _supplies(session, {row.client_id for row in rows}, owners)
    return {
        row.id: _days(
            row,
            tuple(spans.get(row.id, ())),
            tuple(options.get(row.id, ())),
            tuple(visits.get(row.id, ())),
            tuple(supplies.get(_owner(owners, row.client_id), ())),
        )
        for row in rows
    }


def _owner(owners: dict[int, int], client_id: int) -> int:
    return owners.get(client_id, client_id)


def _days(
    row: Any,
    spans: tuple[Span, ...],
    options: tuple[Option, ...],
    visits: tuple[VisitRow, ...],
    supplies: tuple[Supply, ...],
) -> MoveDays:
    day: date | None = row.left_on or row.leaves_on
    leaving = None
    spans = joined(spans, list(_begun(visits)))
    if day is not None:
        prescribers = tuple(
            Visit(visit.visit_on, visit.attended)
            for visit in visits
            if visit.kind == VisitKind.PSYCHIATRIST and visit.visit_on
        )
        ends = tuple(supply.ends_on for supply in supplies)
        leaving = Leaving(day, spans, row.medicine_days, ends, prescribers)
    return MoveDays(
        *(row.id, row.client_id, row.kind, day, row.left_on is not None),
        *(leaving, gaps(leaving) if leaving else (), spans, options, visits, supplies),
        no_travel=row.left_on is None and not row.travel.strip(),
    )


def _begun(visits: Iterable[VisitRow]) -> Iterator[Begins]:
    """Give the visits by which a lane begins; a span made of one has its number below zero."""
    for visit in visits:
        lane = BEGUN_BY.get(visit.kind)
        if lane and visit.visit_on:
            yield Begins(lane, visit.label, visit.visit_on, visit.attended, -visit.id)


def named(row: Any) -> str:
    """Return the words of a row, else the name it points at."""
    person = " ".join(filter(None, (row.preferred_name or row.given_name, row.family_name)))
    return row.label or person or row.house or ""


def _spans(
    session: Session, ids: Iterable[int]
) -> tuple[dict[int, list[Span]], dict[int, list[Option]]]:
    spans: dict[int, list[Span]] = {}
    options: dict[int, list[Option]] = {}
    for row in read(session, _LANES, ids=listed(ids)):
        lane = Lane(row.lane)
        if row.settled or row.since or row.until:
            made = Span(lane, named(row), row.since, row.until, row.settled, row.id)
            spans.setdefault(row.transition_id, []).append(made)
            continue
        who = " ".join(filter(None, (row.preferred_name or row.given_name, row.family_name)))
        first = row.preferred_name or row.given_name or row.family_name or row.house or ""
        options.setdefault(row.transition_id, []).append(
            Option(row.id, lane, row.label, who or row.house or "", first)
        )
    return spans, options


def _visits(session: Session, ids: Iterable[int]) -> dict[int, list[VisitRow]]:
    found: dict[int, list[VisitRow]] = {}
    for row in read(session, _VISITS, ids=listed(ids)):
        made = VisitRow(
            *(row.id, VisitKind(row.kind), named(row), row.visit_on),
            *(row.time, row.attended, row.note, row.ref or row.uid),
        )
        found.setdefault(row.transition_id, []).append(made)
    return found


def _supplies(
    session: Session, clients: set[int], owners: dict[int, int]
) -> dict[int, list[Supply]]:
    """Return what is taken now, by the client whose chart it is shown in."""
    charts = clients | {gone for gone, kept in owners.items() if kept in clients}
    found: dict[int, list[Supply]] = {}
    for row in read(session, _MEDICINES, ids=listed(charts)):
        owner = _owner(owners, row.client_id)
        found.setdefault(owner, []).append(Supply(row.id, row.name, row.supply_ends_on))
    return found
