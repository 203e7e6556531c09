"""Hand a letter that left over once more: the very same bytes, by the consents of now."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy.orm import Session

from cmdesk import handover
from cmdesk.casework import (
    correspondence,
    disclosures,
    documents,
    letter_events,
    letter_way,
    letters_sent,
    reprint,
)
from cmdesk.casework.disclosures import Evidence
from cmdesk.casework.letter_events import Stand
from cmdesk.errors import Problem, WrongSecret
from cmdesk.exchange import email_draft, placing
from cmdesk.models.consent import Disclosure
from cmdesk.models.document import Document
from cmdesk.reports import seal
from cmdesk.rules.codes import Channel


class Notes(handover.Writes, Protocol):
    """What is needed of the store besides: an act that changes no record is written down, too."""

    def note(self, act: str, kind: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Again:
    """A letter that left, to be handed over once more: as a file, an e-mail draft, or both."""

    copy_id: int
    target: Path | None = None
    email: Path | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Where a letter stood, and the address it was drafted to; `moved_from` if that changed."""

    stand: Stand
    point_id: int | None
    moved_from: str


def hand_again(store: Notes, label: Any, request: Again) -> int:
    """Hand the very bytes of a letter over once more; return the copy.

    The consents are asked anew. A letter that had gone out, or came back, is told once more: that
    is a row of the accounting. One that nobody sent yet has its row; the activity record says it.
    """
    places = [place for place in (request.target, request.email) if place]
    before: Before = handover.in_order(store, label, places, _write_again, request)
    if not before.stand.told:
        store.note(label.text, "disclosure")
    try:
        placing.publish(places)
    except OSError as error:
        store.do(label, _take_again_back, request.copy_id, before)
        raise Problem(
            "The letter could not be put in its place.",
            "It was not handed over again. Choose another folder and try again.",
        ) from error
    return request.copy_id


def _write_again(session: Session, request: Again) -> Before:
    found = reprint.find(session, request.copy_id)
    released, kept = reprint.release(session, found), reprint.document(session, found)
    letter_way.refuse_channel(session, released)
    box = letter_way.box(session, released, plain=found.plain)
    data = documents.content(session, kept.id)
    point, moved_from = found.copy.contact_point_id, ""
    if request.target:
        placing.set_beside(request.target, data)
    if request.email:
        letter_way.refuse_address(box, found.party)
        left = letter_events.handed_over_on(session, found.copy)
        name = f"Update {left.isoformat()}.pdf"
        draft = email_draft.draft(
            box.address, data, name, locked=not found.plain, language=released.letter.language
        )
        placing.set_beside(request.email, draft)
        letters_sent.mailed_to(session, found.copy.id, box.point_id)
    before = letter_events.state_of(session, found.copy.id)
    first = session.get(Disclosure, found.copy.disclosure_id or 0)
    if before.told:
        if first:
            disclosures.once_more(session, first, released, box.address, kept.id)
        else:
            disclosures.record(session, released, _evidence(found, kept, box.address))
        letter_events.handed_again(session, found.copy.id)
    elif request.email:
        why = "Handed over again before it was sent, to another address."
        moved_from = _to_another(session, found.copy.id, box.address, why)
    return Before(before, point, moved_from)


def _evidence(found: reprint.Letter, kept: Document, address: str) -> Evidence:
    """Say what leaves, of a letter that came with a file and has no row yet."""
    return Evidence(
        document_id=kept.id,
        sha256=kept.sha256,
        content_sha256="",
        pages=kept.pages or 0,
        channel=Channel(found.copy.method),
        address=address,
    )


def _to_another(session: Session, copy_id: int, address: str, why: str) -> str:
    """Put down another address of a letter nobody sent yet; return the one before, if it moved."""
    told = letter_events.newest_disclosure(session, copy_id)
    before = disclosures.last_said(session, told).recipient_address if told else address
    if told is None or before.strip().casefold() == address.strip().casefold():
        return ""
    disclosures.to_address(session, told, address, why)
    return before


def _take_again_back(session: Session, copy_id: int, before: Before) -> None:
    """Say that it stands where it stood: the file did not get to its place."""
    why = "Not handed over: the file could not be put in its place."
    letters_sent.mailed_to(session, copy_id, before.point_id)
    if before.moved_from:
        _to_another(session, copy_id, before.moved_from, why)
    if not before.stand.told:
        return
    row = letter_events.newest_disclosure(session, copy_id)
    if row:
        disclosures.correct(session, row.uid, why)
    letter_events.stands_as(session, copy_id, before.stand)


def look(session: Session, copy_id: int) -> bytes:
    """Return the very pages of a letter that left, for looking at alone; nothing is written.

    Raises Problem where it opens with older words than those kept now.
    """
    found = reprint.find(session, copy_id)
    data = documents.content(session, reprint.document(session, found).id)
    if found.plain:
        return data
    kept = correspondence.password(session, found.party)
    try:
        return seal.opened(data, kept or "")
    except (WrongSecret, Problem) as wrong:
        raise Problem(
            f"This letter opens with older words than {found.party.called} has now.",
            "Its text stands beside it, as it was handed over.",
        ) from wrong
