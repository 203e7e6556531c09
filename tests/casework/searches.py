"""A search for Maya, as the tests of placements begin with."""

from datetime import date

from sqlalchemy.orm import Session

from cmdesk.casework import placement_writes as writes
from cmdesk.casework import placements
from cmdesk.casework.placement_candidates import Candidate
from cmdesk.casework.placements import Board
from cmdesk.models.person import Address
from cmdesk.models.provider import Organisation
from cmdesk.rules.placement_draft import SearchForm
from cmdesk.store.store import Store
from tests.records import Maya

SCHOOL = SearchForm(
    "Therapeutic boarding school",
    by_on=date(2026, 4, 2),
    budget_cents=1_100_000,
    part2="no",
)


def begun(store: Store, maya: Maya, form: SearchForm = SCHOOL) -> int:
    return store.do("Begin", writes.begin, maya.client, form)


def program(store: Store, name: str = "Fernbrook", **columns: object) -> int:
    """Keep a program of a directory, in Vermont."""

    def keep(session: Session) -> int:
        house = Organisation(name=name, mine=False, **columns)
        session.add(house)
        session.flush()
        session.add(Address(organisation_id=house.id, city="Stowe", state="VT"))
        return house.id

    return store.do("Program", keep)


def looked_at(store: Store, search: int) -> Board:
    return store.ask(placements.board, search)


def the_one(store: Store, search: int, candidate: int) -> Candidate:
    found = looked_at(store, search).candidate(candidate)
    assert found is not None
    return found
