"""Records that went to a program of a search: each sending told in the accounting, once."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, placement_release, records_out
from cmdesk.casework import placement_rows as rows
from cmdesk.models.placement import CandidateMove, PlacementCandidate

WHAT: Final = "Records for a placement"
NOT_SENT: Final = "The program was moved back: the records did not go."


def names(session: Session, row: PlacementCandidate) -> tuple[str, ...]:
    """Give the uids by which the accounting may know a program: its own, and a merged one’s."""
    moves = select(CandidateMove.uid).where(CandidateMove.candidate_id == row.id)
    return row.uid, *session.scalars(moves)


def send(session: Session, row: PlacementCandidate, day: date | None) -> None:
    """Tell that records went on a day; what was dragged there and back is told once.

    Raises NoRelease where no consent that counted on the day names the program.
    """
    search, sent_on = rows.search(session, row.search_id), day or clock.today(session)
    to, need = parties.of_organisation(session, row.organisation_id), placement_release.need_to
    consent = need(session, search.client_id, to, search.part2, sent_on)
    if records_out.stands(session, search.client_id, *names(session, row)):
        return
    row.records_sent_on, row.consent_id = sent_on, consent
    told = records_out.Sent(row.uid, to, WHAT, sent_on, consent, search.part2)
    records_out.write(session, search.client_id, told)


def recall(session: Session, row: PlacementCandidate) -> None:
    """Take back in the accounting all that was said to have gone to a program."""
    client_id = rows.search(session, row.search_id).client_id
    records_out.take_back(session, client_id, NOT_SENT, *names(session, row))
    row.records_sent_on = row.consent_id = None


def take_over(session: Session, row: PlacementCandidate, uid: str) -> None:
    """Let a program go by the uid of its twin that is gone, which the accounting names.

    Where records went to both, one of its moves bears that uid.
    """
    client_id = rows.search(session, row.search_id).client_id
    if not records_out.stands(session, client_id, uid):
        return
    if records_out.stands(session, client_id, *names(session, row)):
        _free_move(session, client_id, row).uid = uid
    else:
        row.uid = uid
    session.flush()


def _free_move(session: Session, client_id: int, row: PlacementCandidate) -> CandidateMove:
    """Find a move whose own uid the accounting does not name, or note where it stands."""
    query = select(CandidateMove).where(CandidateMove.candidate_id == row.id)
    for move in session.scalars(query.order_by(CandidateMove.id.desc())).all():
        if not records_out.stands(session, client_id, move.uid):
            return move
    day = row.state_since or clock.today(session)
    move = CandidateMove(candidate_id=row.id, state=row.state, moved_on=day)
    session.add(move)
    return move


__all__ = ["names", "recall", "send", "take_over"]
