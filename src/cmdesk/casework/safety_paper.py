"""The client's own page of the safety plan: their words, the names and the numbers."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, practice, safety_plan
from cmdesk.casework.safety_plan import Plan
from cmdesk.letter_words import ENGLISH, Standing, language_of, standing
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.rules.letter import Paper
from cmdesk.rules.people import phone_shown
from cmdesk.rules.safety import LAST_STEP, LIFELINE_WORDS


@dataclass(frozen=True, slots=True, repr=False)
class PaperLine:
    text: str
    who: str
    phone: str


@dataclass(frozen=True, slots=True, repr=False)
class PlanPaper:
    """What stands on the page. It is the client's own and made for nobody else."""

    called: str
    steps: tuple[tuple[PaperLine, ...], ...]  # the six, in their order
    reasons: str
    dated: date | None
    made_at: datetime
    paper: Paper
    language: str = ENGLISH


def paper(session: Session, plan_id: int) -> PlanPaper:
    """Gather the page of one version."""
    plan = safety_plan.version(session, plan_id)
    client = session.get_one(Client, plan.client_id)
    person = session.get_one(Person, client.person_id)
    words = standing(language_of(person.language))
    return PlanPaper(
        called=parties.called(person),
        steps=tuple(_lines(plan, number, words) for number in range(1, LAST_STEP + 1)),
        reasons=plan.draft.reasons,
        dated=plan.draft.reviewed_on or plan.made_on,
        made_at=clock.now(session),
        paper=Paper(practice.draft(session).paper),
        language=words.language,
    )


def _lines(plan: Plan, step: int, words: Standing) -> tuple[PaperLine, ...]:
    """Take the client's words as they are; the line each plan begins with is our own."""
    return tuple(
        PaperLine(_own(line.text, words), _full(plan, line.person_id), phone_shown(line.phone))
        for line in plan.draft.lines
        if line.step == step
    )


def _own(text: str, words: Standing) -> str:
    return words.tr(LIFELINE_WORDS) if text == LIFELINE_WORDS else text


def _full(plan: Plan, person_id: int | None) -> str:
    return plan.names[person_id].full if person_id in plan.names else ""
