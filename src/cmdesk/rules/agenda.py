"""What is due, late, ending or uncovered on a day, computed from dates alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from cmdesk.rules.cadence import next_due
from cmdesk.rules.codes import Cadence, TaskState, Weekday
from cmdesk.rules.days import near

ENDING_SOON: Final = 30  # days ahead
WEEK_AHEAD: Final = 6  # days ahead: updates and reassessments of the coming week are shown
DAY_NAMES: Final = tuple(weekday.label for weekday in Weekday)


class Group(StrEnum):
    """In the order of the page."""

    OVERDUE = "overdue"
    TODAY = "today"
    UPDATES_DUE = "updates_due"
    ENDING_SOON = "ending_soon"
    MOVES = "moves"
    REASSESS = "reassess"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """`ref` is that of the task, entry, plan, consent or stay; `why` is one short sentence.

    `record` is the number by which the program itself finds what was handed in.
    """

    group: Group
    kind: str
    ref: str
    client: str | None
    person: str | None
    due: date
    why: str
    title: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """`kind` is `task`, or `follow_up` for what an entry promised."""

    ref: str
    client: str | None
    title: str
    due: date | None
    state: TaskState = TaskState.NEXT
    person: str | None = None
    waiting_on: str = ""
    waiting_since: date | None = None
    kind: str = "task"
    record: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """An update plan. `no_consent` is the standing's reason, empty where a consent is valid."""

    ref: str
    client: str
    person: str
    called: str
    every: Cadence
    weekday: Weekday | None = None
    last_sent: date | None = None
    began: date | None = None
    no_consent: str = ""
    record: int = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends on a day: a consent, an authorization, a licence. `what` opens the sentence."""

    kind: str
    ref: str
    client: str | None
    person: str | None
    what: str  # "David's consent"
    last_day: date
    record: int = 0


@dataclass(frozen=True, slots=True)
class Move:
    """A planned leave. `gaps` are said as they are, such as "travel is not booked"."""

    ref: str
    client: str
    title: str
    leaves_on: date
    next_begins: date | None = None
    gaps: tuple[str, ...] = ()
    record: int = 0


@dataclass(frozen=True, slots=True)
class Reassessment:
    ref: str
    client: str
    what: str  # "Housing"
    due: date


def agenda(
    today: date,
    *,
    tasks: Iterable[Task] = (),
    plans: Iterable[Plan] = (),
    endings: Iterable[Ending] = (),
    moves: Iterable[Move] = (),
    reassessments: Iterable[Reassessment] = (),
) -> tuple[AgendaRow, ...]:
    """List what asks for attention, group by group, the longest due first."""
    rows = [
        *(row for task in tasks for row in _task(task, today)),
        *(row for plan in plans for row in _update(plan, today)),
        *(row for ending in endings for row in _ending(ending, today)),
        *(row for move in moves for row in _move(move, today)),
        *(row for reassessment in reassessments for row in _reassessment(reassessment, today)),
    ]
    rows.sort(key=_order)
    return tuple(rows)


def _order(row: AgendaRow) -> tuple[int, date, str, str, str]:
    return tuple(Group).index(row.group), row.due, row.client or "", row.kind, row.ref


def when(day: date, today: date) -> str:
    """Say a day as one would: `3 days late`, `due today`, `due Wednesday`, `due April 2`."""
    days = (day - today).days
    if days < 0:
        return f"{_days(-days)} late"
    if days == 0:
        return "due today"
    return f"due {DAY_NAMES[day.weekday()] if days <= WEEK_AHEAD else near(day, today)}"


def days_uncovered(leaves_on: date, next_begins: date) -> int:
    """Count the days strictly between leaving one place and beginning at the next."""
    return max((next_begins - leaves_on).days - 1, 0)


def _task(task: Task, today: date) -> Iterator[AgendaRow]:
    if task.state in (TaskState.DONE, TaskState.DROPPED):
        return
    if task.due is not None and task.due <= today:
        group = Group.OVERDUE if task.due < today else Group.TODAY
        why = _sentence(when(task.due, today))
        yield AgendaRow(
            group,
            task.kind,
            task.ref,
            task.client,
            task.person,
            task.due,
            why,
            task.title,
            task.record,
        )
    elif task.state == TaskState.WAITING:
        since = task.waiting_since
        # Waiting without a day of either kind stands under today: it has to be asked about.
        day = task.due or since or today
        on_whom = f"Waiting on {task.waiting_on}" if task.waiting_on else "Waiting"
        long = f" for {_days((today - since).days)}" if since is not None and since < today else ""
        yield AgendaRow(
            Group.WAITING,
            task.kind,
            task.ref,
            task.client,
            task.person,
            day,
            f"{on_whom}{long}",
            task.title,
            task.record,
        )


def shown(plan: Plan, today: date) -> bool:
    """Whether the next letter of a plan is due within the week, or late."""
    return (_next(plan, today) - today).days <= WEEK_AHEAD


def _next(plan: Plan, today: date) -> date:
    return next_due(plan.every, plan.weekday, plan.last_sent, plan.began, today)


def _update(plan: Plan, today: date) -> Iterator[AgendaRow]:
    due = _next(plan, today)
    if not shown(plan, today):
        return
    kind, why = "update", f"{plan.called}'s update is {when(due, today)}"
    if plan.no_consent:
        kind, why = "uncovered", plan.no_consent
    yield AgendaRow(
        Group.UPDATES_DUE,
        kind,
        plan.ref,
        plan.client,
        plan.person,
        due,
        why,
        plan.called,
        plan.record,
    )


def _ending(ending: Ending, today: date) -> Iterator[AgendaRow]:
    left = (ending.last_day - today).days
    if 0 <= left <= ENDING_SOON:
        last = "today" if left == 0 else near(ending.last_day, today)
        yield AgendaRow(
            Group.ENDING_SOON,
            ending.kind,
            ending.ref,
            ending.client,
            ending.person,
            ending.last_day,
            f"{ending.what} ends {last}",
            ending.what,
            ending.record,
        )


def _move(move: Move, today: date) -> Iterator[AgendaRow]:
    gaps = list(move.gaps)
    if move.leaves_on < today:
        gaps.insert(0, f"planned for {near(move.leaves_on, today)}, not closed yet")
    elif move.next_begins is None:
        gaps.insert(0, "nothing follows yet")
    elif uncovered := days_uncovered(move.leaves_on, move.next_begins):
        gaps.insert(0, f"{_days(uncovered)} uncovered")
    if gaps:
        why = _sentence(", ".join(gaps))
        yield AgendaRow(
            Group.MOVES,
            "move",
            move.ref,
            move.client,
            None,
            move.leaves_on,
            why,
            move.title,
            move.record,
        )


def _reassessment(reassessment: Reassessment, today: date) -> Iterator[AgendaRow]:
    if (reassessment.due - today).days <= WEEK_AHEAD:
        yield AgendaRow(
            Group.REASSESS,
            "reassessment",
            reassessment.ref,
            reassessment.client,
            None,
            reassessment.due,
            f"{reassessment.what} is {when(reassessment.due, today)}",
            reassessment.what,
        )


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
