"""Letters of the sample of every kind, as the program proposes them and nobody typed a word."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from cmdesk.casework import compose, parties, updates
from cmdesk.errors import Problem
from cmdesk.reports import family_update
from cmdesk.rules.codes import UpdateTemplate

if TYPE_CHECKING:
    from screens import Studio

MONTH = date(2026, 2, 9), date(2026, 3, 8)
ASK = (
    "Please excuse Maya from February 9 to March 20, and tell me by Friday what she needs to bring."
)
READERS = {
    UpdateTemplate.PROVIDER_SUMMARY: "p-okonedo",
    UpdateTemplate.ADMISSIONS_HISTORY: "p-okonedo",
    UpdateTemplate.LETTER_TO_SCHOOL: "o-college",
}


def letter(session: Session, kind: UpdateTemplate) -> bytes:
    """Propose and set a letter. Nothing, where one of this kind has to be typed first."""
    reader = parties.party_by_name(session, READERS.get(kind, "p-diane"))
    who = parties.client_by_name(session, "c-maya"), reader
    _, draft = compose.propose(session, *who, *MONTH, template=kind.value)
    if kind is UpdateTemplate.LETTER_TO_SCHOOL:  # what is logged of care is kept from a school
        draft = replace(draft, texts={**draft.texts, "ask": ASK})
    try:
        return family_update.make(updates.release(session, *who, *MONTH, draft)).data
    except Problem:
        return b""


def kinds(studio: "Studio") -> Iterator[tuple[str, bytes]]:
    """Give a letter of each kind that says something by itself."""
    for kind in UpdateTemplate:
        data = studio.store.ask(partial(letter, kind=kind))
        if data:
            yield f"14-letter-kind-{kind.value}", data
