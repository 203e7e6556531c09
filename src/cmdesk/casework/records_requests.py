"""Papers asked of somebody, or by somebody: asked, chased, received or sent, or refused."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import (
    clock,
    columns,
    drafts,
    merged,
    placement_release,
    records_out,
    service_party,
)
from cmdesk.casework.placement_release import Release
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.consent import Consent
from cmdesk.models.document import Document
from cmdesk.models.referral import RecordsRequest
from cmdesk.rules.referral_codes import Direction
from cmdesk.rules.referral_draft import CHASE_DAYS, RequestForm, due_on, request_faults

APART: Final = ("recipient", "version")
COPIED: Final = tuple(each.name for each in fields(RequestForm) if each.name not in APART)
NOT_SENT: Final = "The records request was changed: this did not go, or not so."


@dataclass(frozen=True, slots=True)
class RequestRow:
    """One request as the chart lists it; `name` is whom it is with, `due_on` the next day."""

    id: int
    name: str
    form: RequestForm
    due_on: date | None
    document: str = ""


def begun(session: Session) -> RequestForm:
    """Return a new request, as of today."""
    return RequestForm(asked_on=clock.today(session), chase_days=CHASE_DAYS)


def rows(session: Session, client_id: int) -> list[RequestRow]:
    """Return the requests of a client: open ones by the day to ask again, then the others."""
    own = merged.own_ids(session, client_id)
    found = session.scalars(select(RecordsRequest).where(RecordsRequest.client_id.in_(own))).all()
    names = service_party.names(session, found)
    files = {row.document_id for row in found if row.document_id}
    query = select(Document.id, Document.title).where(Document.id.in_(files))
    titles = dict[int, str](columns.read(session, query)) if files else {}
    made = [
        RequestRow(
            row.id,
            names.get(service_party.key(row), ""),
            (form := _form(row)),
            due_on(form),
            titles.get(row.document_id or 0, ""),
        )
        for row in found
    ]
    return sorted(made, key=_order)


def _order(row: RequestRow) -> tuple[bool, int, int]:
    over = row.form.done_on or row.form.refused_on
    day = -over.toordinal() if over else (row.due_on or date.max).toordinal()
    return row.form.over, day, -row.id


def read(session: Session, request_id: int) -> RequestForm:
    """Return a request as the dialog holds it. Raises Problem if it is gone."""
    return _form(_row(session, request_id))


def _row(session: Session, request_id: int) -> RecordsRequest:
    return stored(session, RecordsRequest, request_id, "request")


def _form(row: RecordsRequest) -> RequestForm:
    kept = {name: getattr(row, name) for name in COPIED}
    return RequestForm(**kept, recipient=service_party.key(row), version=row.version)


def release(session: Session, client_id: int, form: RequestForm) -> Release:
    """Look for the consent that lets the papers go; `why` says what is wanting, if anything is."""
    party = service_party.party(session, form.recipient)
    if party is None:
        return Release(None, f"No consent names {form.recipient.strip() or 'them'} yet.")
    look = placement_release.release_to
    return look(session, client_id, party, form.part2, form.done_on)


def save(
    session: Session,
    client_id: int,
    form: RequestForm,
    request_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a request as typed and throw the draft away; return its number.

    That somebody asks may always be noted. That papers went needs a valid consent that names those
    who got them: raises NoRelease otherwise, and Problem for what can’t be.
    """
    for words in request_faults(form, clock.today(session)).values():
        raise Problem(words, "Put it right and save again.")
    row = _row(session, request_id) if request_id else RecordsRequest(client_id=client_id)
    if request_id:
        refuse_changed(row.version, form.version, "request")
    _own(session, client_id, form)
    before = _sent(row)
    copy_typed(form, COPIED, row)
    row.person_id, row.organisation_id = service_party.numbers(session, form.recipient)
    session.add(row)
    session.flush()
    if _sent(row) != before:
        _account(session, row, before=before is not None)
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def _sent(row: RecordsRequest) -> tuple[object, ...] | None:
    """Return what was sent to whom, which a release answers for; none while nothing went."""
    if row.done_on is None or not _ours(row.direction):
        return None
    return row.done_on, row.person_id, row.organisation_id, row.part2


def _ours(direction: str | None) -> bool:
    """Whether it is we who send."""
    return direction is not None and Direction(direction) is Direction.TO


def _own(session: Session, client_id: int, form: RequestForm) -> None:
    """Refuse a paper or a consent of another client."""
    own = merged.own_ids(session, client_id)
    file = session.get(Document, form.document_id) if form.document_id else None
    if form.document_id and (file is None or file.client_id not in own):
        raise Problem("This file is not in this chart.", "Choose one that is.")
    consent = session.get(Consent, form.consent_id) if form.consent_id else None
    if form.consent_id and (consent is None or consent.client_id not in own):
        raise Problem("This consent is another client’s.", "Choose one of this client.")


def _account(session: Session, row: RecordsRequest, *, before: bool) -> None:
    """Keep the accounting in step with what went: a row for it, what stood before taken back."""
    went, party = row.done_on, service_party.party(session, service_party.key(row))
    sent = _sent(row) is not None
    if sent and party is None:
        raise Problem("Nobody is named who got the papers.", "Say who asked for them.")
    if before:
        records_out.take_back(session, row.client_id, NOT_SENT, row.uid)
    if sent and party is not None and went is not None:
        need = placement_release.need_to
        row.consent_id = need(session, row.client_id, party, row.part2, went)
        told = records_out.Sent(row.uid, party, row.what, went, row.consent_id, row.part2)
        records_out.write(session, row.client_id, told)


def chase(session: Session, request_id: int) -> date | None:
    """Count that one asked again today; return the day to ask next, if a wait is set.

    Raises Problem where nothing is waited for.
    """
    row = _row(session, request_id)
    form = _form(row)
    if form.over or _ours(form.direction):
        raise Problem("Nothing is waited for here.", "Open the request to see why.")
    row.chases, row.chased_on = row.chases + 1, clock.today(session)
    session.flush()
    return due_on(_form(row))


def done(session: Session, request_id: int) -> None:
    """Note that the papers came today, or went today: then a valid consent is needed.

    Raises NoRelease without one, and Problem where the request is over.
    """
    row = _row(session, request_id)
    if _form(row).over:
        raise Problem("This request is over already.", "Open it to change how it ended.")
    row.done_on = clock.today(session)
    if _ours(row.direction):
        _account(session, row, before=False)
    session.flush()


def take_away(session: Session, request_id: int) -> None:
    """Take a request away, as one noted by mistake. Undo brings it back.

    Papers that were noted as sent are taken back in the accounting: then it is final.
    """
    row = _row(session, request_id)
    if _sent(row) is not None:
        records_out.take_back(session, row.client_id, NOT_SENT, row.uid)
    session.delete(row)
    session.flush()


__all__ = [
    "RequestRow", "begun", "chase", "done", "read", "release", "rows", "save", "take_away",
]  # fmt: skip
