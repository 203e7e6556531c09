"""Promises with a date: what is next for a client, and ticking it off."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import candidate_steps, clock, merged
from cmdesk.casework.reached import happened
from cmdesk.errors import Problem
from cmdesk.models.entry import Entry, FollowUp
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.codes import TaskState
from cmdesk.rules.task_draft import Recurrence, next_day


@dataclass(frozen=True, slots=True)
class NextStep:
    """A task, what was promised in a contact, or what is next with a program of a search.

    `task_id`, `follow_up_id` or `candidate_id` says which.
    """

    text: str
    due: date | None
    task_id: int | None = None
    follow_up_id: int | None = None
    candidate_id: int | None = None


def next_steps(session: Session, client_id: int) -> list[NextStep]:
    """Return what is open for a client, the most urgent first.

    What was promised in an entry of the wrong chart was promised to somebody else.
    """
    tasks = session.execute(
        select(Task.text, Task.due, Task.id).where(
            Task.client_id == client_id, Task.done_on.is_(None), Task.state != TaskState.DROPPED
        )
    )
    promised = session.execute(
        select(FollowUp.text, FollowUp.due, FollowUp.id)
        .join(Entry, FollowUp.entry_id == Entry.id)
        .where(
            Entry.client_id.in_(merged.own_ids(session, client_id)),
            FollowUp.done_on.is_(None),
            happened(),
        )
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


def finish(session: Session, step: NextStep, entry_id: int | None = None) -> None:
    """Tick a step off. A task that comes round is there again, for its next day.

    `entry_id` is the contact that did it: a program of a search keeps it.
    """
    day = clock.today(session)
    if step.task_id is not None:
        task = session.get_one(Task, step.task_id)
        task.done_on, task.state = day, TaskState.DONE
        if task.recurrence and task.due:
            _come_round(session, task, next_day(Recurrence(task.recurrence), task.due, day))
    elif step.follow_up_id is not None:
        session.get_one(FollowUp, step.follow_up_id).done_on = day
    elif step.candidate_id is not None:
        candidate_steps.finish(session, step.candidate_id, entry_id)


def _come_round(session: Session, task: Task, due: date) -> None:
    """Make the next one of a task, with what it is about; it starts as long before as this one."""
    ahead = task.due - task.start if task.due and task.start else None
    following = Task(
        client_id=task.client_id,
        consent_id=task.consent_id,
        text=task.text,
        notes=task.notes,
        due=due,
        start=due - ahead if ahead is not None else None,
        priority=task.priority,
        owner=task.owner,
        chase_days=task.chase_days,
        recurrence=task.recurrence,
        estimate_minutes=task.estimate_minutes,
        topics=list(task.topics),
        family_line=task.family_line,
        part2=task.part2,
    )
    session.add(following)
    session.flush()
    for link in session.scalars(select(TaskLink).where(TaskLink.task_id == task.id)):
        session.add(
            TaskLink(
                task_id=following.id,
                person_id=link.person_id,
                organisation_id=link.organisation_id,
                document_id=link.document_id,
                episode_id=link.episode_id,
                authorization_id=link.authorization_id,
                inquiry_id=link.inquiry_id,
            )
        )
    session.flush()
