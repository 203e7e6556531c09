"""What the program itself may put into a letter, each line judged like a signed entry.

Domain.md 0.6: where the client is and dates are `attendance`; the name of a program is `treatment`
as well, with the mark of the stay; a task goes by its own topics, mark and family line.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import verdicts
from cmdesk.casework.clients import current_episode
from cmdesk.casework.fact import NAMED, UNNAMED, Fact, judged
from cmdesk.casework.fact_care import care, dated
from cmdesk.casework.fact_goals import goals
from cmdesk.casework.fact_placement import places, tells_of_places
from cmdesk.casework.fact_referrals import services
from cmdesk.casework.occasion import Case
from cmdesk.models.care import Episode
from cmdesk.models.practice import Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.rules.codes import TaskState
from cmdesk.rules.consent import Outcome
from cmdesk.rules.letter import Goal, PartKind, Stay, Step
from cmdesk.rules.periods import DAYS_OF_WEEK
from cmdesk.rules.topics import Topic

AHEAD = timedelta(days=15)  # what is next: two weeks and a day
Row = TypeVar("Row", Goal, Stay, Step)


def facts(session: Session, about: Case) -> list[Fact]:
    """Return every line the program knows, told or not, with its verdict for this reader today."""
    episode = current_episode(session, about.client_id, about.on)
    found = _tasks(session, about)
    if episode is not None:
        house = _program(session, episode)
        found += _whereabouts(about, episode, house)
        found += _leaving(about, episode, house)
    found += [*goals(session, about), *care(session, about), *services(session, about, AHEAD)]
    if tells_of_places(about):  # then the dates of the letter are those of the search
        found = [_kept(fact) if fact.part is PartKind.DATES else fact for fact in found]
    return [*found, *places(session, about)]


def _kept(fact: Fact) -> Fact:
    return replace(fact, offered=False)


def named_program(session: Session, about: Case) -> str:
    """Return the name of the program the client is in, to who may know it; else nothing."""
    episode = current_episode(session, about.client_id, about.on)
    house = _program(session, episode) if episode is not None else ""
    if episode is None or not house:
        return ""
    may_know = judged(about, NAMED, episode.part2, house).outcome is Outcome.SHARE
    return house if may_know else ""


def chosen(known: Iterable[Fact], part: PartKind, kind: type[Row]) -> tuple[Row, ...]:
    """Return the rows to propose in one section; of two ways to say one thing, the fuller.

    Steps and dates stand by their day, all else in the order of the records.
    """
    told: dict[str, tuple[date, Row]] = {}
    for fact in known:
        if fact.part is part and fact.offered and fact.allowed and isinstance(fact.row, kind):
            told.setdefault(fact.about, (fact.due, fact.row))
    return tuple(row for _, row in sorted(told.values(), key=lambda pair: pair[0]))


def _fact(
    about: Case,
    what: str,
    text: str,
    topics: frozenset[Topic],
    part2: str,
    due: date = date.max,
    who: str | None = None,
    *,
    offered: bool = True,
) -> Fact:
    """Make a line of the box at the top or, with who does it, a step."""
    step = Step(about.words.weekday_date(due), text, who) if who is not None else None
    part = PartKind.STEPS if step else PartKind.GLANCE
    return Fact(what, text, judged(about, topics, part2, text), part, due, step, offered)


def _whereabouts(about: Case, episode: Episode, house: str) -> list[Fact]:
    if episode.first_day is None:
        return []
    week = (about.last - episode.first_day).days // DAYS_OF_WEEK + 1
    if week < 1:
        return []
    tr = about.words.tr
    named = [(tr("{house}, week {week}.").format(house=house, week=week), NAMED)] if house else []
    unnamed = tr("Week {week} of the stay.").format(week=week)
    return [
        _fact(about, "where", text, topics, episode.part2)
        for text, topics in (*named, (unnamed, UNNAMED))
    ]


def _leaving(about: Case, episode: Episode, house: str) -> list[Fact]:
    day, name = episode.planned_discharge, about.name.called
    if day is None or day < about.on or episode.discharged is not None:
        return []
    tr = about.words.tr
    named = [(tr("{name} leaves {house}").format(name=name, house=house), NAMED)] if house else []
    ways = (*named, (tr("{name} moves on").format(name=name), UNNAMED))
    if day <= about.on + AHEAD and about.template.has(PartKind.STEPS):
        return [
            _fact(about, "leaving", text, topics, episode.part2, day, name) for text, topics in ways
        ]
    return list(dated(about, "leaving", day, episode.part2, *ways))


def _program(session: Session, episode: Episode) -> str:
    house = session.get(Organisation, episode.organisation_id) if episode.organisation_id else None
    return house.name if house else ""


def _tasks(session: Session, about: Case) -> list[Fact]:
    """Give every task with a line for the family; only what is next is offered."""
    practitioner = session.scalar(select(Practitioner.name).limit(1)) or ""
    rows = session.scalars(
        select(Task).where(Task.client_id == about.client_id, Task.family_line != "")
    )
    return [
        _fact(
            about,
            f"task {row.id}",
            row.family_line,
            verdicts.topics(row.topics),
            row.part2,
            row.due or date.max,
            row.owner or practitioner.split(" ", maxsplit=1)[0],
            offered=_is_next(row, about.on),
        )
        for row in rows
    ]


def _is_next(row: Task, on: date) -> bool:
    open_one = row.done_on is None and row.state != TaskState.DROPPED
    return open_one and row.due is not None and on <= row.due <= on + AHEAD


__all__ = ["AHEAD", "Fact", "chosen", "facts", "named_program"]
