"""Where a client has been cared for, and at which level."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record
from cmdesk.rules.known_day import whole


class Episode(Record):
    __tablename__ = "episode"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    provider_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    level_of_care: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(default="")
    admitted: Mapped[date | None]
    discharged: Mapped[date | None]
    # How exactly: of a month or a year the first day is kept.
    admitted_known: Mapped[str] = mapped_column(default="day")
    discharged_known: Mapped[str] = mapped_column(default="day")
    planned_discharge: Mapped[date | None]
    planned_days: Mapped[int | None]
    status: Mapped[str] = mapped_column(default="")
    payer: Mapped[str] = mapped_column(default="")
    cost_cents: Mapped[int | None]
    clinicians: Mapped[str] = mapped_column(default="")
    my_role: Mapped[str] = mapped_column(default="")
    admission_type: Mapped[str] = mapped_column(default="")
    discharge_type: Mapped[str] = mapped_column(default="")
    discharge_reason: Mapped[str] = mapped_column(default="")
    against_advice: Mapped[bool] = mapped_column(default=False)
    destination: Mapped[str] = mapped_column(default="")
    outcome: Mapped[str] = mapped_column(default="")
    lessons: Mapped[str] = mapped_column(default="")
    historical: Mapped[bool] = mapped_column(default=False)
    source: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")
    presentation: Mapped[list[str]] = mapped_column(default=list)  # what they came with
    factors: Mapped[list[str]] = mapped_column(default=list)  # what bore on how it went
    in_care_at_90: Mapped[str] = mapped_column(default="")  # yes, no or other care, as learned
    later: Mapped[str] = mapped_column(default="")  # where they were 90 days on, in words

    @property
    def first_day(self) -> date | None:
        """The day it began, where the whole day is known: what days are counted from."""
        return self.admitted if whole(self.admitted_known) else None

    @property
    def last_day(self) -> date | None:
        """The day it ended, where the whole day is known."""
        return self.discharged if whole(self.discharged_known) else None


class LevelStay(Record):
    __tablename__ = "level_stay"

    episode_id: Mapped[int] = mapped_column(
        ForeignKey("episode.id", ondelete="CASCADE"), index=True
    )
    level_of_care: Mapped[str]
    since: Mapped[date | None]
    until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(default="")


class CareEvent(Record):
    """A return to use, a crisis or another turn, and what came before it."""

    __tablename__ = "care_event"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    episode_id: Mapped[int | None] = mapped_column(
        ForeignKey("episode.id", ondelete="SET NULL"), index=True
    )
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    kind: Mapped[str]
    happened_on: Mapped[date | None] = mapped_column(index=True)
    what: Mapped[str] = mapped_column(default="")
    came_before: Mapped[str] = mapped_column(default="")
    factors: Mapped[list[str]] = mapped_column(default=list)
    response: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")
