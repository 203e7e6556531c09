"""One whole plan of a move, read for the page and the paper."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    merged,
    parties,
    transition_days,
    transition_release,
    transitions,
)
from cmdesk.casework.columns import among, listed, read
from cmdesk.casework.stored import stored
from cmdesk.casework.transition_clocks import clocks_of
from cmdesk.casework.transition_days import MoveDays
from cmdesk.casework.transition_release import Receiver, Release
from cmdesk.casework.transitions import MOVES, StepRow, steps_of, where_from, where_to
from cmdesk.models.transition import Handoff, Transition
from cmdesk.rules.follow_up_clocks import Clock
from cmdesk.rules.transition_codes import StepPart
from cmdesk.rules.transition_draft import MoveForm

_ONE: Final = MOVES.where(Transition.id.in_(among("ids")))
_HANDOFFS: Final = (
    select(Handoff)
    .where(Handoff.transition_id.in_(among("ids")))
    .order_by(Handoff.position, Handoff.id)
)


@dataclass(frozen=True, slots=True)
class HandoffRow:
    """Two who talk. `talked_on` once both ends said so; `release` is asked of today's consents."""

    id: int
    from_name: str
    to_name: str
    release: Release
    call_on: date | None
    sender_confirmed_on: date | None
    receiver_confirmed_on: date | None
    records_sent_on: date | None
    records_received_on: date | None
    note: str
    ref: str = ""

    @property
    def talked_on(self) -> date | None:
        ends = (self.sender_confirmed_on, self.receiver_confirmed_on)
        return max(day for day in ends if day) if all(ends) else None


@dataclass(frozen=True, slots=True)
class Whole:
    """One plan. `admitted` is the day they came to where they leave."""

    id: int
    ref: str
    client_id: int
    called: str
    pronouns: str
    from_name: str
    to_name: str
    admitted: date | None
    left_on: date | None
    closed_on: date | None
    form: MoveForm
    days: MoveDays
    handoffs: tuple[HandoffRow, ...]
    steps: tuple[StepRow, ...]
    clocks: tuple[Clock, ...]

    def part(self, part: StepPart) -> list[StepRow]:
        return [step for step in self.steps if step.part == part]


@dataclass(frozen=True, slots=True)
class MoveTitle:
    """What a move is named by among the others of a client."""

    id: int
    from_name: str
    to_name: str
    closed_on: date | None
    days: MoveDays


@dataclass(frozen=True, slots=True)
class Plans:
    """The moves of a client in their order, and the one of them that is shown."""

    titles: tuple[MoveTitle, ...]
    shown: Whole


def plans(session: Session, client_id: int, wanted: int = 0) -> Plans | None:
    """Return the moves of a client with the one wanted, else the first; None where none is."""
    ids = transitions.of_client(session, client_id)
    if not ids:
        return None
    rows = {row.id: row for row in read(session, _ONE, ids=listed(ids))}
    days = transition_days.of(session, ids)
    titles = tuple(_title(rows[each], days[each]) for each in ids)
    return Plans(titles, whole(session, wanted if wanted in ids else ids[0]))


def _title(row: Any, days: MoveDays) -> MoveTitle:
    return MoveTitle(row.id, where_from(row), where_to(row), row.closed_on, days)


def whole(session: Session, transition_id: int) -> Whole:
    """Return one plan with all that belongs to it. Raises Problem if it is gone."""
    move = stored(session, Transition, transition_id, "move")
    (row,) = read(session, _ONE, ids=listed([transition_id]))
    days = transition_days.of(session, [transition_id])[transition_id]
    return Whole(
        id=row.id,
        ref=row.ref or row.uid,
        client_id=merged.kept_client(session, row.client_id),
        called=parties.called(row),
        pronouns=row.pronouns,
        from_name=where_from(row),
        to_name=where_to(row),
        admitted=row.admitted,
        left_on=row.left_on,
        closed_on=row.closed_on,
        form=form_of(move),
        days=days,
        handoffs=tuple(_handoffs(session, move)),
        steps=tuple(steps_of(session, [transition_id], [row]).get(transition_id, ())),
        clocks=clocks_of(session, days, row.level or ""),
    )


def form_of(move: Transition) -> MoveForm:
    """Return a move as the dialog holds it."""
    days = move.medicine_days
    return MoveForm(
        from_episode_id=move.from_episode_id,
        to_episode_id=move.to_episode_id,
        to_organisation_id=move.to_organisation_id,
        to_words=move.to_words,
        leaves_on=move.leaves_on,
        kind=move.kind,
        medicine_days="" if days is None else str(days),
        medicine_words=move.medicine_words,
        risk_plan=move.risk_plan,
        travel=move.travel,
        belongings=move.belongings,
        school_work=move.school_work,
        phone_rules=move.phone_rules,
        family_plan=move.family_plan,
        part2=move.part2,
        version=move.version,
    )


def _handoffs(session: Session, move: Transition) -> list[HandoffRow]:
    rows = session.scalars(_HANDOFFS, {"ids": listed([move.id])}).all()
    there = transition_release.next_house(session, move)
    receivers = [Receiver(row.to_id, there, row.consent_id, row.to_words) for row in rows]
    today, client = clock.today(session), merged.kept_client(session, move.client_id)
    answers = transition_release.releases(session, client, receivers, today, part2=move.part2)
    return [
        HandoffRow(
            *(row.id, _who(session, row.from_id, row.from_words)),
            *(_who(session, row.to_id, row.to_words), answer, row.call_on),
            *(row.sender_confirmed_on, row.receiver_confirmed_on),
            *(row.records_sent_on, row.records_received_on, row.note, row.ref or row.uid),
        )
        for row, answer in zip(rows, answers, strict=True)
    ]


def _who(session: Session, person_id: int | None, words: str) -> str:
    """Name one end: the words typed, else the person."""
    if words or person_id is None:
        return words
    return parties.of_person(session, person_id).full_name
