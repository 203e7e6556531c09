"""The contact log. Signed is final; what may be said of it grows by added rows."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Base, Record, now


class Entry(Record):
    """One contact. All columns are frozen once `status` is signed (a trigger refuses)."""

    __tablename__ = "entry"
    __table_args__ = (
        Index("ix_entry_client_id_occurred_at", "client_id", "occurred_at"),
        {"sqlite_autoincrement": True},
    )

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"))
    engagement_id: Mapped[int | None] = mapped_column(ForeignKey("engagement.id"))
    episode_id: Mapped[int | None] = mapped_column(ForeignKey("episode.id"), index=True)
    occurred_at: Mapped[datetime] = mapped_column(index=True)
    occurred_zone: Mapped[str]  # the offset or zone it happened in
    time_recorded: Mapped[bool] = mapped_column(default=True)
    ended_at: Mapped[datetime | None]
    entered_at: Mapped[datetime] = mapped_column(default=now)
    minutes: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default="contact")
    direction: Mapped[str] = mapped_column(default="")
    method: Mapped[str] = mapped_column(default="")
    location: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    purposes: Mapped[list[str]] = mapped_column(default=list)
    service_components: Mapped[list[str]] = mapped_column(default=list)
    narrative: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")
    sensitivity: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    risk: Mapped[str] = mapped_column(default="")
    risk_action: Mapped[str] = mapped_column(default="")
    client_response: Mapped[str] = mapped_column(default="")
    next_contact_on: Mapped[date | None]
    no_follow_up: Mapped[bool] = mapped_column(default=False)
    billable: Mapped[bool] = mapped_column(default=True)
    service_code: Mapped[str] = mapped_column(default="")
    billed_minutes: Mapped[int | None]
    rate_cents: Mapped[int | None]
    miles: Mapped[float | None]
    expense_cents: Mapped[int | None]
    template: Mapped[str] = mapped_column(default="")
    copied_from_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"))
    late_reason: Mapped[str] = mapped_column(default="")
    status: Mapped[str] = mapped_column(default="draft", index=True)
    signed_at: Mapped[datetime | None]
    signed_by: Mapped[str] = mapped_column(default="")
    signature_hash: Mapped[str] = mapped_column(default="")


class EntryParticipant(Record):
    __tablename__ = "entry_participant"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    capacity: Mapped[str] = mapped_column(default="")
    reached: Mapped[bool] = mapped_column(default=True)


class EntryClient(Record):
    """Another client whom the same contact was also about, by explicit link only."""

    __tablename__ = "entry_client"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id"), index=True)


class EntryWording(Record):
    """What an entry is about and what may be said of it. Only added; the newest counts."""

    __tablename__ = "entry_wording"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    family_line: Mapped[str] = mapped_column(default="")
    short_line: Mapped[str] = mapped_column(default="")
    short_topics: Mapped[list[str]] = mapped_column(default=list)


class EntryMark(Record):
    """The practitioner's choice for one reader. The newest counts; an empty mark takes it back."""

    __tablename__ = "entry_mark"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    mark: Mapped[str] = mapped_column(default="")


class EntryWrongChart(Record):
    """Entered in error: hidden, kept, and never released. The newest counts."""

    __tablename__ = "entry_wrong_chart"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime]
    author: Mapped[str] = mapped_column(default="")
    wrong: Mapped[bool]
    reason: Mapped[str] = mapped_column(default="")


class Addendum(Record):
    """A late entry, addendum or correction. The original never changes."""

    __tablename__ = "addendum"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    at: Mapped[datetime]
    at_zone: Mapped[str] = mapped_column(default="+00:00")
    author: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    reason: Mapped[str] = mapped_column(default="")


class FollowUp(Record):
    """What was promised in a contact."""

    __tablename__ = "follow_up"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entry.id", ondelete="CASCADE"), unique=True)
    text: Mapped[str]
    due: Mapped[date | None] = mapped_column(index=True)
    done_on: Mapped[date | None]


class Draft(Base):
    """Typing that is not saved yet: written at every pause, outside undo and audit."""

    __tablename__ = "draft"
    __table_args__ = {"info": {"journal": False}}  # noqa: RUF012 - SQLAlchemy reads it as it is

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(unique=True)
    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"))
    saved_at: Mapped[datetime] = mapped_column(default=now, onupdate=now)
    body: Mapped[dict[str, Any]]
