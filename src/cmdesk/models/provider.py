"""The private directory: organisations, programs and professionals."""

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Organisation(Record):
    """A program, practice, payer, school or court. What is not known stays empty."""

    __tablename__ = "organisation"

    name: Mapped[str] = mapped_column(index=True)
    name2: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="program")
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    sud_program: Mapped[bool] = mapped_column(default=False)  # a program under 42 CFR 2.11
    website: Mapped[str] = mapped_column(default="")
    npi: Mapped[str | None] = mapped_column(unique=True)
    directory_key: Mapped[str | None] = mapped_column(unique=True)  # names, streets, city, ZIP
    source: Mapped[str] = mapped_column(default="")
    source_as_of: Mapped[date | None]
    facility_type: Mapped[str] = mapped_column(default="")
    service_codes: Mapped[list[str]] = mapped_column(default=list)
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    levels_of_care: Mapped[list[str]] = mapped_column(default=list)
    licence_state: Mapped[str] = mapped_column(default="")
    licence_number: Mapped[str] = mapped_column(default="")
    licence_scope: Mapped[str] = mapped_column(default="")
    licence_verified_on: Mapped[date | None]
    accreditation: Mapped[list[str]] = mapped_column(default=list)
    ages: Mapped[str] = mapped_column(default="")
    genders: Mapped[str] = mapped_column(default="")
    populations: Mapped[list[str]] = mapped_column(default=list)
    treats_well: Mapped[str] = mapped_column(default="")
    does_not_take: Mapped[str] = mapped_column(default="")
    co_occurring: Mapped[str] = mapped_column(default="")
    modalities: Mapped[list[str]] = mapped_column(default=list)
    medications: Mapped[list[str]] = mapped_column(default=list)
    detox_on_site: Mapped[bool | None]
    psychiatry_hours: Mapped[str] = mapped_column(default="")
    nursing: Mapped[str] = mapped_column(default="")
    staff_ratio: Mapped[str] = mapped_column(default="")
    clinical_director: Mapped[str] = mapped_column(default="")
    family_program: Mapped[str] = mapped_column(default="")
    academics: Mapped[str] = mapped_column(default="")
    typical_stay: Mapped[str] = mapped_column(default="")
    capacity: Mapped[int | None]
    wait: Mapped[str] = mapped_column(default="")
    admission_criteria: Mapped[str] = mapped_column(default="")
    exclusions: Mapped[str] = mapped_column(default="")
    private_pay_cents: Mapped[int | None]
    private_pay_per: Mapped[str] = mapped_column(default="")
    private_pay_covers: Mapped[str] = mapped_column(default="")
    deposit: Mapped[str] = mapped_column(default="")
    payers_in_network: Mapped[list[str]] = mapped_column(default=list)
    single_case_history: Mapped[str] = mapped_column(default="")
    transport: Mapped[str] = mapped_column(default="")
    visit_policy: Mapped[str] = mapped_column(default="")
    restraint_policy: Mapped[str] = mapped_column(default="")
    outcomes_published: Mapped[str] = mapped_column(default="")
    communication_style: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]
    visited_on: Mapped[date | None]
    my_rating: Mapped[int | None]
    conflicts: Mapped[str] = mapped_column(default="")
    pdf_password: Mapped[str | None]  # opens the letters written to this organisation
    pdf_password_told: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    mine: Mapped[bool] = mapped_column(default=True, index=True)  # else only from a directory
    starred: Mapped[bool] = mapped_column(default=False)
    treats: Mapped[list[str]] = mapped_column(default=list)
    age_groups: Mapped[list[str]] = mapped_column(default=list)
    gender_groups: Mapped[list[str]] = mapped_column(default=list)
    takes: Mapped[list[str]] = mapped_column(default=list)  # kinds of payers, beside their names
    opening_on: Mapped[date | None]
    openings: Mapped[int | None]
    wait_days: Mapped[int | None]
    needs: Mapped[str] = mapped_column(default="")  # what it asks for before an admission
    parent_name: Mapped[str] = mapped_column(default="")


class Professional(Record):
    """A person's professional side."""

    __tablename__ = "professional"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), unique=True)
    role: Mapped[str]
    fees: Mapped[str] = mapped_column(default="")
    insurance: Mapped[list[str]] = mapped_column(default=list)
    availability: Mapped[str] = mapped_column(default="")
    telehealth_states: Mapped[list[str]] = mapped_column(default=list)
    languages: Mapped[list[str]] = mapped_column(default=list)
    npi: Mapped[str | None] = mapped_column(index=True)
    taxonomies: Mapped[list[str]] = mapped_column(default=list)
    source: Mapped[str] = mapped_column(default="")
    source_as_of: Mapped[date | None]
    mine: Mapped[bool] = mapped_column(default=True)
    starred: Mapped[bool] = mapped_column(default=False)
    treats: Mapped[list[str]] = mapped_column(default=list)
    modalities: Mapped[list[str]] = mapped_column(default=list)
    age_groups: Mapped[list[str]] = mapped_column(default=list)
    verified_on: Mapped[date | None]


class ProviderFact(Record):
    """What somebody said about one field of a provider, and when. The newest of a field counts."""

    __tablename__ = "provider_fact"

    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    field: Mapped[str]
    words: Mapped[str] = mapped_column(default="")  # as it was said
    told_by: Mapped[str] = mapped_column(default="")
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    told_on: Mapped[date]
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)


class SiteVisit(Record):
    """A visit, with who was met, what was seen, and who paid for the journey."""

    __tablename__ = "site_visit"

    organisation_id: Mapped[int] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    visited_on: Mapped[date]
    met: Mapped[str] = mapped_column(default="")
    seen: Mapped[str] = mapped_column(default="")
    ratings: Mapped[dict[str, Any]] = mapped_column(default=dict)  # an aspect's code: 0 to 4
    notes: Mapped[str] = mapped_column(default="")
    follow_up: Mapped[str] = mapped_column(default="")
    travel_paid_by: Mapped[str] = mapped_column(default="")


class ProviderTie(Record):
    """A relationship with a provider, or a payment from one, and to whom it was disclosed."""

    __tablename__ = "provider_tie"

    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    what: Mapped[str] = mapped_column(default="")
    amount_cents: Mapped[int | None]
    happened_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    disclosed_to: Mapped[str] = mapped_column(default="")
    disclosed_on: Mapped[date | None]


class SavedView(Record):
    """A search of a list that is wanted again."""

    __tablename__ = "saved_view"

    place: Mapped[str]  # the list it is for, such as providers
    name: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    chosen: Mapped[dict[str, Any]] = mapped_column(default=dict)
