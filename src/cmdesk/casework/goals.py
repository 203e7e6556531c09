"""A client's goals: set, moved, taken away. What was never released is told to nobody outside."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, columns, drafts, merged, timeline
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.entry import Entry
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.rules import goal_draft
from cmdesk.rules.contact_codes import Method
from cmdesk.rules.goal_codes import WORKED_ON, GoalStatus
from cmdesk.rules.goal_draft import GoalForm, MoveForm

COPIED: Final = tuple(
    field.name for field in fields(GoalForm) if field.name not in ("status", "version")
)
RECENT: Final = 30  # contacts a move can be linked to
_LAST_MOVED: Final = (
    select(Goal.client_id, func.max(GoalMove.moved_on).label("day"))
    .join(GoalMove, GoalMove.goal_id == Goal.id)
    .where(Goal.client_id.in_(select(Goal.client_id).where(Goal.status.in_(WORKED_ON))))
    .group_by(Goal.client_id)
)


@dataclass(frozen=True, slots=True)
class Moved:
    """One day on which a goal moved, with the number by which it is taken back."""

    id: int
    form: MoveForm


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as the chart lists it: how far of four quarters, and the newest move first."""

    id: int
    form: GoalForm
    quarters: int | None
    moves: tuple[Moved, ...]

    @property
    def last(self) -> MoveForm | None:
        return self.moves[0].form if self.moves else None


@dataclass(frozen=True, slots=True)
class Contact:
    """An entry of the log a move can be linked to; `method` may be empty."""

    entry_id: int
    day: date
    method: str
    text: str


def rows(session: Session, client_id: int) -> list[GoalRow]:
    """Return the goals of a client: those worked on first, each in the order they were set."""
    found = session.scalars(
        select(Goal).where(Goal.client_id == client_id).order_by(Goal.priority, Goal.id)
    ).all()
    moves = _moves(session, [goal.id for goal in found])
    told = [_told(goal, moves.get(goal.id, [])) for goal in found]
    return sorted(told, key=lambda row: _place(row.form.status))


def _place(status: str) -> int:
    """Put what is worked on before what is proposed, and what is over last."""
    return 0 if status in WORKED_ON else 1 if status == GoalStatus.PROPOSED else 2


def one(session: Session, goal_id: int) -> GoalRow:
    """Return one goal with its moves. Raises Problem if it is gone."""
    goal = _row(session, goal_id)
    return _told(goal, _moves(session, [goal_id]).get(goal_id, []))


def _told(goal: Goal, moves: list[Moved]) -> GoalRow:
    known = (move.form.quarters for move in moves if move.form.quarters is not None)
    return GoalRow(goal.id, _form(goal), next(known, None), tuple(moves))


def _form(goal: Goal) -> GoalForm:
    told = {name: getattr(goal, name) for name in COPIED}
    told["topics"] = tuple(goal.topics)
    return GoalForm(**told, status=goal.status, version=goal.version)


def _moves(session: Session, goal_ids: list[int]) -> dict[int, list[Moved]]:
    """Return the moves of some goals, the newest first."""
    query = select(GoalMove).where(GoalMove.goal_id.in_(goal_ids))
    found: dict[int, list[Moved]] = {}
    for move in session.scalars(query.order_by(GoalMove.moved_on.desc(), GoalMove.id.desc())):
        told = {field.name: getattr(move, field.name) for field in fields(MoveForm)}
        found.setdefault(move.goal_id, []).append(Moved(move.id, MoveForm(**told)))
    return found


def _row(session: Session, goal_id: int) -> Goal:
    return stored(session, Goal, goal_id, "goal")


def save(
    session: Session,
    client_id: int,
    form: GoalForm,
    goal_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a goal as typed, and throw the draft away; return its number.

    A new one begins with a move of the day it was agreed on. The status of one there is changes
    by moving it, so that the day is known.
    """
    _refuse(goal_draft.faults(form, clock.today(session)))
    row = _row(session, goal_id) if goal_id else Goal(client_id=client_id, status=form.status)
    if goal_id:
        refuse_changed(row.version, form.version, "goal")
    copy_typed(form, COPIED, row)
    row.topics = list(form.topics)
    if goal_id is None:
        row.priority = _last_place(session, client_id) + 1
        session.add(row)
        session.flush()
        begun = form.agreed_on or clock.today(session)
        session.add(GoalMove(goal_id=row.id, moved_on=begun, status=form.status))
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _last_place(session: Session, client_id: int) -> int:
    return session.scalar(select(func.max(Goal.priority)).where(Goal.client_id == client_id)) or 0


def _refuse(found: dict[str, str]) -> None:
    if found:
        raise Problem(next(iter(found.values())), "Put it right and save again.")


def move(session: Session, goal_id: int, form: MoveForm, draft_key: str = "") -> int:
    """Note that a goal moved, and throw the draft away; return the number of the move."""
    _refuse(goal_draft.move_faults(form, clock.today(session)))
    goal = _row(session, goal_id)
    made = GoalMove(goal_id=goal.id, **{f.name: getattr(form, f.name) for f in fields(form)})
    made.note, made.family_line = form.note.strip(), form.family_line.strip()
    session.add(made)
    session.flush()
    _stand(session, goal)
    if draft_key:
        drafts.discard(session, draft_key)
    return made.id


def take_back(session: Session, move_id: int) -> None:
    """Take a move out; the goal stands again where the one before left it."""
    made = session.get(GoalMove, move_id)
    if made is None:
        return
    goal = _row(session, made.goal_id)
    session.delete(made)
    session.flush()
    _stand(session, goal)


def _stand(session: Session, goal: Goal) -> None:
    """Let a goal stand where its newest move with a status says."""
    moves = _moves(session, [goal.id]).get(goal.id, [])
    goal.status = next((each.form.status for each in moves if each.form.status), goal.status)


def take_away(session: Session, goal_id: int) -> None:
    """Take a goal away with its moves, as one set by mistake. Undo brings all of it back."""
    goal = _row(session, goal_id)
    for made in session.scalars(select(GoalMove).where(GoalMove.goal_id == goal_id)).all():
        session.delete(made)
    session.flush()
    session.delete(goal)
    session.flush()


def contacts(session: Session, client_id: int) -> list[Contact]:
    """Return the newest contacts of a client, to link a move to; none of another's."""
    zone, strayed = clock.zone(session), timeline.in_wrong_chart(session, client_id)
    found = session.execute(
        select(Entry.id, Entry.occurred_at, Entry.method, Entry.narrative)
        .where(Entry.client_id.in_(merged.own_ids(session, client_id)), Entry.id.not_in(strayed))
        .order_by(Entry.occurred_at.desc(), Entry.id.desc())
        .limit(RECENT)
    )
    return [
        Contact(number, at.astimezone(zone).date(), Method(method) if method else "", text)
        for number, at, method, text in found
    ]


def last_moved(session: Session) -> dict[int, date]:
    """Return, of each client with a goal that is worked on, the day any of their goals moved."""
    return dict(columns.read(session, _LAST_MOVED))
