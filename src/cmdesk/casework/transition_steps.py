"""The checklists of a move: ticked, changed, added, dropped, and brought in from a set of tasks."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.casework.stored import refuse_changed, stored
from cmdesk.casework.task_sets import SetStep
from cmdesk.errors import Problem
from cmdesk.models.transition import Transition, TransitionStep
from cmdesk.rules.transition_codes import StepPart
from cmdesk.rules.transition_draft import StepForm, offset, step_faults


def read(session: Session, step_id: int) -> StepForm:
    """Return a step as the dialog holds it. Raises Problem if it is gone."""
    row = _row(session, step_id)
    return StepForm(
        *(row.part, row.text, row.owner),
        days="" if row.offset_days is None else str(row.offset_days),
        fixed_on=row.fixed_on,
        time=row.time,
        evidence=row.evidence,
        version=row.version,
    )


def _row(session: Session, step_id: int) -> TransitionStep:
    return stored(session, TransitionStep, step_id, "step")


def save(
    session: Session,
    transition_id: int,
    form: StepForm,
    step_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a step as typed; return its number. A day of its own outweighs days from leaving."""
    for words in step_faults(form).values():
        raise Problem(words, "Put it right and save again.")
    stored(session, Transition, transition_id, "move")
    row = _row(session, step_id) if step_id else TransitionStep(transition_id=transition_id)
    if step_id:
        refuse_changed(row.version, form.version, "step")
    if step_id is None:
        row.position = _last(session, transition_id) + 1
    row.part, row.text, row.owner = form.part, form.text.strip(), form.owner.strip()
    row.fixed_on = form.fixed_on
    row.offset_days = None if form.fixed_on else offset(form.days)
    row.time, row.evidence = form.time.strip(), form.evidence.strip()
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _last(session: Session, transition_id: int) -> int:
    query = select(func.max(TransitionStep.position))
    return session.scalar(query.where(TransitionStep.transition_id == transition_id)) or 0


def tick(session: Session, step_id: int, *, done: bool) -> None:
    """Tick a step off, or take that back."""
    row = _row(session, step_id)
    row.done_on = clock.today(session) if done else None
    row.done_at = clock.now(session) if done else None
    session.flush()


def drop(session: Session, step_id: int) -> None:
    """Leave a step out of the checklist. Undo brings it back."""
    _row(session, step_id).dropped = True
    session.flush()


def part_of(offset_days: int) -> StepPart:
    """Say on which of the three lists a step stands by its days from leaving."""
    if offset_days == 0:
        return StepPart.DAY
    return StepPart.BEFORE if offset_days < 0 else StepPart.AFTER


def bring_in(session: Session, transition_id: int, steps: Sequence[SetStep]) -> int:
    """Add the steps of a set of tasks, around the day of leaving; return how many there are.

    What stands on the checklist in the same words is left as it is.
    """
    stored(session, Transition, transition_id, "move")
    query = select(TransitionStep.text).where(
        TransitionStep.transition_id == transition_id, TransitionStep.dropped.is_(False)
    )
    known = {text.casefold() for text in session.scalars(query)}
    new = [step for step in steps if step.text.strip() and step.text.casefold() not in known]
    if not new:
        raise Problem("These steps are all there.", "Choose another set.")
    place = _last(session, transition_id)
    session.add_all(
        TransitionStep(
            transition_id=transition_id,
            part=part_of(step.offset_days),
            position=place + number,
            text=step.text.strip(),
            owner=step.owner.strip(),
            offset_days=step.offset_days,
        )
        for number, step in enumerate(new, 1)
    )
    session.flush()
    return len(new)
