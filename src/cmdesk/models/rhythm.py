"""How often someone is to be reached, what is put off, and the calendar that was read."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Base, Record


class CadenceRule(Record):
    """`mother Mondays`, `psychiatrist monthly`, `client twice a week`; no person is the client."""

    __tablename__ = "cadence_rule"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    method: Mapped[str] = mapped_column(default="")
    every_days: Mapped[int | None]
    times_a_week: Mapped[int | None]
    weekday: Mapped[str] = mapped_column(default="")
    grace_days: Mapped[int] = mapped_column(default=0)
    since: Mapped[date | None]
    until: Mapped[date | None]
    paused_until: Mapped[date | None]


class Snooze(Record):
    """A row of Today put off: `kind` and `record` are the agenda row's own."""

    __tablename__ = "snooze"
    __table_args__ = (
        Index("ix_snooze_kind_record", "kind", "record", unique=True),
        {"sqlite_autoincrement": True},
    )

    kind: Mapped[str]
    record: Mapped[int]
    until: Mapped[date]


class CalendarEvent(Base):
    """One appointment of the calendar file as it was last read; replaced whole, never edited."""

    __tablename__ = "calendar_event"
    __table_args__ = {"info": {"journal": False}}  # noqa: RUF012 - SQLAlchemy reads it as it is

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    all_day: Mapped[bool] = mapped_column(default=False)
    title: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
