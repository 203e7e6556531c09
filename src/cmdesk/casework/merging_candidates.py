"""Two providers of one search become one candidate; what was said and what happened moves along."""

from typing import Final

from sqlalchemy.orm import Session

from cmdesk.casework import placement_records
from cmdesk.casework.merging import fill, joined, point, rows
from cmdesk.models.base import Record
from cmdesk.models.placement import (
    CandidateAnswer,
    CandidateMove,
    FamilyWord,
    PlacementCandidate,
)
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD, ReferralState

# What only points at a candidate. A row left behind would go with the candidate it points at.
POINTING: Final[tuple[type[Record], ...]] = (CandidateAnswer, CandidateMove, FamilyWord)
_WAY: Final = tuple(ReferralState)


def unite(session: Session, gone: int, kept: int) -> None:
    """Let each search hold the provider once, as far on its way as either was."""
    model, by = PlacementCandidate, "organisation_id"
    there = {row.search_id: row for row in rows(session, model, by, kept)}
    for row in rows(session, model, by, gone):
        own = there.get(row.search_id)
        if own is None:
            row.organisation_id = kept
            there[row.search_id] = row
        else:
            _unite(session, row, own)
    session.flush()


def _unite(session: Session, gone: PlacementCandidate, kept: PlacementCandidate) -> None:
    if _how_far(gone.state) > _how_far(kept.state):
        kept.state, kept.state_since, kept.reason = gone.state, gone.state_since, gone.reason
    _drop_unanswered(session, gone.id, kept.id)
    for model in POINTING:
        point(session, model, "candidate_id", gone.id, kept.id)
    kept.leading = kept.leading or gone.leading
    names = ("availability", "quoted_cents", "quoted_per", "records_sent_on", "consent_id")
    fill(kept, gone, (*names, "next_step", "next_on"))
    kept.watch_for = joined(kept.watch_for, gone.watch_for)
    session.flush()
    session.delete(gone)
    session.flush()
    placement_records.take_over(session, kept, gone.uid)


def _how_far(state: str) -> tuple[bool, int]:
    """Rank a state: a duplicate that was closed never ends what is still going ahead."""
    here = ReferralState(state)
    return here not in NOT_GOING_AHEAD, _WAY.index(here)


def _drop_unanswered(session: Session, gone: int, kept: int) -> None:
    """Take away a blank answer where the other one has words: of two, the newest counts."""
    theirs = {row.need_id for row in rows(session, CandidateAnswer, "candidate_id", gone)}
    for row in rows(session, CandidateAnswer, "candidate_id", kept):
        if row.need_id in theirs and row.met == "unknown" and not row.words:
            session.delete(row)
    session.flush()
