"""What the program itself could say of the records, for the check: what is told, what kept back.

In every language of letters: who reads English must not be told in Spanish what is kept back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import facts, measures
from cmdesk.casework.fact import Fact
from cmdesk.casework.occasion import Case
from cmdesk.letter_words import ENGLISH, SPANISH
from cmdesk.rules.leak_text import folded
from cmdesk.rules.letter import Stay

LANGUAGES: Final = (ENGLISH, SPANISH)


@dataclass(frozen=True, slots=True)
class Own:
    """Words of the program's own: those a reader may be told, and the others, each with why."""

    told: tuple[str, ...]
    kept: tuple[tuple[str, str], ...]


def own(session: Session, about: Case) -> Own:
    """Sort all the program could say by whether this reader may be told, in every language.

    What is kept back is looked for in the whole letter, also inside longer sentences; of the short
    ones those that are somebody's own (`kept_inside.distinctive`). Any other is refused where the
    program wrote it (`Fact.told`).
    """
    known = [
        fact
        for language in LANGUAGES
        for fact in facts.facts(session, replace(about, language=language))
    ]
    known += measures.lines(session, about)
    told = tuple(text for fact in known if fact.allowed for text in fact.said if text)
    let_out = {folded(text) for text in told}
    kept = {text: why for text, why in _kept(known) if folded(text) not in let_out}
    return Own(told, tuple(kept.items()))


def _kept(known: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    for fact in known:
        if not fact.allowed:
            for text in _telling(fact):
                if text:
                    yield text, fact.verdict.why


def _telling(fact: Fact) -> tuple[str, ...]:
    """Return the words that give a fact away: of a stay, not the name, which is looked for anyway.

    Its days are told by the stay without a name, to who may hear of them.
    """
    if not isinstance(fact.row, Stay):
        return fact.said
    stay = fact.row
    return (stay.level, stay.ended) if stay.where or stay.level else (stay.days,)
