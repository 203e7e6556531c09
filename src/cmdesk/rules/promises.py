"""What a letter said would come next, and what became of it: nothing planned vanishes silently."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, NamedTuple

from cmdesk.rules.code import Code
from cmdesk.rules.days import add_months
from cmdesk.rules.leak_text import folded
from cmdesk.rules.letter import Part, PartKind, Step
from cmdesk.rules.letter_period import OCCASIONAL
from cmdesk.rules.letter_template import Template
from cmdesk.rules.said_dates import days_in

LONG_GONE: Final = timedelta(days=31)  # what was due a month ago may still be told as it was
MONTHS_OF_YEAR: Final = 12
_YEAR: Final = re.compile(r"\d{4}|/\d{1,2}/\d{2}")
_WEEKDAYS: Final = {
    name: place
    for names in ("mon tue wed thu fri sat sun", "lun mar mié jue vie sáb dom")
    for place, name in enumerate(names.split())
}


class Became(Code):
    """What became of a promise; the labels are the words on paper."""

    DONE = "done", "Done"
    MOVED = "moved", "Moved"
    DROPPED = "dropped", "Dropped"


class TaskNow(NamedTuple):
    """Where the task stands that a promise was made of."""

    due: date | None
    done_on: date | None = None
    dropped: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the records say became of a promise: on which day it was done, or is due now."""

    outcome: Became
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """One line of a letter's next steps. An empty `outcome` is still to be answered for.

    `told_on` is the day of the letter; `when` its own words for `due`. `proposal` is what the
    task says, where there is one.
    """

    id: int
    copy_id: int
    told_on: date
    when: str
    due: date | None
    what: str
    who: str = ""
    task_id: int | None = None
    outcome: str = ""
    settled_on: date | None = None
    moved_to: date | None = None
    note: str = ""
    proposal: Proposal | None = None

    @property
    def key(self) -> tuple[object, ...]:
        """What two letters that promise the same thing have in common."""
        return ("task", self.task_id) if self.task_id else alike(self.what, self.when, self.due)


def alike(what: str, when: str, due: date | None) -> tuple[object, ...]:
    """Return what two writings of one step have in common."""
    return ("words", folded(what), due or folded(when))


def due_of(when: str, told_on: date) -> date | None:
    """Return the day a step names, as `Wed, March 11` or `mié., 11 de marzo`; None for others.

    A step is for what comes: without its year, a day long gone is the one of the year to come,
    unless its weekday says otherwise.
    """
    said = next(iter(days_in(when, told_on)), None)
    if said is None:
        return None
    next_year = add_months(said.day, MONTHS_OF_YEAR)
    if said.day >= told_on or _YEAR.search(when, said.start, said.end):
        return said.day
    weekday = _WEEKDAYS.get(when[: said.start].strip(" .,").casefold())
    if weekday in (said.day.weekday(), next_year.weekday()):
        return said.day if weekday == said.day.weekday() else next_year
    return said.day if said.day >= told_on - LONG_GONE else next_year


def asks(template: Template, parts: Iterable[Part]) -> bool:
    """Tell whether a letter leaves only when what was promised before it is answered for.

    One that is due within hours never waits. All others do that say what became of it, and all
    that are no letter for an occasion: the brief says that plans go on as they are.
    """
    if template.due_hours is not None:
        return False
    answers = any(part.kind is PartKind.CLOSED for part in parts)
    return answers or template.code not in OCCASIONAL


def proposed(due: date | None, task: TaskNow | None) -> Proposal | None:
    """Say what a task makes of its promise; None while it still stands as it was told."""
    if task is None:
        return None
    if task.dropped:
        return Proposal(Became.DROPPED)
    if task.done_on is not None:
        return Proposal(Became.DONE, task.done_on)
    return Proposal(Became.MOVED, task.due) if task.due != due else None


def newest(promises: Iterable[Promise]) -> list[Promise]:
    """Of promises by letter, the last letter's first: each thing once, as it was told last."""
    found: dict[tuple[object, ...], Promise] = {}
    for promise in promises:
        found.setdefault(promise.key, promise)
    return list(found.values())


def waits(promise: Promise, steps: Collection[Step], on: date) -> bool:
    """Tell whether a promise keeps the next letter from being finished, on its day.

    What was told for a later day need not be told again, as long as nothing changed; what is told
    again for the same day goes on.
    """
    if promise.proposal is not None or moved_in(promise, steps, on):
        return True
    return not (_to_come(promise, on) or said_again(promise, steps, on))


def _to_come(promise: Promise, on: date) -> bool:
    return promise.due is not None and promise.due > on


def moved_in(promise: Promise, steps: Collection[Step], on: date) -> Proposal | None:
    """Say that a letter has a promise for another day than the one that was told, still to come."""
    if not _to_come(promise, on) or said_again(promise, steps, on):
        return None
    words = folded(promise.what)
    days = (due_of(step.when, on) for step in steps if folded(step.what) == words)
    return next((Proposal(Became.MOVED, day) for day in days if day), None)


def said_again(promise: Promise, steps: Collection[Step], on: date) -> bool:
    """Tell whether a letter promises the same thing for the same day."""
    same = alike(promise.what, promise.when, promise.due)
    return any(alike(step.what, step.when, due_of(step.when, on)) == same for step in steps)


SETTLED: Final = frozenset(Became)

__all__ = [
    "SETTLED", "Became", "Promise", "Proposal", "TaskNow", "alike", "asks", "due_of", "moved_in",
    "newest", "proposed", "said_again", "waits",
]  # fmt: skip
