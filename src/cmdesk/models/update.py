"""Letters to the family: when they are due, what stands in them, and each copy that left."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class UpdatePlan(Record):
    __tablename__ = "update_plan"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    recipient_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    every: Mapped[str] = mapped_column(default="week")
    weekday: Mapped[str] = mapped_column(default="")
    template: Mapped[str] = mapped_column(default="weekly")
    language: Mapped[str] = mapped_column(default="en")
    tone_notes: Mapped[str] = mapped_column(default="")
    paused_until: Mapped[date | None]
    ended_on: Mapped[date | None]


class Update(Record):
    """One period of one client; each reader gets a copy of their own."""

    __tablename__ = "family_update"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    number: Mapped[int]
    period_from: Mapped[date]
    period_until: Mapped[date]
    template: Mapped[str] = mapped_column(default="weekly")
    status: Mapped[str] = mapped_column(default="drafted")
    approvals: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    finalised_at: Mapped[datetime | None]
    supersedes_id: Mapped[int | None] = mapped_column(ForeignKey("family_update.id"))


class UpdateCopy(Record):
    """The letter as it was laid out for one reader, with the verdicts it rests on."""

    __tablename__ = "update_copy"

    update_id: Mapped[int] = mapped_column(
        ForeignKey("family_update.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    contact_point_id: Mapped[int | None] = mapped_column(ForeignKey("contact_point.id"))
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"))
    language: Mapped[str] = mapped_column(default="en")
    headline: Mapped[str] = mapped_column(default="")
    sections: Mapped[dict[str, Any]] = mapped_column(default=dict)
    text: Mapped[str] = mapped_column(default="")  # all of it, for search
    shared: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    kept_back: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    basis: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    disclosure_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"))
    method: Mapped[str] = mapped_column(default="")
    sent_at: Mapped[datetime | None]
    acknowledged_on: Mapped[date | None]
    reply_entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
