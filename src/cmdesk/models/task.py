"""Promises with a date."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Task(Record):
    __tablename__ = "task"

    client_id: Mapped[int | None] = mapped_column(
        ForeignKey("client.id", ondelete="CASCADE"), index=True
    )
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    consent_id: Mapped[int | None] = mapped_column(ForeignKey("consent.id"), index=True)
    text: Mapped[str]
    notes: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None] = mapped_column(index=True)
    start: Mapped[date | None]
    priority: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="next")
    owner: Mapped[str] = mapped_column(default="")
    waiting_on_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    waiting_since: Mapped[date | None]
    chase_days: Mapped[int | None]
    recurrence: Mapped[str] = mapped_column(default="")
    estimate_minutes: Mapped[int | None]
    done_on: Mapped[date | None] = mapped_column(index=True)
    outcome: Mapped[str] = mapped_column(default="")
    topics: Mapped[list[str]] = mapped_column(default=list)
    family_line: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")


class TaskLink(Record):
    """What else a task is about; one of the numbers is set."""

    __tablename__ = "task_link"

    task_id: Mapped[int] = mapped_column(ForeignKey("task.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"), index=True)
    episode_id: Mapped[int | None] = mapped_column(
        ForeignKey("episode.id", ondelete="CASCADE"), index=True
    )
    authorization_id: Mapped[int | None] = mapped_column(
        ForeignKey("authorization.id", ondelete="CASCADE"), index=True
    )
    inquiry_id: Mapped[int | None] = mapped_column(
        ForeignKey("inquiry.id", ondelete="CASCADE"), index=True
    )
