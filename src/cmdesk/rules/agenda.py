"""What is due, late, ending or uncovered on a day, computed from dates alone."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Final, TypeVar

from cmdesk.rules.agenda_items import (
    Ending,
    Inquiry,
    Move,
    Plan,
    Reach,
    Reassessment,
    Silence,
    Standstill,
    Task,
)
from cmdesk.rules.cadence import next_due, reach_due
from cmdesk.rules.codes import TaskState, Weekday
from cmdesk.rules.days import later, near
from cmdesk.rules.people import possessive

ENDING_SOON: Final = 30  # days ahead
WEEK_AHEAD: Final = 6  # days ahead: updates and reassessments of the coming week are shown
DAY_NAMES: Final = tuple(weekday.label for weekday in Weekday)


class Group(StrEnum):
    """In the order of the page; `coming` is there where one looks ahead."""

    OVERDUE = "overdue"
    TODAY = "today"
    COMING = "coming"
    UPDATES_DUE = "updates_due"
    ENDING_SOON = "ending_soon"
    MOVES = "moves"
    REASSESS = "reassess"
    WAITING = "waiting"


_PLACES: Final = {group: place for place, group in enumerate(Group)}


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


Item = TypeVar("Item")


def agenda(
    today: date,
    *,
    tasks: Iterable[Task] = (),
    reaches: Iterable[Reach] = (),
    inquiries: Iterable[Inquiry] = (),
    plans: Iterable[Plan] = (),
    endings: Iterable[Ending] = (),
    moves: Iterable[Move] = (),
    reassessments: Iterable[Reassessment] = (),
    silences: Iterable[Silence] = (),
    standstills: Iterable[Standstill] = (),
    snoozed: Collection[tuple[str, int]] = (),
    ahead: int = 0,
) -> tuple[AgendaRow, ...]:
    """List what asks for attention, group by group, the longest due first.

    `snoozed` are the kinds and records that were put off beyond today. What is promised is told
    for so many days `ahead`, too.
    """
    until = later(today, ahead)
    rows = [
        *_each(tasks, partial(_task, until=until), today),
        *_each(reaches, partial(_reach, until=until), today),
        *_each(inquiries, partial(_inquiry, until=until), today),
        *_each(plans, _update, today),
        *_each(endings, _ending, today),
        *_each(moves, _move, today),
        *_each(reassessments, _reassessment, today),
        *_each(silences, _silence, today),
        *_each(standstills, _standstill, today),
    ]
    shown = [row for row in rows if (row.kind, row.record) not in snoozed]
    return tuple(sorted(shown, key=_order))


def _each(
    items: Iterable[Item], tell: Callable[[Item, date], Iterator[AgendaRow]], today: date
) -> Iterator[AgendaRow]:
    for item in items:
        yield from tell(item, today)


def _order(row: AgendaRow) -> tuple[int, date, str, str, str]:
    return _PLACES[row.group], row.due, row.client or "", row.kind, row.ref


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


def _task(task: Task, today: date, until: date) -> Iterator[AgendaRow]:
    if task.state in (TaskState.DONE, TaskState.DROPPED):
        return
    about = (task.kind, task.ref, task.client, task.person)
    due = task.due or (task.chase_on if task.state == TaskState.WAITING else None)
    if due is not None and due <= until:
        # To ask again says whose move it is; a day of its own says how late that is.
        why = _late(task, due, today) if task.due else _waiting(task, today)
        yield AgendaRow(_urgency(due, today), *about, due, why, task.title, task.record)
    elif task.state == TaskState.WAITING:
        # Waiting without a day of either kind stands under today: it has to be asked about.
        day = task.due or task.waiting_since or today
        why = _waiting(task, today)
        yield AgendaRow(Group.WAITING, *about, day, why, task.title, task.record)


def _urgency(due: date, today: date) -> Group:
    if due == today:
        return Group.TODAY
    return Group.OVERDUE if due < today else Group.COMING


def _late(task: Task, due: date, today: date) -> str:
    """Say how late it is; of a promise also how often one tried to keep it."""
    promised = task.kind == "follow_up" and task.attempts
    tries = f", {tried(task.attempts)}" if promised else ""
    return f"{_sentence(when(due, today))}{tries}"


def _waiting(task: Task, today: date) -> str:
    since = task.waiting_since
    on_whom = f"Waiting on {task.waiting_on}" if task.waiting_on else "Waiting"
    long = f" for {_days((today - since).days)}" if since is not None and since < today else ""
    tries = f", {tried(task.attempts)}" if task.attempts else ""
    return f"{on_whom}{long}{tries}"


def tried(attempts: int) -> str:
    """Say `tried once`, `tried twice`, `tried 3 times`."""
    return f"tried {('once', 'twice')[attempts - 1] if attempts <= 2 else f'{attempts} times'}"


def _reach(reach: Reach, today: date, until: date) -> Iterator[AgendaRow]:
    """Tell whom to reach today; it is late only once the days of grace have passed."""
    due = reach_due(reach.rhythm, reach.last_reached, reach.this_week, today)
    if due is None or due > until:
        return
    late = later(due, reach.rhythm.grace_days) < today
    group = _urgency(max(due, today), today)
    last = reach.last_reached
    why = f"Last reached {near(last, today)}" if last else "Not reached yet"
    if reach.tried:
        why += f", {tried(reach.tried)} since" if last else f", {tried(reach.tried)}"
    yield AgendaRow(
        Group.OVERDUE if late else group,
        *("cadence", reach.ref, reach.client, reach.person),
        *(due, why, reach.title, reach.record),
    )


def _inquiry(inquiry: Inquiry, today: date, until: date) -> Iterator[AgendaRow]:
    """Show a call that nothing follows from yet at once, however patient it was."""
    caller, received = inquiry.caller, near(inquiry.received_on, today)
    why = f"{caller} called {received}" if inquiry.next_step else f"New inquiry of {received}"
    due = inquiry.next_on
    if due is None:
        due = later(inquiry.received_on, inquiry.answer_within)
        why = f"{why}, no day for it yet" if inquiry.next_step else f"{why}, nothing planned yet"
    elif due > until:
        return
    at_once = inquiry.next_on is None
    yield AgendaRow(
        _urgency(min(due, today) if at_once else due, today),
        *("inquiry", inquiry.ref, inquiry.client, None, due),
        *(why, inquiry.next_step or f"Answer {caller}", inquiry.record),
    )


def shown(due: date, today: date) -> bool:
    """Whether a letter due on a day is brought up today: within the week before, or late."""
    return (due - today).days <= WEEK_AHEAD


def _update(plan: Plan, today: date) -> Iterator[AgendaRow]:
    due = plan.due or next_due(plan.every, plan.weekday, plan.last_sent, plan.began, today)
    if not shown(due, today):
        return
    kind, why = "update", f"{plan.called}'s update is {when(due, today)}"
    if plan.no_consent:
        kind, why = "uncovered", plan.no_consent
    about = (kind, plan.ref, plan.client, plan.person)
    yield AgendaRow(Group.UPDATES_DUE, *about, due, why, plan.called, plan.record)


def _ending(ending: Ending, today: date) -> Iterator[AgendaRow]:
    left = (ending.last_day - today).days
    if left > ENDING_SOON or (left < 0 and not ending.over):
        return
    said = f"{ending.says or f'{ending.what} ends'} {_by(ending.last_day, today)}"
    parts = (ending.over if left < 0 else said, ending.detail)
    yield AgendaRow(
        Group.ENDING_SOON,
        *(ending.kind, ending.ref, ending.client, ending.person, ending.last_day),
        *(", ".join(filter(None, parts)), ending.what, ending.record),
    )


def _by(day: date, today: date) -> str:
    left = (day - today).days
    if left == 0:
        return "today"
    return DAY_NAMES[day.weekday()] if 0 < left <= WEEK_AHEAD else near(day, today)


def _move(move: Move, today: date) -> Iterator[AgendaRow]:
    gaps = list(move.gaps)
    if move.leaves_on < today:
        gaps.insert(0, f"planned for {near(move.leaves_on, today)}, not closed yet")
    elif move.next_begins is None:
        gaps.insert(0, "nothing follows yet")
    elif uncovered := days_uncovered(move.leaves_on, move.next_begins):
        gaps.insert(0, f"{_days(uncovered)} uncovered")
    if gaps:
        about = ("move", move.ref, move.client, None, move.leaves_on)
        yield AgendaRow(Group.MOVES, *about, _sentence(", ".join(gaps)), move.title, move.record)


def _reassessment(reassessment: Reassessment, today: date) -> Iterator[AgendaRow]:
    due, what = reassessment.due, reassessment.what
    if (due - today).days <= WEEK_AHEAD:
        about = (reassessment.kind, reassessment.ref, reassessment.client, None, due)
        why = f"{what} is {when(due, today)}"
        yield AgendaRow(Group.REASSESS, *about, why, what, reassessment.record)


def _silence(silence: Silence, today: date) -> Iterator[AgendaRow]:
    days = (today - silence.since).days
    if days < silence.after:
        return
    why = f"Nobody reached for {_days(days)}"
    if not silence.ever:
        why = f"Nobody reached yet, {_days(days)} in"
    about = ("stalled", silence.ref, silence.client, None, later(silence.since, silence.after))
    yield AgendaRow(Group.REASSESS, *about, why, f"Reach {silence.called}", silence.record)


def _standstill(still: Standstill, today: date) -> Iterator[AgendaRow]:
    days = (today - still.since).days
    if days < still.after:
        return
    about = ("goal_stalled", still.ref, still.client, None, later(still.since, still.after))
    why, what = f"No goal moved for {_days(days)}", f"{possessive(still.called)} goals"
    yield AgendaRow(Group.REASSESS, *about, why, what, still.record)


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def _sentence(words: str) -> str:
    return words[0].upper() + words[1:]
