"""Hand a released letter over: seal it, set it beside its place, record it, then let it go.

The order is the promise (contract, section 1): the sealed bytes stand as `.part` before the
disclosure commits, and get their name only after. A failure on the way leaves neither file nor
record; only when the last rename fails is a row of correction added.
"""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from cmdesk.casework import (
    correspondence,
    disclosures,
    documents,
    letter_drafts,
    letter_events,
    letter_record,
    letter_way,
    letters_sent,
    update_list,
    updates,
)
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.mailboxes import Mailbox
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.errors import Problem
from cmdesk.exchange import email_draft, placing
from cmdesk.models.consent import Disclosure
from cmdesk.reports import family_update, seal
from cmdesk.reports.paper import Sheet
from cmdesk.rules.codes import Channel


class Writes(Protocol):
    """What is needed of the store."""

    def do(self, label: Any, work: Callable[..., Any], *args: Any) -> Any: ...


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be handed over, to whom and where. `password` is kept for the reader."""

    client_id: int
    party: Party
    first: date
    last: date
    target: Path
    password: str | None = field(default=None, repr=False)
    plain: bool = False
    email: Path | None = None
    draft: LetterDraft | None = None


@dataclass(frozen=True, slots=True)
class Handover:
    """What left: where it stands, the very bytes' hash, and the row that says so."""

    released: Released
    target: Path
    email: Path | None
    pages: int
    sha256: str
    disclosure: str
    encrypted: bool
    copy_id: int


def proof(
    session: Session,
    client_id: int,
    party: Party,
    first: date,
    last: date,
    draft: LetterDraft | None = None,
) -> Sheet:
    """Set the letter as it would leave now, for looking at alone: the very pages, not locked."""
    return family_update.make(updates.release(session, client_id, party, first, last, draft))


def hand_over(store: Writes, label: Any, request: Request) -> Handover:
    """Release, seal, record and publish one letter. `label` names an act that can't be undone."""
    places = [place for place in (request.target, request.email) if place]
    made: Handover = in_order(store, label, places, _write, request)
    try:
        placing.publish(places)
    except OSError as error:
        store.do(label, _take_back, made.disclosure)
        raise Problem(
            "The letter could not be put in its place.",
            "Nothing was handed over. Choose another folder and try again.",
        ) from error
    if request.draft is not None:
        # Here, not on the page: a lock on the way must not leave the letter looking unsent.
        key = update_list.draft_key(
            request.client_id,
            request.party.key,
            request.first,
            request.last,
            request.draft.template,
        )
        with suppress(Problem):  # the letter is out; a draft too many does no harm
            store.do(label, letter_drafts.discard, key)
    return made


def in_order(
    store: Writes, label: Any, places: Sequence[Path], write: Callable[..., Any], *args: Any
) -> Any:
    """Set the parts beside their places and commit; where that fails, no part is left."""
    placing.check(places)
    try:
        return store.do(label, write, *args)
    except BaseException:
        placing.clear(places)
        raise


def _take_back(session: Session, disclosure: str) -> None:
    why = "Not handed over: the file could not be put in its place."
    disclosures.correct(session, disclosure, why)
    letters_sent.take_back(session, disclosure)


def _write(session: Session, request: Request) -> Handover:
    who = (session, request.client_id, request.party, request.first, request.last)
    released = updates.release(*who, request.draft)
    letter_record.refuse(session, released, request.draft)
    box, password = _way(session, released, request)
    address = box.address
    sheet = family_update.make(released)
    data = seal.seal(sheet.data, password) if password else sheet.data
    placing.set_beside(request.target, data)
    if request.email:
        name = f"Update {released.on.isoformat()}.pdf"
        language = released.letter.language
        mail = email_draft.draft(address, data, name, locked=bool(password), language=language)
        placing.set_beside(request.email, mail)
    if updates.release(*who, request.draft).findings != released.findings:
        raise Problem("The consents changed while the letter was made.", "Look at it again.")
    return _record(session, released, request, (data, sheet.data), sheet.pages, box)


def _record(
    session: Session,
    released: Released,
    request: Request,
    contents: tuple[bytes, bytes],
    pages: int,
    box: Mailbox,
) -> Handover:
    data, unlocked = contents
    document_id = documents.add(
        session,
        data,
        title=released.letter.title,
        file_name=request.target.name,
        media_type="application/pdf",
        kind="update_pdf",
        client_id=released.client_id,
        pages=pages,
        part2="yes" if released.part2 else "no",
    )
    channel = Channel.PLAIN_EMAIL if request.plain else Channel.ENCRYPTED_PDF
    evidence = Evidence(
        document_id=document_id,
        sha256=hashlib.sha256(data).hexdigest(),
        content_sha256=hashlib.sha256(unlocked).hexdigest(),
        pages=pages,
        channel=channel,
        address=box.address,
    )
    row = disclosures.record(session, released, evidence)
    return Handover(
        released=released,
        target=request.target,
        email=request.email,
        pages=pages,
        sha256=evidence.sha256,
        disclosure=row.uid,
        encrypted=not request.plain,
        copy_id=_keep(session, released, row, request, box),
    )


def _keep(
    session: Session, released: Released, row: Disclosure, request: Request, box: Mailbox
) -> int:
    """Keep the copy, the address it goes to, and whose place it takes."""
    copy_id = letter_record.keep(session, released, row, request.draft)
    if request.email:
        letters_sent.mailed_to(session, copy_id, box.point_id)
    if request.draft and request.draft.replaces:
        letter_events.reissued(session, request.draft.replaces, copy_id)
    return copy_id


def _way(session: Session, released: Released, request: Request) -> tuple[Mailbox, str | None]:
    """Return the address and the password; refuse what consent or the client's wish don't allow."""
    party = request.party
    letter_way.refuse_channel(session, released)
    box = letter_way.box(session, released, plain=request.plain)
    if request.email:
        letter_way.refuse_address(box, party)
    return box, None if request.plain else _password(session, request)


def _password(session: Session, request: Request) -> str:
    if request.password is not None:
        correspondence.keep_password(session, request.party, request.password)
        return request.password
    kept = correspondence.password(session, request.party)
    if kept is None:
        raise Problem(
            f"No PDF password is kept for {request.party.full_name}.",
            "Give one of 14 characters or more.",
        )
    return kept
