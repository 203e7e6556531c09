"""Two entries of one provider become one, and nothing that pointed at either is lost."""

from collections.abc import Callable
from datetime import date
from typing import Any, Final

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    contacts,
    entries,
    merging_candidates,
    provider_facts,
    provider_merging,
    provider_page,
    provider_twins,
    verdicts,
)
from cmdesk.casework.merged import MERGED_PROVIDER
from cmdesk.casework.parties import organisation_key
from cmdesk.errors import Problem
from cmdesk.exchange import providers_csv
from cmdesk.models.base import Base, Record
from cmdesk.models.care import Episode
from cmdesk.models.consent import ConsentRecipient
from cmdesk.models.person import Address, ContactPoint, Person
from cmdesk.models.placement import (
    CandidateAnswer,
    CandidateMove,
    FamilyWord,
    PlacementCandidate,
    PlacementNeed,
    PlacementSearch,
)
from cmdesk.models.provider import Organisation, Professional, ProviderFact, SavedView
from cmdesk.models.task import Task, TaskLink
from cmdesk.rules.provider_check import CheckForm
from cmdesk.store.store import Store
from tests.records import Maya, state

Pair = tuple[int, int]


def test_no_foreign_key_to_a_provider_is_forgotten() -> None:
    known = (*provider_merging.POINTING, *provider_merging.UNITED, *provider_merging.FINAL)
    listed = {(model.__tablename__, column) for model, column in known}
    assert len(listed) == len(known)
    every = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if any(key.column.table.name == "organisation" for key in column.foreign_keys)
    }
    assert listed == every


def add_both(session: Session, client: int) -> Pair:
    gone = Organisation(
        name="Birch House Inc", takes=["medicaid"], treats=["trauma"], website="http://b.example",
        notes="Calls back", mine=False, npi="1234567893", starred=True, wait_days=0,
    )  # fmt: skip
    kept = Organisation(name="Birch House", treats=["alcohol"], notes="Kind", sud_program=False)
    gone.sud_program = True
    session.add_all([gone, kept])
    session.flush()
    for house, phone in ((gone, "(978) 555-0100"), (kept, "978-555-0100")):
        session.add(ContactPoint(organisation_id=house.id, kind="work", value=phone))
        session.add(Address(organisation_id=house.id, street="12 Mill Rd", city="Salem"))
    session.add(ContactPoint(organisation_id=gone.id, kind="fax", value="978-555-0101"))
    session.add(Address(organisation_id=gone.id, street="1 Other St", city="Salem"))
    session.add(Person(given_name="Ann", organisation_id=gone.id))
    session.add(Organisation(name="Birch Annex", parent_id=gone.id))
    session.add(Episode(client_id=client, organisation_id=gone.id))
    session.add(ProviderFact(organisation_id=gone.id, field="wait", told_on=date(2026, 3, 1)))
    return gone.id, kept.id


@pytest.fixture
def pair(store: Store, maya: Maya) -> Pair:
    return store.do("Add", add_both, maya.client)


Read = Callable[[type[Record]], list[dict[str, Any]]]


@pytest.fixture
def read(store: Store) -> Read:
    def rows(session: Session, kind: type[Record]) -> list[dict[str, Any]]:
        found = session.execute(select(*kind.__table__.columns).order_by(kind.id))
        return [dict(row._mapping) for row in found]

    return lambda kind: store.ask(rows, kind)


def test_everything_is_moved_and_filled_and_comes_back(
    store: Store, pair: Pair, read: Read
) -> None:
    gone, kept = pair
    before = state(store)
    store.do("Merge", provider_merging.merge_providers, gone, kept)
    houses = {row["id"]: row for row in read(Organisation)}
    assert gone not in houses
    birch = houses[kept]
    assert (birch["name"], birch["npi"]) == ("Birch House", "1234567893")
    assert (birch["treats"], birch["takes"]) == (["alcohol", "trauma"], ["medicaid"])
    assert (birch["website"], birch["notes"]) == ("http://b.example", "Kind\nCalls back")
    assert (birch["mine"], birch["starred"], birch["sud_program"]) == (True, True, True)
    assert birch["wait_days"] == 0
    assert [row["parent_id"] for row in houses.values() if row["name"] == "Birch Annex"] == [kept]
    points = [row["value"] for row in read(ContactPoint) if row["organisation_id"] == kept]
    assert points == ["978-555-0100", "978-555-0101"]
    places = [row["street"] for row in read(Address) if row["organisation_id"] == kept]
    assert places == ["12 Mill Rd", "1 Other St"]
    assert [row["organisation_id"] for row in read(ProviderFact)] == [kept]
    assert kept in {row["organisation_id"] for row in read(Episode)}
    store.undo()
    assert state(store) == before


def test_consents_and_tasks_name_the_one_kept_once(
    store: Store, maya: Maya, pair: Pair, read: Read
) -> None:
    gone, kept = pair

    def link(session: Session) -> None:
        session.add_all(
            ConsentRecipient(consent_id=maya.consent, organisation_id=house) for house in pair
        )
        task = Task(client_id=maya.client, text="Call Birch House")
        session.add(task)
        session.flush()
        for house in pair:
            session.add(TaskLink(task_id=task.id, organisation_id=house))

    store.do("Link", link)
    store.do("Merge", provider_merging.merge_providers, gone, kept)
    for model in (ConsentRecipient, TaskLink):
        named = [row["organisation_id"] for row in read(model) if row["organisation_id"]]
        assert named == [kept]


def test_a_search_holds_the_provider_once_as_far_as_either_was(
    store: Store, maya: Maya, pair: Pair, read: Read
) -> None:
    gone, kept = pair

    def search(session: Session) -> None:
        made = [PlacementSearch(client_id=maya.client) for _ in range(2)]
        session.add_all(made)
        session.flush()
        needs = [PlacementNeed(search_id=made[0].id, text="Takes Medicaid") for _ in range(2)]
        one = PlacementCandidate(
            search_id=made[0].id, organisation_id=gone, state="accepted", watch_for="Far"
        )
        other = PlacementCandidate(search_id=made[0].id, organisation_id=kept, state="contacted")
        alone = PlacementCandidate(search_id=made[1].id, organisation_id=gone)
        session.add_all([*needs, one, other, alone])
        session.flush()
        session.add_all(
            [
                CandidateAnswer(candidate_id=one.id, need_id=needs[0].id, met="yes"),
                CandidateAnswer(candidate_id=one.id, need_id=needs[1].id, met="no", words="No"),
                CandidateAnswer(candidate_id=other.id, need_id=needs[1].id),
                CandidateAnswer(
                    candidate_id=other.id, need_id=needs[0].id, met="no", told_on=date(2026, 3, 2)
                ),
                CandidateMove(candidate_id=one.id, state="accepted", moved_on=date(2026, 3, 1)),
                FamilyWord(search_id=made[0].id, candidate_id=one.id, words="He would go there"),
            ]
        )

    store.do("Search", search)
    store.do("Merge", provider_merging.merge_providers, gone, kept)
    candidates = read(PlacementCandidate)
    assert [row["organisation_id"] for row in candidates] == [kept, kept]
    assert (candidates[0]["state"], candidates[0]["watch_for"]) == ("accepted", "Far")
    answers = [(row["candidate_id"], row["met"]) for row in read(CandidateAnswer)]
    own = candidates[0]["id"]
    assert answers == [(own, "yes"), (own, "no"), (own, "no")]
    assert [row["candidate_id"] for row in read(CandidateMove)] == [own]
    words = [(row["candidate_id"], row["words"]) for row in read(FamilyWord)]
    assert words == [(own, "He would go there")]


def test_all_that_points_at_a_candidate_moves_and_an_ended_twin_ends_nothing(
    store: Store, maya: Maya, pair: Pair, read: Read
) -> None:
    every = {
        table.name
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column.table.name == PlacementCandidate.__tablename__
    }
    assert {model.__tablename__ for model in merging_candidates.POINTING} == every
    gone, kept = pair

    def search(session: Session) -> None:
        made = PlacementSearch(client_id=maya.client)
        session.add(made)
        session.flush()
        for house, way in ((gone, "closed"), (kept, "scheduled")):
            session.add(PlacementCandidate(search_id=made.id, organisation_id=house, state=way))

    store.do("Search", search)
    before = state(store)
    store.do("Merge", provider_merging.merge_providers, gone, kept)
    assert [row["state"] for row in read(PlacementCandidate)] == ["scheduled"]
    with pytest.raises(Problem, match="no longer there"):
        store.do("Apart", provider_twins.tell_apart, gone, kept)
    store.undo()
    assert state(store) == before


def marks_of(session: Session, number: int) -> list[dict[str, str]]:
    return [dict(each.marks) for _, _, each in verdicts.for_rules(session, [number])]


def test_marks_stay_narrow_and_what_is_final_keeps_the_entry_out_of_sight(
    store: Store, maya: Maya, pair: Pair, read: Read
) -> None:
    gone, kept = pair
    number = maya.entry
    store.do("Mark", entries.choose, number, organisation_key(gone), "keep_back")
    store.do("Merge", provider_merging.merge_providers, gone, kept)
    marks = store.ask(marks_of, number)
    assert marks[0][organisation_key(kept)] == "keep_back"
    left = next(row for row in read(Organisation) if row["id"] == gone)
    assert (left["kind"], left["parent_id"], left["mine"]) == (MERGED_PROVIDER, kept, False)
    with pytest.raises(Problem, match="same provider already"):
        store.do("Merge", provider_merging.merge_providers, gone, kept)
    with pytest.raises(Problem, match="no longer there"):
        store.do("Merge", provider_merging.merge_providers, 999_999, kept)


TWO: Final = (
    "name1,street1,city,state,zip,phone,service_code_info,website\n"
    "Elm Center,12 Elm Street,Troy,NY,12180,518-555-0100,SA,\n"
    "The Elm Center Inc,12 Elm St,Troy,NY,12180,518-555-0100,SA*MD,{site}\n"
    "Elm Center,99 Oak Street,Troy,NY,12180,518-555-0100,SA,\n"
    "Elm Center West,1 Far Road,Rye,NY,10580,518-555-0100,SA,\n"
)


def test_twins_are_proposed_merged_and_not_brought_back_by_a_later_edition(
    store: Store, read: Read
) -> None:
    data = TWO.format(site="").encode()
    store.do("Import", providers_csv.bring_in, data)
    found = store.ask(provider_twins.proposed)
    assert found.total == 1
    twins = found.shown[0]
    assert (twins.one.name, twins.other.name) == ("Elm Center", "The Elm Center Inc")
    assert twins.why == ("name", "phone", "address")
    assert twins.one.place == "12 Elm Street, Troy, NY 12180"
    store.do("Apart", provider_twins.tell_apart, twins.other.id, twins.one.id)
    store.do("Apart", provider_twins.tell_apart, twins.one.id, twins.other.id)
    kept = read(SavedView)[0]
    assert (kept["name"], kept["chosen"]) == (
        provider_twins.NAME, {"apart": [sorted((twins.one.uid, twins.other.uid))]},
    )  # fmt: skip
    assert store.ask(provider_twins.proposed).total == 0
    store.undo()
    assert store.ask(provider_twins.proposed, [twins.one.id]).total == 1
    assert store.ask(provider_twins.proposed, [999_999]).total == 0
    beside = store.ask(provider_twins.beside, twins.other.id)
    assert [(each.one.id, each.other.id) for each in beside.shown] == [
        (twins.one.id, twins.other.id)
    ]
    assert store.ask(provider_twins.beside, 4).total == 0  # Elm Center West, alone in its ZIP
    store.do("Merge", provider_merging.merge_providers, twins.other.id, twins.one.id)
    assert store.ask(provider_twins.proposed).total == 0
    again = store.do("Import", providers_csv.bring_in, data)
    assert (again.added, again.updated, again.unchanged) == (0, 0, 4)
    later = TWO.format(site="http://elm.example").encode()
    result = store.do("Import", providers_csv.bring_in, later)
    assert (result.added, result.updated, result.skipped) == (0, 1, ())
    assert read(Organisation)[0]["website"] == "http://elm.example"
    assert store.do("Import", providers_csv.bring_in, later).unchanged == 4


def test_names_alone_are_enough_where_nothing_speaks_against_it(store: Store) -> None:
    def add(session: Session) -> None:
        session.add_all([Organisation(name="Oak House"), Organisation(name="OAK HOUSE, LLC")])
        session.add_all([Organisation(name="Ash House 1"), Organisation(name="Ash House 2")])
        session.add_all(Organisation(name="Crowd") for _ in range(provider_twins.CROWD + 1))

    store.do("Add", add)
    assert [each.why for each in store.ask(provider_twins.proposed).shown] == [("name",)]


def test_ones_own_are_found_before_a_national_list(store: Store) -> None:
    def add(session: Session) -> None:
        known, listed = Person(given_name="Zoe", family_name="Zull"), Person(given_name="Zoe")
        session.add_all([known, listed, Organisation(name="Ash A", mine=False)])
        session.add(Organisation(name="Ash Z"))
        session.flush()
        session.add(Professional(person_id=listed.id, role="therapist", mine=False))

    store.do("Add", add)
    assert [each.name for each in store.ask(contacts.organisations, "Ash")] == ["Ash Z", "Ash A"]
    assert [each.name for each in store.ask(contacts.people, "Zoe")] == ["Zoe Zull", "Zoe"]


def test_a_nought_or_a_no_of_the_one_kept_is_known(store: Store) -> None:
    def both(session: Session) -> Pair:
        gone = Organisation(
            name="Birch House Inc", wait_days=30, openings=2, capacity=8, detox_on_site=True,
            my_rating=5, private_pay_cents=300_000, private_pay_per="month", latitude=42.5,
            longitude=-70.9,
        )  # fmt: skip
        kept = Organisation(
            name="Birch House", wait_days=0, openings=0, capacity=0, detox_on_site=False,
            my_rating=0, private_pay_cents=0, private_pay_per="day",
        )  # fmt: skip
        session.add_all([gone, kept])
        session.flush()
        return gone.id, kept.id

    gone, kept = store.do("Add", both)
    store.do("Merge", provider_merging.merge_providers, gone, kept)

    def read(session: Session) -> tuple[object, ...]:
        row = session.get_one(Organisation, kept)
        told = row.wait_days, row.openings, row.capacity, row.detox_on_site, row.my_rating
        return *told, row.private_pay_cents, row.private_pay_per, row.latitude, row.longitude

    assert store.ask(read) == (0, 0, 0, False, 0, 0, "day", 42.5, -70.9)


def test_what_was_told_last_stands_with_its_day(store: Store) -> None:
    """The newest fact dates the list: what it said must stand there, and not an older answer."""

    def both(session: Session) -> Pair:
        pair = gone, kept = Organisation(name="Birch House Inc"), Organisation(name="Birch House")
        session.add_all(pair)
        session.flush()
        return gone.id, kept.id

    gone, kept = store.do("Add", both)
    early, late = date(2026, 1, 5), date(2026, 3, 6)
    check = provider_facts.check
    store.do("Ask", check, kept, CheckForm("no wait", "$100 a day", told_on=early))
    store.do("Ask", check, gone, CheckForm("6 weeks", needs="TB test", told_on=late))
    store.do("Merge", provider_merging.merge_providers, gone, kept)

    def read(session: Session) -> tuple[object, ...]:
        row = session.get_one(Organisation, kept)
        return row.wait, row.wait_days, row.private_pay_cents, row.needs, row.verified_on

    assert store.ask(read) == ("6 weeks", 42, 10_000, "TB test", late)
    assert store.ask(provider_page.page, kept).facts["wait"].words == "6 weeks"
    store.undo()
    assert store.ask(read) == ("no wait", 0, 10_000, "", early)
    store.redo()
    assert store.ask(read) == ("6 weeks", 42, 10_000, "TB test", late)
