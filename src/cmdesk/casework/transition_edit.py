"""A move: changed, left, closed, opened again, taken away."""

from dataclasses import replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, transition_leaving, whole_days
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.care import Episode
from cmdesk.models.provider import Organisation
from cmdesk.models.transition import (
    FirstVisit,
    Handoff,
    Transition,
    TransitionLane,
    TransitionStep,
)
from cmdesk.rules.transition_draft import MoveForm, day_fault, days, move_faults

COPIED: Final = (
    *("from_episode_id", "to_episode_id", "to_organisation_id", "to_words", "leaves_on", "kind"),
    *("medicine_words", "risk_plan", "travel", "belongings", "school_work", "phone_rules"),
    *("family_plan", "part2"),
)
PARTS: Final = (TransitionLane, Handoff, TransitionStep, FirstVisit)


def save(session: Session, transition_id: int, form: MoveForm, draft_key: str = "") -> int:
    """Keep what was typed about a move. The day of leaving moves by itself: others move with it."""
    row = _row(session, transition_id)
    refuse_changed(row.version, form.version, "move")
    before = row.from_episode_id
    write(session, row, replace(form, leaves_on=row.leaves_on))
    if row.left_on and row.from_episode_id != before:
        _leave_another(session, row, before)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def write(session: Session, row: Transition, form: MoveForm) -> None:
    """Copy what was typed into the row of a move. Raises Problem for what is wrong."""
    whole_days.need(session, form.from_episode_id, form.to_episode_id)
    for words in move_faults(form, admitted(session, form.from_episode_id)).values():
        raise Problem(words, "Put it right and save again.")
    copy_typed(form, COPIED, row)
    there = session.get(Episode, form.to_episode_id) if form.to_episode_id else None
    if there and there.organisation_id:
        row.to_organisation_id = there.organisation_id
    if row.to_organisation_id:  # of a national directory it is one's own from now on
        stored(session, Organisation, row.to_organisation_id, "provider").mine = True
    row.medicine_days = days(form.medicine_days)
    typed = form.medicine_days.strip()
    if row.medicine_days is None and typed and typed not in row.medicine_words:
        # What is no number is kept in words: it is unknown, and nothing typed is lost.
        row.medicine_words = "\n".join(filter(None, (row.medicine_words, typed)))


def admitted(session: Session, episode_id: int | None) -> date | None:
    """Return the day they came to the stay they leave."""
    stay = session.get(Episode, episode_id) if episode_id else None
    return stay.admitted if stay else None


def _row(session: Session, transition_id: int) -> Transition:
    return stored(session, Transition, transition_id, "move")


def _leave_another(session: Session, row: Transition, before: int | None) -> None:
    """End the stay they left after all, and let the other go on again."""
    if words := day_fault(row.left_on, admitted(session, row.from_episode_id)):
        raise Problem(words, "Take back first that they left.")
    transition_leaving.follow(session, before, row.left_on, None)
    transition_leaving.follow(session, row.from_episode_id, None, row.left_on)


def leave(session: Session, transition_id: int, on: date | None) -> None:
    """Note the day they left; None takes it back. The follow-up days count from it.

    The stay they leave ends on it, and with it the consents that last until discharge. Raises
    Problem for a day that can't be, and where the stay has levels after it.
    """
    row = _row(session, transition_id)
    if on is not None:
        if on > clock.today(session):
            raise Problem("This day is still to come.", "Move the day of leaving instead.")
        if words := day_fault(on, admitted(session, row.from_episode_id)):
            raise Problem(words, "Choose another day.")
    transition_leaving.follow(session, row.from_episode_id, row.left_on, on)
    row.left_on = on
    session.flush()


def close(session: Session, transition_id: int) -> None:
    """Close a move: it is over, and asks for nothing more."""
    _row(session, transition_id).closed_on = clock.today(session)
    session.flush()


def open_again(session: Session, transition_id: int) -> None:
    _row(session, transition_id).closed_on = None
    session.flush()


def remove(session: Session, transition_id: int) -> None:
    """Take a move away with all of its parts, as one made by mistake. Undo brings it back."""
    row = _row(session, transition_id)
    for model in PARTS:
        for part in session.scalars(select(model).where(model.transition_id == row.id)).all():
            session.delete(part)
    session.flush()
    session.delete(row)
    session.flush()
