"""Scores of questionnaires, as they were taken or reported."""

from datetime import date

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class MeasureResult(Record):
    """One score on one day. Only `family_line` is for a letter."""

    __tablename__ = "measure_result"

    client_id: Mapped[int] = mapped_column(ForeignKey("client.id", ondelete="CASCADE"), index=True)
    instrument: Mapped[str]  # its code, such as phq9
    name: Mapped[str] = mapped_column(default="")  # as it is shown, such as PHQ-9
    score: Mapped[float]
    lowest: Mapped[float | None]
    highest: Mapped[float | None]
    lower_is_better: Mapped[bool] = mapped_column(default=True)
    taken_on: Mapped[date] = mapped_column(index=True)
    reported_by: Mapped[str] = mapped_column(default="")
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entry.id"), index=True)
    topics: Mapped[list[str]] = mapped_column(default=list)
    family_line: Mapped[str] = mapped_column(default="")
    part2: Mapped[str] = mapped_column(default="unknown")
    note: Mapped[str] = mapped_column(default="")
