"""What every table has: a number for the journal, a lasting name for the outside, and dates."""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, ClassVar, cast

from sqlalchemy import JSON, DateTime, Dialect, MetaData, TypeDecorator
from sqlalchemy.engine.interfaces import ExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A point in time: aware in Python, UTC without a zone in the file."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: Moment,
        list[str]: JSON,
        list[dict[str, Any]]: JSON,
        dict[str, Any]: JSON,
    }

    def __repr__(self) -> str:
        """Class and number only, so that no record text reaches a log."""
        return f"<{type(self).__name__} {self.__dict__.get('id')}>"


def now(context: ExecutionContext) -> datetime:
    """Read the store's clock, which the connection carries."""
    options = cast("dict[str, Any]", context.execution_options)  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]
    clock: Callable[[], datetime] = options["clock"]
    return clock()


def uid(context: ExecutionContext) -> str:
    """Make a UUID of version 7 (RFC 9562, 5.7): 48 bits of milliseconds, then chance."""
    milliseconds = int(now(context).timestamp() * 1000)
    number = milliseconds << 80 | 7 << 76 | secrets.randbits(12) << 64 | 2 << 62
    digits = f"{number | secrets.randbits(62):032x}"
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


class Record(Base):
    """A row that the practice keeps. `ref` is the name an imported file gave it."""

    __abstract__ = True
    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy reads it as it is

    id: Mapped[int] = mapped_column(primary_key=True, sort_order=-7)
    uid: Mapped[str] = mapped_column(unique=True, default=uid, sort_order=-6)
    ref: Mapped[str | None] = mapped_column(unique=True, sort_order=-5)
    imported_digest: Mapped[str | None] = mapped_column(sort_order=-4)  # of the file's row
    created_at: Mapped[datetime] = mapped_column(default=now, sort_order=-3)
    updated_at: Mapped[datetime] = mapped_column(default=now, onupdate=now, sort_order=-2)
    version: Mapped[int] = mapped_column(default=1, sort_order=-1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Two windows, one row: the later writer is told, not obeyed."""
        return {"version_id_col": cls.version}
