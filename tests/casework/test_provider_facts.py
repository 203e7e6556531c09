"""What was told of a provider stands by the day it was told, not by the day it was typed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import placement_places, provider_edit, provider_facts, provider_page
from cmdesk.models.provider import ProviderFact
from cmdesk.rules.placement import Asked
from cmdesk.rules.provider_check import CheckForm
from cmdesk.rules.provider_draft import ProfessionalForm, ProgramForm
from cmdesk.store.store import Store
from tests.records import MONDAY, Maya

BEFORE = MONDAY - timedelta(days=9)
ANA = CheckForm("No wait", "$900/day", "Meridian PPO", "A TB test", "Ana", told_on=MONDAY)
RHEA = CheckForm("6 weeks", "$700/day", "Harbor Mutual", "Nothing", "Rhea", told_on=BEFORE)


def told(session: Session) -> list[tuple[str, str, date]]:
    facts = session.scalars(select(ProviderFact).order_by(ProviderFact.id))
    return [(each.field, each.words, each.told_on) for each in facts]


@pytest.fixture
def house(store: Store, maya: Maya) -> int:
    return store.do("Add", provider_edit.save, ProgramForm("Elm House"))


@pytest.fixture
def tess(store: Store, maya: Maya) -> int:
    typed = ProfessionalForm(given_name="Uma", family_name="Reyes", role="therapist")
    return -store.do("Add", provider_edit.save_professional, typed, new=True)


def test_a_call_of_an_earlier_day_typed_later_changes_nothing_that_is_newer(
    store: Store, house: int
) -> None:
    store.do("Check", provider_facts.check, house, ANA)
    before = store.ask(provider_page.page, house)
    store.do("Check", provider_facts.check, house, RHEA)
    page = store.ask(provider_page.page, house)
    assert (page.texts, page.listed, page.facts) == (before.texts, before.listed, before.facts)
    assert page.openings == before.openings
    assert ("wait", "6 weeks", BEFORE) in store.ask(told)  # it is history all the same
    assert len(store.ask(told)) == 8
    store.undo()
    assert len(store.ask(told)) == 4
    store.redo()
    assert store.ask(provider_page.page, house).listed == before.listed


def test_an_earlier_call_fills_what_the_newer_one_did_not_speak_of(
    store: Store, house: int
) -> None:
    only_wait = CheckForm(wait="No wait", told_by="Ana", told_on=MONDAY)
    store.do("Check", provider_facts.check, house, only_wait)
    store.do("Check", provider_facts.check, house, RHEA)
    page = store.ask(provider_page.page, house)
    assert (page.texts["wait"], page.texts["needs"]) == ("No wait", "Nothing")
    assert (page.listed.cost_cents, page.listed.plans) == (70_000, ("Harbor Mutual",))


def test_a_question_without_an_answer_is_no_newer_answer(store: Store, house: int) -> None:
    store.do("Ask", provider_facts.check, house, CheckForm(told_on=MONDAY))
    store.do("Check", provider_facts.check, house, RHEA)
    assert store.ask(provider_page.page, house).texts["wait"] == "6 weeks"


def test_of_one_day_what_was_typed_later_counts(store: Store, house: int) -> None:
    store.do("Check", provider_facts.check, house, ANA)
    later = replace(ANA, wait="2 weeks", cost="", insurance="", needs="", told_by="Rhea")
    store.do("Check", provider_facts.check, house, later)
    page = store.ask(provider_page.page, house)
    assert (page.texts["wait"], page.facts["wait"].told_by) == ("2 weeks", "Rhea")


def test_a_professionals_newer_words_stay_too(store: Store, tess: int) -> None:
    store.do("Check", provider_facts.check, tess, ANA)
    store.do("Check", provider_facts.check, tess, RHEA)
    page = store.ask(provider_page.page, tess)
    assert (page.texts["wait"], page.texts["fees"]) == ("No wait", "$900/day")
    assert page.listed.plans == ("Meridian PPO",)


def test_what_is_emptied_is_told_by_nobody_and_its_history_stays(
    store: Store, maya: Maya, house: int
) -> None:
    store.do("Check", provider_facts.check, house, ANA)
    form = store.ask(provider_edit.form, house)
    store.do("Edit", provider_edit.save, replace(form, wait="", cost=""), house)
    page = store.ask(provider_page.page, house)
    assert (page.texts["wait"], page.listed.cost_cents) == ("", None)
    assert not {"wait", "cost"} & set(page.facts)
    assert page.listed.told.asked_on == page.verified_on
    assert store.ask(provider_edit.form, house).cost == ""
    known = store.ask(placement_places.known, maya.client, (house,), far=False)
    assert Asked.OPENING not in known[house].facts
    kept = store.ask(told)
    assert ("wait_before", "No wait", MONDAY) in kept
    assert ("cost_before", "$900/day", MONDAY) in kept
    store.undo()
    assert store.ask(provider_page.page, house).facts["wait"].told_by == "Ana"
    store.redo()
    assert "wait" not in store.ask(provider_page.page, house).facts


def test_what_was_emptied_can_be_told_anew_also_of_an_earlier_day(store: Store, house: int) -> None:
    store.do("Check", provider_facts.check, house, ANA)
    form = store.ask(provider_edit.form, house)
    store.do("Edit", provider_edit.save, replace(form, wait="", cost=""), house)
    store.do("Check", provider_facts.check, house, RHEA)
    page = store.ask(provider_page.page, house)
    assert (page.texts["wait"], page.facts["wait"].told_by) == ("6 weeks", "Rhea")
    assert page.listed.told.asked_on == BEFORE
    assert store.ask(provider_edit.form, house).cost == "$700/day"


def test_a_professionals_fee_typed_anew_is_no_longer_what_was_told(store: Store, tess: int) -> None:
    store.do("Check", provider_facts.check, tess, ANA)
    typed = store.ask(provider_edit.professional, -tess)
    changed = replace(typed, fees="$250/session", availability="")
    store.do("Edit", provider_edit.save_professional, changed, new=False)
    page = store.ask(provider_page.page, tess)
    assert (page.facts["cost"].words, page.facts["cost"].told_by) == ("$250/session", "")
    assert "wait" not in page.facts
    assert ("cost", "$900/day", MONDAY) in store.ask(told)
    assert ("wait_before", "No wait", MONDAY) in store.ask(told)


def test_an_open_question_stays_one_when_the_old_answer_is_emptied(
    store: Store, house: int
) -> None:
    store.do("Check", provider_facts.check, house, RHEA)
    store.do("Ask", provider_facts.check, house, CheckForm(told_on=MONDAY))
    form = store.ask(provider_edit.form, house)
    store.do("Edit", provider_edit.save, replace(form, wait=""), house)
    assert store.ask(provider_page.page, house).listed.told.asked_on == MONDAY


def test_plans_and_needs_typed_since_stand_over_an_earlier_call(store: Store, house: int) -> None:
    store.do("Check", provider_facts.check, house, RHEA)
    form = store.ask(provider_edit.form, house)
    changed = replace(form, plans="Meridian PPO, Elm Care", needs="A TB test")
    store.do("Edit", provider_edit.save, changed, house)
    page = store.ask(provider_page.page, house)
    assert page.facts["insurance"].told_by == page.facts["needs"].told_by == ""
    again = replace(RHEA, told_on=BEFORE + timedelta(days=1))
    store.do("Check", provider_facts.check, house, again)
    page = store.ask(provider_page.page, house)
    assert (page.texts["needs"], page.listed.plans) == ("A TB test", ("Meridian PPO", "Elm Care"))


def test_a_professionals_plans_typed_since_stand_too(store: Store, tess: int) -> None:
    store.do("Check", provider_facts.check, tess, RHEA)
    typed = store.ask(provider_edit.professional, -tess)
    save = provider_edit.save_professional
    store.do("Edit", save, replace(typed, plans="Meridian PPO"), new=False)
    again = replace(RHEA, told_on=BEFORE + timedelta(days=1))
    store.do("Check", provider_facts.check, tess, again)
    assert store.ask(provider_page.page, tess).listed.plans == ("Meridian PPO",)
