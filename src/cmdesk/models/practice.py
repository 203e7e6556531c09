"""The practice, and the one person who is it."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Practice(Record):
    __tablename__ = "practice"

    name: Mapped[str]
    trading_name: Mapped[str] = mapped_column(default="")
    letterhead_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    address: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    email: Mapped[str] = mapped_column(default="")
    tax_id: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="")
    time_zone: Mapped[str] = mapped_column(default="UTC")
    paper: Mapped[str] = mapped_column(default="letter")
    business_hours: Mapped[str] = mapped_column(default="")
    after_hours: Mapped[str] = mapped_column(default="")
    currency: Mapped[str] = mapped_column(default="USD")
    invoice_prefix: Mapped[str] = mapped_column(default="")
    next_invoice_number: Mapped[int] = mapped_column(default=1)
    default_rates: Mapped[list[str]] = mapped_column(default=list)
    retention_years_adult: Mapped[int] = mapped_column(default=7)
    retention_minor_rule: Mapped[str] = mapped_column(default="")
    note_lock_hours: Mapped[int] = mapped_column(default=72)
    late_entry_hours: Mapped[int] = mapped_column(default=48)
    update_every: Mapped[str] = mapped_column(default="week")
    hipaa_status: Mapped[str] = mapped_column(default="unsure")  # then behaves as covered
    part2_status: Mapped[str] = mapped_column(default="lawful_holder")
    business_associate_of: Mapped[str] = mapped_column(default="")
    breach_contacts: Mapped[str] = mapped_column(default="")


class Practitioner(Record):
    __tablename__ = "practitioner"

    name: Mapped[str]
    credentials: Mapped[str] = mapped_column(default="")
    tagline: Mapped[str] = mapped_column(default="")
    licence_number: Mapped[str] = mapped_column(default="")
    licence_state: Mapped[str] = mapped_column(default="")
    licence_expires_on: Mapped[date | None]
    npi: Mapped[str] = mapped_column(default="")
    liability_policy: Mapped[str] = mapped_column(default="")
    signature_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
