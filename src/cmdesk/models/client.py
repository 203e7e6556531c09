"""Clients, the agreement with each, and the circle of people around them."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Client(Record):
    """A person who is worked for. Names, birth date and pronouns stand with the person."""

    __tablename__ = "client"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), unique=True)
    code: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="active", index=True)
    sex_at_birth: Mapped[str] = mapped_column(default="")
    gender: Mapped[str] = mapped_column(default="")
    languages: Mapped[list[str]] = mapped_column(default=list)
    race_ethnicity: Mapped[str] = mapped_column(default="")
    religion_culture: Mapped[str] = mapped_column(default="")
    photo_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", use_alter=True))
    education: Mapped[str] = mapped_column(default="")
    employment: Mapped[str] = mapped_column(default="")
    military: Mapped[str] = mapped_column(default="")
    living_situation: Mapped[str] = mapped_column(default="")
    legal_status: Mapped[str] = mapped_column(default="")
    diagnoses_reported: Mapped[str] = mapped_column(default="")
    allergies: Mapped[str] = mapped_column(default="")
    primary_substances: Mapped[str] = mapped_column(default="")
    recovery_on: Mapped[date | None]
    my_role: Mapped[str] = mapped_column(default="")
    where_things_stand: Mapped[str] = mapped_column(default="")
    where_things_stand_at: Mapped[datetime | None]
    minor_may_consent: Mapped[bool] = mapped_column(
        default=False
    )  # by the state table, 42 CFR 2.14


class Engagement(Record):
    __tablename__ = "engagement"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    payers: Mapped[str] = mapped_column(default="")
    agreed_on: Mapped[date | None]
    agreement_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", use_alter=True))
    scope: Mapped[str] = mapped_column(default="")
    exclusions: Mapped[str] = mapped_column(default="")
    response_promise: Mapped[str] = mapped_column(default="")
    after_hours: Mapped[str] = mapped_column(default="")
    fee_model: Mapped[str] = mapped_column(default="")
    rates: Mapped[str] = mapped_column(default="")
    retainer_terms: Mapped[str] = mapped_column(default="")
    mileage_terms: Mapped[str] = mapped_column(default="")
    began_on: Mapped[date | None]
    review_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    end_reason: Mapped[str] = mapped_column(default="")


class CircleMember(Record):
    """One person's place in one client's life."""

    __tablename__ = "circle_member"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    relationship: Mapped[str] = mapped_column(default="")
    roles: Mapped[list[str]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    since: Mapped[date | None]
    until: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class LegalAuthority(Record):
    __tablename__ = "legal_authority"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[str]
    scope: Mapped[str] = mapped_column(default="")
    instrument: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id", use_alter=True))
    since: Mapped[date | None]
    until: Mapped[date | None]
    verified_by: Mapped[str] = mapped_column(default="")


class PlainEmail(Record):
    """The client's warned wish for unlocked e-mail to one person (78 FR 5634)."""

    __tablename__ = "plain_email"

    circle_member_id: Mapped[int] = mapped_column(
        ForeignKey("circle_member.id", ondelete="CASCADE"), index=True
    )
    address: Mapped[str]
    warned_on: Mapped[date | None]
    warning_version: Mapped[str] = mapped_column(default="")
    accepted_on: Mapped[date | None]
    accepted_by: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]
