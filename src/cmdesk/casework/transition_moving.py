"""Moving the day of leaving: what goes along, and what stays on its day and is to be checked."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import transition_plan
from cmdesk.casework.stored import stored
from cmdesk.casework.transition_edit import admitted
from cmdesk.casework.transition_plan import Whole
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.transition import Transition, TransitionStep
from cmdesk.rules import transition as rules
from cmdesk.rules.transition_draft import day_fault


@dataclass(frozen=True, slots=True)
class Shifted:
    """What a new day of leaving does to one step; `due` stays None while no day was known."""

    text: str
    was: date | None
    due: date


@dataclass(frozen=True, slots=True)
class Check:
    """What stays on its day, and is to be looked at: its kind, its words, its day."""

    kind: str  # step, visit, begins or ends (of who carries a side), supply, stay
    text: str
    on: date


@dataclass(frozen=True, slots=True)
class Effect:
    """What moving the day does, before it is done."""

    moves: tuple[Shifted, ...]
    fixed: tuple[Check, ...]


def effect(session: Session, transition_id: int, to: date) -> Effect:
    """Say what moving the day does: which steps move, and what stays where it is."""
    plan = transition_plan.whole(session, transition_id)
    steps = session.scalars(
        select(TransitionStep)
        .where(TransitionStep.transition_id == transition_id, TransitionStep.dropped.is_(False))
        .order_by(TransitionStep.position, TransitionStep.id)
    ).all()
    plain = [rules.Step(row.id, row.offset_days, row.fixed_on) for row in steps]
    moving, fixed = rules.moved(plain, plan.form.leaves_on, to)
    return Effect(
        moves=tuple(
            Shifted(row.text, *moving[row.id])
            for row in steps
            if row.id in moving and row.done_on is None
        ),
        fixed=(
            *(
                Check("step", row.text, row.fixed_on)
                for row in steps
                if row.id in fixed and row.fixed_on and row.done_on is None
            ),
            *_standing_still(session, plan),
        ),
    )


def _standing_still(session: Session, plan: Whole) -> list[Check]:
    """List the days beside the steps that do not move: visits, who begins when, supplies."""
    found = [
        Check("visit", visit.label, visit.visit_on)
        for visit in plan.days.visits
        if visit.visit_on and visit.attended is None
    ]
    for span in plan.days.spans:
        own = span.record > 0  # those made of a visit are told as that
        days = (("begins", span.since), ("ends", span.until))
        found += [Check(kind, span.label, day) for kind, day in days if own and day]
    found += [
        Check("supply", supply.name, supply.ends_on)
        for supply in plan.days.supplies
        if supply.ends_on
    ]
    there = session.get(Episode, plan.form.to_episode_id) if plan.form.to_episode_id else None
    if there and there.first_day:
        found.append(Check("stay", plan.to_name, there.first_day))
    return found


def move_day(session: Session, transition_id: int, to: date | None) -> int:
    """Move the day of leaving, and the planned end of the stay with it; steps follow by their day.

    What stands on a day of its own stays. Returns how many undone steps moved.
    """
    row = stored(session, Transition, transition_id, "move")
    if words := day_fault(to, admitted(session, row.from_episode_id)):
        raise Problem(words, "Choose another day.")
    if row.left_on is not None:
        raise Problem("They have left already.", "Take that back first.")
    told = effect(session, transition_id, to or date.max)
    stay = session.get(Episode, row.from_episode_id) if row.from_episode_id else None
    if stay and stay.planned_discharge == row.leaves_on:
        stay.planned_discharge = to
    row.leaves_on = to
    session.flush()
    return len(told.moves)
