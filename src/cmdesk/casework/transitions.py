"""The moves ahead, each with its open gaps and what is left of its checklists."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clients, clock, merged, transition_days
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.transition_days import MoveDays
from cmdesk.models.care import Episode
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.transition import Handoff, Transition, TransitionStep
from cmdesk.rules import transition as rules
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.people import Name
from cmdesk.rules.transition_codes import StepPart

WORKED_WITH: Final = (*clients.GROUPS["active"], *clients.GROUPS["paused"])
_from, _to = aliased(Episode), aliased(Episode)
_house, _there, _other = aliased(Organisation), aliased(Organisation), aliased(Organisation)
MOVES: Final = (
    select(
        *(Transition.id, Transition.ref, Transition.uid, Transition.client_id),
        *(Transition.leaves_on, Transition.left_on, Transition.closed_on, Transition.to_words),
        *(Transition.from_episode_id, Transition.to_episode_id, Transition.kind),
        *(_from.admitted.label("admitted"), _from.level_of_care.label("level")),
        *(_house.name.label("from_name"), _there.name.label("there"), _other.name.label("other")),
        *(Person.given_name, Person.family_name, Person.preferred_name, Person.pronouns),
        Client.status,
    )
    .join(Client, Transition.client_id == Client.id)
    .join(Person, Client.person_id == Person.id)
    .outerjoin(_from, Transition.from_episode_id == _from.id)
    .outerjoin(_to, Transition.to_episode_id == _to.id)
    .outerjoin(_house, _from.organisation_id == _house.id)
    .outerjoin(_there, Transition.to_organisation_id == _there.id)
    .outerjoin(_other, _to.organisation_id == _other.id)
)
_AHEAD: Final = MOVES.where(Transition.closed_on.is_(None), Client.status.in_(WORKED_WITH))
_STEPS: Final = (
    select(
        *(TransitionStep.id, TransitionStep.transition_id, TransitionStep.part),
        *(TransitionStep.text, TransitionStep.owner, TransitionStep.offset_days),
        *(TransitionStep.fixed_on, TransitionStep.time, TransitionStep.done_on),
        *(TransitionStep.evidence, TransitionStep.ref, TransitionStep.uid),
    )
    .where(TransitionStep.transition_id.in_(among("ids")), TransitionStep.dropped.is_(False))
    .order_by(TransitionStep.position, TransitionStep.id)
)


@dataclass(frozen=True, slots=True)
class MoveRow:
    """A move as the list of all shows it. `said` names the first gaps; steps are undone and all."""

    id: int
    client_id: int
    name: Name
    from_name: str
    to_name: str
    leaves_on: date | None
    left: bool
    days: MoveDays
    open_gaps: int
    steps_done: int
    steps: int
    handoffs_open: int


@dataclass(frozen=True, slots=True)
class StepRow:
    """A line of a checklist and the day it is due, if it has one; `fixed`: it does not move."""

    id: int
    part: StepPart
    text: str
    owner: str
    due: date | None
    fixed: bool
    time: str
    done_on: date | None
    evidence: str
    ref: str = ""


def ahead(session: Session) -> list[MoveRow]:
    """Return all moves that are not closed, those with the most open gaps first."""
    owners = merged.owners(session)
    rows = read(session, _AHEAD)
    ids = [row.id for row in rows]
    days, steps, open_ones = (
        transition_days.of(session, ids),
        steps_of(session, ids, rows),
        _open_handoffs(session, ids),
    )
    made = [
        _row(row, owners, days[row.id], steps.get(row.id, []), open_ones.get(row.id, 0))
        for row in rows
    ]
    return sorted(made, key=lambda each: (-each.open_gaps, each.leaves_on or date.max, each.id))


def _row(
    row: Any, owners: dict[int, int], days: MoveDays, steps: list[StepRow], handoffs: int
) -> MoveRow:
    return MoveRow(
        id=row.id,
        client_id=owners.get(days.client_id, days.client_id),
        name=Name(row.given_name, row.family_name, row.preferred_name),
        from_name=where_from(row),
        to_name=where_to(row),
        leaves_on=days.leaves_on,
        left=days.left,
        days=days,
        open_gaps=days.open_gaps,
        steps_done=sum(step.done_on is not None for step in steps),
        steps=len(steps),
        handoffs_open=handoffs,
    )


def where_from(row: Any) -> str:
    """Name what is left: the house, else the level of care."""
    return row.from_name or (LevelOfCare(row.level).label if row.level else "")


def where_to(row: Any) -> str:
    return row.to_words or row.there or row.other or ""


def open_ones(session: Session) -> tuple[int, int]:
    """Count the moves that should be over by now, and the others that have open gaps."""
    today = clock.today(session)
    days = transition_days.of(session, [row.id for row in read(session, _AHEAD)]).values()
    late = {each.id for each in days if each.leaves_on and each.leaves_on < today and not each.left}
    return len(late), sum(each.open_gaps > 0 for each in days if each.id not in late)


def open_moves(session: Session) -> list[Any]:
    """Return the columns of all moves that are not closed."""
    return read(session, _AHEAD)


def _open_handoffs(session: Session, ids: list[int]) -> dict[int, int]:
    found: dict[int, int] = {}
    query = select(Handoff.transition_id).where(Handoff.transition_id.in_(ids), not_confirmed())
    for number in session.scalars(query):
        found[number] = found.get(number, 0) + 1
    return found


def not_confirmed() -> ColumnElement[bool]:
    """Whether an end of a handoff has not said yet that they talked."""
    return or_(Handoff.sender_confirmed_on.is_(None), Handoff.receiver_confirmed_on.is_(None))


def steps_of(session: Session, ids: list[int], rows: list[Any]) -> dict[int, list[StepRow]]:
    """Return the checklists of moves, by move, each line with its day."""
    leaves = {row.id: row.left_on or row.leaves_on for row in rows}
    found: dict[int, list[StepRow]] = {}
    for row in read(session, _STEPS, ids=listed(ids)) if ids else ():
        step = rules.Step(row.id, row.offset_days, row.fixed_on)
        found.setdefault(row.transition_id, []).append(
            StepRow(
                *(row.id, StepPart(row.part), row.text, row.owner),
                *(rules.due(step, leaves[row.transition_id]), row.fixed_on is not None),
                *(row.time, row.done_on, row.evidence, row.ref or row.uid),
            )
        )
    return found


def of_client(session: Session, client_id: int) -> list[int]:
    """Return the moves of a client: those under way first, by their day; then those closed."""
    query = select(Transition.id, Transition.closed_on, Transition.leaves_on).where(
        Transition.client_id.in_(merged.own_ids(session, client_id))
    )
    found = session.execute(query).all()
    under_way = sorted(
        (row for row in found if row.closed_on is None),
        key=lambda row: (row.leaves_on or date.max, row.id),
    )
    over = sorted((row for row in found if row.closed_on), key=lambda row: -row.id)
    return [row.id for row in (*under_way, *over)]
