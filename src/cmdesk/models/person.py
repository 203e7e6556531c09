"""People, and the ways to reach them and the places where they live."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Person(Record):
    """Anyone: a client, a relative, a therapist. Shared by all the families they belong to."""

    __tablename__ = "person"

    given_name: Mapped[str] = mapped_column(default="")
    middle_name: Mapped[str] = mapped_column(default="")
    family_name: Mapped[str] = mapped_column(default="", index=True)
    preferred_name: Mapped[str] = mapped_column(default="")
    suffix: Mapped[str] = mapped_column(default="")
    pronouns: Mapped[str] = mapped_column(default="")
    born: Mapped[date | None]
    credentials: Mapped[str] = mapped_column(default="")
    job_title: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    language: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[bool] = mapped_column(default=False)
    notes: Mapped[str] = mapped_column(default="")
    card_uid: Mapped[str | None] = mapped_column(unique=True)  # of the address-book card
    pdf_password: Mapped[str | None]  # opens the letters written to this person
    pdf_password_told: Mapped[str] = mapped_column(default="")


class ContactPoint(Record):
    """A number or an address, and what may be done with it."""

    __tablename__ = "contact_point"

    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    value: Mapped[str]
    label: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    preferred: Mapped[bool] = mapped_column(default=False)
    may_call: Mapped[bool] = mapped_column(default=True)
    voicemail: Mapped[str] = mapped_column(default="voicemail_none")
    may_text: Mapped[bool] = mapped_column(default=False)
    email_encrypted_only: Mapped[bool] = mapped_column(default=True)
    best_times: Mapped[str] = mapped_column(default="")
    verified_on: Mapped[date | None]


class Address(Record):
    __tablename__ = "address"

    person_id: Mapped[int | None] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"), index=True
    )
    organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id", ondelete="CASCADE"), index=True
    )
    street: Mapped[str] = mapped_column(default="")
    street2: Mapped[str] = mapped_column(default="")
    city: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    zip: Mapped[str] = mapped_column(default="")
    county: Mapped[str] = mapped_column(default="")
    country: Mapped[str] = mapped_column(default="")
    since: Mapped[date | None]
    until: Mapped[date | None]


class PersonRelation(Record):
    """How two people stand to each other: married, separated, estranged."""

    __tablename__ = "person_relation"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
