"""Returns to use, crises and other turns of a client's care, and what came before each."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts, merged
from cmdesk.casework.stored import copy_typed, refuse_changed, stored
from cmdesk.errors import Problem
from cmdesk.models.care import CareEvent
from cmdesk.rules.care_event_draft import CareEventForm, faults, settled

COPIED: Final = tuple(
    each.name for each in fields(CareEventForm) if each.name not in ("factors", "version")
)


@dataclass(frozen=True, slots=True)
class EventRow:
    """One turn as the chart lists it."""

    id: int
    form: CareEventForm


def rows(session: Session, client_id: int) -> list[EventRow]:
    """Return the turns of a client, the newest first; those without a day last."""
    own = merged.own_ids(session, client_id)
    found = session.scalars(select(CareEvent).where(CareEvent.client_id.in_(own))).all()
    ordered = sorted(found, key=lambda row: (row.happened_on or date.min, row.id), reverse=True)
    return [EventRow(row.id, _form(row)) for row in ordered]


def read(session: Session, event_id: int) -> CareEventForm:
    """Return a turn as the dialog holds it. Raises Problem if it is gone."""
    return _form(_row(session, event_id))


def _row(session: Session, event_id: int) -> CareEvent:
    return stored(session, CareEvent, event_id, "event")


def _form(row: CareEvent) -> CareEventForm:
    kept = {name: getattr(row, name) for name in COPIED}
    return CareEventForm(**kept, factors=tuple(row.factors), version=row.version)


def save(
    session: Session,
    client_id: int,
    form: CareEventForm,
    event_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a turn as typed, and throw the draft away; return its number."""
    for words in faults(form, clock.today(session)).values():
        raise Problem(words, "Put it right and save again.")
    row = _row(session, event_id) if event_id else CareEvent(client_id=client_id, kind=form.kind)
    if event_id:
        refuse_changed(row.version, form.version, "event")
    copy_typed(form, COPIED, row)
    row.factors = list(settled(form.factors))
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def take_away(session: Session, event_id: int) -> None:
    """Take a turn away, as one noted by mistake. Undo brings it back."""
    session.delete(_row(session, event_id))
    session.flush()


__all__ = ["EventRow", "read", "rows", "save", "take_away"]
