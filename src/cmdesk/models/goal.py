"""What a client wants to reach, and how it moved."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Goal(Record):
    """`status` is that of the newest move which says one. Only `family_line` is for a letter."""

    __tablename__ = "goal"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(default="")
    words: Mapped[str] = mapped_column(default="")  # the client's own
    domain: Mapped[str] = mapped_column(default="")
    measure: Mapped[str] = mapped_column(default="")
    baseline: Mapped[str] = mapped_column(default="")
    target: Mapped[str] = mapped_column(default="")
    target_on: Mapped[date | None]
    agreed_on: Mapped[date | None]
    priority: Mapped[int] = mapped_column(default=0)  # the place in the list
    status: Mapped[str] = mapped_column(default="active")
    topics: Mapped[list[str]] = mapped_column(default=list)
    family_line: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")


class GoalMove(Record):
    """A day on which a goal moved, or its status changed. Only `family_line` is for a letter."""

    __tablename__ = "goal_move"

    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    moved_on: Mapped[date] = mapped_column(index=True)
    quarters: Mapped[int | None]  # 0 to 4 of the way
    status: Mapped[str] = mapped_column(default="")
    note: Mapped[str] = mapped_column(default="")
    family_line: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
