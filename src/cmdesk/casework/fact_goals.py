"""What a letter may say of goals: the newest line written for the family, and how far it has come.

Domain.md 0.6: goals are `progress` with their own topics and mark, and only with a family line. A
move that hangs on an entry kept back from this reader is kept back as well.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import verdicts
from cmdesk.casework.fact import Fact, judged
from cmdesk.casework.occasion import Case
from cmdesk.models.goal import Goal, GoalMove
from cmdesk.rules import consent as rules
from cmdesk.rules import letter
from cmdesk.rules.consent import Outcome
from cmdesk.rules.goal_codes import WORKED_ON, GoalStatus
from cmdesk.rules.letter import PartKind
from cmdesk.rules.topics import Topic

STEPS = 4  # quarters of the way


def goals(session: Session, about: Case) -> list[Fact]:
    """Return what could be said of each goal, in their order."""
    query = select(Goal).where(Goal.client_id == about.client_id)
    found = session.scalars(query.order_by(Goal.priority, Goal.id)).all()
    moves = _moves(session, about, [goal.id for goal in found])
    held = _held(session, about, [move for each in moves.values() for move in each])
    return [fact for goal in found for fact in _goal(about, goal, moves.get(goal.id, ()), held)]


def _moves(session: Session, about: Case, goal_ids: Sequence[int]) -> dict[int, list[GoalMove]]:
    """Return the moves up to today, the newest first."""
    if not goal_ids:
        return {}
    query = select(GoalMove).where(GoalMove.goal_id.in_(goal_ids), GoalMove.moved_on <= about.on)
    found: dict[int, list[GoalMove]] = {}
    for move in session.scalars(query.order_by(GoalMove.moved_on.desc(), GoalMove.id.desc())):
        found.setdefault(move.goal_id, []).append(move)
    return found


def _held(session: Session, about: Case, moves: Sequence[GoalMove]) -> dict[int, rules.Verdict]:
    """Return what keeps back the moves whose entry is kept back from this reader."""
    linked = {move.entry_id for move in moves if move.entry_id is not None}
    kept = {
        number: verdict
        for number, _, entry in (verdicts.for_rules(session, sorted(linked)) if linked else ())
        if (verdict := rules.verdict(entry, about.standing)).outcome is Outcome.KEEP_BACK
    }
    return {move.id: kept[move.entry_id] for move in moves if move.entry_id in kept}


def _goal(
    about: Case, goal: Goal, moves: Sequence[GoalMove], held: dict[int, rules.Verdict]
) -> Iterator[Fact]:
    """Give the line to be proposed, then all else that was ever written of it for the family."""
    topics = verdicts.topics(goal.topics) | {Topic.PROGRESS}
    what = f"goal {goal.id}"
    tellable = [move for move in moves if move.id not in held]
    lines = (*(move.family_line for move in tellable), goal.family_line)
    newest = next((line for line in lines if line), "")
    done = next((move.quarters for move in tellable if move.quarters is not None), 0)

    def fact(text: str, verdict: rules.Verdict, *, offered: bool = False) -> Fact:
        row = letter.Goal(goal.name, done, STEPS, text)
        return Fact(what, text, verdict, PartKind.GOALS, row=row, offered=offered)

    if newest:
        verdict = judged(about, topics, goal.part2, newest)
        yield fact(newest, verdict, offered=_current(about, goal, moves))
    others = {line for line in (goal.name, *lines) if line} - {newest}
    for line in sorted(others):
        yield fact(line, judged(about, topics, goal.part2, line))
    for move in moves:
        if move.id in held and move.family_line and move.family_line not in {newest, *others}:
            yield fact(move.family_line, held[move.id])


def _current(about: Case, goal: Goal, moves: Sequence[GoalMove]) -> bool:
    """Whether a goal is worked on, or moved for the last time within the period."""
    if goal.status in WORKED_ON:
        return True
    moved = any(about.first <= move.moved_on <= about.last for move in moves)
    return moved and goal.status != GoalStatus.PROPOSED
