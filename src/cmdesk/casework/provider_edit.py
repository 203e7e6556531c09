"""Programs and professionals as they are typed: read back, and kept."""

from dataclasses import fields, replace
from datetime import date
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from cmdesk.casework import clock, drafts, merged, provider_houses
from cmdesk.casework.parties import name_of
from cmdesk.casework.provider_facts import keep, owner, put_wait
from cmdesk.casework.provider_points import (
    put_address,
    put_points,
    read_address,
    read_points,
)
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.person import Person
from cmdesk.models.provider import Organisation, Professional, ProviderFact
from cmdesk.rules.provider_codes import Modality, ProviderRole, Treats
from cmdesk.rules.provider_draft import (
    ProfessionalForm,
    ProgramForm,
    count,
    faults,
    listed,
    professional_faults,
)
from cmdesk.rules.provider_marks import known
from cmdesk.rules.provider_said import cost

_MOVES: Final = ("street", "city", "state", "zip")
WORDS: Final = (
    "name", "name2", "kind", "parent_name", "website", "treats_well", "does_not_take",
    "exclusions", "co_occurring", "family_program", "psychiatry_hours", "nursing", "staff_ratio",
    "clinical_director", "academics", "ages", "typical_stay", "restraint_policy",
    "outcomes_published", "private_pay_covers", "deposit", "single_case_history", "needs",
    "admission_criteria", "transport", "visit_policy", "communication_style", "licence_state",
    "licence_number", "licence_scope", "licence_verified_on", "sud_program", "notes",
)  # fmt: skip
_CODES: Final = {
    "levels_of_care": "levels_of_care",
    "treats": "treats",
    "modalities": "modalities",
    "age_groups": "age_groups",
    "gender_groups": "gender_groups",
    "takes": "takes",
    "accreditation": "accreditation",
}
_LISTS: Final = {
    "medications": "medications",
    "populations": "populations",
    "plans": "payers_in_network",
}
_DETOX: Final = {"yes": True, "no": False}
_OF_A_PERSON: Final = ("given_name", "family_name", "credentials", "notes")


def form(session: Session, number: int) -> ProgramForm:
    """Return a program as it would be typed. Raises Problem if it is gone."""
    row = stored(session, Organisation, number, "provider")
    values: dict[str, Any] = {name: getattr(row, name) for name in WORDS}
    values |= {name: tuple(getattr(row, column)) for name, column in _CODES.items()}
    values |= {name: ", ".join(getattr(row, column)) for name, column in _LISTS.items()}
    values |= read_address(session, organisation_id=number)
    values |= read_points(session, organisation_id=number)
    values["treats"] = tuple(known(Treats, one) for one in row.treats)
    values["modalities"] = tuple(known(Modality, one) for one in row.modalities)
    return ProgramForm(
        **values,
        npi=row.npi or "",
        detox={True: "yes", False: "no", None: ""}[row.detox_on_site],
        capacity=str(row.capacity) if row.capacity else "",
        wait=row.wait,
        cost=_cost(session, row),
        rating=row.my_rating or 0,
        version=row.version,
    )


def _cost(session: Session, row: Organisation) -> str:
    """Return the cost as it was said last, else as it is kept."""
    said = session.scalar(
        select(ProviderFact.words)
        .where(ProviderFact.organisation_id == row.id, ProviderFact.field == "cost")
        .order_by(ProviderFact.told_on.desc(), ProviderFact.id.desc())
        .limit(1)
    )
    if said or row.private_pay_cents is None:
        return said or ""
    whole, cents = divmod(row.private_pay_cents, 100)
    written = f"${whole:,}.{cents:02}" if cents else f"${whole:,}"
    return f"{written}/{row.private_pay_per}" if row.private_pay_per else written


def save(
    session: Session, typed: ProgramForm, number: int | None = None, draft_key: str = ""
) -> int:
    """Keep a program as typed, in one's own directory; return its number.

    What it costs and when there is a place are kept with the day, as facts. Raises Problem for what
    can't be read, for an NPI somebody else has, and where the program was changed meanwhile.
    """
    today = clock.today(session)
    if wrong := faults(typed, today):
        raise Problem(next(iter(wrong.values())), "Put it right and save again.")
    row = stored(session, Organisation, number, "provider") if number else Organisation(name="")
    if number:
        refuse_changed(row.version, typed.version, "provider")
    before = form(session, number) if number else ProgramForm()
    _put(row, typed)
    if any(getattr(before, name).strip() != getattr(typed, name).strip() for name in _MOVES):
        row.latitude = row.longitude = None  # they were those of another address
    _put_npi(session, row, typed.npi)
    session.add(row)
    session.flush()
    _put_told(session, row, before, typed, today)
    put_address(session, typed, organisation_id=row.id)
    put_points(session, typed, organisation_id=row.id)
    row.mine = True
    flag_modified(row, "updated_at")  # also when only its address is another
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _put(row: Organisation, typed: ProgramForm) -> None:
    copy_typed(typed, WORDS, row)
    for name, column in _CODES.items():
        setattr(row, column, list(getattr(typed, name)))
    for name, column in _LISTS.items():
        setattr(row, column, listed(getattr(typed, name)))
    row.detox_on_site = _DETOX.get(typed.detox)
    row.capacity, row.my_rating = count(typed.capacity), typed.rating or None


def _put_npi(session: Session, row: Organisation | Professional, typed: str) -> None:
    """Keep an NPI. Raises Problem where a program has it.

    Two professionals may: they are proposed as one.
    """
    npi = typed.strip() or None
    if npi != row.npi:
        held = select(Organisation.name).where(Organisation.npi == npi)
        if npi and (other := session.scalar(held)) is not None:
            raise Problem(f"{other} has this NPI.", "Two providers can’t share one.")
    row.npi = npi


def _put_told(
    session: Session, row: Organisation, before: ProgramForm, typed: ProgramForm, today: date
) -> None:
    """Keep what a call asks for with the day it was typed, if it is another than before."""
    link = {"organisation_id": row.id}
    if typed.wait.strip() != before.wait:
        put_wait(row, typed.wait, today)
        keep(session, link, "wait", typed.wait, today)
    if typed.cost.strip() != before.cost:
        read = cost(typed.cost)
        row.private_pay_cents, row.private_pay_per = read or (None, "")
        keep(session, link, "cost", typed.cost, today)
    for field, stood, words in (
        ("insurance", before.plans, typed.plans),
        ("needs", before.needs, typed.needs),
    ):
        if words.strip() != stood.strip():
            keep(session, link, field, words, today)


def professional(session: Session, person_id: int) -> ProfessionalForm:
    """Return a professional as it would be typed. Raises Problem if there is none."""
    row = owner(session, -person_id)
    if not isinstance(row, Professional):
        raise Problem("This provider is no longer there.", "Close the dialog and look again.")
    person = session.get_one(Person, person_id)
    house = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    points = read_points(session, person_id=person_id)
    address = read_address(session, person_id=person_id)
    values: dict[str, Any] = {name: getattr(person, name) for name in _OF_A_PERSON}
    values |= {name: address[name] for name in ("street", "city", "state", "zip")}
    values |= {name: points[name] for name in ("phone", "fax", "email")}
    return ProfessionalForm(
        **values,
        role=known(ProviderRole, row.role),
        person_id=person_id,
        house=house.name if house else "",
        npi=row.npi or "",
        treats=tuple(row.treats),
        modalities=tuple(row.modalities),
        age_groups=tuple(row.age_groups),
        fees=row.fees,
        plans=", ".join(row.insurance),
        availability=row.availability,
        telehealth_states=", ".join(row.telehealth_states),
        languages=", ".join(row.languages),
        version=row.version,
    )


def namesakes(session: Session, given: str, family: str) -> list[tuple[int, str]]:
    """Return who is on record under this name and is no professional yet."""
    if not given.strip() or not family.strip():
        return []
    professional = select(Professional.person_id)
    query = select(Person).where(
        Person.given_name.ilike(given.strip(), escape="\\"),
        Person.family_name.ilike(family.strip(), escape="\\"),
        Person.id.not_in(professional),
        Person.id.not_in(merged.gone_people()),
    )
    return [
        (one.id, ", ".join(filter(None, (name_of(one).full, one.credentials, one.job_title))))
        for one in session.scalars(query.order_by(Person.id))
    ]


def save_professional(
    session: Session, typed: ProfessionalForm, *, new: bool, draft_key: str = ""
) -> int:
    """Keep a professional as typed; return the person's number.

    Raises Problem for what can't be read, and where the record was changed meanwhile.
    """
    if wrong := professional_faults(typed):
        raise Problem(next(iter(wrong.values())), "Put it right and save again.")
    person = session.get(Person, typed.person_id) if typed.person_id else Person()
    if person is None:
        raise Problem("This person is no longer there.", "Close the dialog and look again.")
    if new and typed.person_id:
        typed = _kept(session, typed, person)
    copy_typed(typed, _OF_A_PERSON if not (new and typed.person_id) else _OF_A_PERSON[:3], person)
    person.organisation_id = provider_houses.house(session, typed.house, person.organisation_id)
    session.add(person)
    session.flush()
    row = session.scalars(
        select(Professional).where(Professional.person_id == person.id)
    ).one_or_none()
    if row is not None and not new:
        refuse_changed(row.version, typed.version, "provider")
    row = row or Professional(
        person_id=person.id, role=typed.role, fees="", availability="", insurance=[]
    )
    _keep_told(session, row, typed)
    _put_npi(session, row, typed.npi)
    _put_professional(row, typed)
    session.add(row)
    session.flush()
    flag_modified(row, "updated_at")  # also when only the person's own data are others
    put_address(session, typed, person_id=person.id)
    put_points(session, typed, person_id=person.id)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return person.id


def _kept(session: Session, typed: ProfessionalForm, person: Person) -> ProfessionalForm:
    """Leave what is on record of somebody where nothing was typed in its place."""
    house = session.get(Organisation, person.organisation_id) if person.organisation_id else None
    there = read_points(session, person_id=person.id)
    there |= {"credentials": person.credentials, "house": house.name if house else ""}
    if not any(getattr(typed, name).strip() for name in _MOVES):
        address = read_address(session, person_id=person.id)
        there |= {name: address[name] for name in _MOVES}
    own = {each.name for each in fields(ProfessionalForm)} & there.keys()
    return replace(typed, **{n: there[n] for n in own if not getattr(typed, n).strip()})


def _keep_told(session: Session, row: Professional, typed: ProfessionalForm) -> None:
    """Keep fee, opening and plans with the day, if they are others than before."""
    today, link = clock.today(session), {"person_id": row.person_id}
    for field, before, words in (
        ("wait", row.availability, typed.availability),
        ("cost", row.fees, typed.fees),
        ("insurance", ", ".join(row.insurance), typed.plans),
    ):
        if words.strip() != before:
            keep(session, link, field, words, today)


def _put_professional(row: Professional, typed: ProfessionalForm) -> None:
    copy_typed(typed, ("role", "fees", "availability"), row)
    row.treats, row.modalities = list(typed.treats), list(typed.modalities)
    row.age_groups, row.insurance = list(typed.age_groups), listed(typed.plans)
    row.telehealth_states = listed(typed.telehealth_states.upper())
    row.languages, row.mine = listed(typed.languages), True
