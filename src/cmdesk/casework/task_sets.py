"""Tasks that hang on one day: an admission, a leave, a first meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import tasks
from cmdesk.errors import Problem
from cmdesk.models.task import Task
from cmdesk.models.template import TaskSet, TaskSetStep
from cmdesk.rules.codes import TaskState
from cmdesk.rules.days import later


@dataclass(frozen=True, slots=True)
class SetStep:
    """`offset_days` from the set's day, negative before it."""

    text: str = ""
    offset_days: int = 0
    owner: str = ""


@dataclass(frozen=True, slots=True)
class SetRow:
    """One set. `anchor` is what its day is called: `Day of admission`."""

    id: int
    name: str
    anchor: str
    steps: tuple[SetStep, ...]


def rows(session: Session) -> list[SetRow]:
    """Return all sets by name, each with its steps in the order of their days."""
    query = select(TaskSetStep).order_by(
        TaskSetStep.offset_days, TaskSetStep.position, TaskSetStep.id
    )
    steps: dict[int, list[SetStep]] = {}
    for row in session.scalars(query):
        steps.setdefault(row.task_set_id, []).append(SetStep(row.text, row.offset_days, row.owner))
    sets = session.scalars(select(TaskSet).order_by(func.lower(TaskSet.name)))
    return [SetRow(row.id, row.name, row.anchor, tuple(steps.get(row.id, ()))) for row in sets]


def save(
    session: Session, name: str, anchor: str, steps: Sequence[SetStep], set_id: int | None = None
) -> int:
    """Keep a set; steps without words are left out."""
    said = name.strip()
    worded = [step for step in steps if step.text.strip()]
    if not said or not worded:
        raise Problem("A set needs a name and at least one task.", "Fill them in.")
    other = session.scalar(select(TaskSet.id).where(func.lower(TaskSet.name) == said.lower()))
    if other not in (None, set_id):
        raise Problem("There is a set of this name already.", "Choose another name.")
    row = session.get_one(TaskSet, set_id) if set_id else TaskSet()
    row.name, row.anchor = said, anchor.strip()
    session.add(row)
    session.flush()
    session.execute(delete(TaskSetStep).where(TaskSetStep.task_set_id == row.id))
    session.add_all(
        TaskSetStep(
            task_set_id=row.id,
            position=place,
            text=step.text.strip(),
            offset_days=step.offset_days,
            owner=step.owner.strip(),
        )
        for place, step in enumerate(worded)
    )
    session.flush()
    return row.id


def keep_open_tasks(session: Session, client_id: int, name: str, anchor: str, day: date) -> int:
    """Keep what is open for a client as a set around a day; what has no day stands on it."""
    query = select(Task).where(
        Task.client_id == client_id, Task.done_on.is_(None), Task.state != TaskState.DROPPED
    )
    steps = [
        SetStep(task.text, (task.due - day).days if task.due else 0, task.owner)
        for task in session.scalars(query.order_by(Task.due, Task.id))
    ]
    if not steps:
        raise Problem("This client has no open task.", "Make the tasks first, then keep them.")
    return save(session, name, anchor, steps)


def remove(session: Session, set_id: int) -> None:
    """Remove a set. The tasks that came of it stay."""
    session.delete(session.get_one(TaskSet, set_id))
    session.flush()


def lay_out(steps: Sequence[SetStep], day: date) -> list[tuple[SetStep, date]]:
    """Give each step its day."""
    return [(step, later(day, step.offset_days)) for step in steps]


def apply(
    session: Session, client_id: int | None, steps: Sequence[SetStep], day: date
) -> list[int]:
    """Make tasks of these steps around a day; return their numbers."""
    if not steps:
        raise Problem("No task is chosen.", "Tick at least one.")
    made: list[int] = []
    for step, due in lay_out(steps, day):
        number = tasks.add(session, client_id, step.text, due)
        session.get_one(Task, number).owner = step.owner
        made.append(number)
    session.flush()
    return made
