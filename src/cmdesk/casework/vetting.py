"""All that a letter is held beside while it is typed: read once, asked at every key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import leak_check, parties, promises, told, updates
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.leak_check import Watch
from cmdesk.casework.told import Beside
from cmdesk.rules import promises as rules
from cmdesk.rules.letter_template import Template
from cmdesk.rules.promises import Promise
from cmdesk.rules.told import Remark


@dataclass(frozen=True, slots=True)
class Vetting:
    """What may not be said, what the reader was told before, and what was promised them."""

    watch: Watch
    beside: Beside
    promises: Sequence[Promise]
    template: Template

    def remarks(self, draft: LetterDraft) -> tuple[Remark, ...]:
        """Return what the letter repeats or contradicts."""
        return self.beside.remarks(draft)

    def waiting(self, draft: LetterDraft) -> list[Promise]:
        """Return the promises that are to be answered for before this letter leaves."""
        on = self.beside.on
        if not rules.asks(self.template, draft.parts):
            return []
        return [
            replace(each, proposal=each.proposal or rules.moved_in(each, draft.steps, on))
            for each in self.promises
            if rules.waits(each, draft.steps, on)
        ]


def vetting(
    session: Session, client_id: int, party_key: str, first: date, last: date, template: str = ""
) -> Vetting:
    """Read it all. It asks for every name in the vault: for the background."""
    party = parties.of_key(session, party_key)
    about = updates.case(session, client_id, party, first, last, template=template)
    return Vetting(
        leak_check.watch(session, about),
        told.beside(session, about),
        promises.of_letter(session, about),
        about.template,
    )
