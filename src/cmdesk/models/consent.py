"""What clients allow, what they hold back, and what was told to whom."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Consent(Record):
    """One signed form. Elements of 45 CFR 164.508(c) and 42 CFR 2.31(a) in one record."""

    __tablename__ = "consent"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    discloser: Mapped[str] = mapped_column(default="practice")
    direction: Mapped[str] = mapped_column(default="to")
    topics: Mapped[list[str]] = mapped_column(default=list)
    limits: Mapped[str] = mapped_column(default="")
    records_from: Mapped[date | None]
    records_until: Mapped[date | None]
    purpose: Mapped[str] = mapped_column(default="")
    begins_on: Mapped[date | None]
    signed_on: Mapped[date | None]
    expires_on: Mapped[date | None]
    expires_episode_id: Mapped[int | None] = mapped_column(ForeignKey("episode.id"), index=True)
    expires_with_engagement: Mapped[bool] = mapped_column(default=False)
    signer: Mapped[str] = mapped_column(default="")
    signer_authority: Mapped[str] = mapped_column(default="")
    authority_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    witness: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="")
    interpreter: Mapped[str] = mapped_column(default="")
    capacity: Mapped[str] = mapped_column(default="unknown")
    capacity_note: Mapped[str] = mapped_column(default="")
    form_on_file: Mapped[bool] = mapped_column(default=False)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    form_version: Mapped[str] = mapped_column(default="")
    state_overlay: Mapped[str] = mapped_column(default="")
    statements: Mapped[list[str]] = mapped_column(default=list)
    channels: Mapped[list[str]] = mapped_column(default=list)
    received_on: Mapped[date | None]
    copy_given_on: Mapped[date | None]
    revoked_on: Mapped[date | None]
    revoked_how: Mapped[str] = mapped_column(default="")
    revoked_by: Mapped[str] = mapped_column(default="")
    revocation_document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    superseded_by_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    letter_words: Mapped[str] = mapped_column(default="")


class ConsentRecipient(Record):
    __tablename__ = "consent_recipient"

    consent_id: Mapped[int] = mapped_column(
        ForeignKey("consent.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)


class Restriction(Record):
    """A wish of the client: this, from these people, until then."""

    __tablename__ = "restriction"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    topics: Mapped[list[str]] = mapped_column(default=list)
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")
    reason_kind: Mapped[str] = mapped_column(default="")


class RestrictionRecipient(Record):
    __tablename__ = "restriction_recipient"

    restriction_id: Mapped[int] = mapped_column(
        ForeignKey("restriction.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)


class RestrictionEntry(Record):
    __tablename__ = "restriction_entry"

    restriction_id: Mapped[int] = mapped_column(
        ForeignKey("restriction.id", ondelete="CASCADE"), index=True
    )
    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)


class Disclosure(Record):
    """What left the house: the accounting of 45 CFR 164.528 and 42 CFR 2.25. Never changed."""

    __tablename__ = "disclosure"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)
    at: Mapped[datetime] = mapped_column(index=True)
    zone: Mapped[str]
    basis: Mapped[str]
    recipient_person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    recipient_organisation_id: Mapped[int | None] = mapped_column(
        ForeignKey("organisation.id"), index=True
    )
    recipient_name: Mapped[str]
    recipient_organisation: Mapped[str] = mapped_column(default="")
    recipient_address: Mapped[str] = mapped_column(default="")
    discloser: Mapped[str]
    what: Mapped[str]
    categories: Mapped[list[str]] = mapped_column(default=list)
    entries: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    sha256: Mapped[str] = mapped_column(default="")
    content_sha256: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    purpose: Mapped[str] = mapped_column(default="")
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    consents: Mapped[list[str]] = mapped_column(default=list)
    notice_version: Mapped[str] = mapped_column(default="")
    notice_form: Mapped[str] = mapped_column(default="")
    channel: Mapped[str]
    delivery_evidence: Mapped[str] = mapped_column(default="")
    min_necessary_confirmed_by: Mapped[str] = mapped_column(default="")
    part2: Mapped[bool] = mapped_column(default=False)
    restriction_check: Mapped[str] = mapped_column(default="")
    override_reason: Mapped[str] = mapped_column(default="")
    emergency: Mapped[dict[str, Any]] = mapped_column(default=dict)
    correction_of_id: Mapped[int | None] = mapped_column(ForeignKey("disclosure.id"))


class StateRule(Record):
    """From which age a minor may consent alone to a kind of care, as the user has looked it up."""

    __tablename__ = "state_rule"

    state: Mapped[str] = mapped_column(index=True)
    care: Mapped[str]  # mental_health or substance_use
    minor_may_consent_from: Mapped[int | None]  # years; none: not before 18
    note: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    checked_on: Mapped[date | None]
