"""What is done in a search: begun, asked, moved, starred, answered. All of it can be undone."""

from collections.abc import Mapping, Sequence
from dataclasses import fields

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, placement_records, placements
from cmdesk.casework import placement_rows as rows
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.placement import (
    CandidateAnswer,
    CandidateMove,
    FamilyWord,
    PlacementCandidate,
    PlacementNeed,
    PlacementSearch,
)
from cmdesk.models.provider import Organisation
from cmdesk.rules import placement_draft as rules
from cmdesk.rules import placement_way as way
from cmdesk.rules.placement import Met, Need, plain
from cmdesk.rules.placement_draft import AnswerForm, CandidateForm, SearchForm
from cmdesk.rules.placement_way import MoveForm
from cmdesk.rules.provider_codes import ReferralState


def begin(session: Session, client_id: int, form: SearchForm, draft_key: str = "") -> int:
    """Begin a search; the lines it may not cross become its first must-haves."""
    rows.refuse(rules.search_faults(form))
    stored(session, Client, client_id, "client")
    row = PlacementSearch(client_id=client_id)
    rows.write(row, form, ("levels",))
    session.add(row)
    session.flush()
    _put_needs(session, row.id, rules.from_lines(form))
    rows.throw(session, draft_key)
    return row.id


def save(
    session: Session,
    search_id: int,
    form: SearchForm,
    needs: Sequence[Need],
    draft_key: str = "",
) -> None:
    """Keep what is looked for and the must-haves, in this order; a need taken out is gone."""
    rows.refuse(rules.search_faults(form))
    row = rows.search(session, search_id)
    needs = rules.lines_followed(needs, placements.search_form(row), form)
    rows.refuse(rules.need_faults(needs))
    refuse_changed(row.version, form.version, "search")
    rows.write(row, form, ("levels",))
    _put_needs(session, search_id, needs)
    rows.throw(session, draft_key)


def _put_needs(session: Session, search_id: int, needs: Sequence[Need]) -> None:
    query = select(PlacementNeed).where(PlacementNeed.search_id == search_id)
    there = {row.id: row for row in session.scalars(query)}
    for position, need in enumerate(needs):
        row = there.pop(need.id, None) or PlacementNeed(search_id=search_id, text="")
        if row.id and _asks_else(row, need):
            _ask_anew(session, row.id)
        row.position, row.text, row.must = position, need.text.strip(), need.must
        row.weight, row.test, row.question = need.weight, plain(need.test), need.question.strip()
        session.add(row)
    for gone in there.values():
        session.execute(delete(CandidateAnswer).where(CandidateAnswer.need_id == gone.id))
        session.delete(gone)
    session.flush()


def _asks_else(row: PlacementNeed, need: Need) -> bool:
    """Whether what was answered so far was an answer to something else."""
    was, now = (row.text, row.test), (need.text.strip(), plain(need.test))
    return was != now and bool(was[1] or now[1])


def _ask_anew(session: Session, need_id: int) -> None:
    """Keep the words of the answers to a need that changed; whether it is met is to be asked."""
    query = select(CandidateAnswer).where(CandidateAnswer.need_id == need_id)
    for told in session.scalars(query).all():
        told.met = Met.UNKNOWN.value
        if not told.words:
            session.delete(told)


def add(session: Session, search_id: int, organisation_id: int) -> int:
    """Take a program into a search, thought of and not asked yet; it is one’s own from now on."""
    rows.search(session, search_id)
    house = stored(session, Organisation, organisation_id, "program")
    there = select(PlacementCandidate.id).where(
        PlacementCandidate.search_id == search_id,
        PlacementCandidate.organisation_id == organisation_id,
    )
    if session.scalar(there) is not None:
        raise Problem(f"{house.name} is in this search already.", "Choose another program.")
    of_search = PlacementCandidate.search_id == search_id
    last = session.scalar(select(func.max(PlacementCandidate.position)).where(of_search))
    row = PlacementCandidate(
        search_id=search_id,
        organisation_id=organisation_id,
        position=0 if last is None else last + 1,
        state=ReferralState.CONSIDERED.value,
        state_since=clock.today(session),
    )
    house.mine = True
    session.add(row)
    session.flush()
    _note(session, row, MoveForm(row.state, row.state_since))
    return row.id


def move(session: Session, candidate_id: int, form: MoveForm, draft_key: str = "") -> None:
    """Note that a candidate came into a state on a day.

    Records go only where a valid consent names the program: raises NoRelease otherwise. That they
    went stands in the accounting for good: such a move can't be undone. A step back to before they
    went takes them back there.
    """
    rows.refuse(way.move_faults(form, clock.today(session)))
    row = rows.candidate(session, candidate_id)
    if ReferralState(form.state) is ReferralState.PACKET_SENT:
        placement_records.send(session, row, form.moved_on or clock.today(session))
    _note(session, row, form)
    newest = session.scalars(
        select(CandidateMove)
        .where(CandidateMove.candidate_id == candidate_id, CandidateMove.entry_id.is_(None))
        .order_by(CandidateMove.moved_on.desc(), CandidateMove.id.desc())
        .limit(1)
    ).one()
    if way.recalled(row.state, newest.state):
        placement_records.recall(session, row)
    row.state, row.state_since, row.reason = newest.state, newest.moved_on, newest.reason
    session.flush()
    rows.throw(session, draft_key)


def _note(session: Session, row: PlacementCandidate, form: MoveForm) -> None:
    session.add(
        CandidateMove(
            candidate_id=row.id,
            state=form.state,
            moved_on=form.moved_on,
            reason=form.reason.strip(),
        )
    )
    session.flush()


def star(session: Session, candidate_id: int, *, leading: bool = True) -> None:
    """Let a candidate lead its search, alone; or no longer."""
    row = rows.candidate(session, candidate_id)
    others = select(PlacementCandidate).where(PlacementCandidate.search_id == row.search_id)
    for other in session.scalars(others):
        other.leading = leading and other.id == candidate_id
    session.flush()


def save_candidate(
    session: Session, candidate_id: int, form: CandidateForm, draft_key: str = ""
) -> None:
    """Keep what is noted of a program for this client."""
    rows.refuse(rules.candidate_faults(form))
    row = rows.candidate(session, candidate_id)
    refuse_changed(row.version, form.version)
    rows.write(row, form)
    session.flush()
    rows.throw(session, draft_key)


def answer(session: Session, candidate_id: int, answers: Mapping[int, AnswerForm]) -> None:
    """Keep what was said of some needs, by their numbers; one that says nothing is taken away."""
    today = clock.today(session)
    rows.candidate(session, candidate_id)
    for need_id, form in answers.items():
        rows.refuse(rules.answer_faults(form, today))
        own = (
            CandidateAnswer.candidate_id == candidate_id,
            CandidateAnswer.need_id == need_id,
        )
        if not form.words.strip() and Met(form.met) is Met.UNKNOWN:
            session.execute(delete(CandidateAnswer).where(*own))
            continue
        same = select(CandidateAnswer).where(*own, CandidateAnswer.told_on == form.told_on)
        row = session.scalars(same.limit(1)).first()
        if row is None:
            row = CandidateAnswer(candidate_id=candidate_id, need_id=need_id)
            session.add(row)
        copy_typed(form, [each.name for each in fields(AnswerForm)], row)
    session.flush()


def take_out(session: Session, candidate_id: int) -> None:
    """Take a program out of a search, as one added by mistake. Undo brings all of it back."""
    row = rows.candidate(session, candidate_id)
    _clear(session, candidate_id)
    session.delete(row)
    session.flush()


def _clear(session: Session, candidate_id: int) -> None:
    for model in (CandidateAnswer, CandidateMove, FamilyWord):
        for part in session.scalars(select(model).where(model.candidate_id == candidate_id)).all():
            session.delete(part)
    session.flush()


def close(session: Session, search_id: int, *, closed: bool = True) -> None:
    """End a search, or take it up again."""
    row = rows.search(session, search_id)
    row.closed_on = clock.today(session) if closed else None
    session.flush()


def take_away(session: Session, search_id: int) -> None:
    """Take a whole search away, as one begun by mistake. Undo brings all of it back."""
    row = rows.search(session, search_id)
    of_search = select(PlacementCandidate).where(PlacementCandidate.search_id == search_id)
    for each in session.scalars(of_search).all():
        _clear(session, each.id)
        session.delete(each)
    session.flush()
    for model in (PlacementNeed, FamilyWord):
        for part in session.scalars(select(model).where(model.search_id == search_id)).all():
            session.delete(part)
    session.flush()
    session.delete(row)
    session.flush()


def keep(
    session: Session,
    candidate_id: int,
    form: CandidateForm,
    answers: Mapping[int, AnswerForm],
    draft_key: str = "",
) -> None:
    """Keep a program with what it answered, in one step."""
    save_candidate(session, candidate_id, form)
    answer(session, candidate_id, answers)
    rows.throw(session, draft_key)
