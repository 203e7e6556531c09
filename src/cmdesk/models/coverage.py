"""What pays for care: policies, and what an insurer has approved."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Policy(Record):
    __tablename__ = "policy"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    payer: Mapped[str]
    plan_type: Mapped[str] = mapped_column(default="")
    member_number: Mapped[str] = mapped_column(default="")
    group_number: Mapped[str] = mapped_column(default="")
    subscriber: Mapped[str] = mapped_column(default="")
    carve_out: Mapped[str] = mapped_column(default="")
    member_phone: Mapped[str] = mapped_column(default="")
    provider_phone: Mapped[str] = mapped_column(default="")
    pays: Mapped[str] = mapped_column(default="")  # "Plan pays 70% after deductible."
    effective_on: Mapped[date | None]
    ends_on: Mapped[date | None]
    notes: Mapped[str] = mapped_column(default="")


class Authorization(Record):
    """Days or sessions an insurer has approved. What was asked and what was given stand apart."""

    __tablename__ = "authorization"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    policy_id: Mapped[int | None] = mapped_column(
        ForeignKey("policy.id", ondelete="CASCADE"), index=True
    )
    episode_id: Mapped[int | None] = mapped_column(
        ForeignKey("episode.id", ondelete="SET NULL"), index=True
    )
    kind: Mapped[str] = mapped_column(default="pre_cert")
    level_requested: Mapped[str] = mapped_column(default="")
    units_requested: Mapped[int | None]
    units_authorized: Mapped[int | None]
    unit: Mapped[str] = mapped_column(default="days")
    number: Mapped[str] = mapped_column(default="")
    from_on: Mapped[date | None]
    through_on: Mapped[date | None]
    last_covered_on: Mapped[date | None]
    next_review_on: Mapped[date | None]
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    criteria: Mapped[str] = mapped_column(default="")
    decision: Mapped[str] = mapped_column(default="pending")
    decided_on: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    closed_on: Mapped[date | None]
    rate_cents: Mapped[int | None]  # agreed for a single case
    rate_per: Mapped[str] = mapped_column(default="")
    terms: Mapped[str] = mapped_column(default="")
    reviewer_contact: Mapped[str] = mapped_column(default="")


class Extension(Record):
    """An approval that goes on where another ends."""

    __tablename__ = "extension"

    authorization_id: Mapped[int] = mapped_column(
        ForeignKey("authorization.id", ondelete="CASCADE"), unique=True
    )
    extends_id: Mapped[int] = mapped_column(
        ForeignKey("authorization.id", ondelete="CASCADE"), index=True
    )


class ReviewCall(Record):
    """A review with the insurer, set or held."""

    __tablename__ = "review_call"

    authorization_id: Mapped[int] = mapped_column(
        ForeignKey("authorization.id", ondelete="CASCADE"), index=True
    )
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    due_on: Mapped[date | None] = mapped_column(index=True)
    held_on: Mapped[date | None]
    reviewer: Mapped[str] = mapped_column(default="")
    asked: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")


class Appeal(Record):
    """One step against a denial, from the talk between physicians to the review from outside."""

    __tablename__ = "appeal"

    authorization_id: Mapped[int] = mapped_column(
        ForeignKey("authorization.id", ondelete="CASCADE"), index=True
    )
    level: Mapped[str]
    denied_on: Mapped[date | None]
    due_on: Mapped[date | None] = mapped_column(index=True)  # the last day to file
    filed_on: Mapped[date | None]
    answer_due_on: Mapped[date | None] = mapped_column(index=True)
    decided_on: Mapped[date | None]
    outcome: Mapped[str] = mapped_column(default="")
    parity_argued: Mapped[bool] = mapped_column(default=False)
    drafted_by: Mapped[str] = mapped_column(default="")
    reference: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    note: Mapped[str] = mapped_column(default="")
