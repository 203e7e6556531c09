"""What the program itself may put into a letter, each line judged like a signed entry.

Domain.md 0.6: where the client is and dates are `attendance`; the name of a program is `treatment`
as well, with the mark of the stay; a task goes by its own topics, mark and family line.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import verdicts
from cmdesk.casework.clients import current_episode
from cmdesk.casework.occasion import Case
from cmdesk.models.care import Episode
from cmdesk.models.practice import Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.rules import consent as rules
from cmdesk.rules.codes import TaskState
from cmdesk.rules.consent import Outcome
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.letter import Step
from cmdesk.rules.periods import DAYS_OF_WEEK, weekday_date
from cmdesk.rules.topics import Topic

AHEAD = timedelta(days=15)  # what is next: two weeks and a day
NAMED, UNNAMED = frozenset({Topic.ATTENDANCE, Topic.TREATMENT}), frozenset({Topic.ATTENDANCE})


@dataclass(frozen=True, slots=True)
class Fact:
    """One line. `about` is alike for two ways of saying one thing, the fuller first."""

    about: str
    text: str
    verdict: rules.Verdict
    due: date = date.max
    step: Step | None = None

    @property
    def allowed(self) -> bool:
        return self.verdict.outcome is Outcome.SHARE


def facts(session: Session, about: Case) -> list[Fact]:
    """Return every line the program knows, told or not, with its verdict for this reader today."""
    episode = current_episode(session, about.client_id, about.on)
    found = _tasks(session, about)
    if episode is not None:
        house = _program(session, episode)
        found += _whereabouts(about, episode, house)
        found += _leaving(about, episode, house)
    return found


def _judged(about: Case, topics: frozenset[Topic], part2: str, text: str) -> rules.Verdict:
    """Judge a line as if it were a signed entry that says nothing else."""
    line = rules.Entry(
        ref="", status=EntryStatus.SIGNED, topics=topics, part2=Part2(part2), family_line=text
    )
    return rules.verdict(line, about.standing)


def _fact(
    about: Case,
    what: str,
    text: str,
    topics: frozenset[Topic],
    part2: str,
    due: date = date.max,
    who: str | None = None,
) -> Fact:
    step = Step(weekday_date(due), text, who) if who is not None else None
    return Fact(what, text, _judged(about, topics, part2, text), due, step)


def _whereabouts(about: Case, episode: Episode, house: str) -> list[Fact]:
    if episode.admitted is None:
        return []
    week = (about.last - episode.admitted).days // DAYS_OF_WEEK + 1
    if week < 1:
        return []
    named = [(f"{house}, week {week}.", NAMED)] if house else []
    return [
        _fact(about, "where", text, topics, episode.part2)
        for text, topics in (*named, (f"Week {week} of the stay.", UNNAMED))
    ]


def _leaving(about: Case, episode: Episode, house: str) -> list[Fact]:
    day, name = episode.planned_discharge, about.name.called
    if day is None or not about.on <= day <= about.on + AHEAD:
        return []
    named = [(f"{name} leaves {house}", NAMED)] if house else []
    return [
        _fact(about, "leaving", text, topics, episode.part2, day, name)
        for text, topics in (*named, (f"{name} moves on", UNNAMED))
    ]


def _program(session: Session, episode: Episode) -> str:
    house = session.get(Organisation, episode.organisation_id) if episode.organisation_id else None
    return house.name if house else ""


def _tasks(session: Session, about: Case) -> list[Fact]:
    practitioner = session.scalar(select(Practitioner.name).limit(1)) or ""
    query = select(Task).where(
        Task.client_id == about.client_id,
        Task.done_on.is_(None),
        Task.state != TaskState.DROPPED,
        Task.family_line != "",
        Task.due.between(about.on, about.on + AHEAD),
    )
    return [
        _fact(
            about,
            f"task {row.id}",
            row.family_line,
            verdicts.topics(row.topics),
            row.part2,
            row.due,
            row.owner or practitioner.split(" ", maxsplit=1)[0],
        )
        for row in session.scalars(query)
        if row.due
    ]
