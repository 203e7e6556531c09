"""Letters to the family: when due, what stands in them, each copy that left and what followed."""

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


class LetterEvent(Record):
    """What became of a letter that left: only ever added, the newest says where it stands."""

    __tablename__ = "letter_event"

    update_copy_id: Mapped[int] = mapped_column(
        ForeignKey("update_copy.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    happened_on: Mapped[date]
    note: Mapped[str] = mapped_column(default="")
    other_copy_id: Mapped[int | None] = mapped_column(  # the one that takes its place
        ForeignKey("update_copy.id", ondelete="SET NULL"), index=True
    )


class LetterPromise(Record):
    """What a letter said would come next. An empty `outcome` is still to be answered for."""

    __tablename__ = "letter_promise"

    update_copy_id: Mapped[int] = mapped_column(
        ForeignKey("update_copy.id", ondelete="CASCADE"), index=True
    )
    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    position: Mapped[int] = mapped_column(default=0)
    due: Mapped[date | None]
    when_words: Mapped[str] = mapped_column(default="")  # as the letter said it
    what: Mapped[str]
    who: Mapped[str] = mapped_column(default="")
    task_id: Mapped[int | None] = mapped_column(
        ForeignKey("task.id", ondelete="SET NULL"), index=True
    )
    outcome: Mapped[str] = mapped_column(default="")
    settled_on: Mapped[date | None]
    moved_to: Mapped[date | None]
    note: Mapped[str] = mapped_column(default="")


class ToldStatement(Record):
    """One thing one reader was told: the ledger that repeats and contradictions are found in."""

    __tablename__ = "told_statement"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    update_copy_id: Mapped[int | None] = mapped_column(
        ForeignKey("update_copy.id", ondelete="CASCADE"), index=True
    )
    told_on: Mapped[date]
    part: Mapped[str] = mapped_column(default="")  # of the letter it stood in
    text: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(default=list)
    entry: Mapped[str] = mapped_column(default="")  # by its name outside; empty: typed by hand
    consent: Mapped[str] = mapped_column(default="")  # by its name outside
