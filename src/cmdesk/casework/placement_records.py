"""Records that went to a program of a search: each sending told in the accounting, once."""

from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, parties, placement_release, records_out
from cmdesk.casework import placement_rows as rows
from cmdesk.casework.records_out import Sent
from cmdesk.errors import Problem
from cmdesk.models.placement import CandidateMove, PlacementCandidate
from cmdesk.rules.placement_way import MoveForm, day_faults
from cmdesk.rules.provider_codes import ReferralState

WHAT: Final = "Records for a placement"
AGAIN: Final = "Records sent again"
NOT_SENT: Final = "The program was moved back: the records did not go."


def names(session: Session, row: PlacementCandidate) -> tuple[str, ...]:
    """Give the uids by which the accounting may know a program: its own, and a merged one’s."""
    moves = select(CandidateMove.uid).where(CandidateMove.candidate_id == row.id)
    return row.uid, *session.scalars(moves)


def send(session: Session, row: PlacementCandidate, day: date) -> None:
    """Tell that records went on a day; what was dragged there and back is told once.

    Raises NoRelease where no consent that counted on the day names the program.
    """
    sent = _let_out(session, row, day, "")
    if not _went(session, row):
        _tell(session, row, sent)


def send_again(session: Session, candidate_id: int, form: MoveForm, draft_key: str = "") -> None:
    """Tell that records went once more on a day; the program stays where it stands.

    Of `form` the day counts, and the words: what went. Raises Problem where nothing went before,
    and NoRelease as `send` does.
    """
    row, today = rows.candidate(session, candidate_id), clock.today(session)
    if not _went(session, row):
        house = parties.of_organisation(session, row.organisation_id).full_name
        raise Problem(f"No records went to {house} yet.", "Move it to “Records sent” first.")
    rows.refuse(day_faults(form.moved_on, today))
    what, day = form.reason.strip(), form.moved_on or today
    _tell(session, row, _let_out(session, row, day, what))
    why = f"{AGAIN}: {what}" if what else AGAIN
    move = CandidateMove(candidate_id=row.id, state=row.state, moved_on=day, reason=why)
    session.add(move)
    if row.state == ReferralState.PACKET_SENT.value:
        row.state_since = row.records_sent_on
    session.flush()
    rows.throw(session, draft_key)


def _went(session: Session, row: PlacementCandidate) -> bool:
    """Whether records went: as the accounting holds, or a file says that brought no accounting."""
    of = rows.search(session, row.search_id).client_id, *names(session, row)
    if records_out.stands(session, *of):
        return True
    return row.records_sent_on is not None and not records_out.told(session, *of)


def _let_out(session: Session, row: PlacementCandidate, day: date, what: str) -> Sent:
    """Return what goes on a day, with the consent that lets it. Raises NoRelease."""
    search = rows.search(session, row.search_id)
    to, need = parties.of_organisation(session, row.organisation_id), placement_release.need_to
    consent = need(session, search.client_id, to, search.part2, day)
    return Sent(row.uid, to, f"{WHAT}: {what}" if what else WHAT, day, consent, search.part2)


def _tell(session: Session, row: PlacementCandidate, sent: Sent) -> None:
    if row.records_sent_on is None or row.records_sent_on <= sent.on:
        row.records_sent_on, row.consent_id = sent.on, sent.consent_id
    records_out.write(session, rows.search(session, row.search_id).client_id, sent)


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


__all__ = ["AGAIN", "names", "recall", "send", "send_again", "take_over"]
