"""The words a kind of letter brings along, and whether anything else stands in one."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import leak_check
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.facts import Fact, named_program
from cmdesk.casework.occasion import Case
from cmdesk.casework.released import Line
from cmdesk.models.practice import Practitioner
from cmdesk.rules.letter_template import FRAME, filled, labels


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


def typed(
    session: Session, about: Case, draft: LetterDraft, shared: Sequence[Line], own: Iterable[Fact]
) -> bool:
    """Whether anything stands in a letter that is neither a released line nor the program's own.

    Nobody can tell what such words rest on; a line that was edited counts among them.
    """
    lines = {line.entry_id: line.text.strip() for line in shared}
    others = (part for part in draft.passages if part.text.strip() != lines.get(part.entry_id or 0))
    said = _said(session, about, own)
    found = leak_check.texts(replace(draft, passages=tuple(others)))
    return any(text.strip() not in said for _, text in found)


def _said(session: Session, about: Case, own: Iterable[Fact]) -> frozenset[str]:
    """Return the words of the kind of letter, and of the lines the program knows."""
    kind, say = about.template, blanks(session, about)
    words = [filled(getattr(kind, name), say) for name in FRAME]
    words += [*labels(kind, say), *(filled(part.words, say) for part in kind.parts)]
    for fact in own:
        words += fact.said
        words += map(str, asdict(fact.row).values()) if fact.row else ()
    return frozenset({"", *(each.strip() for each in words)})


__all__ = ["blanks", "typed"]
