"""What is next with a program of a search, done by a contact that stays tied to the program."""

from sqlalchemy.orm import Session

from cmdesk.casework import clock
from cmdesk.casework import placement_rows as rows
from cmdesk.models.entry import Entry
from cmdesk.models.placement import CandidateMove


def finish(session: Session, candidate_id: int, entry_id: int | None = None) -> None:
    """Clear what is next with a program; the contact that did it is kept among its moves.

    The program stays in its state. Raises Problem if it was taken out.
    """
    row = rows.candidate(session, candidate_id)
    if entry_id is not None:
        at = session.get_one(Entry, entry_id).occurred_at
        session.add(
            CandidateMove(
                candidate_id=candidate_id,
                state=row.state,
                moved_on=at.astimezone(clock.zone(session)).date(),
                reason=row.next_step,
                entry_id=entry_id,
            )
        )
    row.next_step, row.next_on = "", None
    session.flush()


__all__ = ["finish"]
