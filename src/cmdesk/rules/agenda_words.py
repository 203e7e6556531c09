"""How a day's page says its reasons: when something is due, for how long, how often tried."""

from datetime import date
from typing import Final

from cmdesk.rules.agenda_items import Task
from cmdesk.rules.codes import Weekday
from cmdesk.rules.days import short

WEEK_AHEAD: Final = 6  # days ahead: updates and reassessments of the coming week are shown
DAY_NAMES: Final = tuple(weekday.label for weekday in Weekday)


def when(day: date, today: date) -> str:
    """Say a day as one would: `3 days late`, `due today`, `due Wednesday`, `due Apr 2`."""
    days = (day - today).days
    return f"{counted(-days)} late" if days < 0 else f"due {by(day, today)}"


def waiting(task: Task, today: date) -> str:
    """Say `Waiting on Fernbrook for 4 days, tried twice`."""
    since = task.waiting_since
    on_whom = f"Waiting on {task.waiting_on}" if task.waiting_on else "Waiting"
    long = f" for {counted((today - since).days)}" if since is not None and since < today else ""
    tries = f", {tried(task.attempts)}" if task.attempts else ""
    return f"{on_whom}{long}{tries}"


def tried(attempts: int) -> str:
    """Say `tried once`, `tried twice`, `tried 3 times`."""
    return f"tried {('once', 'twice')[attempts - 1] if attempts <= 2 else f'{attempts} times'}"


def by(day: date, today: date) -> str:
    """Say `today`, `Wednesday` within the week, `Apr 2`."""
    left = (day - today).days
    if left == 0:
        return "today"
    return DAY_NAMES[day.weekday()] if 0 < left <= WEEK_AHEAD else short(day, today)


def counted(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


def sentence(words: str) -> str:
    return words[0].upper() + words[1:]
