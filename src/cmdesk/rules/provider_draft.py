"""A program and a professional as they are typed, and what keeps them from being saved."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from cmdesk.rules.distance import five
from cmdesk.rules.provider_codes import ProviderRole
from cmdesk.rules.provider_said import (
    MOST_CENTS,
    TOO_MUCH,
    amounts,
    cost_fault,
    npi_fault,
    phone_fault,
    zip_fault,
)

BEST: Final = 5  # of one's own impression
MOST_PLACES: Final = 100_000
MOST_DIGITS: Final = 12  # of a whole number
KINDS: Final = ("program", "practice", "hospital", "service")
CALLS: Final = ("phone", "phone2", "phone3", "phone4")  # admissions, clinical, UR, alumni
PHONES: Final = (*CALLS, "fax")


@dataclass(frozen=True, slots=True)
class ProgramForm:
    """Everything a placement call asks for. Numbers, lists and money are words, as typed."""

    name: str = ""
    name2: str = ""
    kind: str = "program"
    parent_name: str = ""
    website: str = ""
    npi: str = ""
    street: str = ""
    street2: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    phone_who: str = ""
    phone2: str = ""
    phone2_who: str = ""
    phone3: str = ""
    phone3_who: str = ""
    phone4: str = ""
    phone4_who: str = ""
    fax: str = ""
    email: str = ""
    levels_of_care: tuple[str, ...] = ()
    treats: tuple[str, ...] = ()
    treats_well: str = ""
    does_not_take: str = ""
    exclusions: str = ""
    co_occurring: str = ""
    modalities: tuple[str, ...] = ()
    family_program: str = ""
    medications: str = ""
    psychiatry_hours: str = ""
    detox: str = ""
    nursing: str = ""
    staff_ratio: str = ""
    clinical_director: str = ""
    academics: str = ""
    age_groups: tuple[str, ...] = ()
    ages: str = ""
    gender_groups: tuple[str, ...] = ()
    populations: str = ""
    typical_stay: str = ""
    capacity: str = ""
    restraint_policy: str = ""
    outcomes_published: str = ""
    wait: str = ""
    cost: str = ""
    private_pay_covers: str = ""
    deposit: str = ""
    takes: tuple[str, ...] = ()
    plans: str = ""
    single_case_history: str = ""
    needs: str = ""
    admission_criteria: str = ""
    transport: str = ""
    visit_policy: str = ""
    communication_style: str = ""
    licence_state: str = ""
    licence_number: str = ""
    licence_scope: str = ""
    licence_verified_on: date | None = None
    accreditation: tuple[str, ...] = ()
    sud_program: bool = False
    rating: int = 0
    notes: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class ProfessionalForm:
    """A person one refers to. `person_id` is who they are on record already, if they are."""

    given_name: str = ""
    family_name: str = ""
    credentials: str = ""
    role: str = "therapist"
    person_id: int | None = None
    house: str = ""
    npi: str = ""
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    phone: str = ""
    fax: str = ""
    email: str = ""
    treats: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    age_groups: tuple[str, ...] = ()
    fees: str = ""
    plans: str = ""
    availability: str = ""
    telehealth_states: str = ""
    languages: str = ""
    notes: str = ""
    version: int = 0


def listed(words: str) -> list[str]:
    """Read several things between commas or semicolons, each once."""
    named = (" ".join(each.split()) for each in words.replace(";", ",").split(","))
    return list(dict.fromkeys(each for each in named if each))


def count(words: str) -> int | None:
    """Read a whole number as it is typed: 1,200; None for what is none, or has too many digits."""
    digits = words.strip().replace(",", "")
    plain = digits.isascii() and digits.isdigit() and len(digits) <= MOST_DIGITS
    return int(digits) if plain else None


def faults(form: ProgramForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a program from being saved."""
    found = _where(form)
    if not form.name.strip():
        found["name"] = "Give the name."
    if wrong := cost_fault(form.cost):
        found["cost"] = wrong
    places = count(form.capacity)
    if form.capacity.strip() and (places is None or not 0 < places <= MOST_PLACES):
        found["capacity"] = "How many places? Give a whole number."
    if form.licence_verified_on is not None and form.licence_verified_on > today:
        found["licence_verified_on"] = "This day is still to come."
    return found


def professional_faults(form: ProfessionalForm) -> dict[str, str]:
    """Map fields to what keeps a professional from being saved."""
    found = _where(form)
    if not form.given_name.strip() and not form.family_name.strip():
        found["family_name"] = "Give a name."
    if form.role not in {role.value for role in ProviderRole}:
        found["role"] = "Choose what they are called in for."
    if amounts(form.fees) and (wrong := cost_fault(form.fees)):
        found["fees"] = wrong
    return found


def _where(form: ProgramForm | ProfessionalForm) -> dict[str, str]:
    """Judge what both have: numbers, ZIP, e-mail and NPI."""
    found: dict[str, str] = {}
    for name in PHONES:
        if wrong := phone_fault(getattr(form, name, "")):
            found[name] = wrong
    if wrong := zip_fault(form.zip, five(form.zip)):
        found["zip"] = wrong
    if wrong := npi_fault(form.npi):
        found["npi"] = wrong
    mail = form.email.strip()
    if mail and ("@" not in mail.strip("@") or " " in mail):
        found["email"] = "This is no e-mail address."
    return found


@dataclass(frozen=True, slots=True)
class VisitForm:
    """A visit to a program as typed. `ratings` pairs an aspect's code with 0 to 4; 0 not rated.

    What is to follow up is a task, due on `follow_up_on`.
    """

    visited_on: date | None = None
    met: str = ""
    seen: str = ""
    ratings: tuple[tuple[str, int], ...] = ()
    notes: str = ""
    follow_up: str = ""
    follow_up_on: date | None = None
    travel_paid_by: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class TieForm:
    """A relationship with a provider, or a payment from one, as typed."""

    kind: str = "relationship"
    what: str = ""
    amount: str = ""
    happened_on: date | None = None
    ended_on: date | None = None
    disclosed_to: str = ""
    disclosed_on: date | None = None
    version: int = 0


def visit_faults(form: VisitForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a visit from being saved."""
    if form.visited_on is None:
        return {"visited_on": "On which day?"}
    if form.visited_on > today:
        return {"visited_on": "This day is still to come."}
    if form.follow_up_on and not form.follow_up.strip():
        return {"follow_up": "What is to be done by then?"}
    return {}


def tie_faults(form: TieForm, today: date) -> dict[str, str]:
    """Map fields to what keeps a tie from being saved."""
    found: dict[str, str] = {}
    if not form.what.strip():
        found["what"] = "Say what it is, in a few words."
    if form.amount.strip() and len(amounts(form.amount)) != 1:
        found["amount"] = "Give one amount, such as $120."
    elif max(amounts(form.amount), default=0) > MOST_CENTS:
        found["amount"] = TOO_MUCH
    if form.happened_on and form.ended_on and form.ended_on < form.happened_on:
        found["ended_on"] = "This is before it began."
    if form.disclosed_on and not form.disclosed_to.strip():
        found["disclosed_to"] = "To whom was it disclosed?"
    if form.disclosed_on and form.disclosed_on > today:
        found["disclosed_on"] = "This day is still to come."
    return found
