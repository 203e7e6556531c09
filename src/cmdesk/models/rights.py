"""What clients ask of their records, and what went wrong with them."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class RightsRequest(Record):
    """Access, amendment, restriction, accounting or a safe channel, with its clock.

    45 CFR 164.522, 164.524, 164.526, 164.528; 42 CFR 2.25.
    """

    __tablename__ = "rights_request"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    received_on: Mapped[date]
    requester: Mapped[str] = mapped_column(default="")
    received_how: Mapped[str] = mapped_column(default="")
    what: Mapped[str] = mapped_column(default="")
    due_on: Mapped[date | None] = mapped_column(index=True)
    extended_on: Mapped[date | None]
    extension_reason: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="")
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    disagreement: Mapped[str] = mapped_column(default="")
    rebuttal: Mapped[str] = mapped_column(default="")
    fee_cents: Mapped[int | None]
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    closed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class PrivacyIncident(Record):
    """A possible breach, with the four factors of 45 CFR 164.402(2) and the notices given."""

    __tablename__ = "privacy_incident"

    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    disclosure_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"))
    happened_on: Mapped[date | None]
    discovered_on: Mapped[date] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(default="")
    affected: Mapped[str] = mapped_column(default="")
    affected_count: Mapped[int | None]
    nature: Mapped[str] = mapped_column(default="")  # the kind and extent of what got out
    who_got_it: Mapped[str] = mapped_column(default="")
    viewed: Mapped[str] = mapped_column(default="")  # whether it was acquired or looked at
    mitigation: Mapped[str] = mapped_column(default="")
    determination: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    individuals_told_on: Mapped[date | None]
    hhs_told_on: Mapped[date | None]
    media_told_on: Mapped[date | None]
    state_told_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")
