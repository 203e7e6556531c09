"""A family that called, before there is a client."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Inquiry(Record):
    __tablename__ = "inquiry"

    received_at: Mapped[datetime] = mapped_column(index=True)
    caller_name: Mapped[str]
    caller_phone: Mapped[str] = mapped_column(default="")
    caller_email: Mapped[str] = mapped_column(default="")
    caller_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    relation: Mapped[str] = mapped_column(default="")
    about: Mapped[str] = mapped_column(default="")  # whom they call about, as far as it was said
    channel: Mapped[str] = mapped_column(default="")
    referral_source: Mapped[str] = mapped_column(default="")
    referral_source_type: Mapped[str] = mapped_column(default="")
    concern: Mapped[str] = mapped_column(default="")
    urgency: Mapped[str] = mapped_column(default="")
    safety_screen_done: Mapped[bool] = mapped_column(default=False)
    location: Mapped[str] = mapped_column(default="")
    payer_expectation: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="new", index=True)
    fit_decision: Mapped[str] = mapped_column(default="")
    declined_reason: Mapped[str] = mapped_column(default="")
    referred_on_to: Mapped[str] = mapped_column(default="")
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None] = mapped_column(index=True)
    notes: Mapped[str] = mapped_column(default="")
