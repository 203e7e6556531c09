"""What keeps a provider, a call, a visit or a tie from being saved, each in one sentence."""

from datetime import date, timedelta
from typing import Any

import pytest

from cmdesk.rules.provider_check import CheckForm
from cmdesk.rules.provider_check import faults as check_faults
from cmdesk.rules.provider_draft import (
    ProfessionalForm,
    ProgramForm,
    TieForm,
    VisitForm,
    count,
    faults,
    listed,
    professional_faults,
    tie_faults,
    visit_faults,
)

TODAY = date(2026, 3, 9)
TOMORROW = TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": " "}, "name"),
        ({"cost": "$780"}, "cost"),
        ({"capacity": "many"}, "capacity"),
        ({"capacity": "0"}, "capacity"),
        ({"licence_verified_on": TOMORROW}, "licence_verified_on"),
        ({"phone": "555-0188"}, "phone"),
        ({"phone2": "718 555 0188, 718 555 0199"}, "phone2"),
        ({"fax": "none"}, "fax"),
        ({"zip": "1120A"}, "zip"),
        ({"npi": "1234567890"}, "npi"),
        ({"email": "ana at bridge"}, "email"),
        ({"email": "@bridge"}, "email"),
    ],
)
def test_a_program_says_what_is_wrong(typed: dict[str, Any], field: str) -> None:
    whole: dict[str, Any] = {"name": "Bridge Street", **typed}
    assert list(faults(ProgramForm(**whole), TODAY)) == [field]


def test_a_program_typed_well_is_saved() -> None:
    form = ProgramForm(
        "Bridge Street",
        phone="718 555 0188",
        email="ana@bridge.example",
        zip="7302",
        cost="3.9k wk",
        capacity="1,200",
        licence_verified_on=TODAY,
        npi="1234567893",
    )
    assert faults(form, TODAY) == {}
    assert (count("1,200"), count("x")) == (1200, None)
    assert listed("Meridian PPO; Harbor  Mutual, ,Meridian PPO") == [
        "Meridian PPO",
        "Harbor Mutual",
    ]


def test_a_professional_needs_a_name_and_a_role() -> None:
    assert list(professional_faults(ProfessionalForm())) == ["family_name"]
    form = ProfessionalForm("Tess", "Holloway", role="friend", fees="$250")
    assert list(professional_faults(form)) == ["role", "fees"]
    form = ProfessionalForm("Tess", role="therapist", fees="sliding scale")
    assert professional_faults(form) == {}
    assert list(professional_faults(ProfessionalForm("Tess", phone="1"))) == ["phone"]


def test_a_call_has_a_day_and_a_cost_that_can_be_read() -> None:
    assert list(check_faults(CheckForm(), TODAY)) == ["told_on"]
    assert list(check_faults(CheckForm(told_on=TOMORROW), TODAY)) == ["told_on"]
    assert list(check_faults(CheckForm(cost="$780", told_on=TODAY), TODAY)) == ["cost"]
    assert check_faults(CheckForm(cost="not said", told_on=TODAY), TODAY) == {}
    assert check_faults(CheckForm(cost="$780/day", told_on=TODAY), TODAY) == {}


def test_a_visit_lies_behind() -> None:
    assert list(visit_faults(VisitForm(), TODAY)) == ["visited_on"]
    assert list(visit_faults(VisitForm(TOMORROW), TODAY)) == ["visited_on"]
    assert list(visit_faults(VisitForm(TODAY, follow_up_on=TODAY), TODAY)) == ["follow_up"]
    assert visit_faults(VisitForm(TODAY), TODAY) == {}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"what": " "}, "what"),
        ({"amount": "$20 or $30"}, "amount"),
        ({"happened_on": TODAY, "ended_on": date(2026, 3, 1)}, "ended_on"),
        ({"disclosed_on": TODAY}, "disclosed_to"),
        ({"disclosed_on": TOMORROW, "disclosed_to": "Diane"}, "disclosed_on"),
    ],
)
def test_a_tie_says_what_is_wrong(typed: dict[str, Any], field: str) -> None:
    whole: dict[str, Any] = {"what": "Lunch", **typed}
    assert list(tie_faults(TieForm(**whole), TODAY)) == [field]
    sound = TieForm("gift", "Lunch", "$18", TODAY, TODAY, "Diane", TODAY)
    assert tie_faults(sound, TODAY) == {}
