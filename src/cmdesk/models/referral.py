"""Care outside programs: services a client was referred to, and records asked for."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Referral(Record):
    """One service, from asking to what came of it. Only `family_line` is for a letter."""

    __tablename__ = "referral"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]  # medical, social, educational, ..., transport, sober_companion, consultant
    what: Mapped[str] = mapped_column(default="")
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    state: Mapped[str] = mapped_column(default="considered")
    asked_on: Mapped[date | None]
    state_since: Mapped[date | None]
    next_step: Mapped[str] = mapped_column(default="")
    next_on: Mapped[date | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(default="")  # received, not, partly
    barrier: Mapped[str] = mapped_column(default="")
    barrier_words: Mapped[str] = mapped_column(default="")
    cost_cents: Mapped[int | None]
    cost_per: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    topics: Mapped[list[str]] = mapped_column(default=list)
    family_line: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")
    note: Mapped[str] = mapped_column(default="")


class RecordsRequest(Record):
    """Papers asked of somebody, or by somebody: asked, chased, received or sent."""

    __tablename__ = "records_request"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    direction: Mapped[str] = mapped_column(default="from")  # from them, or to them
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    what: Mapped[str] = mapped_column(default="")
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    asked_on: Mapped[date | None]
    asked_how: Mapped[str] = mapped_column(default="")
    chase_days: Mapped[int | None]
    chased_on: Mapped[date | None]
    chases: Mapped[int] = mapped_column(default=0)
    done_on: Mapped[date | None]  # received, or sent
    refused_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    fee_cents: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    part2: Mapped[str] = mapped_column(default="unknown")
    note: Mapped[str] = mapped_column(default="")
