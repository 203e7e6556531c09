"""What the user has set for this vault, and words put on codes."""

from typing import Any

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Record


class Setting(Record):
    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)


class CodeList(Record):
    """A code may be reworded or hidden; it is never deleted while a row uses it."""

    __tablename__ = "code_list"
    __table_args__ = (
        Index("ix_code_list_list_code", "list", "code", unique=True),
        {"sqlite_autoincrement": True},
    )

    list: Mapped[str]
    code: Mapped[str]
    label: Mapped[str]
    position: Mapped[int] = mapped_column(default=0)
    hidden: Mapped[bool] = mapped_column(default=False)
