"""Professionals that stand twice are proposed and merged by the user."""

from dataclasses import replace
from time import process_time

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from cmdesk.casework import merging, provider_edit, provider_twins
from cmdesk.errors import Problem
from cmdesk.models.base import Record
from cmdesk.models.person import ContactPoint, Person
from cmdesk.models.provider import Professional
from cmdesk.rules.provider_draft import ProfessionalForm
from cmdesk.store.store import Store
from tests.exchange.npi import npi
from tests.records import Maya, state

TESS = ProfessionalForm(
    given_name="Tess", family_name="Ward", role="therapist", phone="718 555 0142",
    street="12 Court Street", city="Brooklyn", state="NY", zip="11201", house="Court Practice",
)  # fmt: skip
PHONE = replace(TESS, street="", city="", state="", zip="", house="")
HOUSE = replace(PHONE, phone="", house="Court Practice")
STREET = replace(PHONE, phone="", street="12 Court St.", zip="11201-0042")
BARE = replace(PHONE, phone="")


def add(store: Store, form: ProfessionalForm) -> int:
    return store.do("Add", provider_edit.save_professional, form, new=True)


def name(session: Session, number: int, **stated: str) -> None:
    """Write what no form asks for, as a directory does."""
    for field, value in stated.items():
        setattr(session.get_one(Person, number), field, value)


def whys(store: Store) -> list[tuple[str, ...]]:
    return [each.why for each in store.ask(provider_twins.proposed).shown]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        (PHONE, ("name", "phone")),
        (STREET, ("name", "address")),
        (HOUSE, ("name", "workplace")),
        (TESS, ("name", "phone", "address", "workplace")),
        (replace(PHONE, given_name="Dr. Tess", family_name="Ward, Ph.D., LMFT"), ("name", "phone")),
        (replace(PHONE, given_name="T."), ("name", "phone")),
        (replace(PHONE, given_name="Tess Ann"), ("name", "phone")),
        (replace(PHONE, given_name="TESS", family_name="WARD MD"), ("name", "phone")),
        (replace(PHONE, phone="+1 (718) 555-0142"), ("name", "phone")),
    ],
)
def test_two_that_may_be_one_are_proposed(
    store: Store, maya: Maya, other: ProfessionalForm, why: tuple[str, ...]
) -> None:
    first, second = add(store, TESS), add(store, other)
    (pair,) = store.ask(provider_twins.proposed).shown
    assert (pair.one.id, pair.other.id, pair.why) == (-first, -second, why)


@pytest.mark.parametrize(
    "other",
    [
        BARE,
        replace(PHONE, given_name="Tom"),
        replace(PHONE, family_name="Wood"),
        replace(PHONE, given_name=""),
        replace(BARE, phone="718 555 0199"),
        replace(HOUSE, house="Another practice"),
        replace(PHONE, npi=npi(2)),
    ],
)
def test_two_people_are_left_two(store: Store, maya: Maya, other: ProfessionalForm) -> None:
    add(store, replace(TESS, npi=npi(1)))
    add(store, other)
    assert whys(store) == []


def test_an_npi_is_one_persons_whatever_else_is_said(store: Store, maya: Maya) -> None:
    add(store, replace(TESS, npi=npi(1)))
    add(store, replace(BARE, given_name="Teresa", family_name="Miller", npi=npi(1)))
    assert whys(store) == [("npi",)]


def test_a_slip_is_forgiven_and_another_middle_name_is_not(store: Store, maya: Maya) -> None:
    first = add(store, replace(PHONE, given_name="Theresa", family_name="Holloway"))
    second = add(store, replace(PHONE, given_name="Teresa", family_name="Hollowey"))
    assert whys(store) == [("name", "phone")]
    store.do("Name", name, first, middle_name="Ann")
    assert whys(store) == [("name", "phone")]
    store.do("Name", name, second, middle_name="Beth")
    assert whys(store) == []
    store.do("Name", name, second, middle_name="A.", suffix="Jr.")
    assert whys(store) == [("name", "phone")]
    store.do("Name", name, first, suffix="Sr")
    assert whys(store) == []


def test_what_somebody_is_called_is_a_first_name_too(store: Store, maya: Maya) -> None:
    first = add(store, replace(PHONE, given_name="Robert"))
    add(store, replace(PHONE, given_name="Bob"))
    assert whys(store) == []
    store.do("Name", name, first, preferred_name="Bob")
    assert whys(store) == [("name", "phone")]


def test_they_are_merged_or_told_apart_and_it_can_be_undone(store: Store, maya: Maya) -> None:
    first, second = add(store, TESS), add(store, replace(PHONE, phone="718 555 0142"))
    (pair,) = store.ask(provider_twins.proposed, [-second]).shown
    assert pair.one.place == "12 Court Street, Brooklyn, NY 11201"
    assert store.ask(provider_twins.proposed, [999]).total == 0
    assert store.ask(provider_twins.beside, -second).shown == (pair,)
    assert store.ask(provider_twins.beside, -999).total == 0
    assert store.ask(provider_twins.beside, -(maya.tess.person_id or 0)).total == 0
    before = state(store)
    store.do("Apart", provider_twins.tell_apart, -first, -second)
    assert whys(store) == []
    assert store.ask(provider_twins.beside, -first).total == 0
    store.undo()
    assert state(store) == before
    with pytest.raises(Problem, match="no longer there"):
        store.do("Apart", provider_twins.tell_apart, -first, -999)
    store.do("Merge", merging.merge_people, second, first)
    assert whys(store) == []
    store.undo()
    assert whys(store) == [("name", "phone")]
    store.redo()
    assert whys(store) == []


def many(session: Session, count: int) -> None:
    """Add as many as a state has; each thousand works at one hospital's number."""
    person = Person(given_name="Givena", family_name="Fam")
    session.add(person)
    session.flush()
    worker = Professional(person_id=person.id, role="therapist", mine=False)
    phone = ContactPoint(person_id=person.id, kind="work", value="(518) 555-0000")
    session.add_all((worker, phone))
    session.flush()
    given = "'Given' || char(97 + n % 26) || n"
    many_of(session, person, count, given_name=given, family_name="'Fam' || n")
    many_of(session, worker, count, person_id="1000000 + n")
    number = "printf('(518) 555-%04d', n / 1000)"
    many_of(session, phone, count, person_id="1000000 + n", value=number)


def many_of(session: Session, row: Record, count: int, **changed: str) -> None:
    """Copy a row, n from 1 on, with what is changed as SQL; SQLite does so ten times as fast."""
    changed |= {"id": "1000000 + n", "uid": "lower(hex(randomblob(16)))"}
    names = [each.name for each in row.__table__.columns if each.computed is None]
    values = ", ".join(changed.get(name, f'"{name}"') for name in names)
    listed = ", ".join(f'"{name}"' for name in names)
    table = row.__tablename__
    session.execute(
        text(
            "WITH RECURSIVE counted(n) AS "
            f"(SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < {count}) "
            f"INSERT INTO {table} ({listed}) "
            f"SELECT {values} FROM {table}, counted WHERE {table}.id = {row.id}"
        )
    )


@pytest.mark.unmeasured
def test_of_a_state_full_of_them_they_are_found_in_little_time(store: Store, maya: Maya) -> None:
    store.do("Many", many, 25_000)
    at_one = replace(PHONE, family_name="Fam-Ward", phone="518 555 0003")
    add(store, at_one)
    second = add(store, at_one)
    begun = process_time()
    assert store.ask(provider_twins.proposed).total == 1
    assert process_time() - begun < 5
    begun = process_time()
    assert store.ask(provider_twins.beside, -second).total == 1
    assert process_time() - begun < 0.5
