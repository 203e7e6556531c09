"""What clients asked of their records: kept with its clock, answered, and closed."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, merged
from cmdesk.casework.columns import read
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.rights import RightsRequest
from cmdesk.rules import rights as rules
from cmdesk.rules.agenda_items import Clocked
from cmdesk.rules.rights import RequestForm, Right

COPIED: Final = tuple(each.name for each in fields(RequestForm) if each.name != "version")
_OPEN: Final = select(
    *(RightsRequest.id, RightsRequest.ref, RightsRequest.uid, RightsRequest.client_id),
    *(RightsRequest.kind, RightsRequest.received_on, RightsRequest.due_on),
    *(RightsRequest.extended_on, RightsRequest.decision),
).where(RightsRequest.closed_on.is_(None))


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request as the chart lists it; `due` is none where no clock runs."""

    id: int
    form: RequestForm
    due: date | None


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What was to be corrected, why it was refused, the client’s statement, and the rebuttal."""

    asked_on: date
    what: str
    refused: str
    said: str
    answer: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Return all of it that was written, as it is appended: 45 CFR 164.526(d)(4)."""
        written = (self.what, self.refused, self.said, self.answer)
        return tuple(part.strip() for part in written if part.strip())


def disagreements(session: Session, client_id: int) -> list[Disagreement]:
    """Return the statements of disagreement, the oldest first.

    They go with every later disclosure of what they dispute: 45 CFR 164.526(d)(5).
    """
    found = (row.form for row in rows(session, client_id))
    made = [
        Disagreement(form.received_on, form.what, form.reason, form.disagreement, form.rebuttal)
        for form in found
        if rules.disputed(form) and form.received_on
    ]
    return sorted(made, key=lambda each: each.asked_on)


def rows(session: Session, client_id: int) -> list[RequestRow]:
    """Return a client's requests: the open ones first, the next due at the top."""
    own = RightsRequest.client_id.in_(merged.own_ids(session, client_id))
    found = [_told(row) for row in session.scalars(select(RightsRequest).where(own))]
    return sorted(found, key=_place)


def _place(row: RequestRow) -> tuple[bool, int, int]:
    closed, day = row.form.closed_on, row.due or row.form.received_on or date.min
    order = -closed.toordinal() if closed else day.toordinal()
    return closed is not None, order, row.id


def _told(row: RightsRequest) -> RequestRow:
    return RequestRow(row.id, _form(row), row.due_on)


def _form(row: RightsRequest) -> RequestForm:
    return RequestForm(**{name: getattr(row, name) for name in COPIED}, version=row.version)


def _row(session: Session, number: int) -> RightsRequest:
    return stored(session, RightsRequest, number, "request")


def one(session: Session, number: int) -> RequestRow:
    """Return one request. Raises Problem if it is gone."""
    return _told(_row(session, number))


def client_of(session: Session, number: int) -> int:
    """Return whose request it is."""
    return merged.kept_client(session, _row(session, number).client_id)


def save(
    session: Session,
    client_id: int,
    form: RequestForm,
    number: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a request as typed with its due day, and throw the draft away; return its number."""
    found = rules.faults(form, clock.today(session))
    if found or form.received_on is None:
        raise Problem(next(iter(found.values())), "Put it right and save again.")
    row = _row(session, number) if number else RightsRequest(client_id=client_id)
    if number:
        refuse_changed(row.version, form.version, "request")
    copy_typed(form, COPIED, row)
    row.due_on = rules.due(form.kind, form.received_on, form.extended_on)
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def may_charge(session: Session, client_id: int, received: date, number: int | None = None) -> bool:
    """Whether an accounting may cost: 45 CFR 164.528(c)(2)."""
    earlier = select(RightsRequest.received_on).where(
        RightsRequest.client_id.in_(merged.own_ids(session, client_id)),
        RightsRequest.kind == Right.ACCOUNTING.value,
        RightsRequest.id != (number or 0),
    )
    return rules.may_charge(received, session.scalars(earlier))


def open_accountings(session: Session, client_id: int) -> list[RequestRow]:
    """Return the requests an accounting would answer, the longest waiting first."""
    found = [row for row in rows(session, client_id) if row.form.closed_on is None]
    return [row for row in found if row.form.kind == Right.ACCOUNTING.value]


def clocks(session: Session, refs: dict[int, str]) -> list[Clocked]:
    """Return what is open of the clients one works with, for the day's page."""
    return [
        Clocked(
            kind="rights_request",
            ref=row.ref or row.uid,
            client=refs[row.client_id],
            what=Right(row.kind).label if row.kind in set(Right) else "Request",
            since=row.received_on,
            due=row.due_on or rules.due(row.kind, row.received_on, row.extended_on),
            left="answered, not closed yet" if row.decision else "",
            record=row.id,
        )
        for row in read(session, _OPEN)
        if row.client_id in refs
    ]
