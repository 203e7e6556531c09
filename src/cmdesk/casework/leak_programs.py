"""Programs and practices as the leak check knows them: where a client is, was, or may come to."""

from collections.abc import Sequence
from typing import Final

from sqlalchemy import select, union
from sqlalchemy.orm import Session

from cmdesk.casework.occasion import Case
from cmdesk.models.care import Episode
from cmdesk.models.placement import CandidateMove, PlacementCandidate, PlacementSearch
from cmdesk.models.practice import Practice, Practitioner
from cmdesk.models.provider import Organisation
from cmdesk.models.task import Task, TaskLink
from cmdesk.models.transition import Transition, TransitionLane
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD

PROGRAM: Final = "program"  # of kinds of organisations
OURS: Final = "your own words about a place"


def programs(session: Session, about: Case, own: Sequence[int]) -> dict[int, str]:
    """Return the programs of stays, tasks, searches and moves, but for one that reads it."""
    stays = select(Organisation.id, Organisation.name).join(
        Episode, Episode.organisation_id == Organisation.id
    )
    planned = (
        select(Organisation.id, Organisation.name)
        .join(TaskLink, TaskLink.organisation_id == Organisation.id)
        .join(Task, TaskLink.task_id == Task.id)
        .where(Task.client_id.in_(own), Organisation.kind == PROGRAM)
    )
    looked_at = (
        select(Organisation.id, Organisation.name)
        .join(PlacementCandidate, PlacementCandidate.organisation_id == Organisation.id)
        .join(PlacementSearch, PlacementCandidate.search_id == PlacementSearch.id)
        .where(PlacementSearch.client_id.in_(own))
    )
    moved_to = (
        select(Organisation.id, Organisation.name)
        .join(Transition, Transition.to_organisation_id == Organisation.id)
        .where(Transition.client_id.in_(own))
    )
    carried_by = (
        select(Organisation.id, Organisation.name)
        .join(TransitionLane, TransitionLane.organisation_id == Organisation.id)
        .join(Transition, TransitionLane.transition_id == Transition.id)
        .where(Transition.client_id.in_(own))
    )
    there = stays.where(Episode.client_id.in_(own))
    rows = session.execute(union(there, planned, looked_at, moved_to, carried_by)).all()
    return {number: name for number, name in rows if number != about.party.organisation_id}


def own_words(session: Session, own: Sequence[int]) -> list[tuple[str, str]]:
    """Return what to watch for at places, and why one said no: for the practice’s eyes alone."""
    watched, said_no = (
        select(column).join(PlacementSearch, PlacementSearch.id == PlacementCandidate.search_id)
        for column in (PlacementCandidate.watch_for, PlacementCandidate.reason)
    )
    before = (
        select(CandidateMove.reason)
        .join(PlacementCandidate, PlacementCandidate.id == CandidateMove.candidate_id)
        .join(PlacementSearch, PlacementSearch.id == PlacementCandidate.search_id)
        .where(CandidateMove.state.in_([state.value for state in NOT_GOING_AHEAD]))
    )
    of_client = PlacementSearch.client_id.in_(own)
    all_of_it = (each.where(of_client) for each in (watched, said_no, before))
    words = session.scalars(union(*all_of_it))
    return [(said, OURS) for said in words if said]


def our_names(session: Session) -> list[str]:
    """Return the names of the practice and of who works there, who may be named to anybody."""
    names = [*session.scalars(select(Practice.name)), *session.scalars(select(Practitioner.name))]
    return [*names, *(name.split()[0] for name in names[1:] if name.split())]


__all__ = ["our_names", "own_words", "programs"]
