"""A list that is kept up shows what one read anew would, whatever was written or taken back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from cmdesk.casework import provider_edit, provider_facts, provider_index, provider_merging
from cmdesk.casework.provider_index import Index
from cmdesk.models.person import Address, Person
from cmdesk.models.provider import Organisation
from cmdesk.rules.provider_draft import ProfessionalForm, ProgramForm
from cmdesk.store.journal import Change
from cmdesk.store.store import Store

BIRCH = ProgramForm("Birch House", website="http://b.example", notes="Kind")
SALEM = replace(BIRCH, city="Salem", state="MA", zip="01970")


class Shelf:
    """An index that is revised with each change, as the window keeps it."""

    def __init__(self, store: Store) -> None:
        self.store, self.index = store, store.ask(provider_index.build)
        store.listeners.append(self.take)

    def take(self, change: Change) -> None:
        self.index = self.store.ask(provider_index.revised, self.index, change.rows)

    def is_right(self) -> bool:
        return plain(self.index) == plain(self.store.ask(provider_index.build))


def plain(index: Index) -> object:
    return index.listed, {each.id: index.words[each.id] for each in index.listed}


def holds(store: Store, shelf: Shelf, act: Callable[[], Any]) -> None:
    """See that the list is right after an act, and after it was taken back and done again."""
    act()
    assert shelf.is_right()
    for turn in (store.undo, store.redo, store.undo):
        turn()
        assert shelf.is_right()


def somebody(store: Store) -> int:
    def add(session: Session) -> int:
        person = Person(given_name="Ana", family_name="Ruiz")
        session.add(person)
        session.flush()
        return person.id

    return store.do("Person", add)


def program(store: Store, form: ProgramForm = BIRCH) -> int:
    return store.do("Add", provider_edit.save, form)


def test_nobody_stays_listed_whose_work_was_taken_back(store: Store) -> None:
    shelf, person = Shelf(store), somebody(store)
    form = ProfessionalForm("Ana", "Ruiz", person_id=person)
    holds(store, shelf, lambda: store.do("Add", provider_edit.save_professional, form, new=True))
    assert shelf.index.get(-person) is None


def test_a_first_address_goes_with_what_wrote_it(store: Store) -> None:
    house, shelf = program(store), Shelf(store)

    def add(session: Session) -> None:
        session.add(Address(organisation_id=house, city="Salem", state="MA", zip="01970"))

    holds(store, shelf, lambda: store.do("Address", add))
    assert (found := shelf.index.get(house)) is not None
    assert found.city == ""


def test_what_was_said_goes_with_what_wrote_it(store: Store) -> None:
    house, shelf = program(store), Shelf(store)
    keep = provider_facts.keep
    day = shelf.index.today
    link = {"organisation_id": house}
    holds(store, shelf, lambda: store.do("Told", keep, link, "wait", "two weeks", day))


def test_an_address_goes_back_to_the_entry_it_came_from(store: Store) -> None:
    kept, gone = program(store), program(store, SALEM)
    shelf = Shelf(store)
    merge = provider_merging.merge_providers
    holds(store, shelf, lambda: store.do("Merge", merge, gone, kept))
    assert (found := shelf.index.get(kept)) is not None
    assert found.city == ""


def test_of_two_addresses_the_one_that_is_edited_is_listed(store: Store) -> None:
    house = program(store, SALEM)

    def another(session: Session) -> int:
        session.add(Address(organisation_id=house, city="Lynn", state="MA", zip="01901"))
        session.flush()
        return session.get_one(Organisation, house).version

    store.do("Address", another)
    form = store.ask(provider_edit.form, house)
    assert form.city == "Lynn"
    store.do("Edit", provider_edit.save, replace(form, city="Boston", zip="02108"), house)
    found = store.ask(provider_index.build).get(house)
    assert found is not None
    assert (found.city, found.zip) == ("Boston", "02108")
