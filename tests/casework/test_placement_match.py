"""The directory against a client's needs: one's own first, what each lacks and what to ask."""

from dataclasses import replace

from sqlalchemy.orm import Session

from cmdesk.casework import placement_match, placement_part2
from cmdesk.casework import placement_writes as writes
from cmdesk.models.care import Episode
from cmdesk.models.person import Address
from cmdesk.models.provider import Organisation
from cmdesk.rules.placement import Asked, Match, Need
from cmdesk.store.store import Store
from tests.casework.searches import SCHOOL, begun, looked_at, program
from tests.records import MONDAY, Maya


def needing(store: Store, maya: Maya, *needs: Need) -> int:
    search = begun(store, maya, replace(SCHOOL, by_on=None, budget_cents=None))
    store.do("Save", writes.save, search, looked_at(store, search).form, needs)
    return search


REFUSAL = Need(0, "Treats school refusal", weight=3, test=Match(Asked.TREATS, ("school_refusal",)))
TEENS = Need(0, "Takes teens", test=Match(Asked.AGE, ("teen",)))
PRICE = Need(0, "Under $11,000", test=Match(Asked.PRICE, most=1_100_000))
STATE = Need(0, "In VT", must=False, test=Match(Asked.STATE, ("VT",)))


def test_ones_own_come_first_and_each_says_what_it_lacks(store: Store, maya: Maya) -> None:
    search = needing(store, maya, REFUSAL, TEENS, PRICE, STATE)
    good = program(
        store, "Aspen", treats=["school_refusal"], age_groups=["teen"],
        private_pay_cents=900_000, private_pay_per="month",
    )  # fmt: skip
    adults = program(store, "Birch", age_groups=["adult"])
    answer = store.ask(placement_match.find, search)
    assert [each.name for each in answer.found] == ["Stillwater Ridge", "Aspen", "Birch"]
    still, first, second = answer.found
    assert still.mine
    assert (first.lacks, first.to_ask, first.where) == ((), (), "Stowe, VT")
    assert second.lacks == ("Takes teens",)
    assert second.to_ask == ("Treats school refusal", "Under $11,000")
    fits = store.ask(placement_match.find, search, fits=True)
    assert adults not in {each.id for each in fits.found}
    assert good in {each.id for each in fits.found}
    assert store.ask(placement_match.fitting, search) == {each.id for each in fits.found}
    store.do("Add", writes.add, search, good)
    assert store.ask(placement_match.find, search, "stowe asp").found[0].candidate
    assert store.ask(placement_match.find, search, "nowhere").total == 0


def test_without_needs_all_are_alike(store: Store, maya: Maya) -> None:
    search = needing(store, maya)
    program(store, "Aspen")
    assert [each.fits for each in store.ask(placement_match.find, search).found] == [True, True]


def test_how_far_counts_from_home_and_from_where_they_are(store: Store, maya: Maya) -> None:
    near = Need(0, "Within 60 miles of home", test=Match(Asked.HOME, most=60))
    here = Need(0, "Within 60 miles of where they are", test=Match(Asked.HERE, most=60))
    search = needing(store, maya, near, here)

    def move(session: Session) -> None:
        own = looked_at(store, search).person_id
        session.add(Address(person_id=own, zip="11201"))
        house = session.get_one(Organisation, maya.still)
        house.latitude, house.longitude = 41.75, -73.19  # Litchfield
        session.get_one(Episode, maya.episode).admitted = MONDAY

    store.do("Move", move)
    nyack = program(store, "Meadowlark")
    store.do(
        "Town",
        lambda session: session.add(Address(organisation_id=nyack, zip="10960", city="Nyack")),
    )
    nobody = program(store, "Nowhere")
    found = {each.id: each for each in store.ask(placement_match.find, search).found}
    assert found[nyack].lacks == ()
    assert found[maya.still].lacks == ("Within 60 miles of home",)
    assert found[nobody].to_ask == (near.text, here.text)


def test_a_search_is_protected_unless_every_stay_says_no(store: Store, maya: Maya) -> None:
    def mark(part2: str) -> str:
        def put(session: Session) -> None:
            session.get_one(Episode, maya.episode).part2 = part2

        store.do("Mark", put)
        return store.ask(placement_part2.proposed, maya.client)

    assert [mark(each) for each in ("yes", "no", "unknown")] == ["yes", "no", "unknown"]
