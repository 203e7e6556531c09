"""Propose a letter of some kind: released lines, and facts that pass the same verdict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import updates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.facts import Fact, chosen, facts
from cmdesk.casework.occasion import Case
from cmdesk.casework.own_words import blanks
from cmdesk.casework.parties import Party
from cmdesk.casework.promises import closed_for
from cmdesk.casework.released import Line
from cmdesk.casework.verdicts import Judged
from cmdesk.rules.letter import Glance, Goal, PartKind, Stay, Step
from cmdesk.rules.letter_template import Template, filled, labels, part_for


def propose(
    session: Session, client_id: int, party: Party, first: date, last: date, template: str = ""
) -> tuple[list[Judged], LetterDraft]:
    """Judge the period, and lay out a first letter for this reader."""
    about = updates.case(session, client_id, party, first, last, template=template)
    return lay_out(session, about)


def lay_out(session: Session, about: Case) -> tuple[list[Judged], LetterDraft]:
    """Judge the period of a case that is loaded already, and lay out a first letter."""
    judged, template = updates.judged(session, about, written=True), about.template
    known = [fact for fact in facts(session, about) if template.has(fact.part)]
    say = blanks(session, about)
    return judged, LetterDraft(
        headline=filled(template.headline, say),
        greeting=filled(template.greeting, say),
        opening=filled(template.opening, say),
        parts=tuple(replace(part, prompt=filled(part.prompt, say)) for part in template.parts),
        glance=_glance(template, known, say),
        passages=_passages(template, updates.findings(judged).shared),
        goals=chosen(known, PartKind.GOALS, Goal),
        steps=chosen(known, PartKind.STEPS, Step),
        dates=chosen(known, PartKind.DATES, Step),
        closed=closed_for(session, about) if template.has(PartKind.CLOSED) else (),
        stays=chosen(known, PartKind.HISTORY, Stay),
        texts={
            part.key: filled(part.words, say)
            for part in template.parts
            if part.kind is PartKind.TEXT and part.words
        },
        close=filled(template.close, say),
        farewell=filled(template.farewell, say),
        template=template.code,
        title=filled(template.title, say),
        language=about.language,
    )


def _glance(template: Template, known: Sequence[Fact], say: dict[str, str]) -> tuple[Glance, ...]:
    """Fill in where the client is, or leave that line out; the others are the practitioner's."""
    box = labels(template, say)
    where = (fact for fact in known if fact.part is PartKind.GLANCE and fact.allowed)
    told = next((fact.text for fact in where), "")
    first = (Glance(box[0], told),) if box and told else ()
    return (*first, *(Glance(label, "", strong=label == box[-1]) for label in box[1:]))


def _passages(template: Template, shared: Sequence[Line]) -> tuple[Passage, ...]:
    """Put each line into the section that takes it; one that none takes stays out."""
    placed = ((line, part_for(template.parts, line.topics)) for line in shared)
    return tuple(
        Passage(line.text, line.entry_id, line.verdict, key) for line, key in placed if key
    )
