"""Whether a search counts as protected by 42 CFR Part 2 from the start."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merged
from cmdesk.models.care import Episode
from cmdesk.rules.contact_codes import Part2


def proposed(session: Session, client_id: int) -> str:
    """Propose what the stays of a client say: no only where all of them are marked so."""
    query = select(Episode.part2).where(Episode.client_id.in_(merged.own_ids(session, client_id)))
    marks = set(session.scalars(query))
    if Part2.YES.value in marks:
        return Part2.YES.value
    return Part2.NO.value if marks == {Part2.NO.value} else Part2.UNKNOWN.value
