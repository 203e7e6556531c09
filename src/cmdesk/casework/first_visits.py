"""First visits after a move: booked, moved, kept or missed."""

from datetime import date
from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.transition import FirstVisit, Transition
from cmdesk.rules.transition_draft import VisitForm, opened_again, visit_faults

COPIED: Final = (
    *("kind", "person_id", "organisation_id", "label", "visit_on", "time", "attended", "note"),
)


def read(session: Session, visit_id: int) -> VisitForm:
    """Return a visit as the dialog holds it. Raises Problem if it is gone."""
    row = _row(session, visit_id)
    return VisitForm(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def _row(session: Session, visit_id: int) -> FirstVisit:
    return stored(session, FirstVisit, visit_id, "visit")


def save(
    session: Session,
    transition_id: int,
    form: VisitForm,
    visit_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a visit as typed; return its number. One moved to a day to come is open again."""
    today = clock.today(session)
    if visit_id:
        form = opened_again(form, read(session, visit_id), today)
    for words in visit_faults(form, today).values():
        raise Problem(words, "Put it right and save again.")
    stored(session, Transition, transition_id, "move")
    row = _row(session, visit_id) if visit_id else FirstVisit(transition_id=transition_id)
    if visit_id:
        refuse_changed(row.version, form.version, "visit")
    copy_typed(form, COPIED, row)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def kept(session: Session, visit_id: int, *, attended: bool | None) -> None:
    """Note whether they went; None: nobody said yet."""
    row = _row(session, visit_id)
    day: date | None = row.visit_on
    if attended is not None and (day is None or day > clock.today(session)):
        raise Problem("This visit is still to come.", "Say it once its day came.")
    row.attended = attended
    session.flush()


def remove(session: Session, visit_id: int) -> None:
    """Take a visit away. Undo brings it back."""
    session.delete(_row(session, visit_id))
    session.flush()
