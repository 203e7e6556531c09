"""Propose a letter of some kind: released lines, and facts that pass the same verdict."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import updates
from cmdesk.casework.drafting import LetterDraft, Passage
from cmdesk.casework.facts import Fact, chosen, facts, named_program
from cmdesk.casework.occasion import Case
from cmdesk.casework.parties import Party
from cmdesk.casework.promises import closed_for
from cmdesk.casework.released import Line
from cmdesk.casework.verdicts import Judged
from cmdesk.models.practice import Practitioner
from cmdesk.rules.letter import Glance, Goal, PartKind, Stay, Step
from cmdesk.rules.letter_template import Readers, Template, filled, labels, part_for


def propose(
    session: Session, client_id: int, party: Party, first: date, last: date, template: str = ""
) -> tuple[list[Judged], LetterDraft]:
    """Judge the period, and lay out a first letter for this reader."""
    about = updates.case(session, client_id, party, first, last, template=template)
    return lay_out(session, about)


def lay_out(session: Session, about: Case) -> tuple[list[Judged], LetterDraft]:
    """Judge the period of a case that is loaded already, and lay out a first letter."""
    judged, template = updates.judged(session, about), about.template
    known = [fact for fact in facts(session, about) if _fits(template, fact)]
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


def _fits(template: Template, fact: Fact) -> bool:
    """Whether a line has a section; none to a school or employer that needs the Part 2 notice.

    That notice would tell more than the line. The practitioner may still type the days by hand.
    """
    quiet = template.readers is Readers.SCHOOL
    return template.has(fact.part) and not (quiet and fact.verdict.part2)


def blanks(session: Session, about: Case) -> dict[str, str]:
    """Return what fills in the words of a kind of letter; the program for who may know it."""
    program = named_program(session, about)
    return {
        "name": about.name.called,
        "reader": about.party.called,
        "program": program or about.words.tr("the program"),
        "period": about.words.span(about.first, about.last),
        "practitioner": session.scalar(select(Practitioner.name).limit(1)) or "",
    }


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
