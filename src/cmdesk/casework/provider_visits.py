"""Visits to programs, and what of relationships and payments a family is told before it decides."""

from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from cmdesk.casework import clock, drafts
from cmdesk.casework.provider_facts import owner
from cmdesk.casework.stored import copy_typed, stored
from cmdesk.errors import Problem
from cmdesk.models.provider import Organisation, ProviderTie, SiteVisit
from cmdesk.rules.provider_draft import TieForm, VisitForm, tie_faults, visit_faults
from cmdesk.rules.provider_said import amounts

VISIT: Final = ("visited_on", "met", "seen", "notes", "follow_up", "travel_paid_by")
TIE: Final = ("kind", "what", "happened_on", "ended_on", "disclosed_to", "disclosed_on")
AGAIN: Final = "Put it right and save again."
ELSEWHERE: Final = "Open it again to see how."


def visit(session: Session, visit_id: int) -> VisitForm:
    """Return a visit as it would be typed. Raises Problem if it is gone."""
    row = stored(session, SiteVisit, visit_id, "visit")
    ratings: dict[str, Any] = row.ratings
    kept: dict[str, Any] = {name: getattr(row, name) for name in VISIT}
    marks = tuple((aspect, int(mark)) for aspect, mark in ratings.items())
    return VisitForm(**kept, ratings=marks, version=row.version)


def save_visit(
    session: Session,
    organisation_id: int,
    form: VisitForm,
    visit_id: int | None = None,
    draft_key: str = "",
) -> int:
    """Keep a visit as typed; the newest is the day the provider was visited on. Raises Problem."""
    if wrong := visit_faults(form, clock.today(session)):
        raise Problem(next(iter(wrong.values())), AGAIN)
    house = stored(session, Organisation, organisation_id, "provider")
    row = (
        stored(session, SiteVisit, visit_id, "visit")
        if visit_id
        else SiteVisit(organisation_id=organisation_id)
    )
    if visit_id and row.version != form.version:
        raise Problem("This visit was changed elsewhere.", ELSEWHERE)
    copy_typed(form, VISIT, row)
    row.ratings = {aspect: mark for aspect, mark in form.ratings if mark}
    session.add(row)
    house.mine = True
    _visited(session, house)
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def remove_visit(session: Session, visit_id: int) -> None:
    """Take a visit away, as one noted by mistake. Undo brings it back."""
    row = stored(session, SiteVisit, visit_id, "visit")
    house = session.get_one(Organisation, row.organisation_id)
    session.delete(row)
    _visited(session, house)


def _visited(session: Session, house: Organisation) -> None:
    session.flush()
    query = select(func.max(SiteVisit.visited_on)).where(SiteVisit.organisation_id == house.id)
    house.visited_on = session.scalar(query)
    session.flush()


def tie(session: Session, tie_id: int) -> TieForm:
    """Return a tie as it would be typed. Raises Problem if it is gone."""
    row = stored(session, ProviderTie, tie_id, "tie")
    kept: dict[str, Any] = {name: getattr(row, name) for name in TIE}
    whole, cents = divmod(row.amount_cents or 0, 100)
    amount = f"${whole:,}.{cents:02}" if cents else f"${whole:,}"
    return TieForm(**kept, amount=amount if row.amount_cents else "", version=row.version)


def save_tie(
    session: Session, number: int, form: TieForm, tie_id: int | None = None, draft_key: str = ""
) -> int:
    """Keep a relationship or payment as typed; `number` below zero is a professional's.

    Raises Problem for what can't be read, and where it was changed meanwhile.
    """
    if wrong := tie_faults(form, clock.today(session)):
        raise Problem(next(iter(wrong.values())), AGAIN)
    whose = owner(session, number)
    link = {"organisation_id": number} if number > 0 else {"person_id": -number}
    row = stored(session, ProviderTie, tie_id, "tie") if tie_id else ProviderTie(**link)
    if tie_id and row.version != form.version:
        raise Problem("This was changed elsewhere.", ELSEWHERE)
    copy_typed(form, TIE, row)
    row.amount_cents = next(iter(amounts(form.amount)), None)
    whose.mine = True
    session.add(row)
    session.flush()
    if draft_key:
        drafts.discard(session, draft_key)
    return row.id


def remove_tie(session: Session, tie_id: int) -> None:
    """Take a tie away, as one noted by mistake. Undo brings it back."""
    session.delete(stored(session, ProviderTie, tie_id, "tie"))
    session.flush()
