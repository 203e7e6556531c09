"""Milestones in a client's log: the days on which a goal moved, among the contacts."""

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from cmdesk.casework import clock, merged, timeline
from cmdesk.casework.timeline import Milestone, TimelineRow
from cmdesk.models.entry import Entry
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.rules.consent import Standing
from cmdesk.rules.contact_codes import EntryStatus

MILESTONES = "milestones"  # the filter that shows them alone
_any = aliased(GoalMove)


def find(
    session: Session,
    client_id: int,
    kind: str = "all",
    text: str = "",
    *,
    wrong: bool = False,
    own_eyes: bool = True,
) -> list[int]:
    """Return what stands in the log, newest first: entries, and below zero how a goal moved.

    To another's eyes there are no milestones: none has been released to anybody.
    """
    alone = kind == MILESTONES
    moves = _moves(session, client_id, text) if own_eyes and kind in ("all", MILESTONES) else []
    if alone:
        return [number for number, _ in moves]
    entries = timeline.find(session, client_id, kind, text, wrong=wrong)
    return _among(session, client_id, entries, moves) if moves else entries


def _moves(session: Session, client_id: int, text: str) -> list[tuple[int, date]]:
    query = (
        select(GoalMove.id, GoalMove.moved_on)
        .join(Goal, GoalMove.goal_id == Goal.id)
        .where(Goal.client_id == client_id)
        .order_by(GoalMove.moved_on.desc(), GoalMove.id.desc())
    )
    for word in text.split():
        found = (GoalMove.note, Goal.name, Goal.words)
        query = query.where(or_(*(column.icontains(word, autoescape=True) for column in found)))
    return [(-number, day) for number, day in session.execute(query)]


def _among(
    session: Session, client_id: int, entries: Sequence[int], moves: list[tuple[int, date]]
) -> list[int]:
    """Put the moves of a day before its contacts."""
    zone = clock.zone(session)
    asked = select(Entry.id, Entry.occurred_at).where(
        Entry.client_id.in_(merged.own_ids(session, client_id))
    )
    days = {number: at.astimezone(zone).date() for number, at in session.execute(asked)}
    ordered, waiting = list[int](), moves[::-1]
    for entry in entries:
        while waiting and waiting[-1][1] >= days[entry]:
            ordered.append(waiting.pop()[0])
        ordered.append(entry)
    return ordered + [number for number, _ in reversed(waiting)]


def log_rows(
    session: Session, ids: Sequence[int], stands: Sequence[Standing] = ()
) -> list[TimelineRow]:
    """Return what stands in the log by the numbers `find` gave: entries, judged, and milestones."""
    entries = timeline.rows(session, [number for number in ids if number > 0], stands)
    moves = [number for number in ids if number < 0]
    return [*entries, *rows(session, moves)] if moves else entries


def rows(session: Session, ids: Sequence[int]) -> list[TimelineRow]:
    """Return some milestones by the numbers `find` gave."""
    zone = clock.zone(session)
    first = select(func.min(_any.id)).where(_any.goal_id == Goal.id).scalar_subquery()
    found = session.execute(
        select(GoalMove, Goal, first)
        .join(Goal, GoalMove.goal_id == Goal.id)
        .where(GoalMove.id.in_([-number for number in ids]))
    )
    return [_shown(move, goal, zone, begins=move.id == begun) for move, goal, begun in found]


def _shown(move: GoalMove, goal: Goal, zone: ZoneInfo, *, begins: bool) -> TimelineRow:
    name = goal.name or goal.words
    return TimelineRow(
        id=-move.id,
        at=datetime.combine(move.moved_on, time(), zone),
        time_recorded=False,
        minutes=None,
        kind="milestone",
        method="",
        direction="",
        outcome="",
        narrative=move.note,
        status=EntryStatus.SIGNED,
        amended=False,
        late=False,
        wrong=False,
        people=(),
        credentials="",
        topics=(),
        family_line="",
        follow_up="",
        follow_up_on=None,
        follow_up_done=False,
        seen=(),
        milestone=Milestone(goal.id, name, move.status, move.quarters, begins),
    )
