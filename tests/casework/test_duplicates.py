"""Someone who is in the records already is noticed before they are there twice."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from cmdesk.casework.duplicates import Alike, alike
from cmdesk.models.client import Client
from cmdesk.models.merge import PersonMerge
from cmdesk.models.person import ContactPoint, Person
from cmdesk.store.store import Store

BORN = date(1999, 4, 1)


def people(session: Session) -> int:
    rows = [
        Person(
            given_name="Katherine", family_name="Łukasz-O’Neil", preferred_name="Kit", born=BORN
        ),
        Person(given_name="Jo", family_name="Li"),
        Person(given_name="Prince"),
        Person(given_name="Maria", family_name="Rossi"),
    ]
    session.add_all(rows)
    session.flush()
    session.add(Client(person_id=rows[0].id, status="closed"))
    for kind, value in (("mobile", "+1 (718) 555-0142"), ("e_mail", "Maria@Rossi.example")):
        session.add(ContactPoint(person_id=rows[3].id, kind=kind, value=value))
    session.flush()
    return rows[0].id


@pytest.fixture
def first(store: Store) -> int:
    return store.do("Make", people)


def test_names_numbers_and_addresses_are_compared(store: Store, first: int) -> None:
    def why(*typed: object) -> str:
        found: list[Alike] = store.ask(alike, *typed)  # pyright: ignore[reportArgumentType] - rows of a table
        return found[0].why if found else ""

    assert why("katherine", "Lukasz Oneil") == "name"
    assert why("KIT", "Łukasz-O'Neil") == "name"
    assert why("Catherine", "Lukasz-O’Neil") == "spelling"
    assert why("Rossi", "Maria") == "spelling"  # the two names were swapped
    assert why("Jo", "Lu") == ""  # short names have to be right
    assert why("Prince", "") == "name"
    assert why("Princ", "") == ""
    assert why("Prince", "Rossi") == ""
    assert why("", "") == ""
    assert why("M.", "R.", None, ["718.555.0142"]) == "phone"
    assert why("M.", "R.", None, ["0142"]) == ""
    assert why("M.", "R.", None, [], ["maria@rossi.example "]) == "email"
    assert why("M.", "R.", None, [], ["nobody@rossi.example"]) == ""


def test_who_it_may_be_is_said_with_birth_date_and_status(store: Store, first: int) -> None:
    found = store.ask(alike, "Kit", "Łukasz-O’Neil", date(1960, 1, 1))
    assert [(who.born, who.status, who.client_id is None) for who in found] == [
        (BORN, "closed", False)
    ]
    assert store.ask(alike, "Kit", "Łukasz-O’Neil", but=first) == []


def test_another_birth_date_puts_someone_last(store: Store, first: int) -> None:
    def twin(session: Session) -> None:
        session.add(Person(given_name="Kit", family_name="Lukasz-O’Neil", born=date(1960, 1, 1)))

    store.do("Make", twin)
    found = store.ask(alike, "Kit", "Lukasz-O’Neil", date(1960, 1, 1))
    assert [who.born for who in found] == [date(1960, 1, 1), BORN]


def test_who_was_merged_is_not_offered(store: Store, first: int) -> None:
    def merge(session: Session) -> None:
        session.add(PersonMerge(person_id=first, kept_id=first + 1))

    store.do("Merge", merge)
    assert store.ask(alike, "Kit", "Łukasz-O’Neil") == []
