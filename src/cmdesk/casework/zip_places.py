"""Where each ZIP code lies: the middle of it, from a package that brings its data along.

The package is loaded with the first distance, not with the program (docs/decisions/0025).
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework.clients import current_episode
from cmdesk.casework.clock import today
from cmdesk.models.client import Client
from cmdesk.models.person import Address
from cmdesk.models.provider import Organisation
from cmdesk.rules import states
from cmdesk.rules.distance import Point, five


@cache
def middles() -> Mapping[str, Point]:
    """Map every ZIP of five digits to its middle. Takes a third of a second, once."""
    import zipcodes  # noqa: PLC0415 - it reads all its data when it is loaded

    found: dict[str, Point] = {}
    for state in states.NAMES:  # one at a time: all rows at once take 150 MB
        rows: list[dict[str, Any]] = zipcodes.filter_by(state=state)  # pyright: ignore[reportUnknownMemberType] - its stub leaves types out
        for row in rows:
            latitude, longitude = row["lat"], row["long"]
            if latitude and longitude:
                found[row["zip_code"]] = Point(float(latitude), float(longitude))
    return found


def point(zip_code: str) -> Point | None:
    """Return the middle of a ZIP as it is written anywhere; nothing for an unknown one."""
    return middles().get(five(zip_code))


def place_of_house(session: Session, organisation_id: int) -> Point | None:
    """Return where an organisation is: as its directory says, else the middle of its ZIP."""
    house = session.get(Organisation, organisation_id)
    if house is None:
        return None
    if house.latitude is not None and house.longitude is not None:
        return Point(house.latitude, house.longitude)
    return point(_zip(session, Address.organisation_id == organisation_id))


def home_of(session: Session, client_id: int) -> Point | None:
    """Return where a client's home is today; nothing for a client who is gone."""
    person_id = session.scalar(select(Client.person_id).where(Client.id == client_id))
    return point(_zip(session, Address.person_id == person_id)) if person_id else None


def now_of(session: Session, client_id: int) -> Point | None:
    """Return where a client is being cared for today."""
    episode = current_episode(session, client_id, today(session))
    house = episode.organisation_id if episode else None
    return place_of_house(session, house) if house else None


def _zip(session: Session, whose: ColumnElement[bool]) -> str:
    """Return the ZIP of the address that holds today, the one begun last of several."""
    day = today(session)
    holds = (
        or_(Address.since.is_(None), Address.since <= day),
        or_(Address.until.is_(None), Address.until >= day),
    )
    query = select(Address.zip).where(whose, *holds, Address.zip != "")
    latest = (Address.since.desc().nulls_last(), Address.id.desc())
    return session.scalar(query.order_by(*latest).limit(1)) or ""
