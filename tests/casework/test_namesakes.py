"""Two clients of one name: a year, a place or a month tells them apart, wherever one picks."""

from datetime import date

from cmdesk.casework import clients, contacts, jump, namesakes, quick_log
from cmdesk.casework.clients import ClientDraft
from cmdesk.models.client import Engagement
from cmdesk.store.store import Store
from tests.records import Maya


def add(store: Store, born: date | None) -> int:
    return store.do("Add", clients.add, ClientDraft("Maya", "Brenner", born=born))


def began(store: Store, client: int, day: date) -> None:
    store.do(
        "Since",
        lambda session: setattr(
            session.query(Engagement).filter_by(client_id=client).one(), "began_on", day
        ),
    )


def test_a_name_of_one_s_own_needs_no_more(store: Store, maya: Maya) -> None:
    store.do("Add", clients.add, ClientDraft("Owen", "Brenner"))
    assert store.ask(namesakes.telling) == {}
    assert all(not each.detail for each in store.ask(contacts.all_clients))


def test_year_then_place_then_month_tell_them_apart(store: Store, maya: Maya) -> None:
    year = store.ask(clients.head, maya.client).born
    assert year is not None
    other = add(store, date(year.year + 1, 1, 1))
    assert store.ask(namesakes.telling) == {
        maya.client: f"born {year.year}",
        other: f"born {year.year + 1}",
    }
    third = add(store, year)
    began(store, other, date(2025, 11, 3))
    began(store, third, date(2024, 2, 1))
    told = store.ask(namesakes.telling)
    assert told[maya.client] == "Stillwater Ridge"  # the year is the third one's, too
    assert told[third] == "since February 2024"
    fourth, fifth = add(store, None), add(store, None)
    told = store.ask(namesakes.telling)
    assert told[fourth] == told[fifth] == "since March 2026"  # nothing else is known of either


def test_the_log_and_the_search_tell_them_apart(store: Store, maya: Maya) -> None:
    other = add(store, date(1990, 5, 5))
    picked = {each.key: each.detail for each in store.ask(contacts.all_clients)}
    assert picked[f"c{other}"] == "born 1990"
    assert store.ask(quick_log.known).telling[f"c{other}"] == "born 1990"
    index = store.ask(jump.read)
    found = {hit.id: hit.detail for hit in store.ask(jump.find, index, "maya bren").people}
    assert found[other] == "born 1990 · Client"
    hits = store.ask(jump.find, index, "maya bren").people
    assert {hit.id: hit.telling for hit in hits}[other] == "born 1990"
    assert found[maya.client].startswith("born ")
