"""Propose a letter from the week's log: released lines, and facts that pass the same verdict.

What the program itself puts into a letter is a released line or is judged like one (domain.md 0.6):
where the client is and dates are `attendance`; the program's name is `treatment` as well.
"""

from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import updates, verdicts
from cmdesk.casework.clients import current_episode
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.parties import Party
from cmdesk.casework.updates import Case
from cmdesk.casework.verdicts import Judged
from cmdesk.models.care import Episode
from cmdesk.models.practice import Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task
from cmdesk.rules import consent as rules
from cmdesk.rules.consent import Outcome
from cmdesk.rules.contact_codes import EntryStatus, Part2
from cmdesk.rules.letter import Glance, Step
from cmdesk.rules.periods import DAYS_OF_WEEK, weekday_date
from cmdesk.rules.topics import Topic

AHEAD = timedelta(days=15)  # what is next: two weeks and a day
OPENING = (
    "Here is how {name}’s week went, and what comes next. "
    "Please call me if anything here worries you."
)
GLANCES = ("How it went", "The news", "What I need")  # the practitioner's own words


def propose(
    session: Session, client_id: int, party: Party, first: date, last: date
) -> tuple[list[Judged], LetterDraft]:
    """Judge the period, and lay out a first letter for this reader."""
    return lay_out(session, updates.case(session, client_id, party, first, last))


def lay_out(session: Session, about: Case) -> tuple[list[Judged], LetterDraft]:
    """Judge the period of a case that is loaded already, and lay out a first letter."""
    judged, party = updates.judged(session, about), about.party
    found = updates.findings(judged)
    name = about.name.called
    whereabouts = where_now(session, about)
    glance = (
        *((Glance(f"Where {name} is", whereabouts),) if whereabouts else ()),
        *(Glance(label, "", strong=label == GLANCES[-1]) for label in GLANCES),
    )
    return judged, LetterDraft(
        headline=f"{name}’s week",
        greeting=f"Dear {party.called},",
        opening=OPENING.format(name=name),
        glance=glance,
        passages=tuple(Passage(line.text, line.entry_id, line.verdict) for line in found.shared),
        steps=tuple(next_steps(session, about)),
    )


def may_say(about: Case, topics: set[Topic], part2: str, text: str) -> bool:
    """Judge a fact of the program's own as if it were a signed entry."""
    fact = rules.Entry(
        ref="",
        status=EntryStatus.SIGNED,
        topics=frozenset(topics),
        part2=Part2(part2),
        family_line=text,
    )
    return rules.verdict(fact, about.standing).outcome is Outcome.SHARE


def where_now(session: Session, about: Case) -> str:
    """Return where the client is, as much of it as this reader may know."""
    episode = current_episode(session, about.client_id, about.on)
    if episode is None or episode.admitted is None:
        return ""
    week = (about.last - episode.admitted).days // DAYS_OF_WEEK + 1
    house = _program(session, episode)
    named = f"{house}, week {week}."
    if house and may_say(about, {Topic.ATTENDANCE, Topic.TREATMENT}, episode.part2, named):
        return named
    unnamed = f"Week {week} of the stay."
    return unnamed if may_say(about, {Topic.ATTENDANCE}, episode.part2, unnamed) else ""


def _program(session: Session, episode: Episode) -> str:
    house = session.get(Organisation, episode.organisation_id) if episode.organisation_id else None
    return house.name if house else ""


def next_steps(session: Session, about: Case) -> list[Step]:
    """Return the tasks that may be told, and the day the client leaves, by date."""
    practitioner = session.scalar(select(Practitioner.name).limit(1)) or ""
    dated = [
        (row.due, Step(weekday_date(row.due), row.family_line, _owner(row, practitioner)))
        for row in session.scalars(
            select(Task).where(
                Task.client_id == about.client_id,
                Task.done_on.is_(None),
                Task.family_line != "",
                Task.due.between(about.on, about.on + AHEAD),
            )
        )
        if row.due and may_say(about, set(verdicts.topics(row.topics)), row.part2, row.family_line)
    ]
    dated += _leaving(session, about)
    return [step for _, step in sorted(dated, key=lambda pair: pair[0])]


def _owner(task: Task, practitioner: str) -> str:
    return task.owner or practitioner.split(" ", maxsplit=1)[0]


def _leaving(session: Session, about: Case) -> list[tuple[date, Step]]:
    episode = current_episode(session, about.client_id, about.on)
    day = episode.planned_discharge if episode else None
    if episode is None or day is None or not about.on <= day <= about.on + AHEAD:
        return []
    name, house = about.name.called, _program(session, episode)
    for words, topics in (
        (f"{name} leaves {house}", {Topic.ATTENDANCE, Topic.TREATMENT}),
        (f"{name} moves on", {Topic.ATTENDANCE}),
    ):
        if may_say(about, topics, episode.part2, words) and (house or len(topics) == 1):
            return [(day, Step(weekday_date(day), words, name))]
    return []
