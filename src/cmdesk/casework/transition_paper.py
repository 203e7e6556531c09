"""The one-page plan of a move: for oneself in full, for the client what is theirs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from cmdesk.casework import clock, practice, transition_plan
from cmdesk.casework.stored import stored
from cmdesk.casework.transition_plan import Whole
from cmdesk.letter_words import ENGLISH, language_of
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.transition import Transition
from cmdesk.rules.letter import Paper


@dataclass(frozen=True, slots=True, repr=False)
class MovePaper:
    """What stands on the page. `own` is the practitioner's; the other is the client's own.

    It is made for nobody else: what others read is told in a letter, by its verdicts.
    """

    plan: Whole
    own: bool
    ref: str  # of the client, for the record of what left
    made_at: datetime
    paper: Paper
    language: str = ENGLISH
    mine: str = ""  # by which name one's own steps go on the client's page


def paper(session: Session, transition_id: int, *, own: bool) -> MovePaper:
    """Gather the page; the client's is in their language, one's own in English."""
    plan = transition_plan.whole(session, transition_id)
    client = session.get_one(Client, plan.client_id)
    person = session.get_one(Person, client.person_id)
    return MovePaper(
        plan=plan,
        own=own,
        ref=client.ref or client.uid,
        made_at=clock.now(session),
        paper=Paper(practice.draft(session).paper),
        language=ENGLISH if own else language_of(person.language),
        mine=practice.draft(session).practitioner,
    )


def called(session: Session, transition_id: int) -> str:
    """Return what the client of a move is called."""
    move = stored(session, Transition, transition_id, "move")
    return transition_plan.whole(session, move.id).called
