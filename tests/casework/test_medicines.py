"""Medicines are kept as reported, and Today tells when a supply ends."""

from dataclasses import replace
from datetime import date

import pytest

from cmdesk.casework import agenda, drafts, medicines
from cmdesk.errors import Problem
from cmdesk.models.person import Person
from cmdesk.rules.medicine_draft import MedicineForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya, state


def test_one_is_kept_told_stopped_and_taken_back(store: Store, maya: Maya) -> None:
    form = MedicineForm(
        " Sertraline ", "50 mg", prescriber_id=maya.tess.person_id, supply_ends_on=date(2026, 3, 20)
    )
    store.do("Type", drafts.keep, "medicine:new:1", {"name": "Sert"}, maya.client)
    number = store.do("Save", medicines.save, maya.client, form, None, "medicine:new:1")
    assert store.ask(drafts.find, "medicine:new:1") is None
    kept = store.ask(medicines.read, number)
    assert kept == replace(form, name="Sertraline", version=kept.version)
    (told,) = [row for row in store.ask(agenda.on) if row.kind == "medication"]
    assert (told.due, told.person) == (date(2026, 3, 20), maya.tess.ref)
    other = store.do("Save", medicines.save, maya.client, MedicineForm("Aspirin"))
    before = state(store)
    stopped = replace(kept, stopped_on=MONDAY, stop_reason="Rash")
    store.do("Stop", medicines.save, maya.client, stopped, number)
    assert [row.id for row in store.ask(medicines.rows, maya.client)] == [other, number]
    assert not [row for row in store.ask(agenda.on) if row.kind == "medication"]
    store.undo()
    assert state(store) == before


def test_what_is_refused(store: Store, maya: Maya) -> None:
    with pytest.raises(Problem, match="What is it called"):
        store.do("Save", medicines.save, maya.client, MedicineForm())
    number = store.do("Save", medicines.save, maya.client, MedicineForm("Aspirin"))
    kept = store.ask(medicines.read, number)
    store.do("Save", medicines.save, maya.client, replace(kept, dose="100 mg"), number)
    with pytest.raises(Problem, match="changed elsewhere"):
        store.do("Save", medicines.save, maya.client, kept, number)
    with pytest.raises(Problem, match="no longer there"):
        store.ask(medicines.read, 999)


def test_who_may_prescribe(store: Store, maya: Maya) -> None:
    circle = [number for number, _ in store.ask(medicines.prescribers, maya.client)]
    stranger = store.do("Add", lambda session: session.add(Person(given_name="Ida")))
    assert stranger is None
    ida = store.ask(lambda session: session.query(Person).filter_by(given_name="Ida").one().id)
    assert ida not in circle
    with_her = store.ask(medicines.prescribers, maya.client, ida)
    assert [number for number, _ in with_her] == [*circle, ida]
    assert store.ask(medicines.prescribers, maya.client, circle[0]) == with_her[:-1]
