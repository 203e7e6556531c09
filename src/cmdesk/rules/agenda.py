"""What is due, late, ending or uncovered on a day, computed from dates alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Final, TypeVar

from cmdesk.rules.agenda_items import (
    Clocked,
    Ending,
    Inquiry,
    Move,
    MovePart,
    Plan,
    Reach,
    Reassessment,
    Silence,
    Standstill,
    Task,
)
from cmdesk.rules.agenda_rows import AgendaRow, Group, days_uncovered, move_rows, part_rows
from cmdesk.rules.agenda_words import WEEK_AHEAD, by, counted, sentence, tried, waiting, when
from cmdesk.rules.cadence import next_due, reach_due
from cmdesk.rules.codes import TaskState
from cmdesk.rules.days import later, short
from cmdesk.rules.people import possessive

ENDING_SOON: Final = 30  # days ahead
__all__ = ["ENDING_SOON", "AgendaRow", "Group", "agenda", "days_uncovered", "shown", "when"]


_PLACES: Final = {group: place for place, group in enumerate(Group)}


@dataclass(frozen=True, slots=True)
class _Sight:
    """The days looked at, both inside, and until when what was put off, by kind and record."""

    today: date
    last: date
    snoozed: Mapping[tuple[str, int], date]


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
    move_parts: Iterable[MovePart] = (),
    reassessments: Iterable[Reassessment] = (),
    silences: Iterable[Silence] = (),
    standstills: Iterable[Standstill] = (),
    clocked: Iterable[Clocked] = (),
    snoozed: Mapping[tuple[str, int], date] = MappingProxyType({}),
    ahead: int = 0,
) -> tuple[AgendaRow, ...]:
    """List what asks for attention, group by group, the longest due first.

    `snoozed` are the kinds and records that were put off beyond today, with the day they are
    there again. What is promised, or there again, is told for so many days `ahead`, too.
    """
    until = later(today, ahead)
    sight = _Sight(today, until, snoozed)
    rows = [
        *_each(tasks, partial(_task, until=until), sight),
        *_each(reaches, partial(_reach, until=until), sight),
        *_each(inquiries, partial(_inquiry, until=until), sight),
        *_each(plans, _update, sight),
        *_each(endings, _ending, sight),
        *_each(moves, move_rows, sight),
        *_each(move_parts, part_rows, sight),
        *_each(reassessments, _reassessment, sight),
        *_each(silences, _silence, sight),
        *_each(standstills, _standstill, sight),
        *_each(clocked, _clocked, sight),
    ]
    return tuple(sorted(rows, key=_order))


def _each(
    items: Iterable[Item], tell: Callable[[Item, date], Iterator[AgendaRow]], sight: _Sight
) -> Iterator[AgendaRow]:
    """Tell what stands today; what was put off on its day, if it will stand then."""
    today, snoozed = sight.today, sight.snoozed
    for item in items:
        for row in tell(item, today):
            day = snoozed.get((row.kind, row.record))
            if day is None or (row.group == Group.COMING and day <= row.due):
                yield row
            elif day <= sight.last and any(tell(item, day)):
                yield _again(row, day, today)


def _again(row: AgendaRow, day: date, today: date) -> AgendaRow:
    late = f", {when(row.due, today)}" if row.group == Group.OVERDUE else ""
    why = f"Snoozed until {by(day, today)}{late}"
    return replace(row, group=Group.COMING, due=day, why=why, snoozed=True)


def _order(row: AgendaRow) -> tuple[int, date, str, str, str]:
    return _PLACES[row.group], row.due, row.client or "", row.kind, row.ref


def _task(task: Task, today: date, until: date) -> Iterator[AgendaRow]:
    if task.state in (TaskState.DONE, TaskState.DROPPED):
        return
    about = (task.kind, task.ref, task.client, task.person)
    again = task.chase_on if task.state == TaskState.WAITING else None
    due = min((day for day in (task.due, again) if day), default=None)
    if due is not None and due <= until:
        # To ask again says whose move it is; a day of its own says how late that is.
        why = _late(task, due, today) if due == task.due else waiting(task, today)
        yield AgendaRow(_urgency(due, today), *about, due, why, task.title, task.record)
    elif task.state == TaskState.WAITING:
        # Waiting without a day of either kind stands under today: it has to be asked about.
        day = task.due or task.waiting_since or today
        why = waiting(task, today)
        yield AgendaRow(Group.WAITING, *about, day, why, task.title, task.record)


def _urgency(due: date, today: date) -> Group:
    if due == today:
        return Group.TODAY
    return Group.OVERDUE if due < today else Group.COMING


def _late(task: Task, due: date, today: date) -> str:
    """Say how late it is; of a promise also how often one tried to keep it."""
    promised = task.kind == "follow_up" and task.attempts
    tries = f", {tried(task.attempts)}" if promised else ""
    return f"{sentence(when(due, today))}{tries}"


def _reach(reach: Reach, today: date, until: date) -> Iterator[AgendaRow]:
    """Tell whom to reach today; it is late only once the days of grace have passed."""
    due = reach_due(reach.rhythm, reach.last_reached, reach.this_week, today)
    if due is None or due > until:
        return
    late = later(due, reach.rhythm.grace_days) < today
    group = _urgency(max(due, today), today)
    last = reach.last_reached
    why = f"Last reached {short(last, today)}" if last else "Not reached yet"
    if reach.tried:
        why += f", {tried(reach.tried)} since" if last else f", {tried(reach.tried)}"
    yield AgendaRow(
        Group.OVERDUE if late else group,
        *("cadence", reach.ref, reach.client, reach.person),
        *(due, why, reach.title, reach.record),
    )


def _inquiry(inquiry: Inquiry, today: date, until: date) -> Iterator[AgendaRow]:
    """Show a call that nothing follows from yet at once, however patient it was."""
    caller, received = inquiry.caller, short(inquiry.received_on, today)
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
    said = f"{ending.says or f'{ending.what} ends'} {by(ending.last_day, today)}"
    parts = (ending.over if left < 0 else said, ending.detail)
    yield AgendaRow(
        Group.ENDING_SOON,
        *(ending.kind, ending.ref, ending.client, ending.person, ending.last_day),
        *(", ".join(filter(None, parts)), ending.what, ending.record),
    )


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
    why = f"Nobody reached for {counted(days)}"
    if not silence.ever:
        why = f"Nobody reached yet, {counted(days)} in"
    about = ("stalled", silence.ref, silence.client, None, later(silence.since, silence.after))
    yield AgendaRow(Group.REASSESS, *about, why, f"Reach {silence.called}", silence.record)


def _standstill(still: Standstill, today: date) -> Iterator[AgendaRow]:
    days = (today - still.since).days
    if days < still.after:
        return
    about = ("goal_stalled", still.ref, still.client, None, later(still.since, still.after))
    why, what = f"No goal moved for {counted(days)}", f"{possessive(still.called)} goals"
    yield AgendaRow(Group.REASSESS, *about, why, what, still.record)


def _clocked(open_one: Clocked, today: date) -> Iterator[AgendaRow]:
    """Tell of what stays here until it is closed, however far its last day is."""
    due, about = open_one.due, (open_one.kind, open_one.ref, open_one.client, None)
    if due is None:
        group = Group.REASSESS
        why = open_one.undated or f"Open since {short(open_one.since, today)}"
    else:
        urgency = _urgency(due, today)
        group = Group.ENDING_SOON if urgency is Group.COMING else urgency
        told = "Notice" if open_one.kind == "privacy_incident" else open_one.says
        why = f"{told} is {when(due, today)}"
    words = ", ".join(filter(None, (why, open_one.left)))
    day = due or open_one.since
    yield AgendaRow(group, *about, day, words, open_one.what, open_one.record)
