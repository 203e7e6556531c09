"""The contents of documents, which stand as files beside a practice file."""

import hashlib
from pathlib import Path

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from cmdesk.casework.documents import CHUNK, LARGEST
from cmdesk.exchange.practice_fields import Row
from cmdesk.models.document import Blob, BlobChunk


def keep(session: Session, row: Row, folder: Path | None) -> tuple[int, bool]:
    """Keep a document's content, and say whether it is there.

    What is not found, or is not what its hash says, stays out: the document is then known by name,
    date and hash alone until a file is imported that has it.
    """
    sha256 = row["sha256"]
    blob = session.scalar(select(Blob.id).where(Blob.sha256 == sha256))
    if blob is not None and _is_there(session, blob):
        return blob, True
    content = _content(row, folder)
    if blob is None:
        made = Blob(sha256=sha256, size=row.get("size", 0) if content is None else len(content))
        session.add(made)
        session.flush()
        blob = made.id
    session.add_all(
        BlobChunk(blob_id=blob, number=number, content=(content or b"")[start : start + CHUNK])
        for number, start in enumerate(range(0, len(content or b""), CHUNK))
    )
    return blob, content is not None


def _is_there(session: Session, blob: int) -> bool:
    some = exists(select(BlobChunk.id).where(BlobChunk.blob_id == blob))
    return bool(session.scalar(select(some | exists().where(Blob.id == blob, Blob.size == 0))))


def _content(row: Row, folder: Path | None) -> bytes | None:
    if folder is None or "file" not in row:
        return None
    path = folder / row["file"]
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > LARGEST:
            return None
        content = path.read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == row["sha256"] else None
