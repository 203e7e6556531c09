"""A new move, with what the stays and the circle already say of it, and the checklists."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clients, clock, drafts, merged
from cmdesk.casework.transition_edit import write
from cmdesk.models.care import Episode
from cmdesk.models.client import CircleMember
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.transition import FirstVisit, Transition, TransitionLane, TransitionStep
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.codes import Relationship
from cmdesk.rules.levels import DAY_AND_NIGHT, support
from cmdesk.rules.transition_codes import Lane, MoveKind, VisitKind
from cmdesk.rules.transition_draft import MoveForm
from cmdesk.rules.transition_steps import BUILT_IN


@dataclass(frozen=True, slots=True)
class Stay:
    """A stay one can leave or go to: where, at which level, and from when to when."""

    id: int
    name: str
    level: str
    admitted: date | None
    leaves_on: date | None
    over: bool
    organisation_id: int | None = None


def stays(session: Session, client_id: int) -> list[Stay]:
    """Return the stays of a client, the newest first, as one leaves or goes to them."""
    query = (
        select(Episode, Organisation.name)
        .outerjoin(Organisation, Episode.organisation_id == Organisation.id)
        .where(Episode.client_id.in_(merged.own_ids(session, client_id)))
        .order_by(Episode.admitted.desc(), Episode.id.desc())
    )
    return [
        Stay(
            *(row.id, house or "", row.level_of_care, row.first_day),
            *(row.planned_discharge, row.discharged is not None, row.organisation_id),
        )
        for row, house in session.execute(query)
    ]


def proposed(session: Session, client_id: int) -> MoveForm:
    """Fill a new move in from the stay there is and the one that follows."""
    today = clock.today(session)
    here = clients.current_episode(session, client_id, today)
    if here is None:
        return MoveForm()
    after = [
        stay
        for stay in stays(session, client_id)
        if stay.id != here.id and stay.admitted and stay.admitted >= (here.admitted or today)
        if not stay.over
    ]
    there = session.get_one(Episode, after[-1].id) if after else None
    return MoveForm(
        from_episode_id=here.id,
        to_episode_id=there.id if there else None,
        to_organisation_id=there.organisation_id if there else None,
        leaves_on=here.planned_discharge,
        kind=kind_of(here.level_of_care),
        part2=here.part2,
    )


def kind_of(level: str) -> str:
    """Guess what was treated from the level they leave; an emergency room does not say."""
    scheme = level.partition(":")[0]
    if scheme in ("asam3", "asam4", "narr") or level == LevelOfCare.SETTING_DETOX.value:
        return MoveKind.SUBSTANCE_USE
    day_and_night = support(level) >= DAY_AND_NIGHT
    return MoveKind.PSYCHIATRIC if scheme in ("mh", "locus") and day_and_night else ""


def begin(session: Session, client_id: int, form: MoveForm, draft_key: str = "") -> int:
    """Make a move with what is known: who carries what until they leave, and the checklists."""
    row = Transition(client_id=client_id)
    write(session, row, form)
    session.add(row)
    session.flush()
    for place, (part, offset, text, owner, time) in enumerate(BUILT_IN):
        session.add(
            TransitionStep(
                transition_id=row.id,
                part=part,
                position=place,
                text=text,
                owner=owner,
                offset_days=offset,
                time=time,
            )
        )
    _first_lanes(session, row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _first_lanes(session: Session, move: Transition) -> None:
    """Draw what the stays and the circle already say; all of it can be changed."""
    here = session.get(Episode, move.from_episode_id) if move.from_episode_id else None
    there = session.get(Episode, move.to_episode_id) if move.to_episode_id else None
    house = (
        session.get(Organisation, here.organisation_id) if here and here.organisation_id else None
    )
    made: list[TransitionLane] = []
    if here and house:
        stands = {"transition_id": move.id, "organisation_id": house.id}
        label = LevelOfCare(here.level_of_care).label if here.level_of_care else house.name
        made.append(TransitionLane(lane=Lane.PROGRAM, label=label, **stands))
        if support(here.level_of_care) >= DAY_AND_NIGHT:
            made.append(TransitionLane(lane=Lane.HOME, label=house.name, **stands))
            given = TransitionLane(lane=Lane.MEDICINE, label=f"Given at {house.name}", **stands)
            made.append(given)
        made += _carers(session, move, house.id)
    if there and there.first_day and there.organisation_id:
        begins = {"transition_id": move.id, "organisation_id": there.organisation_id}
        name = session.get_one(Organisation, there.organisation_id).name
        made.append(TransitionLane(lane=Lane.PROGRAM, label=name, since=there.first_day, **begins))
        if support(there.level_of_care) >= DAY_AND_NIGHT:
            made.append(TransitionLane(lane=Lane.HOME, label=name, since=there.first_day, **begins))
        first = FirstVisit(kind=VisitKind.PROGRAM, label=name, visit_on=there.first_day, **begins)
        if there.first_day < clock.today(session):
            first.attended = True  # a stay that lies over the other has begun already
        session.add(first)
    session.add_all(made)


def _carers(session: Session, move: Transition, house: int) -> list[TransitionLane]:
    """Put the therapist and the psychiatrist of the house one leaves into their lanes."""
    query = (
        select(CircleMember.relationship, Person)
        .join(Person, CircleMember.person_id == Person.id)
        .where(
            CircleMember.client_id == move.client_id,
            CircleMember.until.is_(None),
            CircleMember.relationship.in_((Relationship.THERAPIST, Relationship.PSYCHIATRIST)),
            Person.organisation_id == house,
        )
        .order_by(CircleMember.position)
    )
    return [
        TransitionLane(transition_id=move.id, lane=Lane(str(tie)), person_id=person.id)
        for tie, person in session.execute(query)
    ]
