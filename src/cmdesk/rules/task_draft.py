"""A task as it is typed, what keeps it from being saved, and when it comes round again."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.code import Code
from cmdesk.rules.codes import TaskState
from cmdesk.rules.days import add_months, later

WORKDAYS: Final = 5  # Monday is 0; the weekend begins here
HIGHEST: Final = 3


class Recurrence(Code):
    """How often a task comes round, counted from the day it was due."""

    DAY = "day", "Every day"
    WORKDAY = "workday", "Every workday"
    WEEK = "week", "Every week"
    TWO_WEEKS = "two_weeks", "Every two weeks"
    MONTH = "month", "Every month"
    QUARTER = "quarter", "Every three months"
    YEAR = "year", "Every year"


_DAYS: Final = {Recurrence.DAY: 1, Recurrence.WEEK: 7, Recurrence.TWO_WEEKS: 14}
_MONTHS: Final = {Recurrence.MONTH: 1, Recurrence.QUARTER: 3, Recurrence.YEAR: 12}


@dataclass(frozen=True, slots=True)
class TaskForm:
    """One task as the dialog holds it.

    `links` and `waiting_on` name things as the rest of the program does: `p12` a person, `o3` an
    organisation, `d5` a file, `e2` a stay, `a7` an approval, `k4` a consent, `i6` an inquiry.
    `chase_days` is how long one waits.
    """

    client_id: int | None = None
    text: str = ""
    notes: str = ""
    due: date | None = None
    start: date | None = None
    state: str = TaskState.NEXT
    priority: int = 0
    waiting_on: tuple[str, ...] = ()
    waiting_since: date | None = None
    chase_days: str = ""
    recurrence: str = ""
    links: tuple[str, ...] = ()
    family_line: str = ""
    topics: tuple[str, ...] = ()
    version: int = 0

    @property
    def waits(self) -> bool:
        return self.state == TaskState.WAITING.value


def faults(draft: TaskForm) -> dict[str, str]:
    """Map fields to what keeps the task from being saved."""
    found: dict[str, str] = {}
    if not draft.text.strip():
        found["text"] = "Say what is to be done."
    if draft.recurrence and draft.due is None:
        found["due"] = "What comes round needs a first day."
    elif draft.due is None and not (draft.client_id or draft.waits or _named(draft)):
        found["due"] = "About nobody, it needs a day: no page would show it."
    if draft.start and draft.due and draft.start > draft.due:
        found["start"] = "It would begin after it is due."
    if sum(key.startswith("k") for key in draft.links) > 1:
        found["links"] = "It can be about one consent. Make a task for the other."
    chase = draft.chase_days.strip()
    if chase and not (chase.isascii() and chase.isdigit() and 0 < int(chase) < 1000):
        found["chase_days"] = "A number of days, such as 7."
    return found


def _named(draft: TaskForm) -> bool:
    """Whether somebody is named: a client, where there is no chart."""
    return any(key.startswith("p") for key in draft.links)


def next_day(recurrence: Recurrence, due: date, done: date) -> date:
    """Give the first day after both the one that was due and the one it was done on.

    Counted from the day it was due, so that a task of the 31st stays at the end of the month, and
    one that was done late does not move the others.
    """
    if recurrence == Recurrence.WORKDAY:
        return _next_workday(max(due, done))
    if recurrence in _DAYS:
        step = _DAYS[recurrence]
        behind = max((done - due).days, 0)
        return later(due, (behind // step + 1) * step)
    months = _MONTHS[recurrence]
    gone = max((done.year - due.year) * 12 + done.month - due.month, 0) // months * months
    day = add_months(due, max(gone, months))
    while max(due, done) >= day < date.max:
        gone += months
        day = add_months(due, gone)
    return day


def _next_workday(day: date) -> date:
    following = later(day, 1)
    while following.weekday() >= WORKDAYS and following < date.max:
        following = later(following, 1)
    return following
