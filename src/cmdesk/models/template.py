"""What is typed again and again: snippets of text, and sets of tasks."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Snippet(Record):
    """A few letters that stand for a sentence."""

    __tablename__ = "snippet"

    name: Mapped[str] = mapped_column(unique=True)
    text: Mapped[str]
    topics: Mapped[list[str]] = mapped_column(default=list)


class TaskSet(Record):
    """Tasks that hang on one day: an admission, a leave, a first meeting."""

    __tablename__ = "task_set"

    name: Mapped[str] = mapped_column(unique=True)
    anchor: Mapped[str] = mapped_column(default="")  # what the day is called


class TaskSetStep(Record):
    """`offset_days` from the anchor, negative before it."""

    __tablename__ = "task_set_step"

    task_set_id: Mapped[int] = mapped_column(
        ForeignKey("task_set.id", ondelete="CASCADE"), index=True
    )
    position: Mapped[int] = mapped_column(default=0)
    text: Mapped[str]
    offset_days: Mapped[int] = mapped_column(default=0)
    owner: Mapped[str] = mapped_column(default="")
