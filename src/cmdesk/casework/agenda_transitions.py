"""What moves ask for on a day: gaps, late steps, handoffs, visits, follow-up, stays to close."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from cmdesk.casework import merged, transition_days, transitions
from cmdesk.casework.agenda_dates import Refs
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.transition_clocks import clocks_of, talks_of
from cmdesk.casework.transition_days import MoveDays
from cmdesk.models.care import Episode
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.models.transition import Handoff, Transition
from cmdesk.rules.agenda_items import Move, MovePart
from cmdesk.rules.agenda_words import counted
from cmdesk.rules.care_codes import LevelOfCare
from cmdesk.rules.days import later, short
from cmdesk.rules.episode_draft import ENDED
from cmdesk.rules.follow_up_clocks import CALL, Clock, ClockState
from cmdesk.rules.transition import Gap
from cmdesk.rules.transition_codes import Lane, StepPart, VisitKind

NEAR: Final = 3  # days before leaving from which an open handoff presses
SOON: Final = 2  # days before the end of a day watched from which it presses
FOLLOWS_NOT: Final = {
    Lane.PROGRAM: "no program follows yet",
    Lane.HOME: "no settled place to sleep",
    Lane.THERAPIST: "no therapist yet",
    Lane.PSYCHIATRIST: "no prescriber yet",
}
WHEN: Final = {
    StepPart.BEFORE: "before leaving",
    StepPart.DAY: "on the day",
    StepPart.AFTER: "after leaving",
}
_HANDOFFS: Final = (
    select(
        *(Handoff.id, Handoff.ref, Handoff.uid, Handoff.transition_id, Handoff.call_on),
        *(Handoff.from_words, Handoff.to_words, Handoff.from_id, Handoff.to_id),
        *(Handoff.sender_confirmed_on, Handoff.receiver_confirmed_on),
    )
    .where(Handoff.transition_id.in_(among("ids")), transitions.not_confirmed())
    .order_by(Handoff.position, Handoff.id)
)
_PEOPLE: Final = select(
    Person.id, Person.given_name, Person.family_name, Person.preferred_name
).where(Person.id.in_(among("ids")))
_STILL_OPEN: Final = and_(Episode.discharged.is_(None), Episode.status != ENDED)
_LEFT: Final = (
    select(
        *(Episode.id, Episode.ref, Episode.uid, Episode.level_of_care),
        *(Transition.client_id, Transition.left_on),
        *(_STILL_OPEN.label("still_open"), Organisation.name.label("house")),
    )
    .join(Episode, Transition.from_episode_id == Episode.id)
    .outerjoin(Organisation, Episode.organisation_id == Organisation.id)
    .where(Transition.left_on.is_not(None), or_(_STILL_OPEN, Episode.discharge_reason == ""))
    .order_by(Transition.left_on, Transition.id)
)


def planned(session: Session) -> set[int]:
    """Return the stays that are left by a plan: what it says counts, not the stay's own days."""
    ahead = {row.from_episode_id for row in transitions.open_moves(session) if row.from_episode_id}
    return ahead | {row.id for row in read(session, _LEFT)}


def moves(session: Session, refs: Refs, day: date) -> tuple[list[Move], list[MovePart]]:
    """Give the moves that are not closed with their gaps, and what is late about each.

    A stay they left wants closing also after its move was closed.
    """
    closing = list(_stays(session, refs))
    rows = [row for row in transitions.open_moves(session) if row.client_id in refs]
    if not rows:
        return [], closing
    ids = [row.id for row in rows]
    days = transition_days.of(session, ids)
    told = [_move(row, days[row.id], refs, day) for row in rows]
    parts = [
        *_steps(session, rows, refs),
        *_pairs(session, rows, days, refs),
        *(part for row in rows for part in _visits(row, days[row.id], refs, day)),
        *(part for row in rows for part in _watched(session, row, days[row.id], refs, day)),
        *closing,
    ]
    return [each for each in told if each], parts


def _move(row: Any, days: MoveDays, refs: Refs, day: date) -> Move | None:
    """Tell one move in short; without its day it is told by its stay, if that has one."""
    leaves = days.leaves_on
    if leaves is None:
        return Move(
            ref=row.ref or row.uid,
            client=refs[row.client_id],
            title=_title(row),
            leaves_on=day,
            gaps=("no day of leaving yet",),
            record=row.id,
            told=True,
        )
    still = (gap for gap in days.gaps if gap.open_ended or gap.last >= day)
    gaps = [in_short(days, gap, day) for gap in still]
    if days.no_travel:
        gaps.append("travel is not booked")
    return Move(
        ref=row.ref or row.uid,
        client=refs[row.client_id],
        title=_title(row),
        leaves_on=leaves,
        gaps=tuple(gaps),
        record=row.id,
        told=True,
        left=days.left,
    )


def _title(row: Any) -> str:
    start, end = transitions.where_from(row), transitions.where_to(row)
    return f"{start} to {end}" if start and end else end or start or "Move"


def in_short(days: MoveDays, gap: Gap, day: date) -> str:
    """Say a gap in a few words: `3 days uncovered`, `medicine runs out Apr 1`."""
    if gap.lane == Lane.MEDICINE:
        if gap.unknown:
            return "days of medicine not known"
        over = short(later(gap.first, -1), days.leaves_on or gap.first)
        return f"medicine ran out {over}" if gap.first <= day else f"medicine runs out {over}"
    if gap.open_ended:
        return FOLLOWS_NOT[gap.lane]
    if gap.lane == Lane.PROGRAM:
        return f"{counted(gap.days)} uncovered"
    if gap.lane == Lane.HOME:
        nights = "1 night" if gap.days == 1 else f"{gap.days} nights"
        return f"{nights} with no settled place"
    who = "therapist" if gap.lane == Lane.THERAPIST else "prescriber"
    return f"{counted(gap.days)} with no {who}"


def _steps(session: Session, rows: list[Any], refs: Refs) -> Iterator[MovePart]:
    found = transitions.steps_of(session, [row.id for row in rows], rows)
    for row in rows:
        for step in found.get(row.id, ()):
            if step.done_on is None and step.due is not None:
                yield MovePart(
                    *("move_step", step.ref, refs[row.client_id], step.text, step.due),
                    says=", ".join(filter(None, (WHEN[step.part], step.owner))),
                    record=step.id,
                )


def _pairs(
    session: Session, rows: list[Any], days: dict[int, MoveDays], refs: Refs
) -> Iterator[MovePart]:
    """Give the pairs of whom an end has not said yet that they talked."""
    clients = {row.id: refs[row.client_id] for row in rows}
    pairs = read(session, _HANDOFFS, ids=listed(clients))
    numbers = {number for pair in pairs for number in (pair.from_id, pair.to_id) if number}
    people = _names(session, numbers)
    for pair in pairs:
        leaves = days[pair.transition_id].leaves_on
        due = min((day for day in (pair.call_on, leaves) if day), default=None)
        if due is None:
            continue
        said = "handoff not confirmed"
        if pair.sender_confirmed_on or pair.receiver_confirmed_on:
            end = "hands" if pair.sender_confirmed_on else "takes"
            said = f"only who {end} over confirmed"
        start = pair.from_words or people.get(pair.from_id, "")
        to = pair.to_words or people.get(pair.to_id, "")
        yield MovePart(
            *("handoff", pair.ref or pair.uid, clients[pair.transition_id], f"{start} to {to}"),
            due=due,
            says=said,
            ahead=NEAR if due == leaves else -1,  # a call is late on the day after it was set
            record=pair.id,
        )


def _names(session: Session, numbers: set[int]) -> dict[int, str]:
    now = merged.people(session) if numbers else {}
    kept = {number: now.get(number, number) for number in numbers}
    rows = read(session, _PEOPLE, ids=listed(set(kept.values()))) if numbers else []
    names = {
        row.id: " ".join(filter(None, (row.preferred_name or row.given_name, row.family_name)))
        for row in rows
    }
    return {number: names.get(other, "") for number, other in kept.items()}


def _visits(row: Any, days: MoveDays, refs: Refs, day: date) -> Iterator[MovePart]:
    """Give first visits that were missed and not booked again, and those nobody said of."""
    for visit in days.visits:
        if visit.visit_on is None or visit.attended:
            continue
        again = (other for other in days.visits if other.kind == visit.kind and other != visit)
        if visit.attended is False and any(
            other.visit_on and other.visit_on > visit.visit_on for other in again
        ):
            continue
        said = f"first visit {short(visit.visit_on, day)}: kept or missed?"
        if visit.attended is False:
            said = f"first visit missed {short(visit.visit_on, day)}, no other is booked"
        yield MovePart(
            *("first_visit", visit.ref, refs[row.client_id]),
            title=visit.label or VisitKind(visit.kind).label,
            due=visit.visit_on,
            says=said,
            ahead=-1,  # asked on the day after
            record=visit.id,
            undated=True,
        )


def _watched(
    session: Session, row: Any, days: MoveDays, refs: Refs, day: date
) -> Iterator[MovePart]:
    """Give the days of follow-up that were missed or are near, once they have left."""
    if not days.left:
        return
    found = clocks_of(session, days, row.level or "", day)
    for clock in found:
        missed = clock.state is ClockState.MISSED
        if not missed and clock.state is not ClockState.OPEN:
            continue
        if missed and _made_good(session, days, clock, found):
            continue
        what = "Talk" if clock.day == CALL else "Visit of care"
        yield MovePart(
            *("follow_up_day", f"{row.ref or row.uid}:{clock.day}", refs[row.client_id]),
            title=f"{what} by day {clock.day}",
            due=clock.due,
            says=f"none noted by {short(clock.due, day)}" if missed else "",
            ahead=SOON,
            record=row.id * 100 + clock.day,
            undated=missed,
        )


def _made_good(session: Session, days: MoveDays, missed: Clock, found: tuple[Clock, ...]) -> bool:
    """Whether what was missed took place later: late it stays, but nobody can do more."""
    met = (each.met_on for each in found if each.state is ClockState.MET)
    if any(on and on > missed.due for on in met):
        return True
    return missed.day == CALL and any(
        on > missed.due for on in talks_of(session, days.client_id, missed.due)
    )


def _stays(session: Session, refs: Refs) -> Iterator[MovePart]:
    """Give the stays they left that are open still, or of which nobody said how they ended."""
    for row in {row.id: row for row in read(session, _LEFT)}.values():
        if row.client_id not in refs:
            continue
        open_still = "the stay is still open" if row.still_open else "why it ended is not noted"
        yield MovePart(
            *("stay_end", row.ref or row.uid, refs[row.client_id]),
            title=row.house or _level(row.level_of_care) or "Stay",
            due=row.left_on,
            says=open_still,
            record=row.id,
            undated=True,
        )


def _level(code: str) -> str:
    return LevelOfCare(code).label if code else ""
