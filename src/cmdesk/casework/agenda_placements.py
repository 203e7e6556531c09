"""The next steps with programs that have a day, and the searches whose own day is near."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import read
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.placement import PlacementCandidate, PlacementSearch
from cmdesk.models.provider import Organisation
from cmdesk.rules.agenda_items import Ending, Task
from cmdesk.rules.days import later
from cmdesk.rules.placement_way import NEAR
from cmdesk.rules.provider_codes import NOT_GOING_AHEAD

CALL: Final = "call"  # reads with the name after it
_STEPS: Final = (
    select(
        *(PlacementCandidate.id, PlacementCandidate.ref, PlacementCandidate.uid),
        *(PlacementCandidate.next_step, PlacementCandidate.next_on),
        *(PlacementSearch.client_id, Organisation.name),
    )
    .join(PlacementSearch, PlacementSearch.id == PlacementCandidate.search_id)
    .join(Organisation, Organisation.id == PlacementCandidate.organisation_id)
    .where(
        PlacementCandidate.next_on <= bindparam("until"),
        PlacementCandidate.state.not_in([state.value for state in NOT_GOING_AHEAD]),
        PlacementSearch.closed_on.is_(None),
    )
    .order_by(PlacementCandidate.id)
)
_SEARCHES: Final = (
    select(
        *(PlacementSearch.id, PlacementSearch.ref, PlacementSearch.uid, PlacementSearch.by_on),
        *(PlacementSearch.client_id, Person.given_name, Person.preferred_name),
    )
    .join(Client, Client.id == PlacementSearch.client_id)
    .join(Person, Person.id == Client.person_id)
    .where(
        PlacementSearch.by_on <= bindparam("until"),
        PlacementSearch.closed_on.is_(None),
        PlacementSearch.decided_on.is_(None),
    )
    .order_by(PlacementSearch.id)
)


def steps(session: Session, refs: Refs, until: date) -> Iterator[Task]:
    """Give what is to be done with a program by a day."""
    for row in read(session, _STEPS, until=until):
        if row.client_id in refs:
            yield Task(
                ref=row.ref or row.uid,
                client=refs[row.client_id],
                title=said(row.next_step, row.name),
                due=row.next_on,
                kind="candidate",
                record=row.id,
            )


def said(step: str, program: str) -> str:
    """Name what is next with a program: `Call Fernbrook`, `Fernbrook: Ask for an answer`."""
    if step.casefold() == CALL:
        return f"{step} {program}"
    return f"{program}: {step}" if step else program


def searches(session: Session, refs: Refs, day: date) -> Iterator[Ending]:
    """Give the searches without a decision whose day is near."""
    for row in read(session, _SEARCHES, until=later(day, NEAR)):
        if row.client_id in refs:
            called = row.preferred_name or row.given_name
            yield Ending(
                kind="placement",
                ref=row.ref or row.uid,
                client=refs[row.client_id],
                person=None,
                what=f"A place for {called}",
                last_day=row.by_on,
                record=row.id,
                says=f"A place for {called} is needed by",
                over="The day of the search has passed",
                detail="nothing decided yet",
            )
