"""Who is meant by what was typed: a ref, a uid, a name; several are told with their refs."""

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework import parties
from cmdesk.errors import Problem
from cmdesk.models.client import Client
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation
from cmdesk.store.store import Store
from tests.records import Maya, settle


def add(store: Store, *rows: Person | Organisation) -> None:
    store.do("Add", lambda session: session.add_all(rows))


@pytest.mark.parametrize("who", ["c-maya", "Maya Brenner", " maya  BRENNER ", "Maya"])
def test_client_by_ref_or_name(store: Store, maya: Maya, who: str) -> None:
    assert store.ask(parties.client_by_name, who) == maya.client


def test_client_by_uid(store: Store, maya: Maya) -> None:
    uid = store.ask(lambda session: session.get_one(Client, maya.client).uid)
    assert store.ask(parties.client_by_name, uid) == maya.client


def test_client_by_preferred_name(store: Store) -> None:
    maya = settle(store, lambda p: p["clients"][0].update(preferred_name="May"))
    assert store.ask(parties.client_by_name, "may") == maya.client
    assert store.ask(parties.client_by_name, "May Brenner") == maya.client
    assert store.ask(parties.client_by_name, "Maya Brenner") == maya.client


@pytest.mark.parametrize("who", ["Diane", "Brenner", "", "%", "May_"])
def test_no_such_client(store: Store, maya: Maya, who: str) -> None:
    with pytest.raises(Problem, match="There is no client"):
        store.ask(parties.client_by_name, who)


def test_two_clients_of_one_name_are_told_apart_by_ref(store: Store) -> None:
    other = {"ref": "c-maya-2", "given_name": "Maya", "family_name": "Lindqvist"}
    maya = settle(store, lambda p: p["clients"].append(other))
    with pytest.raises(Problem, match="could mean several: c-maya, c-maya-2"):
        store.ask(parties.client_by_name, "maya")
    assert store.ask(parties.client_by_name, "Maya Brenner") == maya.client
    assert store.ask(parties.client_by_name, "c-maya-2") != maya.client


def test_ref_goes_before_name(store: Store) -> None:
    other = {"ref": "Maya", "given_name": "Ana"}
    maya = settle(store, lambda p: p["clients"].append(other))
    assert store.ask(parties.client_by_name, "Maya") != maya.client


@pytest.mark.parametrize("who", ["p-diane", "Diane", "diane brenner"])
def test_person(store: Store, maya: Maya, who: str) -> None:
    found = store.ask(parties.party_by_name, who)
    assert found == maya.diane
    assert (found.full_name, found.language, found.organisation) == ("Diane Brenner", "en", "")


@pytest.mark.parametrize("who", ["o-still", "Stillwater Ridge", "STILLWATER ridge"])
def test_organisation(store: Store, maya: Maya, who: str) -> None:
    found = store.ask(parties.party_by_name, who)
    assert (found.key, found.organisation_id) == (f"o{maya.still}", maya.still)
    assert (found.called, found.full_name, found.person_id) == (
        "Stillwater Ridge",
        "Stillwater Ridge",
        None,
    )


def test_uid_of_a_person(store: Store, maya: Maya) -> None:
    uid = store.ask(lambda session: session.get_one(Person, maya.tess.person_id).uid)
    assert store.ask(parties.party_by_name, uid) == maya.tess
    assert maya.tess.organisation == "Stillwater Ridge"


@pytest.mark.parametrize("who", ["Nobody", "%", "Stillwater_Ridge", "Stillwater%", ""])
def test_no_such_person(store: Store, maya: Maya, who: str) -> None:
    with pytest.raises(Problem, match="There is no person"):
        store.ask(parties.party_by_name, who)


def test_names_beyond_english_are_found_in_any_case(store: Store, maya: Maya) -> None:
    add(store, Organisation(ref="o-e", name="École Élan"), Person(ref="p-e", given_name="Édith"))
    assert store.ask(parties.party_by_name, "école élan").ref == "o-e"
    assert store.ask(parties.party_by_name, "ÉDITH").ref == "p-e"


def test_several_persons(store: Store, maya: Maya) -> None:
    add(store, Person(ref="p-diane-2", given_name="Diane"), Organisation(ref="o-d", name="diane"))
    with pytest.raises(Problem, match="could mean several: o-d, p-diane, p-diane-2"):
        store.ask(parties.party_by_name, "Diane")


def test_person_with_a_family_name_only(store: Store, maya: Maya) -> None:
    add(store, Person(ref="p-park", family_name="Park"))
    found = store.ask(parties.party_by_name, "park")
    assert (found.called, found.full_name) == ("Park", "Park")


def test_person_with_a_preferred_name_only(store: Store, maya: Maya) -> None:
    add(store, Person(ref="p-jo", preferred_name="Jo"))
    found = store.ask(parties.party_by_name, "jo")
    assert (found.called, found.full_name) == ("Jo", "Jo")


def test_those_who_are_gone(store: Store) -> None:
    with pytest.raises(Problem, match="person is no longer there"):
        store.ask(parties.of_person, 1)
    with pytest.raises(Problem, match="organisation is no longer there"):
        store.ask(parties.of_organisation, 1)


def test_row_without_a_ref_is_known_by_its_uid(store: Store, maya: Maya) -> None:
    def add_one(session: Session) -> tuple[str, str]:
        row = Person(given_name="Rob")
        session.add(row)
        session.flush()
        return parties.outside_name(row), row.uid

    name, uid = store.do("Add", add_one)
    assert name == uid


def test_every_word_that_names_someone(store: Store, maya: Maya) -> None:
    add(store, Person(given_name="Mary Ann", middle_name="Lee", preferred_name="Molly"))
    words = {"Maya", "Brenner", "Diane", "Tess", "Holloway", "Mary", "Ann", "Lee", "Molly"}
    assert store.ask(parties.known_names) == words
