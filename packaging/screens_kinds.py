"""Letters of the sample of every kind, as the program proposes them and nobody typed a word."""

from collections.abc import Iterator
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
READERS = {
    UpdateTemplate.PROVIDER_SUMMARY: "p-okonedo",
    UpdateTemplate.ADMISSIONS_HISTORY: "p-okonedo",
}


def letter(session: Session, kind: UpdateTemplate) -> bytes:
    """Propose and set a letter. Nothing, where one of this kind has to be typed first."""
    reader = parties.party_by_name(session, READERS.get(kind, "p-diane"))
    who = parties.client_by_name(session, "c-maya"), reader
    _, draft = compose.propose(session, *who, *MONTH, template=kind.value)
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
