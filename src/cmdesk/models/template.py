"""What is written again and again: snippets of text, sets of tasks, kinds of letters."""

from typing import Any

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


class LetterTemplate(Record):
    """A kind of letter, as the user keeps it; one of the program's own code takes its place.

    `parts` are its sections in order and `words` what stands in it, by language (`en`, `es`).
    """

    __tablename__ = "letter_template"

    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    title: Mapped[str] = mapped_column(default="")
    span: Mapped[str] = mapped_column(default="week")  # the days it tells of
    readers: Mapped[str] = mapped_column(default="family")
    topics: Mapped[list[str]] = mapped_column(default=list)  # nothing else goes in; none: all
    due_hours: Mapped[int | None]
    words: Mapped[dict[str, Any]] = mapped_column(default=dict)
    parts: Mapped[list[dict[str, Any]]] = mapped_column(default=list)
    position: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
