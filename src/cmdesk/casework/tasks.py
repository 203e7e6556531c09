"""Promises with a date: what is next for a client, and ticking it off."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.errors import Problem
from cmdesk.models.entry import Entry, FollowUp
from cmdesk.models.task import Task
from cmdesk.rules.codes import TaskState


@dataclass(frozen=True, slots=True)
class NextStep:
    """A task, or what was promised in a contact. `task_id` or `follow_up_id` says which."""

    text: str
    due: date | None
    task_id: int | None = None
    follow_up_id: int | None = None


def next_steps(session: Session, client_id: int) -> list[NextStep]:
    """Return what is open for a client, the most urgent first."""
    tasks = session.execute(
        select(Task.text, Task.due, Task.id).where(
            Task.client_id == client_id, Task.done_on.is_(None), Task.state != TaskState.DROPPED
        )
    )
    promised = session.execute(
        select(FollowUp.text, FollowUp.due, FollowUp.id)
        .join(Entry, FollowUp.entry_id == Entry.id)
        .where(Entry.client_id.in_(merged.own_ids(session, client_id)), FollowUp.done_on.is_(None))
    )
    steps = [NextStep(text, due, task_id=number) for text, due, number in tasks]
    steps += [NextStep(text, due, follow_up_id=number) for text, due, number in promised]
    return sorted(steps, key=lambda step: (step.due or date.max, step.text))


def add(session: Session, client_id: int | None, text: str, due: date | None = None) -> int:
    if not text.strip():
        raise Problem("A task needs a few words.", "Say what is to be done.")
    task = Task(client_id=client_id, text=text.strip(), due=due)
    session.add(task)
    session.flush()
    return task.id


def finish(session: Session, step: NextStep) -> None:
    day = clock.today(session)
    if step.task_id is not None:
        task = session.get_one(Task, step.task_id)
        task.done_on, task.state = day, TaskState.DONE
    elif step.follow_up_id is not None:
        session.get_one(FollowUp, step.follow_up_id).done_on = day
