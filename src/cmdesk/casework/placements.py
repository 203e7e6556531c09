"""Searches for the right place: who is looked for, who was asked, how far, and who says what."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, merged
from cmdesk.casework.parties import name_of
from cmdesk.casework.placement_candidates import Candidate, candidates
from cmdesk.casework.placement_family import Word, words_of
from cmdesk.casework.stored import stored
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.placement import PlacementCandidate, PlacementNeed, PlacementSearch
from cmdesk.rules.people import Name
from cmdesk.rules.placement import Need, read
from cmdesk.rules.placement_draft import DecisionForm, SearchForm
from cmdesk.rules.placement_way import Column, column


@dataclass(frozen=True, slots=True)
class SearchRow:
    """A search in the list of all: whose it is, what for, and how many are in the running."""

    id: int
    client_id: int
    name: Name
    looking_for: str
    by_on: date | None
    going: int
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """All of one search. Candidates stand in the order in which they were added."""

    id: int
    client_id: int
    person_id: int
    name: Name
    form: SearchForm
    needs: tuple[Need, ...]
    candidates: tuple[Candidate, ...]
    words: tuple[Word, ...]
    decision: DecisionForm
    conflict_statement: str
    conflict_stated_on: date | None
    closed_on: date | None

    def candidate(self, number: int) -> Candidate | None:
        return next((each for each in self.candidates if each.id == number), None)


def searches(session: Session, *, closed: bool = False) -> list[SearchRow]:
    """Return the searches under way, the one whose day is nearest first; or those that are over."""
    over = PlacementSearch.closed_on.is_not(None)
    query = (
        select(PlacementSearch, Person)
        .join(Client, Client.id == PlacementSearch.client_id)
        .join(Person, Person.id == Client.person_id)
        .where(over if closed else ~over)
    )
    found = session.execute(query.order_by(PlacementSearch.by_on.nulls_last(), PlacementSearch.id))
    rows = found.all()
    going = _going(session, [search.id for search, _ in rows])
    return [
        SearchRow(
            search.id,
            search.client_id,
            name_of(person),
            search.looking_for,
            search.by_on,
            going.get(search.id, 0),
            search.closed_on,
        )
        for search, person in rows
    ]


def _going(session: Session, ids: Sequence[int]) -> dict[int, int]:
    """Count the candidates of each search that are still in the running."""
    query = select(PlacementCandidate.search_id, PlacementCandidate.state).where(
        PlacementCandidate.search_id.in_(ids)
    )
    found: dict[int, int] = {}
    for search, state in session.execute(query):
        going = column(state) is not Column.NOT_GOING_AHEAD
        found[search] = found.get(search, 0) + going
    return found


def counts(session: Session) -> tuple[int, int]:
    """Count the searches with a step that is late, and the other ones under way."""
    today = clock.today(session)
    late = select(PlacementCandidate.search_id).where(PlacementCandidate.next_on < today).distinct()
    open_ones = PlacementSearch.closed_on.is_(None)
    query = select(func.count()).select_from(PlacementSearch).where(open_ones)
    some = session.scalar(query.where(PlacementSearch.id.in_(late))) or 0
    return some, (session.scalar(query) or 0) - some


def of_client(session: Session, client_id: int) -> int | None:
    """Return the search of a client that is under way, else the last one; None without any."""
    query = select(PlacementSearch.id).where(
        PlacementSearch.client_id.in_(merged.own_ids(session, client_id))
    )
    over = PlacementSearch.closed_on.is_not(None)
    return session.scalar(query.order_by(over, PlacementSearch.id.desc()).limit(1))


def board(session: Session, search_id: int) -> Board:
    """Return a search with all that is known of its candidates. Raises Problem if it is gone."""
    search = stored(session, PlacementSearch, search_id, "search")
    client = session.get_one(Client, search.client_id)
    person = session.get_one(Person, client.person_id)
    needs = needs_of(session, search_id)
    rows = session.scalars(
        select(PlacementCandidate)
        .where(PlacementCandidate.search_id == search_id)
        .order_by(PlacementCandidate.position, PlacementCandidate.id)
    ).all()
    words = words_of(session, search_id, client.person_id)
    return Board(
        id=search.id,
        client_id=search.client_id,
        person_id=client.person_id,
        name=name_of(person),
        form=search_form(search),
        needs=needs,
        candidates=candidates(session, search.client_id, search.around_zip, needs, rows, words),
        words=words,
        decision=decision_form(search),
        conflict_statement=search.conflict_statement,
        conflict_stated_on=search.conflict_stated_on,
        closed_on=search.closed_on,
    )


def search_form(search: PlacementSearch) -> SearchForm:
    """Return a search as its dialog holds it."""
    kept: dict[str, Any] = {each.name: getattr(search, each.name) for each in fields(SearchForm)}
    kept["levels"] = tuple(search.levels)
    return SearchForm(**kept)


def decision_form(search: PlacementSearch) -> DecisionForm:
    return DecisionForm(**{each.name: getattr(search, each.name) for each in fields(DecisionForm)})


def needs_of(session: Session, search_id: int) -> tuple[Need, ...]:
    """Return what the place must have, must-haves first, each in the user’s order."""
    query = select(PlacementNeed).where(PlacementNeed.search_id == search_id)
    rows = session.scalars(query.order_by(PlacementNeed.position, PlacementNeed.id)).all()
    made = [
        Need(row.id, row.text, row.must, row.weight, read(row.test), row.question) for row in rows
    ]
    return tuple(sorted(made, key=lambda need: not need.must))
