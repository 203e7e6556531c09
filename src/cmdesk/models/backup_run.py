"""What became of each backup: this device's history, not the practice's."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Base


class BackupRun(Base):
    """One try at a backup or at a test restore of one.

    Outside undo: taking back a change of the records must not take back that they were copied. The
    act itself stands in the audit trail.
    """

    __tablename__ = "backup_run"
    __table_args__ = {"sqlite_autoincrement": True, "info": {"journal": False}}  # noqa: RUF012 - SQLAlchemy reads it as it is

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    occasion: Mapped[str]
    place: Mapped[str]  # the folder, as the user knows it
    file_name: Mapped[str] = mapped_column(default="")
    size: Mapped[int] = mapped_column(default=0)  # bytes
    sha256: Mapped[str] = mapped_column(default="")
    verified: Mapped[bool] = mapped_column(default=False)
    rows: Mapped[dict[str, Any]] = mapped_column(default=dict)  # table -> how many
    result: Mapped[str]
    why: Mapped[str] = mapped_column(default="")  # it failed
