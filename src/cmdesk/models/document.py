"""Files, sealed inside the vault in chunks."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cmdesk.models.base import Base, Record


class Document(Record):
    __tablename__ = "document"

    client_id: Mapped[int | None] = mapped_column(ForeignKey("client.id"), index=True)
    type: Mapped[str] = mapped_column(default="other")
    title: Mapped[str]
    file_name: Mapped[str] = mapped_column(default="")
    media_type: Mapped[str] = mapped_column(default="application/octet-stream")
    dated: Mapped[date | None]
    received_on: Mapped[date | None]
    sent_on: Mapped[date | None]
    correspondent: Mapped[str] = mapped_column(default="")
    pages: Mapped[int | None]
    sha256: Mapped[str] = mapped_column(index=True)
    part2: Mapped[str] = mapped_column(default="unknown")
    expires_on: Mapped[date | None]
    retain_until: Mapped[date | None]
    text: Mapped[str] = mapped_column(default="")
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id"), index=True)


class Blob(Base):
    """Content by its hash: only ever added, so it needs no journal."""

    __tablename__ = "blob"
    __table_args__ = {"sqlite_autoincrement": True, "info": {"journal": False}}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(unique=True)
    size: Mapped[int]


class BlobChunk(Base):
    __tablename__ = "blob_chunk"
    __table_args__ = (
        Index("ix_blob_chunk_blob_id_number", "blob_id", "number", unique=True),
        {"sqlite_autoincrement": True, "info": {"journal": False}},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    blob_id: Mapped[int] = mapped_column(ForeignKey("blob.id", ondelete="CASCADE"))
    number: Mapped[int]
    content: Mapped[bytes]
