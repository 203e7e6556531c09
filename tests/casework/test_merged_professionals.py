"""Two records of one professional become one, and later editions bring neither back."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import merging, provider_edit, provider_facts, provider_index, provider_page
from cmdesk.exchange import nppes, vcard
from cmdesk.exchange.result import Result
from cmdesk.models.person import Person
from cmdesk.models.provider import Professional
from cmdesk.rules.provider_check import CheckForm
from cmdesk.rules.provider_draft import ProfessionalForm
from cmdesk.store.store import Store
from tests.exchange.npi import HEADER, npi, row
from tests.records import MONDAY, Maya, state

TESS = ProfessionalForm(given_name="Tess", family_name="Ward", role="therapist")
LISTED = row(
    npi=npi(1), entity="1", given="TESS", family="WARD", credentials="LCSW", state="NY",
    phone="7185550142", taxonomy="1041C0700X",
)  # fmt: skip
CARD = """BEGIN:VCARD
VERSION:3.0
UID:tess-1
N:Ward;Tess;;;
FN:Tess Ward
TITLE:{0}
TEL;TYPE=WORK:718-555-0142
END:VCARD
"""


def add(store: Store, form: ProfessionalForm) -> int:
    return store.do("Add", provider_edit.save_professional, form, new=True)


def sides(session: Session) -> dict[int, Professional]:
    return {each.person_id: each for each in session.scalars(select(Professional))}


def shown(store: Store) -> list[int]:
    return sorted(each.id for each in store.ask(provider_index.build).listed if each.id < 0)


@pytest.fixture
def pair(store: Store, maya: Maya) -> tuple[int, int]:
    gone = replace(
        TESS, npi="1234567893", treats=("mood",), plans="Harbor Mutual", fees="$250/session",
        availability="2 weeks", languages="Spanish", telehealth_states="CT", phone="718 555 0142",
        modalities=("dbt",), age_groups=("teen",), street="1 Elm St", notes="Calls back",
    )  # fmt: skip
    kept = replace(
        TESS, given_name="T.", role="psychologist", plans="Meridian PPO", treats=("trauma",)
    )
    return add(store, gone), add(store, kept)


def test_what_either_says_of_the_practice_is_kept(store: Store, pair: tuple[int, int]) -> None:
    gone, kept = pair
    told = CheckForm("No wait", "$300/hr", told_by="Ana", told_on=MONDAY)
    store.do("Check", provider_facts.check, -gone, told)
    store.do("Star", provider_facts.star, -gone, starred=True)
    before = state(store)
    store.do("Merge", merging.merge_people, gone, kept)
    after = state(store)
    page, form = store.ask(provider_page.page, -kept), store.ask(provider_edit.professional, kept)
    assert (form.npi, form.role, form.fees) == ("1234567893", "psychologist", "$300/hr")
    assert (form.plans, form.treats) == ("Meridian PPO, Harbor Mutual", ("trauma", "mood"))
    assert (form.availability, form.languages, form.telehealth_states) == (
        "No wait", "Spanish", "CT",
    )  # fmt: skip
    assert (form.modalities, form.age_groups, form.phone) == (("dbt",), ("teen",), "(718) 555-0142")
    assert (form.street, form.notes) == ("1 Elm St", "Calls back")
    assert page.facts["wait"].told_by == "Ana"
    assert (page.verified_on, page.listed.starred) == (MONDAY, True)
    assert -kept in shown(store)
    assert -gone not in shown(store)
    store.undo()
    assert state(store) == before
    store.redo()
    assert state(store) == after


def test_of_an_opening_what_was_told_later_stands(store: Store, pair: tuple[int, int]) -> None:
    gone, kept = pair
    old = CheckForm("6 weeks", told_by="Rhea", told_on=MONDAY - timedelta(days=40))
    store.do("Check", provider_facts.check, -kept, old)
    store.do("Merge", merging.merge_people, gone, kept)
    page = store.ask(provider_page.page, -kept)
    assert (page.texts["wait"], page.facts["wait"].words) == ("2 weeks", "2 weeks")


def test_a_side_comes_along_to_somebody_who_had_none(store: Store, maya: Maya) -> None:
    gone = add(store, TESS)
    kept = maya.tess.person_id or 0
    store.do("Merge", merging.merge_people, gone, kept)
    assert set(store.ask(sides)) == {kept}
    other = maya.diane.person_id or 0
    store.do("Merge", merging.merge_people, other, kept)  # who is no professional adds nothing
    assert store.ask(sides)[kept].role == "therapist"


def edition(store: Store, text: str) -> Result:
    return store.do("Import", nppes.bring_in_data, (HEADER + text).encode())


@pytest.mark.parametrize("number", ["", npi(1), npi(2)])
def test_a_later_edition_brings_nobody_back(store: Store, maya: Maya, number: str) -> None:
    kept = add(store, replace(TESS, npi=number))
    edition(store, LISTED.replace("TESS", "THERESA"))
    gone = max(store.ask(sides))
    if gone != kept:
        store.do("Merge", merging.merge_people, gone, kept)
    before = shown(store)
    later = edition(store, LISTED.replace("TESS", "TESSA").replace("0142", "0143"))
    assert (later.added, shown(store)) == (0, before)
    assert store.ask(provider_edit.professional, kept).npi == (number or npi(1))


def test_a_card_of_a_record_that_went_finds_the_one_that_stayed(store: Store, maya: Maya) -> None:
    kept = add(store, replace(TESS, given_name="Theresa"))
    store.do("Import", vcard.bring_in, CARD.format("").encode())
    gone = kept + 1
    store.do("Merge", merging.merge_people, gone, kept)
    store.do("Import", vcard.bring_in, CARD.format("Family therapist").encode())
    assert store.ask(_title, kept) == "Family therapist"
    store.do("Import", vcard.bring_in, CARD.format("Family therapist").encode())
    assert store.ask(_title, gone) == ""


def _title(session: Session, number: int) -> str:
    return session.get_one(Person, number).job_title
