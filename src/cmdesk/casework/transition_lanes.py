"""Who or what carries a side of life through a move: typed, booked for a gap, taken away."""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import drafts
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.transition import Transition, TransitionLane
from cmdesk.rules.transition_draft import LaneForm, lane_faults

COPIED: Final = ("lane", "label", "organisation_id", "person_id", "since", "until", "settled")


def read(session: Session, lane_id: int) -> LaneForm:
    """Return a span as the dialog holds it. Raises Problem if it is gone."""
    row = _row(session, lane_id)
    return LaneForm(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def _row(session: Session, lane_id: int) -> TransitionLane:
    return stored(session, TransitionLane, lane_id, "part of the move")


def save(
    session: Session,
    transition_id: int,
    form: LaneForm,
    lane_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a span as typed; return its number."""
    for words in lane_faults(form).values():
        raise Problem(words, "Put it right and save again.")
    stored(session, Transition, transition_id, "move")
    row = _row(session, lane_id) if lane_id else TransitionLane(transition_id=transition_id)
    if lane_id:
        refuse_changed(row.version, form.version)
    copy_typed(form, COPIED, row)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def book(session: Session, lane_id: int, first: date, last: date) -> None:
    """Settle what may close a gap for its days."""
    row = _row(session, lane_id)
    if last < first:
        raise Problem("This ends before it begins.", "Look at the days again.")
    if row.person_id or row.organisation_id:
        row.label = ""  # a note on whether they are free is over; their name is drawn
    row.since, row.until, row.settled = first, last, True
    session.flush()


def remove(session: Session, lane_id: int) -> None:
    """Take a span away. Undo brings it back."""
    session.delete(_row(session, lane_id))
    session.flush()
