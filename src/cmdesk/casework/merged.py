"""Which numbers stand for one human being, after two records were found to be the same."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import Select, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cmdesk.casework.columns import read
from cmdesk.models.merge import ClientMerge, PersonMerge

MERGED_PROVIDER: Final = "merged"  # the kind of a provider that goes by its parent now
_CLIENTS: Final = select(ClientMerge.client_id, ClientMerge.kept_id)
_PEOPLE: Final = select(PersonMerge.person_id, PersonMerge.kept_id)


def gone_people() -> Select[int]:
    """Ask for the people who go by another record now; lists leave them out."""
    return select(PersonMerge.person_id)


def gone_clients() -> Select[int]:
    """Ask for the clients whose chart is part of another now; lists leave them out."""
    return select(ClientMerge.client_id)


def own_ids(session: Session, client_id: int) -> list[int]:
    """Return a client's number and those whose signed entries belong to the same chart."""
    return _with_gone(session, ClientMerge.client_id, ClientMerge.kept_id, client_id)


def _with_gone(
    session: Session,
    gone: InstrumentedAttribute[int],
    kept: InstrumentedAttribute[int],
    number: int,
) -> list[int]:
    """Follow merges back; a practice file may bring a chain of them."""
    found, asked = [number], [number]
    while asked:
        asked = list(session.scalars(select(gone).where(kept.in_(asked)).order_by(gone)))
        asked = [each for each in asked if each not in found]
        found += asked
    return found


def owners(session: Session) -> dict[int, int]:
    """Map every merged client to the one whose chart shows the history."""
    return _followed(dict(read(session, _CLIENTS)))


def charts(session: Session, ids: Iterable[int]) -> dict[int, int]:
    """Map the numbers whose history is shown to the chart it belongs to: their own, and merged."""
    own = {number: number for number in ids}
    return own | {gone: kept for gone, kept in owners(session).items() if kept in own}


def person_ids(session: Session, person_id: int) -> list[int]:
    """Return a person's number and those that signed entries still know them by."""
    return _with_gone(session, PersonMerge.person_id, PersonMerge.kept_id, person_id)


def people(session: Session) -> dict[int, int]:
    """Map every person who goes by another record now to that record."""
    return _followed(dict(read(session, _PEOPLE)))


def _followed(pairs: Mapping[int, int]) -> dict[int, int]:
    """Follow each merge to its end, asking nothing more; a file may bring a ring of them."""
    found: dict[int, int] = {}
    for gone, kept in pairs.items():
        seen, number = {kept}, kept
        while (into := pairs.get(number)) and into not in seen:
            seen.add(number := into)
        found[gone] = number
    return found


def kept_person(session: Session, person_id: int) -> int:
    """Return the number a person goes by now."""
    return _now(session, PersonMerge.person_id, PersonMerge.kept_id, person_id)


def kept_client(session: Session, client_id: int) -> int:
    """Return the number a client goes by now."""
    return _now(session, ClientMerge.client_id, ClientMerge.kept_id, client_id)


def _now(
    session: Session,
    gone: InstrumentedAttribute[int],
    kept: InstrumentedAttribute[int],
    number: int,
) -> int:
    seen = {number}
    while (into := session.scalar(select(kept).where(gone == number))) and into not in seen:
        seen.add(number := into)
    return number
