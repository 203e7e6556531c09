"""Files inside the vault: kept by their content, in chunks, never on disk."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from cmdesk.casework import clock, columns, drafts, file_look, merged
from cmdesk.casework.file_look import LARGEST, Looked
from cmdesk.casework.parties import outside_name
from cmdesk.casework.stored import refuse_changed
from cmdesk.errors import Problem
from cmdesk.models.client import Engagement, LegalAuthority
from cmdesk.models.consent import Consent, Disclosure
from cmdesk.models.document import Blob, BlobChunk, Document
from cmdesk.models.referral import RecordsRequest
from cmdesk.models.update import UpdateCopy
from cmdesk.rules.agenda import ENDING_SOON
from cmdesk.rules.agenda_items import Ending
from cmdesk.rules.contact_codes import DocumentType, Part2
from cmdesk.rules.days import later, short
from cmdesk.rules.document_draft import DocumentForm, faults

CHUNK = 64 * 1024  # bytes
REMOVED = "removed:"  # beside the document, with the chart it was in: undo leaves it alone
OVER = 14  # days for which a file that is over is still asked about
_ENDING: Final = select(
    *(Document.id, Document.ref, Document.uid, Document.client_id),
    *(Document.title, Document.expires_on),
).where(Document.expires_on.between(bindparam("first"), bindparam("until")))


@dataclass(frozen=True, slots=True)
class DocumentRow:
    id: int
    title: str
    file_name: str
    media_type: str
    size: int
    type: str = DocumentType.OTHER
    dated: date | None = None
    expires_on: date | None = None
    client_id: int | None = field(default=None, compare=False)
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
    dated: date | None = None,
    received_on: date | None = None,
    correspondent: str = "",
    expires_on: date | None = None,
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
        dated=dated,
        received_on=received_on,
        correspondent=correspondent,
        expires_on=expires_on,
        sha256=hashlib.sha256(content).hexdigest(),
        blob_id=_keep(session, content),
    )
    session.add(document)
    session.flush()
    return document.id


def take_in(
    session: Session,
    client_id: int,
    content: bytes,
    file_name: str,
    form: DocumentForm,
    looked: Looked | None = None,
) -> int:
    """Keep a PDF or a picture in a chart; return its number.

    `looked` is what `file_look.look` found in this very content, where that was done before.
    Raises Problem.
    """
    found = looked or file_look.look(content)
    _refuse(faults(form, clock.today(session)))
    return add(
        session,
        content,
        title=form.title.strip(),
        file_name=file_name,
        media_type=found.media_type,
        kind=DocumentType(form.type).value,
        client_id=client_id,
        pages=found.pages,
        part2=Part2(form.part2).value,
        dated=form.dated,
        received_on=form.received_on,
        correspondent=form.correspondent.strip(),
        expires_on=form.expires_on,
    )


def _refuse(found: dict[str, str]) -> None:
    if found:
        raise Problem(next(iter(found.values())), "Put it right and save again.")


def read(session: Session, document_id: int) -> DocumentForm:
    """Return what is said of a file. Raises Problem if it is gone."""
    stored = _stored(session, document_id)
    return DocumentForm(
        title=stored.title,
        type=stored.type,
        dated=stored.dated,
        received_on=stored.received_on,
        correspondent=stored.correspondent,
        part2=stored.part2,
        expires_on=stored.expires_on,
        version=stored.version,
    )


def save(session: Session, document_id: int, form: DocumentForm) -> None:
    """Say anew what a file is; its content stays. Raises Problem."""
    _refuse(faults(form, clock.today(session)))
    stored = _stored(session, document_id)
    refuse_changed(stored.version, form.version, "file")
    stored.title = form.title.strip()
    stored.type = DocumentType(form.type).value
    stored.dated, stored.received_on = form.dated, form.received_on
    stored.correspondent = form.correspondent.strip()
    stored.part2 = Part2(form.part2).value
    stored.expires_on = form.expires_on


def remove(session: Session, document_id: int) -> None:
    """Take a file out of its chart, which remembers it: records are not thrown away by hand.

    Raises Problem if something stands on it.
    """
    stored = _stored(session, document_id)
    used = relied_on_by(session, document_id)
    if used:
        raise Problem(f"{used} relies on this file.", "Put another file in its place first.")
    drafts.keep(session, f"{REMOVED}{document_id}", {}, stored.client_id)
    stored.client_id = None


def removed(session: Session, client_id: int) -> list[DocumentRow]:
    """Return the files that were taken out of this chart and are in none, the last one first."""
    charts = merged.own_ids(session, client_id)
    kept = [row for chart in charts for row in drafts.of_client(session, chart, REMOVED)]
    ids = {int(row.key.removeprefix(REMOVED)): row.saved_at for row in kept}
    out = select(Document, Blob.size).join(Blob, Document.blob_id == Blob.id)
    found = session.execute(out.where(Document.id.in_(ids), Document.client_id.is_(None)))
    rows = [_shown(document, size) for document, size in found]
    return sorted(rows, key=lambda row: ids[row.id], reverse=True)


def put_back(session: Session, client_id: int, document_id: int) -> None:
    """Put a file back into the chart it was taken out of. Raises Problem if it was in no such."""
    if document_id not in [row.id for row in removed(session, client_id)]:
        raise Problem("This file was not removed from this chart.", "Open the chart again.")
    _stored(session, document_id).client_id = client_id


def relied_on_by(session: Session, document_id: int) -> str:
    """Say what stands on a file, such as "A consent"; empty if nothing does."""
    users: tuple[tuple[str, tuple[InstrumentedAttribute[int | None], ...]], ...] = (
        (
            "A consent",
            (Consent.document_id, Consent.authority_document_id, Consent.revocation_document_id),
        ),
        ("A letter", (UpdateCopy.document_id, Disclosure.document_id)),
        ("The agreement", (Engagement.agreement_id,)),
        ("A records request", (RecordsRequest.document_id,)),
        ("A legal authority", (LegalAuthority.document_id,)),
    )
    for what, places in users:
        for column in places:
            if session.scalar(select(column).where(column == document_id).limit(1)) is not None:
                return what
    return ""


def _stored(session: Session, document_id: int) -> Document:
    stored = session.get(Document, document_id)
    if stored is None:
        raise Problem("This file is no longer there.", "Close the page and open it again.")
    return stored


def ending(session: Session, refs: dict[int, str], day: date) -> Iterator[Ending]:
    """Give the files that are over within a month, and those that are since two weeks at most.

    `refs` are the clients worked with, by number.
    """
    first, until = later(day, -OVER), later(day, ENDING_SOON)
    for stored in columns.read(session, _ENDING, first=first, until=until):
        if stored.client_id in refs:
            yield Ending(
                *("document", stored.ref or stored.uid, refs[stored.client_id], None),
                what=stored.title,
                last_day=stored.expires_on,
                record=stored.id,
                says="Valid until",
                over=f"Ended {short(stored.expires_on, day)}",
            )


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
    document = _stored(session, document_id)
    chunks = select(BlobChunk.content).where(BlobChunk.blob_id == document.blob_id)
    found = b"".join(session.scalars(chunks.order_by(BlobChunk.number)))
    if hashlib.sha256(found).hexdigest() != document.sha256:
        raise Problem("This file has changed inside the vault.", "Restore it from a backup.")
    return found


def row(session: Session, document_id: int) -> DocumentRow:
    document = _stored(session, document_id)
    size = session.get_one(Blob, document.blob_id).size
    return _shown(document, size)


def rows(session: Session, client_id: int) -> list[DocumentRow]:
    """Return the files of a chart, the one kept last first."""
    query = (
        select(Document, Blob.size)
        .join(Blob, Document.blob_id == Blob.id)
        .where(Document.client_id == client_id)
        .order_by(Document.created_at.desc(), Document.id.desc())
    )
    return [_shown(document, size) for document, size in session.execute(query)]


def _shown(document: Document, size: int) -> DocumentRow:
    return DocumentRow(
        document.id,
        document.title,
        document.file_name,
        document.media_type,
        size,
        document.type,
        document.dated,
        document.expires_on,
        document.client_id,
        outside_name(document),
    )
