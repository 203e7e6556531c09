"""A corrected copy of a letter that left: begun from its words, and said to be one."""

from dataclasses import replace

from sqlalchemy.orm import Session

from cmdesk.casework import begun, compose, drafts, going_on, letter_events, reprint, updates
from cmdesk.casework.begun import Begun
from cmdesk.casework.reprint import Letter
from cmdesk.errors import Problem


def begin(session: Session, copy_id: int) -> tuple[int, str]:
    """Keep a draft that corrects a letter; return the client and the composer's name for it.

    A draft of the same week that was begun since is gone on with: it becomes the correction.
    Raises Problem for a letter that was withdrawn or replaced.
    """
    found = reprint.find(session, copy_id)
    stand = letter_events.state_of(session, copy_id)
    if stand.closed:
        raise Problem(f"This letter was {stand.state.label.lower()}.", "Write a new one instead.")
    tab = reprint.tab(found)
    key = f"update:{found.client_id}:{tab}"
    kept = drafts.find(session, key)
    typed = begun.read(kept.body) if kept else _as_sent(session, found)
    made = replace(typed, letter=replace(typed.letter, replaces=copy_id))
    drafts.keep(session, key, made.plain(), found.client_id)
    return found.client_id, tab


def _as_sent(session: Session, found: Letter) -> Begun:
    """Go on from the letter's words; of one without a layout, from its lines."""
    update = found.update
    words = reprint.words_of(session, found)
    about = updates.case(
        session,
        found.client_id,
        found.party,
        update.period_from,
        update.period_until,
        words.language,
        template=update.template,
    )
    judged, proposal = compose.lay_out(session, about)
    sent = going_on.as_sent([found.copy], judged, proposal)
    return sent or begun.begin(replace(proposal, passages=words.passages))
