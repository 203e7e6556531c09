"""Propose a letter from the week's log: released lines, and facts that pass the same verdict."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import updates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.facts import Fact, facts
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.casework.verdicts import Judged
from cmdesk.rules.letter import Glance, Step

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
    known = [fact for fact in facts(session, about) if fact.allowed]
    whereabouts = next((fact.text for fact in known if fact.step is None), "")
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
        steps=steps(known),
    )


def steps(allowed: Sequence[Fact]) -> tuple[Step, ...]:
    """Return what is next, by date; of two ways to say one thing, the fuller."""
    told: dict[str, tuple[date, Step]] = {}
    for fact in allowed:
        if fact.step is not None:
            told.setdefault(fact.about, (fact.due, fact.step))
    return tuple(step for _, step in sorted(told.values(), key=lambda pair: pair[0]))
