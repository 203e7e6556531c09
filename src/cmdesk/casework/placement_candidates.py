"""The programs of a search: what each is known to have, how it came here, and who says what."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, placement_places
from cmdesk.casework.placement_family import Word, told
from cmdesk.casework.placement_places import Known
from cmdesk.models.placement import CandidateAnswer, CandidateMove, PlacementCandidate
from cmdesk.rules.placement import Asked, Met, Need, counted
from cmdesk.rules.placement_draft import CandidateForm
from cmdesk.rules.placement_way import Column, column
from cmdesk.rules.placement_words import Finding, Said, finding

FAR: Final = frozenset({Asked.HOME, Asked.HERE})


@dataclass(frozen=True, slots=True)
class Move:
    """A day on which a candidate came into a state."""

    id: int
    state: str
    moved_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """One program in a search. `findings` stand in the order of the needs."""

    id: int
    known: Known
    form: CandidateForm
    state: str
    since: date | None
    reason: str
    leading: bool
    records_sent_on: date | None
    findings: tuple[Finding, ...]
    answers: tuple[tuple[int, Said], ...]
    moves: tuple[Move, ...]
    client_says: str
    family_says: str
    met: tuple[int, int]

    @property
    def column(self) -> Column:
        return column(self.state)

    @property
    def going(self) -> bool:
        return self.column is not Column.NOT_GOING_AHEAD


def asks_how_far(needs: Iterable[Need]) -> bool:
    return any(need.test is not None and need.test.asked in FAR for need in needs)


def candidates(
    session: Session,
    client_id: int,
    around: str,
    needs: Sequence[Need],
    rows: Sequence[PlacementCandidate],
    words: Sequence[Word],
) -> tuple[Candidate, ...]:
    """Return the programs of these rows; `around` is a ZIP that counts in place of home."""
    houses = {row.organisation_id for row in rows}
    far = asks_how_far(needs)
    known = placement_places.known(session, client_id, houses, far=far, around=around)
    ids, today = [row.id for row in rows], clock.today(session)
    answers, moves = _answers(session, ids), _moves(session, ids)
    return tuple(
        _candidate(
            row,
            known[row.organisation_id],
            tuple(_found(need, row, known[row.organisation_id], answers, today) for need in needs),
            tuple((need, said) for (one, need), said in answers.items() if one == row.id),
            moves.get(row.id, ()),
            needs,
            [word for word in words if word.candidate_id == row.id],
        )
        for row in rows
    )


def _candidate(
    row: PlacementCandidate,
    known: Known,
    findings: tuple[Finding, ...],
    answers: tuple[tuple[int, Said], ...],
    moves: tuple[Move, ...],
    needs: Sequence[Need],
    words: Sequence[Word],
) -> Candidate:
    return Candidate(
        id=row.id,
        known=known,
        form=CandidateForm(
            **{each.name: getattr(row, each.name) for each in fields(CandidateForm)}
        ),
        state=row.state,
        since=row.state_since,
        reason=row.reason,
        leading=row.leading,
        records_sent_on=row.records_sent_on,
        findings=findings,
        answers=answers,
        moves=moves,
        client_says=told(words, theirs=True),
        family_says=told(words, theirs=False),
        met=counted(needs, [each.met for each in findings]),
    )


def _found(
    need: Need,
    row: PlacementCandidate,
    known: Known,
    answers: Mapping[tuple[int, int], Said],
    today: date,
) -> Finding:
    """Match one need. What was quoted for this client goes before the rate of the directory."""
    place, asked = known.place, need.test.asked if need.test else None
    fact = known.facts.get(asked) if asked else None
    if row.quoted_cents is not None and asked is Asked.PRICE:
        place, fact = replace(place, cents=row.quoted_cents, per=row.quoted_per), None
    found = finding(need, place, today, answers.get((row.id, need.id)), fact)
    if row.quoted_cents is not None and asked is Asked.PRICE and not fact and found.words:
        answered = (row.id, need.id) in answers
        return found if answered else replace(found, source="Quoted for this client")
    if asked is Asked.OPENING and found.met is Met.UNKNOWN and not found.words:
        return replace(found, words=row.availability)
    return found


def _answers(session: Session, ids: Sequence[int]) -> dict[tuple[int, int], Said]:
    """Return the newest answer of each candidate to each need."""
    query = select(CandidateAnswer).where(CandidateAnswer.candidate_id.in_(ids))
    ordered = query.order_by(CandidateAnswer.told_on, CandidateAnswer.id)
    return {
        (row.candidate_id, row.need_id): Said(row.words, row.told_by, row.told_on, row.met)
        for row in session.scalars(ordered)
    }


def _moves(session: Session, ids: Sequence[int]) -> dict[int, tuple[Move, ...]]:
    query = select(CandidateMove).where(CandidateMove.candidate_id.in_(ids))
    found: dict[int, tuple[Move, ...]] = {}
    for row in session.scalars(
        query.order_by(CandidateMove.moved_on.desc(), CandidateMove.id.desc())
    ):
        made = Move(row.id, row.state, row.moved_on, row.reason)
        found[row.candidate_id] = (*found.get(row.candidate_id, ()), made)
    return found
