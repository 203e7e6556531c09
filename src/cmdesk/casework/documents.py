"""Files inside the vault: kept by their content, in chunks, never on disk."""

import hashlib
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework.parties import outside_name
from cmdesk.errors import Problem
from cmdesk.models.document import Blob, BlobChunk, Document

CHUNK = 64 * 1024  # bytes
LARGEST = 25 * 1024 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class DocumentRow:
    id: int
    title: str
    file_name: str
    media_type: str
    size: int
    ref: str = field(default="", compare=False)  # the name files know it by


def add(
    session: Session,
    content: bytes,
    *,
    title: str,
    file_name: str,
    media_type: str,
    kind: str = "other",
    client_id: int | None = None,
    pages: int | None = None,
    part2: str = "unknown",
) -> int:
    """Keep a file of up to 25 MB; the same content is kept once."""
    if len(content) > LARGEST:
        raise Problem("This file is larger than 25 MB.", "Save it smaller, or in parts.")
    document = Document(
        client_id=client_id,
        type=kind,
        title=title,
        file_name=file_name,
        media_type=media_type,
        pages=pages,
        part2=part2,
        sha256=hashlib.sha256(content).hexdigest(),
        blob_id=_keep(session, content),
    )
    session.add(document)
    session.flush()
    return document.id


def _keep(session: Session, content: bytes) -> int:
    digest = hashlib.sha256(content).hexdigest()
    known = session.scalar(select(Blob.id).where(Blob.sha256 == digest))
    if known is not None:
        return known
    blob = Blob(sha256=digest, size=len(content))
    session.add(blob)
    session.flush()
    session.add_all(
        BlobChunk(blob_id=blob.id, number=number, content=content[start : start + CHUNK])
        for number, start in enumerate(range(0, len(content), CHUNK))
    )
    return blob.id


def content(session: Session, document_id: int) -> bytes:
    """Return a file's bytes, checked against the hash it was kept under."""
    document = session.get(Document, document_id)
    if document is None:
        raise Problem("This file is no longer there.", "Close the page and open it again.")
    chunks = select(BlobChunk.content).where(BlobChunk.blob_id == document.blob_id)
    found = b"".join(session.scalars(chunks.order_by(BlobChunk.number)))
    if hashlib.sha256(found).hexdigest() != document.sha256:
        raise Problem("This file has changed inside the vault.", "Restore it from a backup.")
    return found


def row(session: Session, document_id: int) -> DocumentRow:
    document = session.get(Document, document_id)
    if document is None:
        raise Problem("This file is no longer there.", "Close the page and open it again.")
    size = session.get_one(Blob, document.blob_id).size
    return DocumentRow(
        document.id,
        document.title,
        document.file_name,
        document.media_type,
        size,
        outside_name(document),
    )


def rows(session: Session, client_id: int) -> list[DocumentRow]:
    query = (
        select(Document.id, Document.title, Document.file_name, Document.media_type, Blob.size)
        .join(Blob, Document.blob_id == Blob.id)
        .where(Document.client_id == client_id)
        .order_by(Document.created_at.desc())
    )
    return [DocumentRow(*row) for row in session.execute(query)]
