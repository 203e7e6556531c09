"""Hand an accounting out: seal it, set it beside its place, record it, then let it go.

The order is the one of `handover`: a failure on the way leaves neither file nor record; only when
the last rename fails is a row of correction added.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from cmdesk.casework import accounting_release, correspondence, documents, parties
from cmdesk.casework.accounting_release import Answer, ReleasedAccounting, Wish
from cmdesk.casework.disclosures import Evidence
from cmdesk.errors import Problem
from cmdesk.exchange import placing
from cmdesk.reports import accounting, seal
from cmdesk.rules.codes import Channel
from cmdesk.rules.contact_codes import DocumentType


class Writes(Protocol):
    """What is needed of the store."""

    def do(self, label: Any, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Request:
    """What is handed out, and where. `channel`: on paper, locked, or in person."""

    client_id: int
    wish: Wish
    target: Path
    channel: str = Channel.PAPER


@dataclass(frozen=True, slots=True)
class Handed:
    """What left: where it stands, and the row that says so. `before`: how the request stood."""

    target: Path
    pages: int
    sha256: str
    disclosure: str
    before: Answer | None


def hand_over(store: Writes, label: Any, request: Request) -> Handed:
    """Release, seal, record and publish. `label` names an act that can't be undone."""
    places = [request.target]
    placing.check(places)
    try:
        made: Handed = store.do(label, _write, request)
    except BaseException:
        placing.clear(places)
        raise
    try:
        placing.publish(places)
    except OSError as error:
        answered = (made.disclosure, request.wish.request_id, made.before)
        store.do(label, accounting_release.take_back, *answered)
        raise Problem(
            "The accounting could not be put in its place.",
            "Nothing was handed over. Choose another folder and try again.",
        ) from error
    return made


def _write(session: Session, request: Request) -> Handed:
    released = accounting_release.release(session, request.client_id, request.wish)
    sheet = accounting.make(released)
    password = _password(session, released, request)
    data = seal.seal(sheet.data, password) if password else sheet.data
    placing.set_beside(request.target, data)
    document_id = documents.add(
        session,
        data,
        title="Accounting of disclosures",
        file_name=request.target.name,
        media_type="application/pdf",
        kind=DocumentType.CORRESPONDENCE.value,
        client_id=released.client_id,
        pages=sheet.pages,
        part2="yes" if released.part2 else "no",
    )
    evidence = Evidence(
        document_id=document_id,
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=hashlib.sha256(sheet.data).hexdigest(),
        pages=sheet.pages,
        channel=request.channel,
    )
    before = accounting_release.answered(session, released.request_id)
    uid = accounting_release.record(session, released, evidence)
    return Handed(request.target, sheet.pages, evidence.sha256, uid, before)


def _password(session: Session, released: ReleasedAccounting, request: Request) -> str | None:
    """Return the password of whom it is for; none on paper. Raises Problem when none is kept."""
    if request.channel != Channel.ENCRYPTED_PDF.value:
        return None
    party = parties.of_key(session, released.reader.key)
    kept = correspondence.password(session, party)
    if kept is None:
        raise Problem(
            f"No PDF password is kept for {party.full_name}.", "Print it, or keep one first."
        )
    return kept
