"""Everything a treatment map is made of, read from the records of one client."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.models.care import CareEvent, Episode, LevelStay
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.rules import treatment_map as rules
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.stay import Level, Stay
from cmdesk.rules.treatment_map import Map, Turn


@dataclass(frozen=True, slots=True)
class Record:
    """One stay with its mark of Part 2 and the name of its house, as a letter needs it."""

    stay: Stay
    part2: str
    house: str = ""


def shown(session: Session, client_id: int) -> Map:
    """Return all the care a client ever had, as the chart shows it."""
    found = [each.stay for each in records(session, client_id)]
    return rules.make(found, turns(session, client_id), clock.today(session))


def records(session: Session, client_id: int) -> list[Record]:
    """Return the stays of a client with their levels and what they go by."""
    own = merged.own_ids(session, client_id)
    rows = session.scalars(
        select(Episode).where(Episode.client_id.in_(own)).order_by(Episode.id)
    ).all()
    inside, houses, people = _levels(session, rows), _houses(session, rows), _people(session, rows)
    return [
        Record(
            Stay(
                id=row.id,
                where=houses.get(row.organisation_id or 0) or people.get(row.provider_id or 0, ""),
                level=row.level_of_care,
                admitted=row.admitted,
                left=row.discharged,
                over=row.status == ENDED,
                ended=row.discharge_reason,
                ours=not row.historical,
                levels=tuple(inside.get(row.id, ())),
                factors=tuple(row.factors),
                planned=row.planned_discharge,
                admitted_known=row.admitted_known,
                left_known=row.discharged_known,
            ),
            row.part2,
            houses.get(row.organisation_id or 0, ""),
        )
        for row in rows
    ]


def _levels(session: Session, rows: Sequence[Episode]) -> Mapping[int, list[Level]]:
    found: dict[int, list[Level]] = {}
    query = select(LevelStay).where(LevelStay.episode_id.in_([row.id for row in rows]))
    for row in session.scalars(query.order_by(LevelStay.since, LevelStay.id)):
        level = Level(row.level_of_care, row.since, row.until)
        found.setdefault(row.episode_id, []).append(level)
    return found


def _houses(session: Session, rows: Sequence[Episode]) -> dict[int, str]:
    ids = {row.organisation_id for row in rows if row.organisation_id}
    query = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return dict(session.execute(query).all())


def _people(session: Session, rows: Sequence[Episode]) -> dict[int, str]:
    """Name who saw the client, where a stay is with one person."""
    ids = {row.provider_id for row in rows if row.provider_id and not row.organisation_id}
    query = select(Person.id, Person.given_name, Person.family_name).where(Person.id.in_(ids))
    return {
        number: " ".join(filter(None, (given, family)))
        for number, given, family in session.execute(query)
    }


def turns(session: Session, client_id: int) -> list[Turn]:
    """Return the returns to use, crises and other turns of a client."""
    own = merged.own_ids(session, client_id)
    query = select(CareEvent).where(CareEvent.client_id.in_(own)).order_by(CareEvent.id)
    return [
        Turn(
            id=row.id,
            kind=row.kind,
            day=row.happened_on,
            what=row.what,
            came_before=row.came_before,
            factors=tuple(row.factors),
            stay=row.episode_id,
            response=row.response,
        )
        for row in session.scalars(query)
    ]


__all__ = ["Record", "records", "shown", "turns"]
