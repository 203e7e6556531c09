"""Which numbers stand for one human being, after two records were found to be the same."""

from collections.abc import Iterable

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from cmdesk.models.merge import ClientMerge, PersonMerge


def gone_people() -> Select[int]:
    """Ask for the people who go by another record now; lists leave them out."""
    return select(PersonMerge.person_id)


def gone_clients() -> Select[int]:
    """Ask for the clients whose chart is part of another now; lists leave them out."""
    return select(ClientMerge.client_id)


def own_ids(session: Session, client_id: int) -> list[int]:
    """Return a client's number and those whose signed entries belong to the same chart."""
    query = select(ClientMerge.client_id).where(ClientMerge.kept_id == client_id)
    return [client_id, *session.scalars(query.order_by(ClientMerge.id))]


def owners(session: Session) -> dict[int, int]:
    """Map every merged client to the one whose chart shows the history."""
    return dict(session.execute(select(ClientMerge.client_id, ClientMerge.kept_id)).all())


def charts(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Map the numbers whose history is shown to the chart it belongs to: their own, and merged."""
    own = {number: number for number in ids}
    return own | {gone: kept for gone, kept in owners(session).items() if kept in own}


def person_ids(session: Session, person_id: int) -> list[int]:
    """Return a person's number and those that signed entries still know them by."""
    query = select(PersonMerge.person_id).where(PersonMerge.kept_id == person_id)
    return [person_id, *session.scalars(query.order_by(PersonMerge.id))]


def kept_person(session: Session, person_id: int) -> int:
    """Return the number a person goes by now."""
    query = select(PersonMerge.kept_id).where(PersonMerge.person_id == person_id)
    return session.scalar(query) or person_id


def kept_client(session: Session, client_id: int) -> int:
    """Return the number a client goes by now."""
    query = select(ClientMerge.kept_id).where(ClientMerge.client_id == client_id)
    return session.scalar(query) or client_id
