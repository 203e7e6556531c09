"""The plan for a bad hour, and the medicines as they were reported."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class SafetyPlan(Record):
    """One version of the plan; the newest that is not ended counts."""

    __tablename__ = "safety_plan"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    concern: Mapped[str] = mapped_column(default="")  # low, moderate or high, as judged
    made_on: Mapped[date | None]
    made_by: Mapped[str] = mapped_column(default="")
    reviewed_on: Mapped[date | None]
    review_on: Mapped[date | None] = mapped_column(index=True)
    reasons_for_living: Mapped[str] = mapped_column(default="")
    copies_to: Mapped[str] = mapped_column(default="")
    ended_on: Mapped[date | None]


class SafetyStep(Record):
    """A line under one of the six headings. `step` is 1 to 6, the order in which they are tried."""

    __tablename__ = "safety_step"

    safety_plan_id: Mapped[int] = mapped_column(
        ForeignKey("safety_plan.id", ondelete="CASCADE"), index=True
    )
    step: Mapped[int]
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    phone: Mapped[str] = mapped_column(default="")


class Medication(Record):
    """A medicine as somebody reported it; nothing here is a prescription."""

    __tablename__ = "medication"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    dose: Mapped[str] = mapped_column(default="")
    route: Mapped[str] = mapped_column(default="")
    frequency: Mapped[str] = mapped_column(default="")
    purpose: Mapped[str] = mapped_column(default="")
    prescriber_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    started_on: Mapped[date | None]
    stopped_on: Mapped[date | None]
    stop_reason: Mapped[str] = mapped_column(default="")
    supply_ends_on: Mapped[date | None] = mapped_column(index=True)
    adherence: Mapped[str] = mapped_column(default="")
    source: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")
