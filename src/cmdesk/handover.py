"""Hand a released letter over: seal it, set it beside its place, record it, then let it go.

The order is the promise (contract, section 1): the sealed bytes stand as `.part` before the
disclosure commits, and get their name only after. A failure on the way leaves neither file nor
record; only when the last rename fails is a row of correction added.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from cmdesk.casework import (
    correspondence,
    disclosures,
    documents,
    drafts,
    letters_sent,
    update_list,
    updates,
)
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.drafting import LetterDraft
from cmdesk.casework.parties import Party
from cmdesk.casework.released import Released
from cmdesk.errors import Problem
from cmdesk.exchange import email_draft
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
    password: str | None = None
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
    _check_places(request)
    try:
        made: Handover = store.do(label, _write, request)
    except BaseException:
        _remove(request)
        raise
    published: list[Path] = []
    try:
        for place in filter(None, (request.target, request.email)):
            _publish(place)
            published.append(place)
    except OSError as error:
        _remove(request)
        for place in published:
            place.unlink(missing_ok=True)
        store.do(label, _take_back, made.disclosure)
        raise Problem(
            "The letter could not be put in its place.",
            "Nothing was handed over. Choose another folder and try again.",
        ) from error
    if request.draft is not None:
        # Here, not on the page: a lock on the way must not leave the letter looking unsent.
        key = update_list.draft_key(
            request.client_id, request.party.key, request.first, request.last
        )
        with suppress(Problem):  # the letter is out; a draft too many does no harm
            store.do(label, drafts.discard, key)
    return made


def _take_back(session: Session, disclosure: str) -> None:
    why = "Not handed over: the file could not be put in its place."
    disclosures.correct(session, disclosure, why)
    letters_sent.take_back(session, disclosure)


def _write(session: Session, request: Request) -> Handover:
    who = (session, request.client_id, request.party, request.first, request.last)
    released = updates.release(*who, request.draft)
    address, password = _way(session, released, request)
    sheet = family_update.make(released)
    data = seal.seal(sheet.data, password) if password else sheet.data
    _set_beside(request.target, data)
    if request.email:
        name = f"Update {released.on.isoformat()}.pdf"
        _set_beside(request.email, email_draft.draft(address, data, name, locked=bool(password)))
    if updates.release(*who, request.draft).findings != released.findings:
        raise Problem("The consents changed while the letter was made.", "Look at it again.")
    return _record(session, released, request, (data, sheet.data), sheet.pages, address)


def _record(
    session: Session,
    released: Released,
    request: Request,
    contents: tuple[bytes, bytes],
    pages: int,
    address: str,
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
        address=address,
    )
    row = disclosures.record(session, released, evidence)
    letters_sent.keep(session, released, row, request.draft)
    return Handover(
        released=released,
        target=request.target,
        email=request.email,
        pages=pages,
        sha256=evidence.sha256,
        disclosure=row.uid,
        encrypted=not request.plain,
    )


def _way(session: Session, released: Released, request: Request) -> tuple[str, str | None]:
    """Return the address and the password; refuse what consent or the client's wish don't allow."""
    party = request.party
    if correspondence.must_not_be_contacted(session, request.client_id, party):
        raise Problem(f"{party.full_name} is marked “do not contact”.", "Change it in the circle.")
    if Channel.ENCRYPTED_PDF not in released.channels:
        raise Problem(
            f"The consent for {party.full_name} does not allow a PDF.",
            "Tell them another way it allows, or renew the consent.",
        )
    address = correspondence.address(session, party) or ""
    if request.plain:
        accepted = correspondence.plain_email(session, request.client_id, party, released.on)
        if accepted is None:
            raise Problem(
                f"No warned acceptance of plain e-mail for {party.full_name} is in force.",
                "Lock the PDF, or record the client’s acceptance first.",
            )
        address = accepted
    if request.email and not address:
        raise Problem(f"{party.full_name} has no e-mail address.", "Add one, or leave it out.")
    return address, None if request.plain else _password(session, request)


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


def _part(place: Path) -> Path:
    return place.with_name(place.name + ".part")


def _check_places(request: Request) -> None:
    places = [place for place in (request.target, request.email) if place]
    for place in places:
        _check_place(place)
    if len({*places, *map(_part, places)}) < 2 * len(places):
        raise Problem("Letter and e-mail draft each need a name of its own.", "Choose another.")


def _check_place(place: Path) -> None:
    if not place.parent.is_dir():
        raise Problem(f"The folder {place.parent} is not there.", "Make it, or choose another.")
    if place.exists() or place.is_symlink():
        raise Problem(f"{place.name} is already there.", "Choose another name.")


def _set_beside(place: Path, data: bytes) -> None:
    part = _part(place)
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Problem(
            f"The folder {place.parent} can't be written to.", "Choose another folder."
        ) from error


def _publish(place: Path) -> None:
    """Give the part its name; a link never takes the place of a file that came meanwhile."""
    part = _part(place)
    try:
        os.link(part, place)
    except (OSError, NotImplementedError):  # a disk without hard links
        if place.exists():
            raise
        part.rename(place)
    else:
        with suppress(OSError):  # it stands in its place: that is what counts
            part.unlink()


def _remove(request: Request) -> None:
    for place in filter(None, (request.target, request.email)):
        with suppress(OSError):
            _part(place).unlink(missing_ok=True)
